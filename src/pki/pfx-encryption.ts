import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { BaseBlock } from 'asn1js';
import { algorithm, integer, none, octets, sequence } from './pfx-der.ts';
import { bmpPassword, derivePfxKey, PFX_PURPOSE } from './pfx-key-derivation.ts';

/** The two ways in which a PFX is encrypted. What they are read by, and why these counts: docs/decisions/0015-pfx.md. */

/** `default`: PBES2, AES-256, SHA-256. `legacy`: three-key triple DES, SHA-1, for old programs (KR-09). */
export type PfxEncryption = 'default' | 'legacy';

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const HMAC_WITH_SHA256 = '1.2.840.113549.2.9';
const AES_256_CBC = '2.16.840.1.101.3.4.1.42';
const SHA_256 = '2.16.840.1.101.3.4.2.1';
const PBE_SHA1_3DES = '1.2.840.113549.1.12.1.3';
const SHA_1 = '1.3.14.3.2.26';

/** One guess costs a thief the MAC, 250,000 hashes, or PBKDF2, twice 125,000. */
const PBKDF2_ITERATIONS = 125_000;
const MAC_ITERATIONS = 250_000;
/** .NET reads no file whose encrypted parts need more than a million together, unless it is told to. */
const MOST_TOGETHER = 900_000;
const LEGACY_ITERATIONS = 20_000;
/** The old way costs us as much in JavaScript for each key. */
const MOST_LEGACY_TOGETHER = 200_000;
/** macOS has refused longer ones. */
const MAC_SALT_LENGTH = 8;
const SALT_LENGTH = 16;
const LEGACY_SALT_LENGTH = 8;

/** What is encrypted, and how: the AlgorithmIdentifier. */
export interface PfxEncrypted {
  readonly algorithm: BaseBlock;
  readonly ciphertext: Uint8Array;
}

/** Encrypts and authenticates the parts of one PFX under one password. */
export interface PfxProtection {
  /** The plain bytes stay the caller's, to wipe. */
  encrypt(plain: Uint8Array): PfxEncrypted;
  /** MacData over the AuthenticatedSafe. @see RFC 7292, 4 */
  authenticate(content: Uint8Array): BaseBlock;
  /** Wipes what is kept of the password. */
  wipe(): void;
}

/**
 * @param password UTF-8; a copy of it in UTF-16 is kept until `wipe`
 * @param parts how many parts will be encrypted
 * @throws UnusablePasswordError
 */
export function protectPfx(password: Uint8Array, encryption: PfxEncryption, parts: number): PfxProtection {
  const bmp = bmpPassword(password);
  const iterations = Math.min(PBKDF2_ITERATIONS, Math.floor(MOST_TOGETHER / parts));
  const legacyIterations = Math.min(LEGACY_ITERATIONS, Math.floor(MOST_LEGACY_TOGETHER / parts));
  return {
    encrypt: (plain) =>
      encryption === 'default'
        ? encryptAes(plain, password, iterations)
        : encryptTripleDes(plain, bmp, legacyIterations),
    authenticate: (content) =>
      encryption === 'default'
        ? macData(content, bmp, { hash: 'sha256', name: SHA_256, length: 32, iterations: MAC_ITERATIONS })
        : macData(content, bmp, { hash: 'sha1', name: SHA_1, length: 20, iterations: LEGACY_ITERATIONS }),
    wipe: () => void bmp.fill(0),
  };
}

/** PBES2. Its password is UTF-8 as it is. @see RFC 8018, 6.2 */
function encryptAes(plain: Uint8Array, password: Uint8Array, iterations: number): PfxEncrypted {
  const salt = randomBytes(SALT_LENGTH);
  const iv = randomBytes(16);
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const ciphertext = encipher('aes-256-cbc', key, iv, plain);
  const derivation = sequence(octets(salt), integer(iterations), algorithm(HMAC_WITH_SHA256, none()));
  const parameters = sequence(algorithm(PBKDF2, derivation), algorithm(AES_256_CBC, octets(iv)));
  return { algorithm: algorithm(PBES2, parameters), ciphertext };
}

/** pbeWithSHAAnd3-KeyTripleDES-CBC. @see RFC 7292, appendix C */
function encryptTripleDes(plain: Uint8Array, password: Uint8Array, iterations: number): PfxEncrypted {
  const salt = randomBytes(LEGACY_SALT_LENGTH);
  const derivation = { hash: 'sha1', password, salt, iterations } as const;
  const key = derivePfxKey({ ...derivation, purpose: PFX_PURPOSE.key, length: 24 });
  const iv = derivePfxKey({ ...derivation, purpose: PFX_PURPOSE.iv, length: 8 });
  const ciphertext = encipher('des-ede3-cbc', key, iv, plain);
  const parameters = sequence(octets(salt), integer(iterations));
  return { algorithm: algorithm(PBE_SHA1_3DES, parameters), ciphertext };
}

/** Encrypts with padding, and wipes the key. */
function encipher(cipher: string, key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  const running = createCipheriv(cipher, key, iv);
  key.fill(0);
  return Buffer.concat([running.update(plain), running.final()]);
}

interface Mac {
  readonly hash: 'sha1' | 'sha256';
  readonly name: string;
  readonly length: number;
  readonly iterations: number;
}

function macData(content: Uint8Array, password: Uint8Array, mac: Mac): BaseBlock {
  const salt = randomBytes(MAC_SALT_LENGTH);
  const { hash, length, iterations } = mac;
  const key = derivePfxKey({ hash, purpose: PFX_PURPOSE.mac, password, salt, iterations, length });
  const digest = createHmac(hash, key).update(content).digest();
  key.fill(0);
  const digestInfo = sequence(algorithm(mac.name, none()), octets(digest));
  return sequence(digestInfo, octets(salt), integer(iterations));
}
