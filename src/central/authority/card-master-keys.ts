import { randomBytes } from 'node:crypto';
import { type CardMasterKey, cardMasterKey } from './card-master-key.ts';
import type { KeyFolder } from './key-folder.ts';
import { KeyStoreError } from './sealed-file.ts';

const KEY_LENGTH = 32;

/** The first is in the key store, and there from the start. */
export const FIRST_MASTER_KEY = 1;

/**
 * The card master keys by number: a newer one takes over from an older one card by card, as each is rewritten. All but the
 * first are sealed files of their own (`card-master-key-2`).
 */
export interface CardMasterKeys {
  readonly first: CardMasterKey;
  /** @throws KeyStoreError `missing` when this central does not have it; `wrongKey`, `damaged` */
  open(number: number): Promise<CardMasterKey>;
  /** Makes it; one that is there already stays. @throws KeyStoreError */
  make(number: number): Promise<CardMasterKey>;
  /** Takes its file away; the first stays, since other keys are derived from it. */
  discard(number: number): Promise<void>;
  /** Of the file that it is in. */
  nameOf(number: number): string;
  pathOf(number: number): string;
}

/** @param first 32 bytes; kept, not copied */
export function cardMasterKeys(first: Uint8Array, folder: KeyFolder): CardMasterKeys {
  const opened = new Map([[FIRST_MASTER_KEY, cardMasterKey(first)]]);
  const pathOf = (number: number) => folder.pathOf(nameOf(number));
  const keep = (number: number, content: Uint8Array): CardMasterKey => {
    if (content.length !== KEY_LENGTH)
      throw new KeyStoreError('damaged', pathOf(number), 'it holds no card master key; restore it');
    const key = cardMasterKey(content);
    opened.set(number, key);
    return key;
  };
  return {
    first: cardMasterKey(first),
    nameOf,
    pathOf,
    async open(number) {
      const known = opened.get(number);
      if (known) return known;
      const content = await folder.read(nameOf(number));
      if (content) return keep(number, content);
      const remedy = `card master key ${number} is not there; copy the file from the central that made it`;
      throw new KeyStoreError('missing', pathOf(number), remedy);
    },
    async make(number) {
      const make = async () => new Uint8Array(randomBytes(KEY_LENGTH));
      return keep(number, await folder.open(nameOf(number), make));
    },
    async discard(number) {
      if (number === FIRST_MASTER_KEY) return;
      opened.delete(number);
      await folder.remove(nameOf(number));
    },
  };
}

function nameOf(number: number): string {
  return number === FIRST_MASTER_KEY ? 'keys' : `card-master-key-${number}`;
}
