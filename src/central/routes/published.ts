import { z } from 'zod';
import type { Central } from '../central.ts';
import { readiness } from '../readiness.ts';
import { publishRevocationList } from '../revocation.ts';
import { SharedWork } from '../shared-work.ts';
import type { App } from './contract.ts';

/**
 * What anybody may fetch: revocation lists, the issuing certificate, whether central can work (`/health`, for balancers) and
 * whether it runs at all (`/health/live`).
 */
export function publishedRoutes(app: App, central: Central): void {
  const hidden = { schema: { hide: true } };
  for (const name of ['issuing', 'root'] as const) {
    // Anybody may ask, as often as they like: the database is asked once for all who ask meanwhile.
    const list = new SharedWork<Buffer>();
    const read = async () => Buffer.from(await publishRevocationList(central, name));
    app.get(`/crl/${name}.crl`, hidden, async (_request, reply) =>
      reply.type('application/pkix-crl').send(await list.run(read)),
    );
  }
  app.get('/ca/issuing.cer', hidden, async (_request, reply) =>
    reply.type('application/pkix-cert').send(Buffer.from(central.authority.ca.issuingCertificate)),
  );
  const isReady = readiness(central.database);
  const status = z.object({ status: z.enum(['ok', 'database away']) });
  const schema = { response: { 200: status, 503: status } };
  app.get('/health', { schema }, async (_request, reply) => {
    if (await isReady()) return { status: 'ok' as const };
    return reply.code(503).header('retry-after', '1').send({ status: 'database away' });
  });
  app.get('/health/live', { schema }, async () => ({ status: 'ok' as const }));
}
