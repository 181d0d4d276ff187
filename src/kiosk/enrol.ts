import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { z } from 'zod';
import { toPem } from '../pki/certificate.ts';
import {
  type EnrolmentToken,
  enrolmentResponse,
  enrolRequest,
  NOT_ENROLLED,
  parseToken,
  pinOf,
} from '../protocol/enrolment.ts';
import { OTHER_PROTOCOL } from '../protocol/version.ts';
import { CentralConnection } from './central-connection.ts';
import { CentralLine } from './central-line.ts';
import { writeIdentity } from './identity-file.ts';
import { makeNewKey } from './new-identity.ts';

/** The kiosk was not enrolled; the message says what to do. `code`: central's, where it is central that refused. */
export class EnrolError extends Error {
  override readonly name = 'EnrolError';
  readonly code: string | null;
  constructor(message: string, code: string | null = null, options?: ErrorOptions) {
    super(`enrol kiosk: ${message}`, options);
    this.code = code;
  }
}

export interface EnrolOptions {
  /** `https://central.example:8443` */
  readonly url: string;
  /** As `recard central kiosk add` printed it. */
  readonly token: string;
  readonly identityFile: string;
  /** The identity that is there already is to be replaced. */
  readonly replaces: boolean;
}

const TIMEOUT_MS = 20_000;
const NEW_TOKEN = 'ask for a new one: recard central kiosk add NAME --scope GROUP';

const REMEDIES: Readonly<Record<string, string>> = {
  [NOT_ENROLLED.unknownToken]: `central does not know this token; copy all of it, or ${NEW_TOKEN}`,
  [NOT_ENROLLED.usedToken]: `this token was used already; if it was not by you, tell whoever looks after central; ${NEW_TOKEN}`,
  [NOT_ENROLLED.expiredToken]: `this token is older than 24 hours; ${NEW_TOKEN}`,
  [OTHER_PROTOCOL]:
    'central is of a version that does not fit this kiosk; install the same version of Recard here as there',
};

/**
 * Enrols this machine: makes a key that never leaves it, has central certify it by the token, and writes the identity.
 * Central is known by the fingerprint in the token: nothing is sent to anybody else.
 * @returns how central calls this kiosk, and until when its certificate is good
 * @throws EnrolError
 */
export async function enrol(options: EnrolOptions): Promise<{ kioskName: string; notAfter: Date }> {
  const { url, identityFile, replaces } = options;
  const token = parseToken(options.token);
  if (!token) throw new EnrolError('that is no token; copy all of the line that central has printed');
  if (!replaces && existsSync(identityFile)) {
    throw new EnrolError(`this kiosk is enrolled already (${identityFile}); say --replace to enrol it anew`);
  }
  const authority = await findAuthority(url, token);
  const key = await makeNewKey('kiosk');
  const certified = await ask(url, authority, { secret: token.secret, request: key.request });
  try {
    const { text, identity } = key.identity(certified, authority);
    writeIdentity(identityFile, text, replaces);
    return { kioskName: certified.kioskName, notAfter: identity.notAfter };
  } catch (cause) {
    throw new EnrolError(`the identity cannot be kept: ${(cause as Error).message}`, null, { cause });
  }
}

async function ask(url: string, authority: X509Certificate, request: z.output<typeof enrolRequest>) {
  const identity = { authorityPem: toPem('CERTIFICATE', authority.raw) };
  const line = new CentralLine(url, { current: () => identity });
  const connection = new CentralConnection({ url, identityFile: '', timeoutMs: TIMEOUT_MS }, line);
  try {
    const body = z.encode(enrolRequest, request);
    const path = '/kiosks/enrol';
    const answer = await connection.ask({ method: 'POST', path, body, response: enrolmentResponse });
    if (answer.kind === 'ok' && answer.value) return answer.value.body;
    if (answer.kind === 'refused') {
      throw new EnrolError(REMEDIES[answer.code] ?? answer.message, answer.code);
    }
    throw new EnrolError(noAnswer(url, answer.kind === 'ok' ? 'status 304' : answer.why));
  } finally {
    await connection.close();
  }
}

/** As OpenSSL says it of a certificate. */
const OUT_OF_TIME = /certificate is not yet valid|certificate has expired/;

function noAnswer(url: string, why: string): string {
  if (OUT_OF_TIME.test(why)) {
    const now = new Date().toISOString();
    return `central’s certificate is out of time (${why}); set the clock of this machine (it says ${now}), or central’s`;
  }
  if (!why.includes('altnames')) return `central does not answer: ${why}`;
  const { hostname } = new URL(url);
  return `central does not call itself ${hostname}; start it with --name ${hostname}, or use the address that it has printed`;
}

/** The authority of whoever is at this address, if it is the one that the token is for. */
async function findAuthority(url: string, { pin }: EnrolmentToken): Promise<X509Certificate> {
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
  throw new EnrolError(
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
      reject(new EnrolError(`${url} cannot be reached: ${why}; check the address and the network`));
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
