import type { FrozenImage } from '../../../db/central/operation-schema.ts';
import type { ManagementKeyAlgorithm, Slot } from '../../domain/slot.ts';
import { ACTIVE_SLOTS, SLOTS } from '../../domain/slot.ts';
import { hexTag, OBJECT_TAGS } from '../../piv/reference.ts';
import type { CardCapabilities } from '../../protocol/operation.ts';
import type { Database } from '../database.ts';
import { readAftermath } from '../operation/aftermath.ts';
import { planSecrets } from '../operation/new-operation.ts';
import { RefusedError } from '../refused.ts';
import { findCardSecret } from '../repositories/card-secrets.ts';
import type { CardRow } from '../repositories/cards.ts';
import { slotsEverUsed } from '../repositories/operations.ts';

/**
 * What an empty card is: nothing in any slot or object, and the factory's secrets. The CHUID goes last, so that a card without a
 * chip serial is recognised for as long as anything is to be done.
 * @throws RefusedError `RP-06-cannot-empty` where the factory's secrets cannot be set
 */
export async function planEmptyImage(
  transaction: Database,
  card: CardRow,
  capabilities: CardCapabilities,
): Promise<FrozenImage> {
  const aftermath = await readAftermath(transaction, card);
  const isImported = (await findCardSecret(transaction, card.id, 'managementKey', 0)) !== undefined;
  const wanted = { managementKeyAlgorithm: factoryAlgorithm(card) };
  const secrets = planSecrets(card, wanted, capabilities, { ...aftermath, isImported });
  const isFactorys = !isImported && secrets.managementKeyBefore.every(({ version }) => version === 0);
  if (secrets.managementKeyNext === null && !isFactorys) throw cannotEmpty('its management key stays');
  if (!card.isPukKnown) throw cannotEmpty('central does not hold its PUK, and sets no PIN without');
  const tags = Object.values(OBJECT_TAGS).filter((tag) => tag !== OBJECT_TAGS.CHUID);
  const { pukVersion } = aftermath;
  return {
    objects: [...tags, OBJECT_TAGS.CHUID].map((tag) => ({ tag: hexTag(tag), content: '' })),
    emptiedCertificates: [...SLOTS],
    removedKeys: await slotsToClear(transaction, card, capabilities),
    ...secrets,
    ...{ pukNext: Math.max(card.pukVersion, pukVersion ?? 0) + 1, pukMayBeNext: false },
    ...(pukVersion === null ? {} : { pukInDoubt: pukVersion }),
  };
}

/** A card that shows which slots are empty is looked at as a whole; on another one a key is put into what may have one. */
async function slotsToClear(
  transaction: Database,
  card: CardRow,
  { hasMetadata }: CardCapabilities,
): Promise<Slot[]> {
  if (hasMetadata) return [...SLOTS];
  const used = await slotsEverUsed(transaction, card.id);
  return SLOTS.filter((slot) => (ACTIVE_SLOTS as readonly Slot[]).includes(slot) || used.has(slot));
}

/** 24 bytes are a key for these; which of them the card had at first nobody knows any more, and a new card tries both. */
function factoryAlgorithm({ managementKeyAlgorithm }: CardRow): ManagementKeyAlgorithm {
  return managementKeyAlgorithm === '3DES' ? '3DES' : 'AES-192';
}

function cannotEmpty(why: string): RefusedError {
  return new RefusedError(409, 'RP-06-cannot-empty', `empty card: ${why}; destroy the card`);
}
