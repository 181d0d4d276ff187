/** ID-03: what the helpdesk gives to somebody whose card cannot prove them. */
import { randomInt, randomUUID } from 'node:crypto';
import type { CodeKind } from '../../db/central/code-schema.ts';
import type { Central } from './central.ts';
import type { Database } from './database.ts';
import { recordAudit } from './repositories/audit.ts';
import { lockCard } from './repositories/cards.ts';
import { addCode, type CodeRow, changeCode, lockLiveCode } from './repositories/codes.ts';
import type { OperationRow } from './repositories/operations.ts';

const KINDS: Readonly<Record<CodeKind, { digits: number; lifeMs: number }>> = {
  short: { digits: 8, lifeMs: 120 * 1000 },
  long: { digits: 12, lifeMs: 720 * 60 * 60 * 1000 },
};
/** How long one that was accepted may be put in again. */
const ACCEPTED_LIFE_MS = 24 * 60 * 60 * 1000;
const DIGIT_ZERO = 0x30;

export interface GivenCode {
  /** ASCII digits, to be told this once; the caller wipes them. */
  readonly code: Uint8Array;
  /** To be put in for the first time by then. */
  readonly expiresAt: Date;
}

/** Makes a code for a card. An older one of the same card dies by it. */
export async function giveCode(
  central: Central,
  cardId: string,
  kind: CodeKind,
  givenBy: string,
): Promise<GivenCode> {
  return central.database.transaction(async (transaction) => {
    await lockCard(transaction, cardId);
    return addCodeFor(central, transaction, { cardId, kind, givenBy });
  });
}

/** The same in a transaction that holds the card. @param requestId of the request that it is for, if any */
export async function addCodeFor(
  central: Central,
  transaction: Database,
  order: {
    readonly cardId: string;
    readonly kind: CodeKind;
    readonly givenBy: string;
    readonly requestId?: string;
  },
): Promise<GivenCode> {
  const { cardId, kind, givenBy, requestId } = order;
  const { digits, lifeMs } = KINDS[kind];
  const code = Uint8Array.from({ length: digits }, () => DIGIT_ZERO + randomInt(10));
  const id = randomUUID();
  const hash = central.authority.codeKey.hashCode(id, code);
  const givenAt = central.now();
  const expiresAt = new Date(givenAt.getTime() + lifeMs);
  const older = await lockLiveCode(transaction, cardId);
  if (older) await changeCode(transaction, older.id, { state: 'dead' });
  await addCode(transaction, {
    ...{ id, cardId, kind, hash, givenBy, givenAt, expiresAt, state: 'open', wrongTries: 0 },
    ...{ acceptedAt: null, nextTryAt: null, operationId: null },
  });
  const detail = {
    ...{ codeId: id, kind, expiresAt: expiresAt.toISOString(), replaces: older?.id ?? null },
    ...(requestId === undefined ? {} : { request: requestId }),
  };
  await recordAudit(central, transaction, { type: 'code.given', actor: givenBy, cardId, detail }, givenAt);
  return { code, expiresAt };
}

/**
 * Whether a code that is still alive can prove anybody now: until it is first accepted one time counts, from then on
 * another; and what belongs to an operation is good for that one only.
 * @param open the operation of its card that is not finished
 */
export function canServe(
  { acceptedAt, expiresAt, operationId }: CodeRow,
  open: OperationRow | undefined,
  now: Date,
): boolean {
  const end = acceptedAt ? acceptedAt.getTime() + ACCEPTED_LIFE_MS : expiresAt.getTime();
  return now.getTime() < end && (operationId === null || operationId === open?.id);
}
