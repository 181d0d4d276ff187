/** What a sealed key belongs to; authenticated with it, so that none passes for another. */
export interface ArchivePlace {
  readonly id: string;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

/**
 * Seals archived keys for the database (SE-04). Only ever asked to seal and to open, so that it can live in a PKCS #11 token.
 */
export interface KeyArchiveKey {
  /** Tells this key from another; no secret. SHA-256, hex. */
  readonly fingerprint: string;
  seal(privateKey: Uint8Array, place: ArchivePlace): Promise<Uint8Array>;
  /** Whoever gets it wipes it. @throws KeyStoreError `wrongKey` when it was sealed under another key, for another place, or changed */
  open(sealed: Uint8Array, place: ArchivePlace): Promise<Uint8Array>;
}

/** What is authenticated with a sealed key. */
export function archiveAssociated({ id, publicKey }: ArchivePlace): Uint8Array {
  return Buffer.concat([new TextEncoder().encode(`recard archived key\0${id}\0`), publicKey]);
}
