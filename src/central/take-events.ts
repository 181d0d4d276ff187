/** Central takes what happened at a kiosk: once, in order, as the kiosk has signed it (SY-02, SE-05). */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { isSignedBy } from '../pki/signature-check.ts';
import { EVENT_REFUSALS, HEALTH, type KioskEvent, kioskEvent, type SignedEvent } from '../protocol/event.ts';
import { CHAIN_START, eventHash, signedBytes } from '../protocol/event-hash.ts';
import type { Central } from './central.ts';
import { followStopped } from './collection/follow-stopped.ts';
import type { Database } from './database.ts';
import { chargeEventShare } from './line/event-share.ts';
import { CHAINS_PER_DAY, EVENT_ROW_BYTES } from './line/limits.ts';
import { RefusedError } from './refused.ts';
import { type AuditEntry, recordAudits } from './repositories/audit.ts';
import {
  countChainsSince,
  eventsAt,
  findChain,
  insertEvents,
  type KioskChain,
  type KioskEventRow,
  keysOfKiosk,
  lockChain,
  saveHealth,
  updateChain,
} from './repositories/kiosk-chains.ts';
import { lockKiosk } from './repositories/kiosk-register.ts';
import type { Kiosk } from './repositories/kiosks.ts';
import { followSoft } from './soft/follow-soft.ts';

/** A chain in which nothing but health was told is written into central's audit so often. */
const ANCHOR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What central says of kiosks itself, under the same prefix as what they say: no kiosk may say it. */
const SAID_BY_CENTRAL = ['added', 'enrolled', 'certified', 'revoked', 'head'];

interface Taken {
  readonly event: KioskEvent;
  readonly sent: SignedEvent;
  readonly hash: Uint8Array;
}

interface Refusal {
  readonly n: number;
  readonly code: string;
  readonly why: string;
}

/** Those before the one that is refused. */
interface Checked {
  readonly taken: readonly Taken[];
  readonly refusal: Refusal | null;
}

const NOT_OWN: Omit<Refusal, 'n'> = {
  code: EVENT_REFUSALS.broken,
  why: 'what central has of its chain was changed',
};

type ChainHead = Pick<KioskChain, 'acknowledged' | 'hash'>;

/**
 * Takes the events that follow what central has of this chain; those that it has already count no second time.
 * @returns how far central has the chain now
 * @throws RefusedError for the first that cannot be taken (`EVENT_REFUSALS`, `SE-07-bad-request`): those before it were, and
 *   central's audit has it
 * @throws AskLaterError when the kiosk has used up its share; then none were
 */
export async function takeEvents(
  central: Central,
  kiosk: Kiosk,
  chainId: string,
  events: readonly SignedEvent[],
): Promise<number> {
  const id = { kioskId: kiosk.id, chainId };
  if (events.length === 0) return (await findChain(central.database, id))?.acknowledged ?? 0;
  const read = events.map((sent) => ({ sent, event: readEvent(chainId, sent) }));
  const { acknowledged, refused } = await central.database.transaction(async (transaction) => {
    if (!(await findChain(transaction, id))) await demandFewChains(central, transaction, kiosk);
    const chain = await lockChain(transaction, id, central.now());
    const checked = await check(central, transaction, chain, read);
    const beyond = await chargeEventShare(central, transaction, kiosk, bytesKept(checked));
    if (beyond) return { acknowledged: 0, refused: beyond };
    const after = await store(central, transaction, kiosk, chain, checked.taken);
    if (checked.refusal) await recordRefusal(central, transaction, kiosk, chain, checked.refusal);
    return { acknowledged: after, refused: checked.refusal && asError(checked.refusal) };
  });
  if (refused) throw refused;
  return acknowledged;
}

function asError({ n, code, why }: Refusal): RefusedError {
  return new RefusedError(409, code, `take event ${n}: ${why}`);
}

/** What these will take of the database; so does an entry of the audit about one that is refused. */
function bytesKept({ taken, refusal }: Checked): number {
  const kept = taken.reduce((sum, { sent }) => sum + Buffer.byteLength(sent.body) + sent.signature.length, 0);
  return kept + (taken.length + (refusal ? 1 : 0)) * EVENT_ROW_BYTES;
}

/** Each chain is kept for ever: a kiosk may not make them at will (SE-07). @throws RefusedError `SE-07-too-many-chains` */
async function demandFewChains(central: Central, transaction: Database, { id }: Kiosk): Promise<void> {
  await lockKiosk(transaction, id);
  const since = new Date(central.now().getTime() - DAY_MS);
  if ((await countChainsSince(transaction, id, since)) < CHAINS_PER_DAY) return;
  const why = 'this kiosk has begun too many chains today; look why it loses its database';
  throw new RefusedError(409, EVENT_REFUSALS.tooManyChains, `take event: ${why}`);
}

/** @throws RefusedError: what is not an event of this chain is no attempt at one, and nothing of the request is taken */
function readEvent(chain: string, { body }: SignedEvent): KioskEvent {
  const read = kioskEvent.safeParse(parseJson(body));
  const where = read.success ? misplaced(read.data, chain) : (read.error.issues[0]?.path.join('.') ?? '');
  if (read.success && where === null) return read.data;
  throw new RefusedError(400, 'SE-07-bad-request', `take event: it is malformed: ${where}`.slice(0, 300));
}

function misplaced(event: KioskEvent, chain: string): string | null {
  if (event.chain !== chain) return 'its chain';
  return SAID_BY_CENTRAL.includes(event.type) ? 'type' : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function check(
  central: Central,
  transaction: Database,
  chain: KioskChain,
  events: readonly { readonly sent: SignedEvent; readonly event: KioskEvent }[],
): Promise<Checked> {
  const numbers = events.map(({ event }) => event.n);
  const known = new Map(await eventsAt(transaction, chain, numbers));
  // Of these events only: a kiosk may renew its certificate as often as it likes.
  const serials = [...new Set(events.map(({ sent }) => sent.certificate))];
  const keyOf = keyReader(await keysOfKiosk(transaction, chain.kioskId, serials));
  const isOwn = isOwnHead(central, chain);
  const taken: Taken[] = [];
  let head: ChainHead = chain;
  for (const { sent, event } of events) {
    const refusal = isOwn ? refuseEvent(sent, event, head, known, keyOf) : NOT_OWN;
    if (refusal) return { taken, refusal: { n: event.n, ...refusal } };
    if (event.n <= head.acknowledged) continue;
    const hash = eventHash(head.hash ?? CHAIN_START, sent.body);
    taken.push({ event, sent, hash });
    known.set(event.n, { body: sent.body, hash });
    head = { acknowledged: event.n, hash };
  }
  return { taken, refusal: null };
}

function refuseEvent(
  sent: SignedEvent,
  { n }: KioskEvent,
  head: ChainHead,
  known: ReadonlyMap<number, Pick<KioskEventRow, 'body' | 'hash'>>,
  keyOf: (serial: string) => KeyObject | null,
): Omit<Refusal, 'n'> | null {
  if (n <= head.acknowledged) {
    if (isKnown(known.get(n), sent)) return null;
    return { code: EVENT_REFUSALS.changed, why: 'another one with its number is here' };
  }
  if (n !== head.acknowledged + 1)
    return { code: EVENT_REFUSALS.gap, why: `event ${head.acknowledged + 1} is not here` };
  const hash = eventHash(head.hash ?? CHAIN_START, sent.body);
  if (sent.hash !== Buffer.from(hash).toString('hex'))
    return { code: EVENT_REFUSALS.broken, why: 'it does not follow the one before it' };
  const key = keyOf(sent.certificate);
  if (!key || !isSignedBy(key, 'sha256', signedBytes(hash), sent.signature))
    return { code: EVENT_REFUSALS.unsigned, why: 'no key of this kiosk has signed it' };
  return null;
}

/** By its text, or where that was dropped by its hash. */
function isKnown(
  row: Pick<KioskEventRow, 'body' | 'hash'> | undefined,
  { body, hash }: SignedEvent,
): boolean {
  if (!row) return false;
  if (row.body !== null) return row.body === body;
  return row.hash !== null && Buffer.from(row.hash).toString('hex') === hash;
}

/** Whoever has changed how far central has a chain shall not have it signed anew by that. */
function isOwnHead({ authority }: Central, chain: KioskChain): boolean {
  if (chain.acknowledged === 0) return chain.hash === null;
  const { hash, signature } = chain;
  return hash !== null && signature !== null && authority.auditKey.isSigned(headOf(chain, hash), signature);
}

/** As the audit key signs it. */
export function headOf(
  { kioskId, chainId, acknowledged }: Pick<KioskChain, 'kioskId' | 'chainId' | 'acknowledged'>,
  hash: Uint8Array,
) {
  return { chain: `${kioskId}/${chainId}`, seq: acknowledged, hash };
}

/** The public keys of a kiosk by serial number, each read once. */
export function keyReader(keys: ReadonlyMap<string, Uint8Array>): (serial: string) => KeyObject | null {
  const read = new Map<string, KeyObject>();
  return (serial) => {
    const spki = keys.get(serial);
    if (!spki) return null;
    const key = read.get(serial) ?? createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    read.set(serial, key);
    return key;
  };
}

/** @returns how far central has the chain now */
async function store(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  chain: KioskChain,
  taken: readonly Taken[],
): Promise<number> {
  const last = taken.at(-1);
  if (!last) return chain.acknowledged;
  const { kioskId, chainId } = chain;
  const now = central.now();
  await insertEvents(
    transaction,
    taken.map(({ event, sent, hash }) => ({
      ...{ kioskId, chainId, n: event.n, body: sent.body, hash },
      ...{ signature: sent.signature, certificateSerial: sent.certificate },
      healthAt: event.type === HEALTH ? now : null,
    })),
  );
  const health = taken.findLast(({ event }) => event.type === HEALTH)?.event;
  if (health) await saveHealth(transaction, kioskId, { ...health.detail, at: health.at });
  const entries = auditEntries(kiosk, chain, taken, now);
  const acknowledged = last.event.n;
  await updateChain(transaction, chain, {
    ...{ acknowledged, hash: last.hash },
    signature: central.authority.auditKey.signHead(headOf({ ...chain, acknowledged }, last.hash)),
    ...(entries.length > 0 ? { anchoredAt: now } : {}),
  });
  const events = taken.map(({ event }) => event);
  const followed = await followStopped(transaction, kiosk, events, now);
  const soft = await followSoft(central, transaction, kiosk, events);
  await recordAudits(central, transaction, [...entries, ...followed, ...soft], now);
  return acknowledged;
}

/**
 * Central's audit holds the hash of every event but health, so that it shows which head was known when; of a chain that
 * tells nothing else, its head now and then.
 */
function auditEntries(
  { name }: Kiosk,
  { chainId, anchoredAt }: KioskChain,
  taken: readonly Taken[],
  now: Date,
): AuditEntry[] {
  const actor = `kiosk:${name}`;
  const placeOf = ({ event, hash }: Taken) => ({
    ...{ n: event.n, at: event.at, chain: chainId, hash: Buffer.from(hash).toString('hex') },
  });
  const told = taken.filter(({ event }) => event.type !== HEALTH);
  if (told.length > 0)
    return told.map((one) => {
      const { type, cardId, operationId, detail, carriedFrom } = one.event;
      const from = carriedFrom ? { carriedFrom } : {};
      return {
        type: `kiosk.${type}`,
        actor,
        cardId,
        operationId,
        detail: { ...detail, ...from, ...placeOf(one) },
      };
    });
  if (anchoredAt && now.getTime() - anchoredAt.getTime() < ANCHOR_MS) return [];
  return taken.slice(-1).map((last) => ({ type: 'kiosk.head', actor, detail: placeOf(last) }));
}

/** Once for each event and code, however often the kiosk tries. */
async function recordRefusal(
  central: Central,
  transaction: Database,
  { name }: Kiosk,
  chain: KioskChain,
  { n, code }: Refusal,
): Promise<void> {
  const refused = `${n} ${code}`;
  if (chain.refused === refused) return;
  await updateChain(transaction, chain, { refused });
  const detail = { chain: chain.chainId, n, code };
  const entry = { type: 'kiosk.chain-broken', actor: `kiosk:${name}`, detail };
  await recordAudits(central, transaction, [entry], central.now());
}
