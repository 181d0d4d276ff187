/** Central as somebody finds it who has a token and no certificate: known by the fingerprint in the token, before anything is said to it. */
import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { toPem } from '../pki/certificate.ts';
import { pinOf } from '../protocol/enrolment.ts';
import { CentralConnection } from './central-connection.ts';
import { CentralLine } from './central-line.ts';

/** Whoever is at that address is nobody, or not who the token is for. `why` ends with what to do. */
export class PinnedCentralError extends Error {
  override readonly name = 'PinnedCentralError';
  readonly why: string;
  constructor(why: string) {
    super(`find central: ${why}`);
    this.why = why;
  }
}

const TIMEOUT_MS = 20_000;

/** Asks the central of that authority, over TLS 1.3, as somebody without a certificate. Whoever asks closes it. */
export function connectAsStranger(url: string, authority: X509Certificate): CentralConnection {
  const identity = { authorityPem: toPem('CERTIFICATE', authority.raw) };
  const line = new CentralLine(url, { current: () => identity });
  return new CentralConnection({ url, identityFile: '', timeoutMs: TIMEOUT_MS }, line);
}

/** As OpenSSL says it of a certificate. */
const OUT_OF_TIME = /certificate is not yet valid|certificate has expired/;

/** What to do where central has not answered. @param why as the connection says it */
export function noAnswer(url: string, why: string): string {
  if (OUT_OF_TIME.test(why)) {
    const now = new Date().toISOString();
    return `central’s certificate is out of time (${why}); set the clock of this machine (it says ${now}), or central’s`;
  }
  if (!why.includes('altnames')) return `central does not answer: ${why}`;
  const { hostname } = new URL(url);
  return `central does not call itself ${hostname}; start it with --name ${hostname}, or use the address that it has printed`;
}

/**
 * The authority of whoever is at this address, if it is the one that the token is for.
 * @param pin the first 16 bytes of its fingerprint
 * @throws PinnedCentralError
 */
export async function findAuthority(url: string, pin: Uint8Array): Promise<X509Certificate> {
  const chain = await presentedChain(url);
  const root = chain.find(({ raw }) => {
    const found = pinOf(new Uint8Array(createHash('sha256').update(raw).digest()));
    return timingSafeEqual(found, pin);
  });
  if (root) return root;
  const top = chain.at(-1);
  const found = top
    ? `it has the fingerprint ${createHash('sha256').update(top.raw).digest('hex')}`
    : 'it has no certificate';
  throw new PinnedCentralError(
    `${url} is not the central that this token is for: ${found}; check the address, and whether somebody is in between`,
  );
}

/** What a server shows of itself; nothing is sent to it. */
function presentedChain(url: string): Promise<readonly X509Certificate[]> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({
      ...{ host, port: Number(port || 443), minVersion: 'TLSv1.3' as const, timeout: TIMEOUT_MS },
      // Whom it is for is decided by its fingerprint, before anything is said.
      rejectUnauthorized: false,
      ...(isIP(host) ? {} : { servername: host }),
    });
    const fail = (why: string) => {
      socket.destroy();
      reject(new PinnedCentralError(`${url} cannot be reached: ${why}; check the address and the network`));
    };
    socket.once('secureConnect', () => {
      resolve(chainOf(socket.getPeerCertificate(true)));
      socket.destroy();
    });
    socket.once('timeout', () => fail('no answer'));
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
  });
}

function chainOf(first: DetailedPeerCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  const seen = new Set<string>();
  for (
    let at: DetailedPeerCertificate | undefined = first;
    at?.raw && !seen.has(at.fingerprint256);
    at = at.issuerCertificate
  ) {
    seen.add(at.fingerprint256);
    chain.push(new X509Certificate(at.raw));
  }
  return chain;
}
