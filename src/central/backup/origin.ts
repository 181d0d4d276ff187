/** Who made a backup: age says who can open a file, not who made it, and what is in it runs in the database. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { type AuditKey, backupMessage } from '../authority/audit-key.ts';
import { BackupError } from './backup-error.ts';
import type { TarFile } from './tar.ts';

/** The last file of a backup, after its manifest. */
export const ORIGIN_NAME = 'origin.json';
/** Said of a backup of a version that did not sign them. */
export const UNSIGNED = 'nobody';

const origin = z.object({
  /** Of the audit key: SubjectPublicKeyInfo. */
  publicKey: z.base64().max(200),
  /** Ed25519 over `backupMessage`. */
  signature: z.base64().max(200),
});

/** A backup is whole, but of whom nobody has said to trust. */
export class BackupOriginError extends BackupError {
  /** SHA-256 of the public key that has signed it, hex; or `nobody`. */
  readonly signedBy: string;
  constructor(message: string, signedBy: string) {
    super(message);
    this.signedBy = signedBy;
  }
}

export function originOf(key: AuditKey, manifest: Uint8Array): TarFile {
  const signature = Buffer.from(key.signBackup(manifest)).toString('base64');
  const publicKey = Buffer.from(key.publicKey).toString('base64');
  return { name: ORIGIN_NAME, content: new TextEncoder().encode(JSON.stringify({ publicKey, signature })) };
}

/** SHA-256 of a public key, hex: by this a central's backups are known. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex');
}

/** @returns fingerprint of the key that has signed this manifest; null when its signature is not good */
export function signerOf(manifest: Uint8Array, content: Uint8Array): string | null {
  try {
    const { publicKey, signature } = origin.parse(JSON.parse(new TextDecoder().decode(content)));
    const spki = Buffer.from(publicKey, 'base64');
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const isEd25519 = key.asymmetricKeyType === 'ed25519';
    const isGood = isEd25519 && verify(null, backupMessage(manifest), key, Buffer.from(signature, 'base64'));
    return isGood ? fingerprintOf(spki) : null;
  } catch {
    return null;
  }
}

/** @param expected what was said, null: nothing was @throws BackupOriginError */
export function checkOrigin(file: string, signedBy: string, expected: string | null): void {
  if (expected?.toLowerCase() === signedBy) return;
  const who =
    signedBy === UNSIGNED
      ? 'nobody has signed it (an older version, or not central)'
      : `${signedBy} has signed it`;
  const asked = expected === null ? '' : `, not ${expected}`;
  const compare = 'what is in it runs in the database, so compare that with what `central backup` printed';
  throw new BackupOriginError(`restore: ${file}: ${who}${asked}; ${compare}`, signedBy);
}
