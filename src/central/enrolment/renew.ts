import { REFUSED_AS } from '../../protocol/enrolment.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RENEWALS_PER_HOUR } from '../line/limits.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import {
  countCertifiedWithin,
  endKioskCertificates,
  findCertifiedKiosk,
} from '../repositories/kiosk-certificates.ts';
import { lockKiosk } from '../repositories/kiosk-register.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { notAKiosk } from '../routes/contract.ts';
import { certify, type Enrolled, newKey } from './enrol.ts';

/** What has asked with an old certificate may end what it is at with it. */
const HOUR_MS = 60 * 60 * 1000;
const OVERLAP_MS = HOUR_MS;

/**
 * Another certificate over a new key. The one that it was asked with stays good; others that were issued since and never
 * used end.
 * @throws RefusedError also `SE-07-too-many-renewals`
 */
export async function renewKiosk(central: Central, kiosk: Kiosk, request: Uint8Array): Promise<Enrolled> {
  const asking = certificateOf(kiosk);
  return central.database.transaction(async (transaction) => {
    const now = central.now();
    await demandNewest(transaction, kiosk.id, asking);
    const publicKey = await newKey(transaction, request);
    await endKioskCertificates(transaction, kiosk.id, now, asking);
    const { serialNumber, answer } = await certify(central, transaction, kiosk, publicKey);
    if ((await countCertifiedWithin(transaction, serialNumber, HOUR_MS)) > RENEWALS_PER_HOUR) throw tooMany();
    const entry = { type: 'kiosk.certified', actor: `kiosk:${kiosk.name}`, detail: { serialNumber } };
    await recordAudit(central, transaction, entry, now);
    return answer;
  });
}

/** The kiosk has come with its new certificate: in an hour it is the only one. Harmless when repeated. */
export async function confirmKiosk(central: Central, kiosk: Kiosk): Promise<void> {
  const asking = certificateOf(kiosk);
  await central.database.transaction(async (transaction) => {
    await demandNewest(transaction, kiosk.id, asking);
    const until = new Date(central.now().getTime() + OVERLAP_MS);
    await endKioskCertificates(transaction, kiosk.id, until, asking);
  });
}

/**
 * One that has been replaced decides nothing any more. The kiosk is held: else one that another machine takes the place of at
 * this moment could end that one's certificate, and go on.
 * @throws RefusedError
 */
async function demandNewest(transaction: Database, kioskId: string, serial: string): Promise<void> {
  await lockKiosk(transaction, kioskId);
  const found = await findCertifiedKiosk(transaction, serial);
  if (found && !found.revokedAt && !found.certificate.revokedAt) return;
  throw new RefusedError(409, REFUSED_AS.revoked, 'renew kiosk: this certificate has been replaced');
}

/** Kept for ever, each of them. Thrown in the transaction that has issued it: nothing of it is kept. */
function tooMany(): RefusedError {
  const why = 'too many certificates of this kiosk in an hour; ask later';
  return new RefusedError(429, 'SE-07-too-many-renewals', `renew kiosk: ${why}`);
}

function certificateOf({ certificateSerial }: Kiosk): string {
  if (certificateSerial === undefined) throw notAKiosk();
  return certificateSerial;
}
