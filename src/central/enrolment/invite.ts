import { createHash, randomBytes } from 'node:crypto';
import { writeToken } from '../../protocol/enrolment.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { recordAudit } from '../repositories/audit.ts';
import { saveInvitedKiosk } from '../repositories/kiosk-register.ts';

/** How long somebody has to walk to the kiosk. */
const TOKEN_LIFE_MS = 24 * 60 * 60 * 1000;
const SECRET_LENGTH = 20;

/** A kiosk to be enrolled. */
export interface Invitation {
  readonly name: string;
  readonly scopeId: string;
  /** As in the audit. */
  readonly actor: string;
}

/**
 * Adds a kiosk, or invites one that is there once more (another machine in its place, a lost key): it goes on until the new
 * one has enrolled.
 * @returns the token with which it enrols, once, within 24 hours; kept as a hash only
 */
export async function inviteKiosk(
  central: Central,
  transaction: Database,
  { name, scopeId, actor }: Invitation,
): Promise<string> {
  const now = central.now();
  const secret = randomBytes(SECRET_LENGTH).toString('base64url');
  const token = { tokenHash: hashSecret(secret), tokenExpiresAt: new Date(now.getTime() + TOKEN_LIFE_MS) };
  // The audit first: whoever has its lock may wait for the scope's, which the kiosk's row holds on to.
  await recordAudit(central, transaction, { type: 'kiosk.added', actor, detail: { name, scopeId } }, now);
  await saveInvitedKiosk(transaction, { name, scopeId, ...token }, now);
  return writeToken(central.authority.kioskAuthority.fingerprint, secret);
}

/** As it is in the database. The secret has 160 bits of chance, so that no slow hash is needed. */
export function hashSecret(secret: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}
