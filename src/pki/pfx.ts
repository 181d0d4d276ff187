import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import type { BaseBlock } from 'asn1js';
import { der } from './cms-signing.ts';
import { PfxContentError } from './pfx-content-error.ts';
import { bmpString, explicit0, implicitOctets0, integer, octets, oid, sequence, setOf } from './pfx-der.ts';
import { type PfxEncryption, type PfxProtection, protectPfx } from './pfx-encryption.ts';
import { asFriendlyName } from './pfx-friendly-name.ts';

/** Private keys and their certificates in one file, under a password. @see RFC 7292 */

const ID_DATA = '1.2.840.113549.1.7.1';
const ID_ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERT_BAG = '1.2.840.113549.1.12.10.1.3';
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';

/** A key with its certificate and what stands above it. */
export interface PfxKey {
  /** PKCS #8 PrivateKeyInfo, DER. Read, never changed: the caller wipes it. */
  readonly privateKey: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER, in any order; a certificate that several keys have in common stands in the file once. */
  readonly chain: readonly Uint8Array[];
  /** What the person will see in their programs. */
  readonly friendlyName: string;
}

export interface PfxContent {
  readonly keys: readonly PfxKey[];
  /** UTF-8 of what was typed, at least one character. Read, never changed: the caller wipes it. */
  readonly password: Uint8Array;
  readonly encryption: PfxEncryption;
}

/**
 * Writes a PFX, DER. Blocks for a second or more on purpose (the password is stretched): call it in a thread.
 * @throws PfxContentError, UnusablePasswordError
 * @see RFC 7292, 4 and 5
 */
export function buildPfx(content: PfxContent): Uint8Array {
  const { keys } = content;
  if (keys.length === 0) throw new PfxContentError('there is no key');
  for (const key of keys) checkPair(key);
  const protection = protectPfx(content.password, content.encryption, keys.length + 1);
  try {
    const certificates = encryptedData(der(sequence(...certificateBags(keys))), protection);
    const shrouded = data(der(sequence(...keys.map((key) => keyBag(key, protection)))));
    const authenticatedSafe = der(sequence(certificates, shrouded));
    const mac = protection.authenticate(authenticatedSafe);
    return der(sequence(integer(3), data(authenticatedSafe), mac));
  } finally {
    protection.wipe();
  }
}

/** Nobody takes a file home in which a key has another one's certificate. */
function checkPair({ privateKey, certificate }: PfxKey): void {
  let belongs: boolean;
  try {
    const key = createPrivateKey({
      key: Buffer.from(privateKey.buffer, privateKey.byteOffset, privateKey.length),
      format: 'der',
      type: 'pkcs8',
    });
    belongs = new X509Certificate(certificate).checkPrivateKey(key);
  } catch {
    // What OpenSSL says of a private key is not told on (SE-02).
    throw new PfxContentError('a key or certificate cannot be read');
  }
  if (!belongs) throw new PfxContentError('a key does not belong to its certificate');
}

/** Owners' certificates first, each once; then whatever stands above them, each once, without a name. */
function certificateBags(keys: readonly PfxKey[]): BaseBlock[] {
  const seen = new Set<string>();
  const isNew = (certificate: Uint8Array) => {
    const before = seen.size;
    return seen.add(fingerprint(certificate).toString('hex')).size > before;
  };
  const own = keys.filter((key) => isNew(key.certificate)).map((key) => certificateBag(key.certificate, key));
  const above = keys.flatMap(({ chain }) => chain.filter(isNew).map((one) => certificateBag(one, null)));
  return [...own, ...above];
}

function certificateBag(certificate: Uint8Array, key: PfxKey | null): BaseBlock {
  const value = sequence(oid(X509_CERTIFICATE), explicit0(octets(certificate)));
  return sequence(oid(CERT_BAG), explicit0(value), ...(key === null ? [] : [attributes(key)]));
}

function keyBag(key: PfxKey, protection: PfxProtection): BaseBlock {
  const encrypted = protection.encrypt(key.privateKey);
  const value = sequence(encrypted.algorithm, octets(encrypted.ciphertext));
  return sequence(oid(SHROUDED_KEY_BAG), explicit0(value), attributes(key));
}

/** By these a key and its certificate find each other. @see RFC 2985, 5.5 */
function attributes({ friendlyName, certificate }: PfxKey): BaseBlock {
  const name = sequence(oid(FRIENDLY_NAME), setOf(bmpString(asFriendlyName(friendlyName))));
  const id = sequence(oid(LOCAL_KEY_ID), setOf(octets(fingerprint(certificate))));
  return setOf(name, id);
}

/** SHA-1 of the certificate, as OpenSSL and NSS have it: a label, not a protection. */
function fingerprint(certificate: Uint8Array): Buffer {
  return createHash('sha1').update(certificate).digest();
}

function data(content: Uint8Array): BaseBlock {
  return sequence(oid(ID_DATA), explicit0(octets(content)));
}

function encryptedData(plain: Uint8Array, protection: PfxProtection): BaseBlock {
  const encrypted = protection.encrypt(plain);
  const info = sequence(oid(ID_DATA), encrypted.algorithm, implicitOctets0(encrypted.ciphertext));
  return sequence(oid(ID_ENCRYPTED_DATA), explicit0(sequence(integer(0), info)));
}
