/** Where the private keys are that can live in a token (SE-04), and whether the token still has them. */
import { randomBytes } from 'node:crypto';
import type { SigningKey } from '../../pki/signing-key.ts';
import type { OpenedArchiveKey } from './archive-key.ts';
import type { StoredKeys } from './key-store.ts';
import { tokenIdIn } from './token-reference.ts';

const CHALLENGE_LENGTH = 32;

/** The keys of the authority that sign. */
export type SigningKeys = Readonly<Record<'root' | 'issuing' | 'contentSigner', SigningKey>>;

export interface KeyCustody {
  /** The id of each in the token, hex; null: it is in a sealed file. */
  readonly tokenIds: Readonly<Record<keyof SigningKeys | 'archive', string | null>>;
  /** Whether any is in the token. */
  readonly isInToken: boolean;
  /** Has each key that is in the token show that it is the right one. @throws TokenError; KeyStoreError `wrongKey` */
  prove(): Promise<void>;
}

export function keyCustody(stored: StoredKeys, keys: SigningKeys, archiveKey: OpenedArchiveKey): KeyCustody {
  const tokenIds = {
    root: tokenIdIn(stored.root.privateKey),
    issuing: tokenIdIn(stored.issuing.privateKey),
    contentSigner: tokenIdIn(stored.contentSigner.privateKey),
    archive: archiveKey.token?.id ?? null,
  };
  const signing = (['root', 'issuing', 'contentSigner'] as const).filter((name) => tokenIds[name] !== null);
  return {
    tokenIds,
    isInToken: Object.values(tokenIds).some((id) => id !== null),
    async prove() {
      await archiveKey.token?.prove();
      // What is signed is verified before it is given out.
      for (const name of signing) await keys[name].sign(randomBytes(CHALLENGE_LENGTH));
    },
  };
}
