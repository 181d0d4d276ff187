import { z } from 'zod';
import type { Central } from '../central.ts';
import { publishRevocationList } from '../revocation.ts';
import { type App, answers } from './contract.ts';

/** What anybody may fetch: revocation lists, the issuing certificate, and whether central is up. */
export function publishedRoutes(app: App, central: Central): void {
  const hidden = { schema: { hide: true } };
  app.get('/crl/issuing.crl', hidden, async (_request, reply) =>
    reply.type('application/pkix-crl').send(Buffer.from(await publishRevocationList(central, 'issuing'))),
  );
  app.get('/crl/root.crl', hidden, async (_request, reply) =>
    reply.type('application/pkix-crl').send(Buffer.from(await publishRevocationList(central, 'root'))),
  );
  app.get('/ca/issuing.cer', hidden, async (_request, reply) =>
    reply.type('application/pkix-cert').send(Buffer.from(central.authority.ca.issuingCertificate)),
  );
  const schema = { response: answers(z.object({ status: z.literal('ok') })) };
  app.get('/health', { schema }, async () => ({ status: 'ok' as const }));
}
