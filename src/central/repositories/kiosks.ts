import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { and, asc, eq, gt } from 'drizzle-orm';
import { kioskEvents, kiosks } from '../../../db/central/schema.ts';
import type { KioskEvent } from '../../protocol/event.ts';
import type { Database } from '../database.ts';

export interface Kiosk {
  readonly id: string;
  readonly name: string;
  /** Which run of an operation the kiosk asks for (`runName`), if it says so. */
  readonly run?: string;
}

/** Adds a kiosk, or gives the one of this name a new token. @returns the token: shown once, kept as a hash */
export async function addKiosk(database: Database, name: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const tokenHash = hashToken(token);
  await database
    .insert(kiosks)
    .values({ id: randomUUID(), name, tokenHash, addedAt: now })
    .onConflictDoUpdate({ target: kiosks.name, set: { tokenHash } });
  return token;
}

export async function findKioskByToken(database: Database, token: string): Promise<Kiosk | undefined> {
  const { id, name, tokenHash } = kiosks;
  return (
    await database
      .select({ id, name })
      .from(kiosks)
      .where(eq(tokenHash, hashToken(token)))
  )[0];
}

/** Takes an event once (SY-02). @returns whether it was new */
export async function takeEvent(database: Database, kioskId: string, event: KioskEvent): Promise<boolean> {
  const { n, type, cardId, operationId, detail } = event;
  const taken = await database
    .insert(kioskEvents)
    .values({ kioskId, n, at: new Date(event.at), type, cardId, operationId, detail })
    .onConflictDoNothing()
    .returning({ n: kioskEvents.n });
  return taken.length > 0;
}

/** Moves on the highest event up to which nothing is missing, and answers with it. */
export async function acknowledgeEvents(
  transaction: Database,
  kioskId: string,
  known: number,
): Promise<number> {
  const rows = await transaction
    .select({ n: kioskEvents.n })
    .from(kioskEvents)
    .where(and(eq(kioskEvents.kioskId, kioskId), gt(kioskEvents.n, known)))
    .orderBy(asc(kioskEvents.n));
  let acknowledged = known;
  for (const { n } of rows) {
    if (n !== acknowledged + 1) break;
    acknowledged = n;
  }
  await transaction.update(kiosks).set({ acknowledged }).where(eq(kiosks.id, kioskId));
  return acknowledged;
}

/** Holds a kiosk's events until the transaction ends. @returns what was acknowledged last */
export async function lockKiosk(transaction: Database, id: string): Promise<number> {
  const { acknowledged } = kiosks;
  const [row] = await transaction
    .select({ acknowledged })
    .from(kiosks)
    .where(eq(kiosks.id, id))
    .for('update');
  return row?.acknowledged ?? 0;
}

function hashToken(token: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
