/** What became of keys that were collected by a token: they are in a database, or not, and are collected again (KR-08, KR-10). */
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { recordAudits } from '../repositories/audit.ts';
import { onRecord } from '../request/on-record.ts';
import { findToken } from './collect-by-token.ts';
import { MACHINE } from './collector.ts';
import { demandAttempt, type HeldAttempt, holdAttemptOf, recordSaved, recordStopped } from './end-soft.ts';

/** A token and the run that has it. */
interface TokenRun {
  /** Of the token, hex. */
  readonly secret: string;
  readonly run: Uint8Array;
}

/**
 * The request is completed, and its owner told. Asked again by that run, nothing more happens; it is never too late for it, as long as no
 * other run has begun.
 * @throws RefusedError `KR-08-token-unknown`; `KR-02-not-collecting` in a run that is not the newest one; with a code of `demandMove`
 */
export async function completeByToken(central: Central, asked: TokenRun): Promise<void> {
  const { requestId } = await findToken(central.database, asked.secret);
  await onRecord(central, MACHINE, { action: 'complete', request: requestId }, async (transaction) => {
    const held = demandAttempt(await hold(transaction, asked));
    const place = { sha256: null, fileName: null, medium: held.collection.medium };
    const entries = await recordSaved(central, transaction, null, held, place);
    await recordAudits(central, transaction, entries, central.now());
  });
}

/** What is told late, or twice, changes nothing. @throws RefusedError `KR-08-token-unknown` */
export async function stopByToken(
  central: Central,
  { code, ...asked }: TokenRun & { readonly code: string },
): Promise<void> {
  await central.database.transaction(async (transaction) => {
    const held = await hold(transaction, asked);
    if (!held) return;
    const now = central.now();
    const entries = await recordStopped(central, transaction, held, MACHINE.name, code);
    await recordAudits(central, transaction, entries, now);
  });
}

/** Undefined for a run that is not the newest, or has another token. */
async function hold(transaction: Database, { secret, run }: TokenRun): Promise<HeldAttempt | undefined> {
  const { id, requestId } = await findToken(transaction, secret);
  const held = await holdAttemptOf(transaction, requestId, run);
  return held?.collection.tokenId === id ? held : undefined;
}
