import { MalformedAnswerError } from '../piv/status-word.ts';
import { TlvError } from '../piv/tlv.ts';
import { sameBytes } from './bytes.ts';
import type { ExpectedObject, Run } from './run.ts';

/**
 * Writes an object that must be there, and remembers how it has to read back. A resumed run looks first.
 * @throws CardFullError, CommandRefusedError
 */
export async function writeExpected(run: Run, object: ExpectedObject): Promise<void> {
  run.expected.push(object);
  if (run.plan.isResumed && (await isOnCard(run, object))) return;
  await run.write(object.step, () => run.session.putObject(object.tag, object.content));
}

/**
 * Writes an object that the card may refuse.
 * @returns false when it did, and does not hold it either
 * @throws CardFullError
 */
export async function writeOptional(run: Run, object: ExpectedObject, looksFirst: boolean): Promise<boolean> {
  if ((looksFirst || run.plan.isResumed) && (await isOnCard(run, object))) {
    run.expected.push(object);
    return true;
  }
  const refusal = await run.tryWrite(object.step, () => run.session.putObject(object.tag, object.content));
  const isThere = refusal === null || (await isOnCard(run, object));
  if (isThere) run.expected.push(object);
  return isThere;
}

/** Whether the object reads as it shall; what cannot be read is not. */
export async function isOnCard(run: Run, object: ExpectedObject): Promise<boolean> {
  try {
    const found = (await run.readObject(object.tag)) ?? new Uint8Array();
    return sameBytes(found, object.content);
  } catch (error) {
    if (error instanceof MalformedAnswerError || error instanceof TlvError) return false;
    throw error;
  }
}
