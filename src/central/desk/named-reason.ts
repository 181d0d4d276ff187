import type { NamedReason } from '../../domain/desk-pages.ts';
import type { KeptReason } from '../../domain/reason.ts';

/** What the operator's pages say of a reason: its titles, and what becomes of certificates by it (RP-13). */
export function namedReason(reason: KeptReason): NamedReason {
  const { code, titles, oldCertificates, oldEncryptionCertificate } = reason;
  return { code, titles, oldCertificates, oldEncryptionCertificate };
}
