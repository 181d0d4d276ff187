import type { Server } from 'node:https';
import { hostname } from 'node:os';
import type { SecureContextOptions } from 'node:tls';
import type { FastifyBaseLogger } from 'fastify';
import { toPem } from '../../pki/certificate.ts';
import type { Central } from '../central.ts';

/** Names by which every central may be called on its own machine. */
const OWN_NAMES = ['localhost', '127.0.0.1', '::1'] as const;
const LOOK_MS = 60 * 60 * 1000;
/** How long before its end a certificate is replaced. */
const RENEW_BEFORE_MS = 10 * 24 * 60 * 60 * 1000;

/** What of TLS changes when the certificate is renewed. */
export type ServerContext = Pick<SecureContextOptions, 'key' | 'cert' | 'ca' | 'minVersion'>;

/** Central's TLS as kiosks see it, with a certificate made now: each process makes its own. */
export interface ServerCertificate {
  readonly context: ServerContext;
  /** Renews the certificate of a server in time, connections going on as they are. Returns how to stop. */
  keepFresh(server: Server, log: FastifyBaseLogger): () => void;
}

/** @param names by which kiosks call this central, besides those of the machine */
export async function makeServerCertificate(
  central: Pick<Central, 'authority' | 'now'>,
  names: readonly string[],
): Promise<ServerCertificate> {
  const { kioskAuthority } = central.authority;
  const all = [...new Set([...names, hostname(), ...OWN_NAMES])];
  const make = async () => {
    const { key, certificates, notAfter } = await kioskAuthority.issueServer(all, central.now());
    const ca = toPem('CERTIFICATE', kioskAuthority.certificate);
    const context: ServerContext = { key, cert: certificates, ca, minVersion: 'TLSv1.3' };
    return { context, notAfter };
  };
  let current = await make();
  return {
    context: current.context,
    keepFresh(server, log) {
      const renew = async () => {
        if (current.notAfter.getTime() - central.now().getTime() > RENEW_BEFORE_MS) return;
        current = await make();
        server.setSecureContext(current.context);
        log.info({ until: current.notAfter }, 'the server certificate was renewed');
      };
      const timer = setInterval(() => {
        renew().catch((error) => log.error({ err: error }, 'the server certificate cannot be renewed'));
      }, LOOK_MS);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}
