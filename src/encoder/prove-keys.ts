import { isEncryptionSlot, type Slot } from '../domain/slot.ts';
import { type KeyChallenge, type KeyProof, proofMessage } from '../protocol/operation.ts';
import { KeyProofError } from './errors.ts';
import { digestAndWipe, isSignature } from './key-check.ts';
import type { PlacedKey, Run } from './run.ts';

/**
 * Has every key of the image prove itself to central (RP-18): new signing keys sign the operation's nonce, encryption keys
 * answer their challenge. A proof that was given earlier in this run stands.
 * @throws KeyProofError
 */
export async function proveKeys(run: Run): Promise<void> {
  run.progress.begin('verify', null);
  for (const placed of run.placed.values()) {
    const { slot, source } = placed.key;
    if (isEncryptionSlot(slot)) {
      if (placed.challenge) await answerChallenge(run, placed, placed.challenge);
    } else if (source.kind === 'generate') {
      await proveBySigning(run, placed);
    }
  }
}

/**
 * Has a signing key sign the operation's nonce, and checks the signature before central sees it.
 * @throws KeyProofError
 */
export async function proveBySigning(run: Run, placed: PlacedKey): Promise<void> {
  const { slot, algorithm } = placed.key;
  if (run.proofs.has(slot)) return;
  const message = proofMessage(run.plan.operationId, slot, run.plan.nonce);
  const signature = await run.usingKey(slot, () => run.session.sign(slot, algorithm, message));
  if (!isSignature(placed.publicKey, algorithm, message, signature)) {
    throw new KeyProofError(`prove key ${slot}: its signature does not fit its public key`, slot);
  }
  keep(run, slot, 'sign', signature);
}

async function answerChallenge(run: Run, placed: PlacedKey, challenge: KeyChallenge): Promise<void> {
  const { slot, algorithm } = placed.key;
  const { session } = run;
  if (challenge.kind === 'decrypt') {
    const decrypted = await run.usingKey(slot, () => session.decrypt(slot, algorithm, challenge.value));
    keep(run, slot, 'decrypt', decrypted);
    return;
  }
  const shared = await run.usingKey(slot, () => session.agree(slot, algorithm, challenge.value));
  keep(run, slot, 'agree', digestAndWipe(shared));
}

function keep(run: Run, slot: Slot, kind: KeyProof['kind'], value: Uint8Array): void {
  run.proofs.set(slot, { slot, kind, value: new Uint8Array(value) });
}
