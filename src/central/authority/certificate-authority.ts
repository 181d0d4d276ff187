import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CrlReason } from '../../domain/crl-reason.ts';
import type { Slot } from '../../domain/slot.ts';
import { toPem } from '../../pki/certificate.ts';
import { type KeyArchiveKey, openArchiveKey } from './archive-key.ts';
import { type AuditKey, openAuditKey } from './audit-key.ts';
import { type CardMasterKeys, cardMasterKeys } from './card-master-keys.ts';
import { type CodeKey, codeKey } from './code-key.ts';
import { fileCertificateAuthority, fileContentSigner } from './file-authority.ts';
import { foundAuthority } from './founding.ts';
import { type ImportIdentity, importIdentity } from './import-identity.ts';
import { type ImportedSecrets, importedSecrets } from './imported-secrets.ts';
import { createKeyFile, readKeyFile } from './key-file.ts';
import { keyFolder } from './key-folder.ts';
import { createKeyStore, readKeyStore, type StoredKeys } from './key-store.ts';
import { type KioskAuthority, openKioskAuthority } from './kiosk-authority.ts';
import { KeyStoreError } from './sealed-file.ts';

/** What central asks of a certificate authority, so that one outside can take the place of its own later. */

/** One certificate to be issued, over a key that is on a card already. */
export interface CertificateOrder {
  readonly slot: Slot;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly commonName: string;
  readonly mail: string | null;
  readonly userPrincipalName: string | null;
  /** 25 bytes, as in the CHUID. */
  readonly fascN: Uint8Array;
  /** GUID of the CHUID, lower-case UUID. */
  readonly guid: string;
  readonly notBefore: Date;
  /** Cut short to the end of the issuing CA. */
  readonly notAfter: Date;
}

export interface IssuedCertificate {
  readonly der: Uint8Array;
  /** Lower-case hex, without leading zero bytes. */
  readonly serialNumber: string;
  /** RFC 4514. */
  readonly subject: string;
  /** ISO 8601 UTC, as in the certificate. */
  readonly notBefore: string;
  readonly notAfter: string;
}

export interface RevokedCertificate {
  /** Lower-case hex. */
  readonly serialNumber: string;
  /** ISO 8601 UTC. */
  readonly revokedAt: string;
  readonly reason: CrlReason;
}

export interface CrlOrder {
  /** CRL number; must grow from one to the next. */
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly revoked: readonly RevokedCertificate[];
}

export interface CertificateAuthority {
  /** DER. */
  readonly rootCertificate: Uint8Array;
  /** DER. */
  readonly issuingCertificate: Uint8Array;
  /**
   * Issues a certificate; it never outlives the issuing CA.
   * @throws UnsupportedKeyError for a key that no slot may have; CertificateOrderError when nothing of the wanted life is left
   */
  issue(order: CertificateOrder): Promise<IssuedCertificate>;
  /** The CRL of the issuing CA, DER. */
  signCrl(order: CrlOrder): Promise<Uint8Array>;
  /** The CRL of the root, DER: verifiers that check the whole chain want one. */
  signRootCrl(order: CrlOrder): Promise<Uint8Array>;
}

/** Signs what is on a card besides its keys (SE-08). */
export interface ContentSigner {
  /** DER; outlives every card. */
  readonly certificate: Uint8Array;
  /** @param signedFields the CHUID without its field 3E (FE 00 included). Answers the value of 3E. */
  signChuid(signedFields: Uint8Array): Promise<Uint8Array>;
  /** @param hashes SHA-256 of each object's content by its data group number. Answers the value of BB. */
  signSecurityObject(hashes: ReadonlyMap<number, Uint8Array>): Promise<Uint8Array>;
  /** @param record CBEFF header and biometric record. Answers the CBEFF signature block. */
  signBiometric(record: Uint8Array, fascN: Uint8Array, guid: string): Promise<Uint8Array>;
}

/** Everything that central signs and derives with. */
export interface Authority {
  readonly ca: CertificateAuthority;
  readonly contentSigner: ContentSigner;
  readonly masterKeys: CardMasterKeys;
  readonly importedSecrets: ImportedSecrets;
  readonly importIdentity: ImportIdentity;
  readonly codeKey: CodeKey;
  readonly auditKey: AuditKey;
  readonly archiveKey: KeyArchiveKey;
  readonly kioskAuthority: KioskAuthority;
  /** Issuing CA and root, PEM. */
  readonly chainPem: string;
}

export interface AuthorityOptions {
  /** Where keys and certificates are; made when it is missing. */
  readonly folder: string;
  /** File with the key-encryption key (a 0600 file or a systemd credential); made when it is missing. */
  readonly keyFile: string;
  /** Where the CRL of the issuing CA is published; in every certificate. */
  readonly crlUrl: string;
  readonly rootCrlUrl: string;
  /** Where the issuing CA's certificate (DER) is published. */
  readonly caIssuersUrl: string;
  readonly organisation: string;
}

/** In the authority's folder from the start. */
export const AUTHORITY_FILES = {
  keys: 'keys',
  kioskAuthority: 'kiosk-authority',
  auditKey: 'audit-key',
  archiveKey: 'archive-key',
} as const;

/**
 * Opens central's own authority; founds it (root, issuing CA, content signer, card master key) at the first time.
 * @throws KeyStoreError when the keys cannot be read: wrong, weak or missing key file, damaged store
 */
export async function openAuthority(options: AuthorityOptions): Promise<Authority> {
  const store = join(options.folder, AUTHORITY_FILES.keys);
  // A new key file would never open an old store: one is only made where there is no store.
  if (!existsSync(store)) await createKeyFile(options.keyFile);
  const secret = await readKeyFile(options.keyFile);
  try {
    const keys = await openKeys(store, secret, options);
    const path = join(options.folder, AUTHORITY_FILES.kioskAuthority);
    const kioskAuthority = await openKioskAuthority(path, secret, options.organisation);
    const auditPath = join(options.folder, AUTHORITY_FILES.auditKey);
    const auditKey = await openAuditKey(auditPath, secret, keys.cardMasterKey);
    const archiveKey = await openArchiveKey(join(options.folder, AUTHORITY_FILES.archiveKey), secret);
    return { ...fromKeys(keys, options), kioskAuthority, auditKey, archiveKey };
  } finally {
    secret.fill(0);
  }
}

function fromKeys(
  keys: StoredKeys,
  options: AuthorityOptions,
): Omit<Authority, 'kioskAuthority' | 'auditKey' | 'archiveKey'> {
  const ca = fileCertificateAuthority(keys, options.organisation, options);
  const contentSigner = fileContentSigner(keys.contentSigner);
  const folder = keyFolder(options.folder, options.keyFile);
  for (const { privateKey } of [keys.root, keys.issuing, keys.contentSigner]) privateKey.fill(0);
  return {
    ca,
    contentSigner,
    masterKeys: cardMasterKeys(keys.cardMasterKey, folder),
    importedSecrets: importedSecrets(folder),
    importIdentity: importIdentity(folder),
    codeKey: codeKey(keys.cardMasterKey),
    chainPem: toPem('CERTIFICATE', ca.issuingCertificate) + toPem('CERTIFICATE', ca.rootCertificate),
  };
}

async function openKeys(path: string, secret: Uint8Array, options: AuthorityOptions): Promise<StoredKeys> {
  const existing = await readKeyStore(path, secret);
  if (existing) return existing;
  const founded = await foundAuthority(options, new Date());
  if (await createKeyStore(path, secret, founded)) return founded;
  // Another process of central was faster.
  const theirs = await readKeyStore(path, secret);
  if (!theirs) throw new KeyStoreError('missing', path, 'it vanished while it was opened');
  return theirs;
}
