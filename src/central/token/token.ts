import { type RefusedPins, readPinFile } from './pin-file.ts';
import { TokenChild, type TokenLimits, type TokenReply } from './token-child.ts';
import { TokenError } from './token-error.ts';
import type { TokenFacts, TokenKeyFacts, TokenRequest } from './token-messages.ts';
import type { TokenSettings } from './token-settings.ts';

/**
 * A network token takes 50 ms; what takes this long hangs. An answer is waited for inside of a transaction, which PostgreSQL and
 * the kiosk give up after ten seconds.
 */
const LIMITS: TokenLimits = { answerMs: 6000, makingMs: 90_000 };

/**
 * A PKCS #11 token (SE-04). Opened when it is first asked for something, and again when its session was lost. Keys are called
 * by their id (hex), and are never seen.
 */
export interface Token {
  /** Logs in where no session is open. @throws TokenError */
  open(): Promise<TokenFacts>;
  /** Grows with each session: what was proved in one is not proved in the next. */
  readonly session: number;
  /** Of the process that has loaded the module; undefined: none has. */
  readonly pid: number | undefined;
  /** ECDSA. @returns r ‖ s @throws TokenError */
  sign(id: string, digest: Uint8Array): Promise<Uint8Array>;
  /** AES-256-GCM. @returns nonce ‖ ciphertext ‖ tag @throws TokenError */
  seal(id: string, content: Uint8Array, associated: Uint8Array): Promise<Uint8Array>;
  /** Whoever gets it wipes it. @throws TokenError `notOpened` when it was sealed otherwise, or changed */
  unseal(id: string, sealed: Uint8Array, associated: Uint8Array): Promise<Uint8Array>;
  /** @returns SubjectPublicKeyInfo @throws TokenError */
  makePair(id: string, label: string, curve: 'P-256' | 'P-384'): Promise<Uint8Array>;
  /** AES-256. @throws TokenError */
  makeSecret(id: string, label: string): Promise<void>;
  /** @param pkcs8 not wiped @param publicKey SubjectPublicKeyInfo @throws TokenError */
  importPair(id: string, label: string, pkcs8: Uint8Array, publicKey: Uint8Array): Promise<void>;
  /** @param key 32 bytes, not wiped @throws TokenError */
  importSecret(id: string, label: string, key: Uint8Array): Promise<void>;
  /** Null: it has no private or secret key of this id. @throws TokenError */
  describe(id: string): Promise<TokenKeyFacts | null>;
  /** @throws TokenError */
  destroy(id: string): Promise<void>;
  /** Ends the session; the next question opens another. */
  close(): Promise<void>;
}

interface OpenedChild {
  readonly child: TokenChild;
  readonly facts: TokenFacts;
}

/** Nothing is loaded before it is asked for something. */
export function openToken(settings: TokenSettings, pins: RefusedPins, limits: TokenLimits = LIMITS): Token {
  let opening: Promise<OpenedChild> | null = null;
  let present: TokenChild | null = null;
  let session = 0;
  const opened = async (): Promise<OpenedChild> => {
    if (present?.hasEnded) {
      opening = null;
      present = null;
    }
    if (opening) return opening;
    const mine = start(settings, pins, limits, (child) => {
      present = child;
      session += 1;
    });
    opening = mine;
    // By then it may be another's: this one's process had ended, and somebody has asked again.
    mine.catch(() => {
      if (opening === mine) opening = null;
    });
    return mine;
  };
  const ask = async (request: TokenRequest, body?: Uint8Array): Promise<TokenReply> => {
    const { child } = await opened();
    try {
      return await child.ask(request, body);
    } catch (error) {
      if (!(error instanceof TokenError) || error.problem !== 'away' || !isRepeatable(request)) throw error;
    }
    // It was taken out and is back, perhaps: once more, in a session of its own.
    await child.close();
    const next = await opened();
    return await next.child.ask(request, body);
  };
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    open: async () => (await opened()).facts,
    get session() {
      return session;
    },
    get pid() {
      return present?.hasEnded === false ? present.pid : undefined;
    },
    sign: async (id, digest) => (await ask({ kind: 'sign', id }, digest)).body,
    seal: async (id, content, associated) =>
      (await ask({ kind: 'seal', id, associated: base64(associated) }, content)).body,
    unseal: async (id, sealed, associated) =>
      (await ask({ kind: 'unseal', id, associated: base64(associated) }, sealed)).body,
    makePair: async (id, label, curve) => (await ask({ kind: 'makePair', id, label, curve })).body,
    makeSecret: async (id, label) => void (await ask({ kind: 'makeSecret', id, label })),
    importPair: async (id, label, pkcs8, publicKey) =>
      void (await ask({ kind: 'importPair', id, label, publicKey: base64(publicKey) }, pkcs8)),
    importSecret: async (id, label, key) => void (await ask({ kind: 'importSecret', id, label }, key)),
    describe: async (id) => (await ask({ kind: 'describe', id })).facts.key ?? null,
    destroy: async (id) => void (await ask({ kind: 'destroy', id })),
    async close() {
      await opening?.catch(() => undefined);
      opening = null;
      await present?.close();
    },
  };
}

/** What makes a key may have made it before its answer was lost. */
function isRepeatable({ kind }: TokenRequest): boolean {
  return kind === 'sign' || kind === 'seal' || kind === 'unseal' || kind === 'describe';
}

/** One try with the PIN, and none with one that was refused before. */
async function start(
  settings: TokenSettings,
  pins: RefusedPins,
  limits: TokenLimits,
  onStart: (child: TokenChild) => void,
): Promise<OpenedChild> {
  const pin = await readPinFile(settings.pinFile);
  const { module, label, serial } = settings;
  let child: TokenChild | null = null;
  try {
    if (await pins.isRefused(pin)) throw refusedBefore(settings, pins);
    child = new TokenChild(limits);
    onStart(child);
    const { facts } = await child.ask({ kind: 'open', module, label, serial }, pin);
    await pins.forget();
    if (facts.token) return { child, facts: facts.token };
    throw new TokenError('away', 'its module answers nonsense; install the same version of Recard anew');
  } catch (error) {
    try {
      if (error instanceof TokenError && error.problem === 'wrongPin') await pins.remember(pin);
    } finally {
      await child?.close();
    }
    throw error;
  } finally {
    pin.fill(0);
  }
}

function refusedBefore({ pinFile }: TokenSettings, { path }: RefusedPins): TokenError {
  const remedy = `it has refused this PIN before, so central does not try it again: put the right one into ${pinFile}`;
  return new TokenError('wrongPin', `${remedy}; if it is right by now, remove ${path}`);
}
