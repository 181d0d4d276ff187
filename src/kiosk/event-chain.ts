/** The hash chains in the kiosk's own file: how a link is added, and whether all are whole (SE-05). */
import { createHash, randomUUID } from 'node:crypto';
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import { audit, chains, outbox } from '../../db/kiosk/own/schema.ts';
import { type KioskEvent, kioskEvent, LEGACY_CHAIN } from '../protocol/event.ts';
import { CHAIN_START, eventHash, signedBytes } from '../protocol/event-hash.ts';
import type { OwnDatabase, OwnDb } from './own-database.ts';

/** An event before it has its place. */
export type NewEvent = Pick<KioskEvent, 'type' | 'cardId' | 'operationId' | 'detail' | 'carriedFrom'> & {
  /** When it happened, if that was not now. */
  readonly at?: string;
};

/** The kiosk's identity, as far as events need it. */
export interface EventSigner {
  /** As central has it. */
  readonly certificateSerial: string;
  sign(bytes: Uint8Array): Uint8Array;
}

/** A file, or a transaction in it. */
type Writable = Pick<OwnDb, 'select' | 'insert'>;

/** What adding needs besides the file. */
export interface ChainPorts {
  readonly now: () => Date;
  /** Null while this kiosk is not enrolled. */
  readonly signer: () => EventSigner | null;
}

/**
 * Adds a link to this file's own chain, signed, and puts it in the outbox.
 * @returns its number
 */
export function append(tx: Writable, ports: ChainPorts, event: NewEvent): number {
  const chain = ownChain(tx) ?? beginChain(tx, ports, { why: 'new' });
  const last = tx.select().from(audit).where(eq(audit.chain, chain)).orderBy(desc(audit.n)).limit(1).get();
  const n = (last?.n ?? 0) + 1;
  const at = ports.now().toISOString();
  const body = JSON.stringify(kioskEvent.parse({ chain, n, at, ...event }));
  const hash = eventHash(last ? fromHex(last.hash) : CHAIN_START, body);
  const signer = ports.signer();
  tx.insert(audit)
    .values({ chain, n, body, hash: toHex(hash), ...(signer ? sign(signer, hash) : {}) })
    .run();
  tx.insert(outbox).values({ chain, n }).run();
  return n;
}

/**
 * Begins another chain; its first event says why, and what is known of the one before.
 * @returns its id
 */
export function beginChain(tx: Writable, ports: ChainPorts, detail: NewEvent['detail']): string {
  const before = tx.select().from(chains).orderBy(desc(chains.position)).limit(1).get();
  const id = randomUUID();
  const position = (before?.position ?? 0) + 1;
  tx.insert(chains).values({ position, id, startedAt: ports.now().toISOString() }).run();
  const told = { previousChain: before?.id ?? null, ...detail };
  append(tx, ports, { type: 'chain.began', cardId: null, operationId: null, detail: told });
  return id;
}

/** Undefined before the first event. */
export function ownChain(tx: Pick<OwnDb, 'select'>): string | undefined {
  const last = tx.select().from(chains).orderBy(desc(chains.position)).limit(1).get();
  return last?.id === LEGACY_CHAIN ? undefined : last?.id;
}

/** What a row has of its signature. */
export function sign(signer: EventSigner, hash: Uint8Array): { signature: string; certificate: string } {
  const signature = Buffer.from(signer.sign(signedBytes(hash))).toString('base64');
  return { signature, certificate: signer.certificateSerial };
}

export const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * Follows the chains from where they start; of one that was rescued, from its first link that is here.
 * @returns the first entry that is missing or changed, or null when all are whole
 */
export function findBrokenLink(own: OwnDatabase): { readonly chain: string; readonly n: number } | null {
  const current = ownChain(own.db);
  for (const { id } of own.db.select().from(chains).orderBy(asc(chains.position)).all()) {
    const n = brokenIn(own, id, id === current || id === LEGACY_CHAIN);
    if (n !== null) return { chain: id, n };
  }
  return null;
}

function brokenIn(own: OwnDatabase, chain: string, isWhole: boolean): number | null {
  let previous: string | null = null;
  let expected: number | null = isWhole ? 1 : null;
  for (const row of rowsOf(own, chain)) {
    if (expected !== null && row.n !== expected) return expected;
    if (expected === 1) previous = toHex(CHAIN_START);
    if (previous !== null && row.hash !== link(chain, previous, row.body)) return row.n;
    previous = row.hash;
    expected = row.n + 1;
  }
  return null;
}

/** A page at a time: a chain is years long. */
function* rowsOf(own: OwnDatabase, chain: string) {
  const page = own.db
    .select()
    .from(audit)
    .where(and(eq(audit.chain, chain), gt(audit.n, sql.placeholder('after'))))
    .orderBy(asc(audit.n))
    .limit(1000)
    .prepare();
  for (let after = 0; ; ) {
    const rows = page.all({ after });
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.n;
  }
}

function link(chain: string, previous: string, body: string): string {
  if (chain !== LEGACY_CHAIN) return toHex(eventHash(fromHex(previous), body));
  // As it was before there were chains.
  return createHash('sha256').update(previous).update(body).digest('hex');
}
