/** Recovered keys into the NSS database of a person, on their own machine (KR-08, KR-09, KR-11). */
import { randomBytes, X509Certificate } from 'node:crypto';
import type { AcceptedTerms, TermsView } from '../../flows/walk-up-state.ts';
import { createRecipient, type Recipient, SealedSecretError } from '../../pki/hpke.ts';
import type { PfxKey } from '../../pki/pfx.ts';
import type { CollectionOpenResponse } from '../../protocol/collection-token.ts';
import { SOFT_RUN_OVER, softContext } from '../../protocol/soft-certificate.ts';
import type { Pause } from '../backoff.ts';
import type { CentralAnswer, CentralConnection } from '../central-connection.ts';
import { importIntoNss, listNssKeys, type NssDatabase, NssError, nssKeyId } from '../nss/nss-database.ts';
import { makePfx } from '../pfx/make-pfx.ts';
import { termsIn } from '../terms.ts';
import { CentralByToken } from './central-by-token.ts';

/** Nothing was collected. `code`: stable, for central and whoever reads it; null where central was not asked. */
export class CollectError extends Error {
  override readonly name = 'CollectError';
  readonly code: string | null;
  constructor(why: string, code: string | null = null, options?: ErrorOptions) {
    super(`collect keys: ${why}`, options);
    this.code = code;
  }
}

export interface CollectPorts {
  /** To central, without a certificate. */
  readonly connection: Pick<CentralConnection, 'ask'>;
  readonly pause: Pause;
  /** Where a PFX, encrypted under a password of that moment, may lie until NSS has read it. */
  readonly temporaryFolder: string;
  /** As this machine calls itself. */
  readonly machine: string;
  /** That terms are read in (RP-19). */
  readonly language: string;
  /** Shows them, and asks. */
  accept(terms: TermsView): Promise<boolean>;
}

export interface CollectedKey {
  readonly subject: string;
  readonly notAfter: Date;
  /** As `nssKeyId`. */
  readonly id: string;
  /** False where the database had it before. */
  readonly isNew: boolean;
}

export interface Collected {
  /** That are in the database now. */
  readonly keys: readonly CollectedKey[];
  /** Why central does not know it; null: it does. `isOver`: it never will, since another run has taken its place, or nobody collects it. */
  readonly untold: { readonly why: string; readonly isOver: boolean } | null;
}

const ANOTHER = 'have another token given, and begin again';
/** Of the password of the PFX on its way: 43 characters, and no end of a line. */
const TRANSIT_LENGTH = 43;
const TRANSIT_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Brings the keys of a token's request into a database that is there, and that opens. Keys are wiped whatever happens; the database's
 * password is the caller's to wipe. Central is told how it ended.
 * @param secret of the token, hex
 * @throws CollectError, NssError
 */
export async function collectIntoNss(
  ports: CollectPorts,
  secret: string,
  database: NssDatabase,
  signal: AbortSignal,
): Promise<Collected> {
  const recipient = await createRecipient();
  const central = new CentralByToken({ ...ports, secret, run: recipient.publicKey });
  const opened = await open(central, ports, signal);
  let before: ReadonlySet<string>;
  try {
    before = await listNssKeys(database);
    await store(ports, await openKeys(recipient, opened), database, signal);
    await demandStored(database, opened);
  } catch (error) {
    const failure = asFailure(error, signal);
    await central.stopped(failure.code ?? 'UX-09-internal');
    throw failure;
  }
  const answer = await central.complete();
  return {
    keys: opened.keys.map(({ certificate }) => described(certificate, before)),
    untold: untoldBy(answer),
  };
}

function untoldBy(answer: CentralAnswer<unknown>): Collected['untold'] {
  if (answer.kind === 'ok') return null;
  if (answer.kind === 'unreachable') return { why: answer.why, isOver: false };
  const { message, code } = answer;
  return { why: `${message} (${code})`, isOver: SOFT_RUN_OVER.includes(code) };
}

/** Where there are terms, once they are accepted (RP-19). */
async function open(
  central: CentralByToken,
  { language, accept }: Pick<CollectPorts, 'language' | 'accept'>,
  signal: AbortSignal,
): Promise<CollectionOpenResponse> {
  const ask = (accepted: AcceptedTerms | null) =>
    central.open(accepted, language, signal).catch((error) => {
      throw asFailure(error, signal);
    });
  const first = await ask(null);
  const terms = first.kind === 'refused' ? termsIn(first.terms ?? null, language) : null;
  if (!terms) return demandOpened(first);
  if (await accept(terms)) return demandOpened(await ask(terms));
  const why = 'its terms were not accepted; the token is good until it runs out';
  throw new CollectError(why, 'RP-19-accept-terms');
}

function demandOpened(answer: CentralAnswer<CollectionOpenResponse>): CollectionOpenResponse {
  if (answer.kind === 'ok') return answer.value;
  if (answer.kind === 'refused') throw new CollectError(answer.message, answer.code);
  const why = `central does not answer: ${answer.why}; check the network, then ${ANOTHER}`;
  throw new CollectError(why, 'SY-03-central-not-reached');
}

/** @returns with keys that makePfx wipes; none is left where one cannot be opened */
async function openKeys(
  recipient: Recipient,
  { requestId, keys }: CollectionOpenResponse,
): Promise<PfxKey[]> {
  const opened: PfxKey[] = [];
  try {
    for (const { certificate, chain, friendlyName, sealed } of keys) {
      const context = softContext(requestId, recipient.publicKey, certificate);
      const privateKey = await recipient.open(sealed, context);
      opened.push({ privateKey, certificate, chain, friendlyName });
    }
    return opened;
  } catch (error) {
    for (const { privateKey } of opened) privateKey.fill(0);
    throw error;
  }
}

/** By a PFX whose password lives as long as the import. */
async function store(
  { temporaryFolder }: CollectPorts,
  keys: PfxKey[],
  database: NssDatabase,
  signal: AbortSignal,
): Promise<void> {
  const random = randomBytes(TRANSIT_LENGTH);
  const password = new Uint8Array(random.map((byte) => TRANSIT_ALPHABET.charCodeAt(byte & 63)));
  random.fill(0);
  try {
    const content = { keys, password: password.slice(), encryption: 'default' as const };
    const pfx = await makePfx(content, signal);
    // From here on nobody is stopped: NSS writes.
    await importIntoNss(database, { pfx, password, temporaryFolder });
  } finally {
    password.fill(0);
  }
}

/** What completes a collection is what NSS says. @throws NssError `KR-08-nss-not-found` */
async function demandStored(database: NssDatabase, { keys }: CollectionOpenResponse): Promise<void> {
  const stored = await listNssKeys(database);
  if (!keys.every(({ certificate }) => stored.has(nssKeyId(certificate))))
    throw new NssError('KR-08-nss-not-found', null);
}

function asFailure(error: unknown, signal: AbortSignal): CollectError | NssError {
  if (error instanceof CollectError || error instanceof NssError) return error;
  if (signal.aborted) return new CollectError(`it was called off; ${ANOTHER}`, 'RP-17-cancelled');
  const isForAnother = error instanceof SealedSecretError;
  const why = isForAnother ? 'what central has sent does not open' : 'this program has failed at it';
  const code = isForAnother ? 'KR-08-pfx-content' : 'UX-09-internal';
  return new CollectError(`${why}; ${ANOTHER}`, code, { cause: error });
}

function described(certificate: Uint8Array, before: ReadonlySet<string>): CollectedKey {
  const { subject, validToDate: notAfter } = new X509Certificate(certificate);
  const id = nssKeyId(certificate);
  return { subject: subject.replaceAll('\n', ', '), notAfter, id, isNew: !before.has(id) };
}
