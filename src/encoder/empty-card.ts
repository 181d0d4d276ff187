import { hexTag, OBJECT_TAGS, tagNumber } from '../piv/reference.ts';
import { PivSession } from '../piv/session.ts';
import { CommandRefusedError, SecurityStatusError } from '../piv/status-word.ts';
import { authenticate } from './authenticate.ts';
import { changeManagementKey, changePuk, settleManagementKey } from './change-secrets.ts';
import { checkPlan } from './check-plan.ts';
import type { EncodeOutcome, EncodeRequest } from './encode-request.ts';
import { ReadBackError } from './errors.ts';
import { OperationRefusedError, SECRET_PENDING } from './ports.ts';
import { emptyingSteps } from './progress.ts';
import { readBack } from './read-back.ts';
import { removeKeys } from './remove-keys.ts';
import { Run } from './run.ts';
import { setPin } from './set-pin.ts';
import { emptyCertificates } from './write-objects.ts';

/** As cards leave the factory: no secret. ASCII digits. */
export const FACTORY_PIN = '123456';

/**
 * Makes a cancelled card blank: certificates, keys and objects go first, and only a card without a key gets the factory's PUK, PIN and
 * management key. The CHUID goes last of all: a card without a chip serial is recognised by it. Run again after any cut, it finishes.
 * @param request its PIN is the factory's, and none was proven
 * @throws WrongCardError, PlanError, ReadBackError, PinNotSetError, CommandRefusedError, MalformedAnswerError, OperationRefusedError,
 *   CardRemovedError, CardResetError, ReaderUnavailableError; AbortError
 */
export async function emptyCard(request: EncodeRequest): Promise<EncodeOutcome> {
  try {
    checkPlan(request.plan);
    const session = request.session ?? (await PivSession.select(request.connection));
    const run = new Run(request, session, emptyingSteps(request.plan));
    await authenticate(run);
    await settleManagementKey(run);
    await emptyCertificates(run);
    await removeKeys(run);
    demandNoKeys(run);
    await emptyObjects(run, (tag) => tag !== OBJECT_TAGS.CHUID);
    await setFactoryPuk(run);
    await setFactoryPin(run);
    if (run.plan.managementKey.next) await changeManagementKey(run);
    await emptyObjects(run, (tag) => tag === OBJECT_TAGS.CHUID);
    const asRead = await readBack(run);
    const result = await run.complete({
      ...{ proofs: [], readBack: asRead, leftoverKeys: [] },
      unwritableObjects: [...run.unwritableObjects],
    });
    return { kind: 'completed', result };
  } finally {
    request.central.stop();
    request.pin.next.fill(0);
  }
}

/** With the factory's PIN anybody could use what is left. @throws ReadBackError */
function demandNoKeys({ leftoverKeys, unwritableObjects }: Run): void {
  const left = [...leftoverKeys, ...unwritableObjects];
  if (left.length === 0) return;
  const name = left.join(', ');
  throw new ReadBackError(`empty card: ${name} cannot be taken off it; destroy the card`, name);
}

/**
 * Emptied without a look: some are read with a PIN only, which nobody has. What is there all the same is found when it is read back.
 */
async function emptyObjects(run: Run, isWanted: (tag: number) => boolean): Promise<void> {
  for (const { tag } of run.plan.objects.filter((object) => isWanted(tagNumber(object.tag)))) {
    run.progress.begin('remove', tag);
    const object = { tag: tagNumber(tag), step: `object:${tag}`, subject: tag, content: new Uint8Array() };
    const refusal = await run.tryWrite(object.step, () => run.putObject(object.tag, object.content));
    if (refusal === null) run.expect(object);
    else if (await isThere(run, object.tag)) run.unwritableObjects.add(hexTag(object.tag));
  }
}

/** What a card neither takes nor shows it does not have. */
async function isThere(run: Run, tag: number): Promise<boolean> {
  try {
    const found = await run.session.object(tag);
    return found !== null && found.length > 0;
  } catch (error) {
    if (!(error instanceof CommandRefusedError)) throw error;
    return error instanceof SecurityStatusError;
  }
}

/** Where a change of the PIN was cut off, which comes after it, it is the factory's already. */
async function setFactoryPuk(run: Run): Promise<void> {
  try {
    await changePuk(run);
  } catch (error) {
    if (!(error instanceof OperationRefusedError) || error.code !== SECRET_PENDING) throw error;
  }
}

async function setFactoryPin(run: Run): Promise<void> {
  run.progress.begin('secret', 'pin');
  const intent = await run.central.intend('pin');
  await setPin(run, intent);
  await run.central.outcome('pin', intent.version, 'written');
}
