import type { Central } from '../central.ts';
import { recordAudit } from '../repositories/audit.ts';
import { endKioskCertificates } from '../repositories/kiosk-certificates.ts';
import { changeKiosk, findKioskByName, notifyKioskChanged } from '../repositories/kiosk-register.ts';

/**
 * Shuts a kiosk out: its certificates and its token are worth nothing from now on, and every process of central cuts its
 * connections. Invited and enrolled anew it is back.
 * @returns `unknown` and `already` when nothing was to be done
 */
export async function revokeKiosk(
  central: Central,
  name: string,
  actor: string,
): Promise<'done' | 'unknown' | 'already'> {
  return central.database.transaction(async (transaction) => {
    const kiosk = await findKioskByName(transaction, name);
    if (!kiosk) return 'unknown';
    if (kiosk.revokedAt && !kiosk.tokenHash) return 'already';
    const now = central.now();
    const change = { revokedAt: now, tokenHash: null, tokenExpiresAt: null };
    await changeKiosk(transaction, kiosk.id, change);
    await endKioskCertificates(transaction, kiosk.id, now);
    await notifyKioskChanged(transaction, kiosk.id);
    await recordAudit(central, transaction, { type: 'kiosk.revoked', actor, detail: { name } }, now);
    return 'done';
  });
}
