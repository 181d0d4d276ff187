import type { Slot } from '../domain/slot.ts';
import type { ImageKey } from '../protocol/operation.ts';
import { CertificateQueue } from './certificate-queue.ts';
import { KeyMissingError } from './errors.ts';
import { importKey } from './import-key.ts';
import { holdsKey } from './key-check.ts';
import { inRoom } from './make-room.ts';
import { moveInto } from './move-key.ts';
import { proveBySigning } from './prove-keys.ts';
import { inProvingOrder, PARTNERS } from './proving-order.ts';
import type { Run } from './run.ts';

/**
 * Before anything is written: what the image keeps or moves must be there, as far as the card shows its keys.
 * @throws KeyMissingError
 */
export async function checkKeptKeys(run: Run): Promise<void> {
  if (run.capabilities.hasMetadata) await demandKeptKeys(run);
}

/**
 * The same for a card that shows no keys, by their use: as soon as the PIN is known to be good, before a key is written.
 * @throws KeyMissingError
 */
export async function proveKeptKeys(run: Run): Promise<void> {
  if (!run.capabilities.hasMetadata) await demandKeptKeys(run);
}

/**
 * Brings keys and their certificates onto the card, in the plan's order unless that could cost the proof. While the card makes one key, the certificate of
 * the one before is fetched.
 * @throws KeyMissingError, KeyProofError, CertificateMismatchError, OperationRefusedError
 */
export async function writeKeys(run: Run): Promise<void> {
  const certificates = new CertificateQueue(run);
  for (const key of await inProvingOrder(run)) {
    const publicKey = await placeKey(run, key, certificates);
    run.placed.set(key.slot, { key, publicKey, challenge: key.challenge });
    await certificates.request(key, publicKey);
    await certificates.writeOlder();
  }
  await certificates.writeAll();
}

/** A key that is to be moved may be in either of its slots. */
async function demandKeptKeys(run: Run): Promise<void> {
  for (const { slot, algorithm, source, publicKey } of run.plan.keys) {
    // What is archived can be put there.
    if (source.kind === 'generate' || source.kind === 'import') continue;
    if (await holdsKey(run, slot, algorithm, publicKey!)) continue;
    const isStillToMove = source.kind === 'move' && (await holdsKey(run, source.from, algorithm, publicKey!));
    if (!isStillToMove) throw missing(slot);
  }
}

/**
 * Has the partner of a slot sign before the slot's key is overwritten, if the partner is new.
 * @throws KeyProofError
 */
export async function provePartner(run: Run, slot: Slot): Promise<void> {
  const partner = PARTNERS[slot];
  const placed = partner && run.placed.get(partner);
  if (placed?.key.source.kind === 'generate') await proveBySigning(run, placed);
}

async function placeKey(run: Run, key: ImageKey, certificates: CertificateQueue): Promise<Uint8Array> {
  const { slot, source } = key;
  if (source.kind === 'keep') return key.publicKey!;
  if (source.kind === 'move') return moveKey(run, key, source.from);
  if (source.kind === 'import') return importKey(run, key, source.from);
  if (run.plan.isResumed && key.publicKey && (await holdsKey(run, slot, key.algorithm, key.publicKey))) {
    run.progress.skip('key', slot);
    return key.publicKey;
  }
  if (PARTNERS[slot] && run.placed.has(PARTNERS[slot])) {
    await provePartner(run, slot);
    // Its certificate has come: so central has its public key on record.
    await certificates.writeAll();
  }
  run.progress.begin('key', slot);
  return inRoom(run, () => run.write(`key:${slot}`, () => run.session.generateKey(slot, key.algorithm)));
}

async function moveKey(run: Run, key: ImageKey, from: Slot): Promise<Uint8Array> {
  const { slot } = key;
  const publicKey = key.publicKey!;
  // Also at a begin: an operation that was abandoned may have moved it.
  if (await holdsKey(run, slot, key.algorithm, publicKey)) {
    run.progress.skip('key', slot);
    return publicKey;
  }
  if (!(await holdsKey(run, from, key.algorithm, publicKey))) throw missing(slot);
  run.progress.begin('key', slot);
  await moveInto(run, from, slot);
  return publicKey;
}

function missing(slot: Slot): KeyMissingError {
  return new KeyMissingError(`place key ${slot}: the key on record is not on the card`, slot);
}
