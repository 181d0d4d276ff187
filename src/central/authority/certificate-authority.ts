import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CrlReason } from '../../domain/crl-reason.ts';
import type { Slot } from '../../domain/slot.ts';
import { parseCertificate, toPem } from '../../pki/certificate.ts';
import type { Token } from '../token/token.ts';
import { type OpenedArchiveKey, openArchiveKey } from './archive-key.ts';
import type { KeyArchiveKey } from './archive-place.ts';
import { type AuditKey, openAuditKey } from './audit-key.ts';
import { type CardMasterKeys, cardMasterKeys } from './card-master-keys.ts';
import { type CodeKey, codeKey } from './code-key.ts';
import { discardKeys } from './discard-keys.ts';
import { foundAuthority, openStoredKey } from './founding.ts';
import { type ImportIdentity, importIdentity } from './import-identity.ts';
import { type ImportedSecrets, importedSecrets } from './imported-secrets.ts';
import { type KeyCustody, keyCustody, type SigningKeys } from './key-custody.ts';
import { createKeyFile, readKeyFile } from './key-file.ts';
import { keyFolder } from './key-folder.ts';
import { createKeyStore, readKeyStore, type StoredKey, type StoredKeys } from './key-store.ts';
import { type KioskAuthority, openKioskAuthority } from './kiosk-authority.ts';
import { ownCertificateAuthority, ownContentSigner } from './own-authority.ts';
import { KeyStoreError } from './sealed-file.ts';
import { tokenIdIn } from './token-reference.ts';

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
  readonly custody: KeyCustody;
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
  /** Where keys are made, and those are that its files refer to; none: all are in sealed files. */
  readonly token?: Token | undefined;
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
 * Keys in a token are not asked for anything; `custody.prove` does.
 * @throws KeyStoreError when the keys cannot be read: wrong, weak or missing key file, damaged store; TokenError when keys are
 *   made in a token
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
    const archivePath = join(options.folder, AUTHORITY_FILES.archiveKey);
    const archiveKey = await openArchiveKey(archivePath, secret, options.token);
    return { ...fromKeys(keys, options, archiveKey), kioskAuthority, auditKey };
  } finally {
    secret.fill(0);
  }
}

function fromKeys(
  stored: StoredKeys,
  options: AuthorityOptions,
  archiveKey: OpenedArchiveKey,
): Omit<Authority, 'kioskAuthority' | 'auditKey'> {
  const keys = signingKeys(stored, options);
  const [root, issuing, signer] = [stored.root, stored.issuing, stored.contentSigner].map(
    ({ certificate }) => certificate,
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const ca = ownCertificateAuthority(
    { key: keys.root, certificate: root },
    { key: keys.issuing, certificate: issuing },
    options.organisation,
    options,
  );
  const custody = keyCustody(stored, keys, archiveKey);
  const contentSigner = ownContentSigner({ key: keys.contentSigner, certificate: signer });
  const folder = keyFolder(options.folder, options.keyFile);
  for (const { privateKey } of [stored.root, stored.issuing, stored.contentSigner]) privateKey.fill(0);
  return {
    ca,
    ...{ contentSigner, archiveKey, custody },
    masterKeys: cardMasterKeys(stored.cardMasterKey, folder),
    importedSecrets: importedSecrets(folder),
    importIdentity: importIdentity(folder),
    codeKey: codeKey(stored.cardMasterKey),
    chainPem: toPem('CERTIFICATE', ca.issuingCertificate) + toPem('CERTIFICATE', ca.rootCertificate),
  };
}

function signingKeys(stored: StoredKeys, { folder, token }: AuthorityOptions): SigningKeys {
  const path = join(folder, AUTHORITY_FILES.keys);
  const open = (key: StoredKey) =>
    openStoredKey(key, parseCertificate(key.certificate).publicKey, token ?? null, path);
  return {
    root: open(stored.root),
    issuing: open(stored.issuing),
    contentSigner: open(stored.contentSigner),
  };
}

async function openKeys(path: string, secret: Uint8Array, options: AuthorityOptions): Promise<StoredKeys> {
  const existing = await readKeyStore(path, secret);
  if (existing) return existing;
  const founded = await foundAuthority(options, new Date());
  const made = [founded.root, founded.issuing, founded.contentSigner]
    .map(({ privateKey }) => tokenIdIn(privateKey))
    .filter((id) => id !== null);
  let isOurs: boolean;
  try {
    isOurs = await createKeyStore(path, secret, founded);
  } catch (error) {
    // A store that is there may refer to them.
    if (!existsSync(path)) await discardKeys(options.token, made);
    throw error;
  }
  if (isOurs) return founded;
  // Another process of central was faster: nobody knows of the keys that were made in the token.
  await discardKeys(options.token, made);
  const theirs = await readKeyStore(path, secret);
  if (!theirs) throw new KeyStoreError('missing', path, 'it vanished while it was opened');
  return theirs;
}
