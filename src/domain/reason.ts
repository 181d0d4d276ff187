/** Why a card is rewritten, and what becomes of the certificates it had. Rows kept by central, not code (RP-12). */
import type { CrlReason } from './crl-reason.ts';

/** What becomes of the old signing and authentication certificates, once the new ones are verified. */
export type OldCertificates = 'revoke' | 'leave';
/** What becomes of the old encryption certificate. */
export type OldEncryptionCertificate = 'keep' | 'replace' | 'revoke' | 'leave' | 'newIfRevoked';
/** What takes the place of the encryption key. */
export type EncryptionKey = 'same' | 'new' | 'newIfRevoked';

export interface Reason {
  readonly code: string;
  /** By language (`en`, `de`): what the person reads in the list. */
  readonly titles: Readonly<Record<string, string>>;
  readonly oldCertificates: OldCertificates;
  readonly oldEncryptionCertificate: OldEncryptionCertificate;
  readonly encryptionKey: EncryptionKey;
  readonly crlReason: CrlReason | null;
  /** Position in the list. */
  readonly position: number;
}
