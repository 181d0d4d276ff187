/** Opening an operation: central decides again on its own data (SY-04) and freezes what the card shall be. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { FrozenImage } from '../../../db/central/operation-schema.ts';
import type { ManagementKeyVersion } from '../../domain/card.ts';
import { refuseCard } from '../../domain/eligibility.ts';
import type { Profile } from '../../domain/profile.ts';
import { isEncryptionSlot } from '../../domain/slot.ts';
import { makeKeyChallenge } from '../../pki/key-challenge.ts';
import type {
  BeginRequest,
  CardCapabilities,
  OperationPlan,
  PreviewRequest,
  PreviewResponse,
} from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { issueCertificate } from '../issue.ts';
import { buildCardObjects } from '../planner/card-objects.ts';
import { type KeyPlan, type PlannedKey, planKeys } from '../planner/plan-keys.ts';
import { RefusedError, refusal } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import { type CardRow, lockCard, toCard } from '../repositories/cards.ts';
import { certificatesOnCard } from '../repositories/certificates.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  addOperation,
  addOperationKeys,
  changeOperation,
  changeOperationKey,
  findOpenOperation,
  listOperationKeys,
  type OperationKeyRow,
  type OperationRow,
} from '../repositories/operations.ts';
import { findPerson, type PersonRow, toPerson } from '../repositories/people.ts';
import { newestProfile } from '../repositories/profiles.ts';
import { changeProof, lockProof } from '../repositories/proofs.ts';
import { findReason } from '../repositories/reasons.ts';
import { challengeColumns } from './key-challenge.ts';
import { readPlan } from './plan.ts';

const RECIPIENT_KEY_LENGTH = 32;

interface Subject {
  readonly card: CardRow;
  readonly holder: PersonRow;
  readonly profile: Profile;
}

/**
 * Opens the operation of a card, or resumes the one that is open.
 * @throws RefusedError with a code of REFUSALS; `RP-09-not-proved-for-this-card`; `RP-12-no-such-reason`;
 * `RP-20-confirm-loss` when a key would be lost and nobody has confirmed it
 */
export async function beginOperation(
  central: Central,
  kiosk: Kiosk,
  request: BeginRequest,
): Promise<OperationPlan> {
  if (request.recipientKey.length !== RECIPIENT_KEY_LENGTH) {
    throw new RefusedError(400, 'SE-07-bad-request', 'begin: the recipient key has 32 bytes');
  }
  return central.database.transaction(async (transaction) => {
    const subject = await findSubject(central, transaction, request.cardId);
    const open = await findOpenOperation(transaction, request.cardId);
    await checkProof(central, transaction, kiosk, request, open);
    const operation = open
      ? await resume(central, transaction, kiosk, subject, open, request)
      : await openNew(central, transaction, kiosk, subject, request);
    await changeProof(transaction, request.proofId, { operationId: operation.id });
    return readPlan(transaction, operation, open !== undefined);
  });
}

/**
 * What a begin with these choices would do to the encryption key; nothing is opened. Of an open operation: what it does.
 * @throws RefusedError as `beginOperation`
 */
export async function previewOperation(
  central: Central,
  kiosk: Kiosk,
  request: PreviewRequest,
): Promise<PreviewResponse> {
  return central.database.transaction(async (transaction) => {
    const subject = await findSubject(central, transaction, request.cardId);
    const open = await findOpenOperation(transaction, request.cardId);
    await checkProof(central, transaction, kiosk, request, open);
    if (open) {
      const keys = await listOperationKeys(transaction, open.id);
      const isMoved = keys.some((key) => key.source === 'move' && key.movedFrom === '9D');
      const isKept = keys.some((key) => key.source === 'keep' && key.slot === '9D');
      return { encryptionKey: isMoved ? 'move' : isKept ? 'keep' : 'generate' };
    }
    const { encryptionKey } = await planCardKeys(central, transaction, subject, request);
    return { encryptionKey };
  });
}

async function findSubject(central: Central, transaction: Database, cardId: string): Promise<Subject> {
  const card = await lockCard(transaction, cardId);
  const holder = card && (await findPerson(transaction, card.holderId));
  if (!card || !holder) throw refusal('RP-07-unknown');
  const profile = await newestProfile(transaction, card.profileName);
  if (!profile)
    throw new RefusedError(409, 'RP-02-no-profile', `begin: there is no profile ${card.profileName}`);
  const refused = refuseCard(toCard(card), toPerson(holder), profile, toInstant(central.now()));
  if (refused) throw refusal(refused);
  return { card, holder, profile };
}

/** A proof is for one card, one kiosk, five minutes and one operation (RP-09, ID-01). */
async function checkProof(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  request: PreviewRequest,
  open: OperationRow | undefined,
): Promise<void> {
  const proof = await lockProof(transaction, request.proofId);
  const notProved = (why: string) => new RefusedError(403, 'ID-01-not-proved', `begin: ${why}`);
  if (!proof || proof.kioskId !== kiosk.id) throw notProved('there is no such proof');
  if (proof.cardId !== request.cardId) {
    throw new RefusedError(403, 'RP-09-not-proved-for-this-card', 'begin: the proof is for another card');
  }
  if (proof.state !== 'accepted') throw notProved('the holder has not proved themselves');
  if (proof.expiresAt <= central.now()) throw notProved('the proof is too old');
  if (proof.operationId !== null && proof.operationId !== open?.id)
    throw notProved('the proof was used before');
}

/** The same image, for a new run: secrets are sealed to its key from now on. */
async function resume(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { card, holder }: Subject,
  open: OperationRow,
  request: BeginRequest,
): Promise<OperationRow> {
  for (const key of await listOperationKeys(transaction, open.id)) {
    // Its held certificate died while card or holder were disabled.
    if (key.source !== 'keep' || key.certificate !== null || !key.publicKey) continue;
    const { slot, publicKey, lifetimeDays } = key;
    const order = {
      card,
      holder,
      slot,
      publicKey,
      lifetimeDays,
      notBefore: central.now(),
      operationId: open.id,
    };
    const { serialNumber } = await issueCertificate(central, transaction, order);
    await changeOperationKey(transaction, open.id, slot, { certificate: serialNumber });
  }
  const change = { recipientKey: request.recipientKey, kioskId: kiosk.id, refusedWith: null };
  await changeOperation(transaction, open.id, change);
  const entry = { type: 'operation.resumed', actor: `kiosk:${kiosk.name}`, cardId: open.cardId };
  await recordAudit(transaction, { ...entry, operationId: open.id }, central.now());
  return { ...open, ...change };
}

async function openNew(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { card, holder, profile }: Subject,
  request: BeginRequest,
): Promise<OperationRow> {
  const now = central.now();
  const keys = await planCardKeys(central, transaction, { card, holder, profile }, request);
  if (keys.encryptionKey === 'lose' && !request.acceptsKeyLoss) {
    throw new RefusedError(
      409,
      'RP-20-confirm-loss',
      'begin: the loss of the encryption key is not confirmed',
    );
  }
  const objects = await buildCardObjects(central, {
    ...{ card, holder, profile, now },
    retiredKeys: keys.keys.filter((key) => key.slot !== '9D' && isEncryptionSlot(key.slot)).length,
  });
  const operation: OperationRow = {
    ...{ id: randomUUID(), cardId: card.id, kioskId: kiosk.id, state: 'open', reason: request.reason },
    ...{ profileName: profile.name, profileRevision: profile.revision },
    image: {
      objects: objects.map(({ tag, content }) => ({ tag, content: Buffer.from(content).toString('base64') })),
      emptiedCertificates: keys.emptiedCertificates,
      removedKeys: keys.removedKeys,
      ...planSecrets(card, profile, request.capabilities),
    },
    ...{ nonce: new Uint8Array(randomBytes(32)), recipientKey: request.recipientKey },
    ...{ acceptsKeyLoss: request.acceptsKeyLoss, startedAt: now },
    ...{ endedAt: null, refusedWith: null, result: null },
  };
  await addOperation(transaction, operation);
  const rows: OperationKeyRow[] = [];
  for (const [position, key] of keys.keys.entries()) {
    rows.push(await operationKey(central, transaction, operation, { card, holder, profile }, key, position));
  }
  await addOperationKeys(transaction, rows);
  await recordAudit(
    transaction,
    {
      ...{
        type: 'operation.begun',
        actor: `kiosk:${kiosk.name}`,
        cardId: card.id,
        operationId: operation.id,
      },
      detail: {
        reason: request.reason,
        profile: profile.name,
        revision: profile.revision,
        encryptionKey: keys.encryptionKey,
      },
    },
    now,
  );
  return operation;
}

async function planCardKeys(
  central: Central,
  transaction: Database,
  { card, holder, profile }: Subject,
  request: PreviewRequest,
): Promise<KeyPlan> {
  const reason = await findReason(transaction, request.reason);
  if (!reason) throw new RefusedError(400, 'RP-12-no-such-reason', 'begin: there is no such reason');
  const keys = planKeys({
    ...{ profile, reason, holder, now: central.now(), cardExpiresAt: card.expiresAt },
    onCard: await certificatesOnCard(transaction, card.id),
    canMoveKeys: request.capabilities.canMoveKeys,
  });
  if (!keys) throw refusal('RP-20-key-would-be-lost');
  return keys;
}

/** A kept key has its certificate from the start: the one it had, or a new one over the same key. */
async function operationKey(
  central: Central,
  transaction: Database,
  operation: OperationRow,
  { card, holder }: Subject,
  key: PlannedKey,
  position: number,
): Promise<OperationKeyRow> {
  const { slot, algorithm, source, movedFrom, lifetimeDays, record } = key;
  const publicKey = record?.publicKey ?? null;
  let certificate = key.keepsCertificate ? (record?.serialNumber ?? null) : null;
  if (publicKey && !certificate) {
    const order = { card, holder, slot, publicKey, lifetimeDays, notBefore: operation.startedAt };
    certificate = (await issueCertificate(central, transaction, { ...order, operationId: operation.id }))
      .serialNumber;
  }
  return {
    ...{ operationId: operation.id, slot, position, algorithm, source, movedFrom, lifetimeDays },
    ...{ publicKey, certificate, attestation: null },
    ...challengeColumns(publicKey && isEncryptionSlot(slot) ? makeKeyChallenge(publicKey) : null),
  };
}

/** Which secrets the card may have now, and which it shall have. */
function planSecrets(
  card: CardRow,
  profile: Profile,
  capabilities: CardCapabilities,
): Pick<FrozenImage, 'managementKeyBefore' | 'managementKeyNext' | 'pukBefore' | 'pukNext'> {
  const version = card.managementKeyVersion;
  const next = { version: version + 1, algorithm: profile.managementKeyAlgorithm };
  return {
    managementKeyBefore:
      version > 0 ? [{ version, algorithm: card.managementKeyAlgorithm }] : factory(capabilities),
    managementKeyNext: capabilities.canSetManagementKey ? next : null,
    pukBefore: card.pukVersion,
    pukNext: card.pukVersion + 1,
  };
}

/** The factory's key is the same 24 bytes for 3DES and AES-192: the card says which, or both are tried. */
function factory(capabilities: CardCapabilities): ManagementKeyVersion[] {
  const told = capabilities.managementKeyAlgorithm;
  if (told !== null) return [{ version: 0, algorithm: told }];
  return [
    { version: 0, algorithm: '3DES' },
    { version: 0, algorithm: 'AES-192' },
  ];
}
