import { type CommandRefusedError, NotSupportedError, WrongPinError } from '../piv/status-word.ts';
import { type SealedSecret, type SecretOutcome, sealContext } from '../protocol/operation.ts';
import type { SecretKind } from '../protocol/values.ts';
import { PlanError } from './errors.ts';
import type { Run } from './run.ts';

const LEAST_TRIES = 2;

/**
 * Replaces the PUK and then the management key, one at a time: central has recorded the intent before the command and gets
 * the outcome before the next secret (operation.md A). Each secret is opened as late as possible and wiped at once.
 */
export async function changeSecrets(run: Run): Promise<void> {
  if (run.plan.replacesPuk && !run.isPukSettled) await changePuk(run);
  if (run.plan.managementKey.next) await changeManagementKey(run);
}

/**
 * On a resume: tells central what became of a management key whose change was cut off. The one that has authenticated is
 * the answer.
 */
export async function settleManagementKey(run: Run): Promise<void> {
  const { candidates, next } = run.plan.managementKey;
  if (!run.plan.isResumed || !next || !candidates.some(({ version }) => version === next.version)) return;
  const isWritten = run.managementKeyVersion === next.version;
  await run.central.outcome('managementKey', next.version, isWritten ? 'written' : 'unchanged');
}

/** Brings the PUK to its new value, from whatever of its candidates it has. */
export async function changePuk(run: Run): Promise<void> {
  run.progress.begin('secret', 'puk');
  const intent = await run.central.intend('puk');
  const sealed = [demandSealed(intent.next, 'puk'), ...intent.current];
  const outcome = await withSecrets(run, sealed, 'puk', intent.version, (next, ...current) =>
    changePukFrom(run, current, next),
  );
  await run.central.outcome('puk', intent.version, outcome);
  run.isPukSettled = true;
}

/** Tries the values that the PUK may have, newest first, and never spends the last try. */
async function changePukFrom(
  run: Run,
  current: readonly Uint8Array[],
  next: Uint8Array,
): Promise<SecretOutcome> {
  let triesLeft = run.capabilities.hasMetadata ? await run.session.pukTriesLeft() : null;
  for (const candidate of current) {
    if (triesLeft !== null && triesLeft < LEAST_TRIES) return 'unchanged';
    const refusal = await run.tryWrite('puk', () => run.session.changePuk(candidate, next));
    if (refusal === null) return 'written';
    if (!(refusal instanceof WrongPinError)) return refusedAs(refusal);
    triesLeft = refusal.triesLeft;
  }
  return current.length > 0 ? 'refused' : 'unchanged';
}

/** Brings the management key to its new value, unless the card has passed with it. */
export async function changeManagementKey(run: Run): Promise<void> {
  run.progress.begin('secret', 'managementKey');
  const { algorithm, version } = run.plan.managementKey.next!;
  if (run.managementKeyVersion === version) return;
  if (!run.capabilities.canSetManagementKey) {
    await run.central.outcome('managementKey', version, 'notSupported');
    return;
  }
  const intent = await run.central.intend('managementKey');
  if (intent.version !== version) {
    throw new PlanError(
      `change management key: central made version ${intent.version}, the plan says ${version}`,
    );
  }
  const sealed = [demandSealed(intent.next, 'managementKey')];
  const outcome = await withSecrets(run, sealed, 'managementKey', version, async (key) => {
    const refusal = await run.tryWrite('management-key', () => run.session.setManagementKey(algorithm, key));
    return refusal === null ? 'written' : refusedAs(refusal);
  });
  await run.central.outcome('managementKey', version, outcome);
}

/** Opens sealed secrets for one use and wipes them, however it ends. */
async function withSecrets(
  run: Run,
  sealed: readonly SealedSecret[],
  secret: SecretKind,
  version: number,
  use: (first: Uint8Array, ...more: Uint8Array[]) => Promise<SecretOutcome>,
): Promise<SecretOutcome> {
  const context = sealContext(run.plan.operationId, secret, version);
  const opened: Uint8Array[] = [];
  try {
    for (const one of sealed) opened.push(await run.request.openSealed(one, context));
    const [first, ...more] = opened;
    return await use(first!, ...more);
  } finally {
    for (const one of opened) one.fill(0);
  }
}

function demandSealed(next: SealedSecret | null, secret: SecretKind): SealedSecret {
  if (next === null) throw new PlanError(`change ${secret}: central gave no new value`);
  return next;
}

function refusedAs(refusal: CommandRefusedError): SecretOutcome {
  return refusal instanceof NotSupportedError ? 'notSupported' : 'unchanged';
}
