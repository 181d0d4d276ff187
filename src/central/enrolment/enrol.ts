import type { z } from 'zod';
import { CertificationRequestError, provenKey } from '../../pki/certification-request.ts';
import { algorithmOf } from '../../pki/public-key.ts';
import { type enrolmentResponse, type enrolRequest, NOT_ENROLLED } from '../../protocol/enrolment.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import {
  addKioskCertificate,
  endKioskCertificates,
  wasKeyCertified,
} from '../repositories/kiosk-certificates.ts';
import {
  changeKiosk,
  type KioskRow,
  lockKioskByToken,
  notifyKioskChanged,
} from '../repositories/kiosk-register.ts';
import { hashSecret } from './invite.ts';

export type Enrolled = z.output<typeof enrolmentResponse>;

/**
 * Takes a kiosk in by its token. Whatever certificates it had before end at once: there is one machine of a name.
 * @throws RefusedError with a code of `NOT_ENROLLED`
 */
export async function enrolKiosk(
  central: Central,
  { secret, request }: z.output<typeof enrolRequest>,
): Promise<Enrolled> {
  return central.database.transaction(async (transaction) => {
    const now = central.now();
    // Found by its hash: how long that takes tells nothing of the token.
    const kiosk = await lockKioskByToken(transaction, hashSecret(secret));
    checkToken(kiosk, now);
    const publicKey = await newKey(transaction, request);
    await endKioskCertificates(transaction, kiosk.id, now);
    const enrolled = await certify(central, transaction, kiosk, publicKey);
    await changeKiosk(transaction, kiosk.id, { tokenExpiresAt: null, enrolledAt: now, revokedAt: null });
    const detail = { name: kiosk.name, serialNumber: enrolled.serialNumber };
    const entry = { type: 'kiosk.enrolled', actor: `kiosk:${kiosk.name}`, detail };
    await notifyKioskChanged(transaction, kiosk.id);
    await recordAudit(central, transaction, entry, now);
    return enrolled.answer;
  });
}

function checkToken(kiosk: KioskRow | undefined, now: Date): asserts kiosk is KioskRow {
  if (!kiosk) throw refused(NOT_ENROLLED.unknownToken, 'central has not given out this token');
  const { name, tokenExpiresAt } = kiosk;
  if (!tokenExpiresAt) throw refused(NOT_ENROLLED.usedToken, `the token of ${name} was used already`);
  if (tokenExpiresAt <= now) throw refused(NOT_ENROLLED.expiredToken, `the token of ${name} has expired`);
}

/**
 * The key of a request that is good for a kiosk, and new.
 * @throws RefusedError
 */
export async function newKey(transaction: Database, request: Uint8Array): Promise<Uint8Array> {
  const publicKey = readRequest(request);
  if (algorithmOf(publicKey) !== 'P-256') throw refused(NOT_ENROLLED.request, 'its key is not P-256');
  if (await wasKeyCertified(transaction, publicKey)) {
    throw refused(NOT_ENROLLED.request, 'its key was certified before; make a new one');
  }
  return publicKey;
}

function readRequest(request: Uint8Array): Uint8Array {
  try {
    return provenKey(request);
  } catch (error) {
    if (!(error instanceof CertificationRequestError)) throw error;
    throw refused(NOT_ENROLLED.request, `the certification request is no good: ${error.why}`);
  }
}

/** Issues and records a certificate. */
export async function certify(
  central: Central,
  transaction: Database,
  kiosk: { readonly id: string; readonly name: string },
  publicKey: Uint8Array,
): Promise<{ readonly serialNumber: string; readonly answer: Enrolled }> {
  const { kioskAuthority } = central.authority;
  const subject = { kioskId: kiosk.id, kioskName: kiosk.name, publicKey };
  const { der, serialNumber, notBefore, notAfter } = await kioskAuthority.issueKiosk(subject, central.now());
  const row = { serialNumber, kioskId: kiosk.id, publicKey, notBefore, notAfter, revokedAt: null };
  await addKioskCertificate(transaction, row);
  const authority = kioskAuthority.certificate;
  return { serialNumber, answer: { kioskId: kiosk.id, kioskName: kiosk.name, certificate: der, authority } };
}

function refused(code: string, why: string): RefusedError {
  return new RefusedError(403, code, `enrol kiosk: ${why}`);
}
