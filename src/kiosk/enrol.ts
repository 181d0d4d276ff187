import type { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { enrolmentResponse, enrolRequest, NOT_ENROLLED, parseToken } from '../protocol/enrolment.ts';
import { OTHER_PROTOCOL } from '../protocol/version.ts';
import { writeIdentity } from './identity-file.ts';
import { makeNewKey } from './new-identity.ts';
import { connectAsStranger, findAuthority, noAnswer, PinnedCentralError } from './pinned-central.ts';

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
    throw new EnrolError(
      `this kiosk is enrolled already (${identityFile}); say --replace to enrol it anew, or leave out --token to have --drop-in written alone`,
    );
  }
  const authority = await findAuthority(url, token.pin).catch((error: unknown) => {
    throw error instanceof PinnedCentralError ? new EnrolError(error.why) : error;
  });
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
  const connection = connectAsStranger(url, authority);
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
