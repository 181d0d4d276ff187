import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import {
  signContentSignerCertificate,
  signIssuingCertificate,
  signRootCertificate,
  type Validity,
} from '../../pki/authority-certificate.ts';
import type { CertificateIssuer } from '../../pki/certificate-builder.ts';
import { distinguishedName } from '../../pki/distinguished-name.ts';
import { type SigningKey, signingKey } from '../../pki/signing-key.ts';
import type { Token } from '../token/token.ts';
import type { AuthorityOptions } from './certificate-authority.ts';
import { discardKeys } from './discard-keys.ts';
import type { StoredKey, StoredKeys } from './key-store.ts';
import { KeyStoreError } from './sealed-file.ts';
import { IN_A_TOKEN, newTokenId, tokenIdIn, tokenReference } from './token-reference.ts';
import { tokenSigningKey } from './token-signing-key.ts';

/** Each outlives what it signs; the content signer any card that is issued in its first ten years (SE-08). */
const ROOT_YEARS = 30;
const ISSUING_YEARS = 25;
const CONTENT_SIGNER_YEARS = 20;
/** For relying parties whose clock is a little behind. */
const BACKDATED_MS = 60 * 60 * 1000;

interface NewKey {
  /** As it is stored. */
  readonly privateKey: Uint8Array;
  readonly issuer: CertificateIssuer;
}

/**
 * Makes central's keys and their certificates: root P-384, issuing CA P-384, content signer P-256; in the token where there is
 * one, and none of them stays there when this fails.
 */
export async function foundAuthority(options: AuthorityOptions, now: Date): Promise<StoredKeys> {
  const ids: string[] = [];
  try {
    return await certifyKeys(options.token ? inToken(options.token, ids) : inFile, options, now);
  } catch (error) {
    await discardKeys(options.token, ids);
    throw error;
  }
}

async function certifyKeys(make: MakeKey, options: AuthorityOptions, now: Date): Promise<StoredKeys> {
  const { organisation, crlUrl, caIssuersUrl } = options;
  const root = named(await make('P-384', 'recard root CA'), organisation, 'Root CA');
  const issuing = named(await make('P-384', 'recard issuing CA'), organisation, 'Issuing CA');
  const signer = named(await make('P-256', 'recard content signer'), organisation, 'PIV Content Signer');
  const rootCertificate = await signRootCertificate(root.issuer, validity(now, ROOT_YEARS));
  const issuingCertificate = await signIssuingCertificate(
    issuing.issuer,
    validity(now, ISSUING_YEARS),
    options.rootCrlUrl,
    root.issuer,
  );
  const signerCertificate = await signContentSignerCertificate(
    signer.issuer,
    validity(now, CONTENT_SIGNER_YEARS),
    { crlUrl, caIssuersUrl },
    issuing.issuer,
  );
  return {
    root: { privateKey: root.privateKey, certificate: rootCertificate },
    issuing: { privateKey: issuing.privateKey, certificate: issuingCertificate },
    contentSigner: { privateKey: signer.privateKey, certificate: signerCertificate },
    cardMasterKey: new Uint8Array(randomBytes(32)),
  };
}

/**
 * A stored key, ready to sign.
 * @param publicKey SubjectPublicKeyInfo, of its certificate
 * @param path of the store, for what is told
 * @throws KeyStoreError `missing` when it is in a token and none is named
 */
export function openStoredKey(
  key: StoredKey,
  publicKey: Uint8Array,
  token: Token | null,
  path: string,
): SigningKey {
  const id = tokenIdIn(key.privateKey);
  if (id === null) return signingKey(privateKeyOf(key.privateKey));
  if (token) return tokenSigningKey(token, id, publicKey);
  throw new KeyStoreError('missing', path, IN_A_TOKEN);
}

function privateKeyOf({ buffer, byteOffset, byteLength }: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(buffer, byteOffset, byteLength), format: 'der', type: 'pkcs8' });
}

type TokenCurve = Parameters<Token['makePair']>[2];

/** A new key: how it is stored, and how it signs. */
interface MadeKey {
  readonly privateKey: Uint8Array;
  readonly key: SigningKey;
}

type MakeKey = (curve: TokenCurve, label: string) => Promise<MadeKey>;

async function inFile(namedCurve: TokenCurve): Promise<MadeKey> {
  const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve });
  const pkcs8 = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
  return { privateKey: pkcs8, key: signingKey(privateKey) };
}

/** @param ids told of each, before it is made */
function inToken(token: Token, ids: string[]): MakeKey {
  return async (curve, label) => {
    const id = newTokenId();
    ids.push(id);
    const publicKey = await token.makePair(id, label, curve);
    return { privateKey: tokenReference(id), key: tokenSigningKey(token, id, publicKey) };
  };
}

function named({ privateKey, key }: MadeKey, organisation: string, title: string): NewKey {
  const name = distinguishedName([
    ['O', organisation],
    ['CN', `${organisation} ${title}`.slice(0, 64)],
  ]);
  return { privateKey, issuer: { name, key } };
}

function validity(now: Date, years: number): Validity {
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + years);
  return { notBefore: new Date(now.getTime() - BACKDATED_MS), notAfter };
}
