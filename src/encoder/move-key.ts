import type { Slot } from '../domain/slot.ts';
import { NotSupportedError, SecurityStatusError } from '../piv/status-word.ts';
import type { Run } from './run.ts';

/**
 * Moves a key to a slot where it takes the place of what the plan has gone from there. Cards differ in whether they move a
 * key onto another: where one refuses, what is in the way goes first. Cut off in between, the next run finds the key where it was.
 * @throws CommandRefusedError
 */
export async function moveInto(run: Run, from: Slot, to: Slot): Promise<void> {
  const step = `key:${to}`;
  run.shownKeys.delete(from);
  run.hasReplaced = true;
  const refusal = await run.tryWrite(step, () => run.session.moveKey(from, to));
  if (refusal === null) return;
  if (refusal instanceof NotSupportedError || refusal instanceof SecurityStatusError) throw refusal;
  await run.write(step, () => run.session.deleteKey(to));
  await run.write(step, () => run.session.moveKey(from, to));
}
