import { CardFullError, MalformedAnswerError } from '../piv/status-word.ts';
import { TlvError } from '../piv/tlv.ts';
import { presenceOf } from './absent.ts';
import { sameBytes } from './bytes.ts';
import { emptyObject, makeRoom } from './make-room.ts';
import type { ExpectedObject, Run } from './run.ts';

/**
 * Writes an object that must be there, and remembers how it has to read back. A resumed run looks first; one
 * that leaves most of the card as it is goes by what it has seen. Where the card has
 * no room, the shorter form is tried, then objects that need not be there are given up.
 * @param shorten makes another form of the same object
 * @throws CardFullError when nothing helps; CommandRefusedError
 */
export async function writeExpected(
  run: Run,
  object: ExpectedObject,
  shorten?: (object: ExpectedObject) => ExpectedObject,
): Promise<void> {
  const forms = shorten ? [object, shorten(object)] : [object];
  const ahead = formOf(forms, run.writtenAhead.get(object.tag));
  if (ahead) return run.expect(ahead);
  const seen = run.seen.get(object.tag);
  const looks = run.plan.isResumed || (seen && !run.plan.changesPin);
  const there = !looks ? undefined : seen ? formOf(forms, seen) : await findOnCard(run, forms);
  run.expect(there ?? (await writeFitting(run, forms)));
  // Read in this run, and not written since.
  if (there && seen) run.readBackTags.add(object.tag);
}

function formOf(forms: readonly ExpectedObject[], found: Uint8Array | undefined): ExpectedObject | undefined {
  return found && forms.find(({ content }) => sameBytes(found, content));
}

/**
 * Writes an object that the card may refuse, or have no room for: then it is left out, and nothing old stays in its place.
 * @returns false when it is not on the card as planned
 */
export async function writeOptional(run: Run, object: ExpectedObject, looksFirst: boolean): Promise<boolean> {
  if (object.content.length === 0) return emptyOptional(run, object);
  if ((looksFirst || run.plan.isResumed) && (await isOnCard(run, object))) {
    run.expect(object);
    return true;
  }
  const refusal = await run.tryWrite(object.step, () => run.putObject(object.tag, object.content));
  const isThere = refusal === null || (await isOnCard(run, object));
  if (isThere) run.expect(object);
  else if (refusal instanceof CardFullError) await leaveOut(run, object);
  return isThere;
}

/** Looks first: most of what shall be gone never was there, and then nothing is written or read back. */
async function emptyOptional(run: Run, object: ExpectedObject): Promise<boolean> {
  const presence = await presenceOf(run, object.tag);
  if (presence === 'absent') {
    run.expect(object);
    run.readBackTags.add(object.tag);
    return true;
  }
  const refusal = await run.tryWrite(object.step, () => run.putObject(object.tag, object.content));
  // What a card neither shows nor takes it does not have.
  if (refusal !== null) return presence === 'hidden';
  if (presence === 'present') run.expect(object);
  return true;
}

/** Whether the object reads as it shall; what cannot be read is not. */
export async function isOnCard(run: Run, object: ExpectedObject): Promise<boolean> {
  return (await findOnCard(run, [object])) !== undefined;
}

async function findOnCard(run: Run, forms: readonly ExpectedObject[]): Promise<ExpectedObject | undefined> {
  try {
    const found = (await run.readObject(forms[0]!.tag)) ?? new Uint8Array();
    return formOf(forms, found);
  } catch (error) {
    if (error instanceof MalformedAnswerError || error instanceof TlvError) return undefined;
    throw error;
  }
}

async function writeFitting(run: Run, forms: readonly ExpectedObject[]): Promise<ExpectedObject> {
  for (;;) {
    let full: CardFullError | null = null;
    for (const form of forms) {
      const refusal = await run.tryWrite(form.step, () => run.putObject(form.tag, form.content));
      if (refusal === null) {
        run.hasReplaced = true;
        return form;
      }
      if (!(refusal instanceof CardFullError)) throw refusal;
      full = refusal;
    }
    if (!(await makeRoom(run))) throw full;
  }
}

async function leaveOut(run: Run, object: ExpectedObject): Promise<void> {
  if (await emptyObject(run, object)) run.expect({ ...object, content: new Uint8Array() });
}
