/**
 * Keys go from sealed files into a token (SE-04). May be cut at any instant, and is then done again: ids are the same each time,
 * each file says where its own keys are, and none is rewritten before the token has shown, in a new session, that it has them.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseCertificate } from '../../pki/certificate.ts';
import type { Token } from '../token/token.ts';
import { TokenError, type TokenProblem } from '../token/token-error.ts';
import { ARCHIVE_KEY_PURPOSE, fileArchiveKey } from './archive-key.ts';
import { AUTHORITY_FILES } from './certificate-authority.ts';
import { discardKeys } from './discard-keys.ts';
import { readKeyFile } from './key-file.ts';
import { readKeyStore, replaceKeyStore, type StoredKey, type StoredKeys } from './key-store.ts';
import { KeyStoreError, readSealed, replaceSealed } from './sealed-file.ts';
import {
  decodeArchiveReference,
  encodeArchiveReference,
  referTo,
  tokenArchiveKey,
} from './token-archive-key.ts';
import { tokenIdIn, tokenIdOf, tokenReference } from './token-reference.ts';
import { tokenSigningKey } from './token-signing-key.ts';

/** As the token calls them. */
const LABELS = {
  root: 'recard root CA',
  issuing: 'recard issuing CA',
  contentSigner: 'recard content signer',
  archive: 'recard archive key',
} as const;
type Name = keyof typeof LABELS;
const SIGNING = ['root', 'issuing', 'contentSigner'] as const;
type SigningName = (typeof SIGNING)[number];

export interface MovePlaces {
  /** Of the authority. */
  readonly folder: string;
  readonly keyFile: string;
}

/** Of a key that does not do what it should; else the token was away, and a second try finds what the first has brought. */
const DOES_NOT_WORK: readonly TokenProblem[] = ['unfit', 'refused', 'noKey', 'notOpened'];

/** A key that has been brought into the token, and has not left its file yet. */
export interface MovedKey {
  readonly name: Name;
  /** In the token, hex. */
  readonly id: string;
}

/**
 * @param onProved told of the keys when the token has shown that it has them, before any file is changed; what it throws ends
 *   the move with all files as they were
 * @returns what was moved; nothing when all was in the token already
 * @throws TokenError, KeyStoreError
 */
export async function moveToToken(
  places: MovePlaces,
  token: Token,
  onProved: (keys: readonly MovedKey[]) => Promise<void>,
): Promise<readonly MovedKey[]> {
  const secret = await readKeyFile(places.keyFile);
  const store = join(places.folder, AUTHORITY_FILES.keys);
  const archivePath = join(places.folder, AUTHORITY_FILES.archiveKey);
  const stored = await readKeyStore(store, secret);
  const archive = await readSealed(archivePath, ARCHIVE_KEY_PURPOSE, secret);
  try {
    if (!stored || !archive) {
      const path = stored ? archivePath : store;
      throw new KeyStoreError('missing', path, 'there is nothing to move; start central once before');
    }
    const signing = SIGNING.filter((name) => tokenIdIn(stored[name].privateKey) === null);
    const isArchiveInFile = decodeArchiveReference(archive) === null;
    const brought: BroughtKey<SigningName>[] = [];
    for (const name of signing) brought.push(await bringPair(token, name, stored[name]));
    const broughtArchive = isArchiveInFile ? await bringArchiveKey(token, archivePath, archive) : null;
    const moved = [...brought, ...(broughtArchive ? [broughtArchive] : [])].map(({ name, id }) => ({
      name,
      id,
    }));
    if (moved.length === 0) return moved;
    // A new process of the module: what is only in a session of the old one is gone.
    await token.close();
    for (const key of brought) await proving(token, key, () => provePair(token, key.id, stored[key.name]));
    const reference =
      broughtArchive &&
      (await proving(token, broughtArchive, () =>
        proveArchiveKey(token, broughtArchive.id, archivePath, archive),
      ));
    await onProved(moved);
    if (reference)
      await replaceSealed(archivePath, ARCHIVE_KEY_PURPOSE, secret, encodeArchiveReference(reference));
    if (signing.length > 0) await replaceKeyStore(store, secret, withReferences(stored, moved));
    return moved;
  } finally {
    secret.fill(0);
    archive?.fill(0);
    for (const name of SIGNING) stored?.[name].privateKey.fill(0);
    stored?.cardMasterKey.fill(0);
  }
}

interface BroughtKey<N extends Name = Name> extends MovedKey {
  readonly name: N;
  /** False: it was in the token before. */
  readonly isNew: boolean;
}

async function bringPair(
  token: Token,
  name: SigningName,
  { certificate, privateKey }: StoredKey,
): Promise<BroughtKey<SigningName>> {
  const { publicKey } = parseCertificate(certificate);
  const id = tokenIdOf(publicKey);
  if (await token.describe(id)) return { name, id, isNew: false };
  // The public half may be left of a move that was cut off.
  await token.destroy(id);
  await token.importPair(id, LABELS[name], privateKey, publicKey);
  return { name, id, isNew: true };
}

async function bringArchiveKey(token: Token, path: string, key: Uint8Array): Promise<BroughtKey<'archive'>> {
  const id = tokenIdOf(new TextEncoder().encode(fileArchiveKey(path, key).fingerprint));
  if (await token.describe(id)) return { name: 'archive', id, isNew: false };
  await token.importSecret(id, LABELS.archive, key);
  return { name: 'archive', id, isNew: true };
}

/** A key that was brought just now and does not work is taken back: the next try would find it, and fail like this one. */
async function proving<T>(token: Token, { id, isNew }: BroughtKey, prove: () => Promise<T>): Promise<T> {
  try {
    return await prove();
  } catch (error) {
    const isWrong =
      error instanceof KeyStoreError ||
      (error instanceof TokenError && DOES_NOT_WORK.includes(error.problem));
    if (isNew && isWrong) await discardKeys(token, [id]);
    throw error;
  }
}

/** What is signed is verified by the certificate's public key. */
async function provePair(token: Token, id: string, { certificate }: StoredKey): Promise<void> {
  await tokenSigningKey(token, id, parseCertificate(certificate).publicKey).sign(randomBytes(32));
}

/** Each opens what the other has sealed: nothing in the archive is lost. */
async function proveArchiveKey(token: Token, id: string, path: string, key: Uint8Array) {
  const inFile = fileArchiveKey(path, key);
  const reference = await referTo(token, id, inFile.fingerprint);
  const inToken = tokenArchiveKey(path, token, reference);
  await inToken.prove();
  const [place, content] = [{ id: randomUUID(), publicKey: randomBytes(32) }, randomBytes(64)];
  const opened = await inToken.open(await inFile.seal(content, place), place);
  const again = await inToken.open(await inToken.seal(content, place), place);
  if (content.equals(opened) && content.equals(again)) return reference;
  throw new TokenError('unfit', 'its AES-GCM does not give back what it was given; nothing was changed');
}

function withReferences(stored: StoredKeys, moved: readonly MovedKey[]): StoredKeys {
  const refer = (name: SigningName): StoredKey => {
    const found = moved.find((one) => one.name === name);
    return found ? { ...stored[name], privateKey: tokenReference(found.id) } : stored[name];
  };
  return { ...stored, root: refer('root'), issuing: refer('issuing'), contentSigner: refer('contentSigner') };
}
