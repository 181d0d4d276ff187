/** Certificates for keys that the card has just generated: held until complete (RP-18). */
import type { z } from 'zod';
import { isEncryptionSlot } from '../../domain/slot.ts';
import { makeKeyChallenge } from '../../pki/key-challenge.ts';
import { algorithmOf, UnsupportedKeyError } from '../../pki/public-key.ts';
import type { CertificateResponse, certificateRequest } from '../../protocol/operation.ts';
import { checkAttestation } from '../attestation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { issueCertificate } from '../issue.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import { findCard } from '../repositories/cards.ts';
import { findCertificate, isKeyOnRecord, revokeCertificate } from '../repositories/certificates.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  changeOperationKey,
  listOperationKeys,
  type OperationKeyRow,
  type OperationRow,
} from '../repositories/operations.ts';
import { findPerson } from '../repositories/people.ts';
import { markListStale } from '../repositories/revocation-lists.ts';
import { publishSoon } from '../revocation.ts';
import { demandAuthenticatedCard } from './demand-card.ts';
import { challengeColumns, challengeOf } from './key-challenge.ts';
import { inSoundOperation } from './open-operation.ts';

type Request = z.output<typeof certificateRequest>;

/**
 * Issues the certificate of a slot. The same public key gets the same certificate; another one (the card had to
 * generate again) gets a new one, and the held one before it is revoked.
 * @throws RefusedError `RP-01-no-such-slot`, `SE-07-wrong-key` for a key of another kind or one that is known already;
 * `SE-07-attestation` for what a card says of another key, or a stranger says; `SE-03-card-not-authenticated`; a code of REFUSALS when card or holder were disabled meanwhile
 */
export async function issueForOperation(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  request: Request,
): Promise<CertificateResponse> {
  let hasRevoked = false;
  const answer = await inSoundOperation(central, kiosk, operationId, async (transaction, operation) => {
    await demandAuthenticatedCard(transaction, operationId, 'issue certificate');
    const keys = await listOperationKeys(transaction, operationId);
    const key = keys.find(({ slot }) => slot === request.slot);
    if (key?.source !== 'generate') {
      throw new RefusedError(
        409,
        'RP-01-no-such-slot',
        `issue certificate: slot ${request.slot} gets no new key`,
      );
    }
    const issued = key.certificate ? await findCertificate(transaction, key.certificate) : undefined;
    const isSameKey = key.publicKey !== null && Buffer.compare(key.publicKey, request.publicKey) === 0;
    if (issued && !issued.revokedAt && isSameKey)
      return { certificate: issued.der, challenge: challengeOf(key) };
    checkAlgorithm(key, request.publicKey);
    const { publicKey, attestation, attestationChain: chain = [] } = request;
    if (attestation) checkAttestation({ publicKey, attestation, chain }, central.attestationRoots);
    const isExposed = isSameKey && issued?.crlReason === 'keyCompromise';
    if (isExposed || (!isSameKey && (await isKeyOnRecord(transaction, request.publicKey)))) {
      throw new RefusedError(409, 'SE-07-wrong-key', 'issue certificate: this key was certified before');
    }
    if (issued && (await revokeCertificate(transaction, issued, 'superseded', central.now()))) {
      await markListStale(transaction);
      hasRevoked = true;
    }
    return issue(central, transaction, kiosk, operation, key, request);
  });
  if (hasRevoked) publishSoon(central);
  return answer;
}

async function issue(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  operation: OperationRow,
  key: OperationKeyRow,
  { slot, publicKey, attestation }: Request,
): Promise<CertificateResponse> {
  const now = central.now();
  const card = await findCard(transaction, operation.cardId);
  const holder = card && (await findPerson(transaction, card.holderId));
  if (!card || !holder) throw new RefusedError(404, 'RP-07-unknown', 'issue certificate: the card is gone');
  const order = { card, holder, slot, publicKey, lifetimeDays: key.lifetimeDays, notBefore: now };
  const { der, serialNumber } = await issueCertificate(central, transaction, {
    ...order,
    operationId: operation.id,
  });
  const challenge = isEncryptionSlot(slot) ? makeKeyChallenge(publicKey) : null;
  await changeOperationKey(transaction, operation.id, slot, {
    ...{ publicKey, attestation, certificate: serialNumber },
    ...challengeColumns(challenge),
  });
  const entry = { type: 'certificate.held', actor: `kiosk:${kiosk.name}`, cardId: card.id };
  const detail = { slot, serialNumber };
  await recordAudit(central, transaction, { ...entry, operationId: operation.id, detail }, now);
  return { certificate: der, challenge: challenge?.challenge ?? null };
}

function checkAlgorithm(key: OperationKeyRow, publicKey: Uint8Array): void {
  let algorithm: string;
  try {
    algorithm = algorithmOf(publicKey);
  } catch (error) {
    if (!(error instanceof UnsupportedKeyError)) throw error;
    throw new RefusedError(400, 'SE-07-wrong-key', `issue certificate: ${error.why}`);
  }
  if (algorithm !== key.algorithm) {
    throw new RefusedError(409, 'SE-07-wrong-key', `issue certificate: the profile wants ${key.algorithm}`);
  }
}
