/** Whose session a question comes from, and its end (ID-05). */
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  changeSession,
  findSession,
  findSessionByToken,
  type OperatorSessionRow,
} from '../repositories/operator-sessions.ts';
import { findPerson } from '../repositories/people.ts';
import { operatorActor } from '../request/actor.ts';
import { type Attempt, refusedOnRecord } from '../request/on-record.ts';
import { demandOperator, type SignedIn } from './demand-operator.ts';
import { refuseSession } from './session-error.ts';
import { tokenHash } from './session-token.ts';

export interface OperatorOfSession extends SignedIn {
  readonly session: OperatorSessionRow;
}

/** A session that was not used for so long is over. */
export const IDLE_MS = 10 * 60 * 1000;
const NOTED_EVERY_MS = 5 * 1000;

/**
 * The operator who asks, as central knows them now; and their session is in use again. Whose right has gone since they signed in is in the
 * audit with what they have tried.
 * @param token as in the header
 * @param attempt what they want; null: nothing that the audit has to tell
 * @throws RefusedError `ID-05-no-session`, `ID-05-idle`, and as `demandOperator`
 */
export async function findOperatorOf(
  central: Central,
  kiosk: Kiosk,
  token: unknown,
  attempt: Attempt | null,
): Promise<OperatorOfSession> {
  const { database } = central;
  const session = await findOpen(central, kiosk, token);
  if (!session) throw refuseSession('ID-05-no-session');
  const now = central.now();
  demandAwake(session, now);
  const signedIn = await stillOperator(central, kiosk, session, attempt);
  // The same card under another holder is nobody's session.
  if (signedIn.person.id !== session.operatorId) throw refuseSession('ID-05-no-session');
  await keepAlive(database, session, now);
  return { ...signedIn, session };
}

async function stillOperator(
  central: Central,
  kiosk: Kiosk,
  { cardId, operatorId }: OperatorSessionRow,
  attempt: Attempt | null,
): Promise<SignedIn> {
  const { database } = central;
  const work = () => demandOperator(central, database, kiosk, cardId);
  const person = attempt && (await findPerson(database, operatorId));
  if (!attempt || !person) return work();
  const actor = await operatorActor(database, person, kiosk);
  return refusedOnRecord(central, actor, attempt, 'desk.refused', work);
}

/** Who is signed in here, if anybody is: where nobody has to be. @throws never a RefusedError */
export async function findAttending(
  central: Central,
  kiosk: Kiosk,
  token: unknown,
): Promise<OperatorOfSession | null> {
  if (token === undefined) return null;
  try {
    return await findOperatorOf(central, kiosk, token, null);
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}

/**
 * The same of a session that something rests on which was signed in it: it has not ended since. It is not in use by that.
 * @throws RefusedError as `findOperatorOf`
 */
export async function demandSession(
  central: Pick<Central, 'now'>,
  database: Database,
  kiosk: Kiosk,
  sessionId: string,
): Promise<OperatorSessionRow> {
  const session = await findSession(database, sessionId);
  if (!session || session.kioskId !== kiosk.id || session.endedAt !== null)
    throw refuseSession('ID-05-no-session');
  demandAwake(session, central.now());
  return session;
}

function demandAwake({ usedAt }: OperatorSessionRow, now: Date): void {
  if (now.getTime() - usedAt.getTime() >= IDLE_MS) throw refuseSession('ID-05-idle');
}

/** Written now and then only, however often a kiosk asks; but at the first use, so that it is seen to be used. */
async function keepAlive(database: Database, session: OperatorSessionRow, now: Date): Promise<void> {
  const { id, startedAt, usedAt } = session;
  const isFirst = usedAt.getTime() === startedAt.getTime();
  if (!isFirst && now.getTime() - usedAt.getTime() < NOTED_EVERY_MS) return;
  const later = Math.max(now.getTime(), startedAt.getTime() + 1);
  await changeSession(database, id, { usedAt: new Date(later) });
}

/** Signs out. Asked again, or without a session, it does nothing. */
export async function endSession(central: Central, kiosk: Kiosk, token: unknown): Promise<void> {
  const session = await findOpen(central, kiosk, token);
  if (!session) return;
  const now = central.now();
  await central.database.transaction(async (transaction) => {
    await changeSession(transaction, session.id, { endedAt: now });
    const detail = { session: session.id, operator: session.operatorId };
    const entry = { type: 'session.ended', actor: `kiosk:${kiosk.name}`, cardId: session.cardId, detail };
    await recordAudit(central, transaction, entry, now);
  });
}

async function findOpen({ database }: Central, kiosk: Kiosk, token: unknown) {
  const hash = typeof token === 'string' ? tokenHash(token) : null;
  const session = hash && (await findSessionByToken(database, hash));
  return session && session.kioskId === kiosk.id && session.endedAt === null ? session : null;
}
