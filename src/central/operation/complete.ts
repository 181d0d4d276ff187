/** The end of an operation: one transaction activates the new, treats the old and closes (RP-18, operation.md D). */

import type { z } from 'zod';
import type { Slot } from '../../domain/slot.ts';
import { certificateTag, hexTag } from '../../piv/reference.ts';
import {
  type CompleteRequest,
  type OperationResult,
  operationResult,
  type writtenCertificate,
} from '../../protocol/operation.ts';
import { completeEmptied } from '../card-empty/settle-empty.ts';
import type { Central } from '../central.ts';
import { finishUpdates } from '../collection/card-update.ts';
import { followOperation } from '../collection/follow-operation.ts';
import { recordCollected } from '../collection/settle-collection.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { tellOfCompletion } from '../mail/tell-of.ts';
import { forgetRestored, LEFTOVERS } from '../new-card/abandoned-issue.ts';
import { recordIssued } from '../new-card/settle-issue.ts';
import { completePinReset } from '../pin-reset/settle-pin-reset.ts';
import { RefusedError } from '../refused.ts';
import { recordAudits } from '../repositories/audit.ts';
import { forgetReplacedSecrets } from '../repositories/card-secrets.ts';
import { changeCard } from '../repositories/cards.ts';
import { changeCertificate } from '../repositories/certificates.ts';
import { endCodes } from '../repositories/codes.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  changeOperation,
  findOperation,
  listIntents,
  listIssuedKeys,
  type OperationRow,
} from '../repositories/operations.ts';
import { findReason } from '../repositories/reasons.ts';
import { markListStale } from '../repositories/revocation-lists.ts';
import { publishSoon } from '../revocation.ts';
import { checkProofs, checkReadBack, checkSecrets, type IssuedKey } from './check-written.ts';
import { demandAuthenticatedCard } from './demand-card.ts';
import { forgetRevoked } from './forget-revoked.ts';
import { holdOperation } from './open-operation.ts';
import { refuseMeanwhile, subjectOf } from './refuse-meanwhile.ts';
import { treatOldCertificates } from './treat-old.ts';

/**
 * Completes an operation; asked again it gives the same answer.
 * @throws RefusedError `RP-18-not-issued`, `RP-18-verify-failed`, `SE-03-secret-pending`, `RP-14-pin-not-set`: nothing was
 * changed; `SE-03-card-not-authenticated`; `RP-18-certificate-revoked`: the next run gets another certificate; a code of
 * REFUSALS when card or holder were disabled meanwhile: the held certificates are revoked then
 */
export async function completeOperation(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  request: CompleteRequest,
): Promise<OperationResult> {
  const stored = storedAnswer(await findOperation(central.database, operationId));
  if (stored) return stored;
  const outcome = await central.database.transaction(async (transaction) => {
    const operation = await holdOperation(transaction, kiosk, operationId);
    const meanwhile = storedAnswer(operation);
    if (meanwhile) return meanwhile;
    if (operation.state !== 'open') {
      throw new RefusedError(409, 'RP-17-closed', `complete: the operation is ${operation.state}`);
    }
    const refused = await refuseMeanwhile(central, transaction, kiosk, operation);
    if (refused) return refused;
    await demandAuthenticatedCard(transaction, operation.id, 'complete');
    const revoked = await forgetRevoked(transaction, operation.id, central.now());
    if (revoked.length > 0) return certificateRevoked(revoked);
    if (operation.kind === 'empty') return completeEmptied(central, transaction, kiosk, operation, request);
    if (operation.kind === 'pinReset') {
      return completePinReset(central, transaction, kiosk, operation, request);
    }
    const keys = await issuedKeys(transaction, operation);
    // A collection changes none: the PIN that the holder has proven stays.
    if (operation.kind !== 'collection')
      checkSecrets(operation, await listIntents(transaction, operation.id));
    checkProofs(operation, keys, request.proofs);
    checkReadBack(operation, keys, request);
    return commit(central, transaction, kiosk, operation, keys, request);
  });
  publishSoon(central);
  // That it was refused is part of what was committed: it is thrown only now.
  if (outcome instanceof RefusedError) throw outcome;
  return outcome;
}

/** The answer of an operation that is completed, for whichever kiosk asks: one may have taken another's place meanwhile. */
function storedAnswer(operation: OperationRow | undefined): OperationResult | null {
  return operation?.state === 'completed' ? operationResult.parse(operation.result) : null;
}

async function commit(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  operation: OperationRow,
  keys: readonly IssuedKey[],
  request: CompleteRequest,
): Promise<OperationResult> {
  const now = central.now();
  const { card } = await subjectOf(transaction, operation);
  const leftoverKeys = request.leftoverKeys.filter((slot) => operation.image.removedKeys.includes(slot));
  const unwritableObjects = plannedTags(operation).filter((tag) => request.unwritableObjects.includes(tag));
  const leftoverCertificates = operation.image.emptiedCertificates.filter((slot) =>
    unwritableObjects.includes(hexTag(certificateTag(slot))),
  );
  const leftoverSlots = [...leftoverKeys, ...leftoverCertificates];
  const revokedCount =
    operation.kind === 'collection'
      ? await recordCollected(transaction, operation).then(() => 0)
      : await activate(transaction, operation, keys, leftoverSlots, now);
  const result: OperationResult = {
    operationId: operation.id,
    certificates: keys.map(written),
    ...{ revokedCount, leftoverKeys, unwritableObjects, cardExpiresAt: toInstant(card.expiresAt) },
  };
  await changeOperation(transaction, operation.id, {
    state: 'completed',
    endedAt: now,
    refusedWith: null,
    result: { ...result },
  });
  await tellOfCompletion(central, transaction, {
    ...{ operation, card, keys: keys.map(({ key }) => key), kiosk: kiosk.name },
  });
  const actor = `kiosk:${kiosk.name}`;
  const entry = { type: 'operation.completed', actor, cardId: card.id, operationId: operation.id };
  const detail = {
    ...{ proof: operation.proofKind, kind: operation.kind, reason: operation.reason },
    ...{ profile: operation.profileName, revision: operation.profileRevision },
    ...{ revokedCount, leftoverKeys, unwritableObjects },
    ...(operation.operatorId === null ? {} : { operator: operation.operatorId, owner: card.holderId }),
    certificates: keys.map(({ key, certificate }) => `${key.slot} ${certificate.serialNumber}`),
  };
  const followed = [
    ...(operation.kind === 'issue' ? await recordIssued(central, transaction, kiosk, operation) : []),
    ...(await followOperation(transaction, operation, 'finished', actor, now)),
    ...(await finishUpdates(transaction, operation, actor, now)),
  ];
  await recordAudits(central, transaction, [{ ...entry, detail }, ...followed], now);
  return result;
}

/** The new becomes active, the old is treated by the reason, and the card has what the image says. @returns how many were revoked */
async function activate(
  transaction: Database,
  operation: OperationRow,
  keys: readonly IssuedKey[],
  leftoverSlots: readonly Slot[],
  now: Date,
): Promise<number> {
  const { cardId } = operation;
  const reason =
    operation.kind === 'issue' ? LEFTOVERS : await findReason(transaction, operation.reason, null);
  if (!reason) throw new RefusedError(409, 'RP-12-no-such-reason', 'complete: the reason is gone');
  if (operation.kind === 'issue') await forgetRestored(transaction, cardId);
  const treatment = { cardId, keys: keys.map(({ key }) => key), reason, now, leftoverSlots };
  const revokedCount = await treatOldCertificates(transaction, treatment);
  for (const { certificate } of keys) {
    // Nothing is left but what was held and what was active before.
    if (certificate.state !== 'held') continue;
    await changeCertificate(transaction, certificate.serialNumber, { state: 'active', isOnCard: true });
  }
  await changeCard(transaction, cardId, {
    profileRevision: operation.profileRevision,
    ...(operation.image.managementKeyNext ? {} : { canChangeManagementKey: false }),
  });
  await forgetReplacedSecrets(transaction, cardId);
  await endCodes(transaction, cardId, 'spent');
  await markListStale(transaction);
  return revokedCount;
}

/** What a kiosk may say of the card's objects: nothing that the image does not name. */
function plannedTags({ image }: OperationRow): string[] {
  return [
    ...image.objects.map(({ tag }) => tag),
    ...image.emptiedCertificates.map((slot) => hexTag(certificateTag(slot))),
  ];
}

function certificateRevoked(slots: readonly Slot[]): RefusedError {
  const why = `complete: the new certificate for ${slots.join(', ')} was revoked meanwhile`;
  return new RefusedError(409, 'RP-18-certificate-revoked', why);
}

/** @throws RefusedError `RP-18-not-issued` while a key of the image has no certificate */
async function issuedKeys(transaction: Database, operation: OperationRow): Promise<IssuedKey[]> {
  return (await listIssuedKeys(transaction, operation.id)).map(({ key, certificate }) => {
    if (certificate) return { key, certificate };
    throw new RefusedError(409, 'RP-18-not-issued', `complete: slot ${key.slot} has no certificate yet`);
  });
}

function written({ key, certificate }: IssuedKey): z.output<typeof writtenCertificate> {
  const { subject, serialNumber, notAfter } = certificate;
  return { slot: key.slot, subject, serialNumber, notAfter: toInstant(notAfter) };
}
