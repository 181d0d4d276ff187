import { isEncryptionSlot } from '../domain/slot.ts';
import type { OperationPlan } from '../protocol/operation.ts';
import { PlanError } from './errors.ts';

/**
 * Looks for what would cost a key if it were carried out as written: a slot named twice, a key generated over one that is
 * still to be moved, a kept, moved or archived key without a public key on record, an archived key for signing, a slot both
 * filled and removed, a key that the PIN which stays is known by.
 * @throws PlanError
 */
export function checkPlan(plan: OperationPlan): void {
  const filled = new Set<string>();
  for (const key of plan.keys) {
    if (filled.has(key.slot)) throw new PlanError(`read plan: slot ${key.slot} is named twice`);
    const { source } = key;
    if (source.kind !== 'generate' && key.publicKey === null) {
      throw new PlanError(`read plan: the key for ${key.slot} has no public key on record`);
    }
    if (source.kind === 'import' && (!isEncryptionSlot(key.slot) || key.certificate === null)) {
      throw new PlanError(`read plan: ${key.slot} cannot get an archived key`);
    }
    const from = source.kind === 'move' || source.kind === 'import' ? source.from : null;
    if (from !== null && filled.has(from)) {
      throw new PlanError(`read plan: ${from} is written before its key is moved to ${key.slot}`);
    }
    filled.add(key.slot);
  }
  if (!plan.changesPin) demandNoSigning(plan);
  const lost = [...plan.removedKeys, ...plan.emptiedCertificates].find((slot) => filled.has(slot));
  if (lost) throw new PlanError(`read plan: slot ${lost} is both filled and removed`);
}

/** What leaves the PIN leaves the keys that sign with it: only encryption keys come and go. @throws PlanError */
function demandNoSigning({ keys, emptiedCertificates, removedKeys }: OperationPlan): void {
  const touched = [...keys.map(({ slot }) => slot), ...emptiedCertificates, ...removedKeys];
  const signing = touched.find((slot) => !isEncryptionSlot(slot));
  if (signing) throw new PlanError(`read plan: ${signing} is touched, and the PIN stays`);
  const made = keys.find(({ source }) => source.kind === 'generate');
  if (made) throw new PlanError(`read plan: a key is made in ${made.slot}, and the PIN stays`);
}
