/** ID-03: what the helpdesk gives to somebody whose card cannot prove them. */
import { randomInt, randomUUID } from 'node:crypto';
import type { CodeKind } from '../../db/central/code-schema.ts';
import type { Central } from './central.ts';
import type { Database } from './database.ts';
import { findSubject } from './operation/may-begin.ts';
import { recordAudit } from './repositories/audit.ts';
import { addCode, changeCode, lockLiveCode } from './repositories/codes.ts';

const KINDS: Readonly<Record<CodeKind, { digits: number; lifeMs: number }>> = {
  short: { digits: 8, lifeMs: 120 * 1000 },
  long: { digits: 12, lifeMs: 720 * 60 * 60 * 1000 },
};
const DIGIT_ZERO = 0x30;

export interface GivenCode {
  /** ASCII digits, to be told this once; the caller wipes them. */
  readonly code: Uint8Array;
  /** To be put in for the first time by then. */
  readonly expiresAt: Date;
}

/**
 * Makes a code for a card that can be rewritten. An older one of the same card dies by it.
 * @throws RefusedError with a code of REFUSALS
 */
export async function giveCode(
  central: Central,
  cardId: string,
  kind: CodeKind,
  givenBy: string,
): Promise<GivenCode> {
  return central.database.transaction(async (transaction) => {
    await findSubject(central, transaction, null, cardId);
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
