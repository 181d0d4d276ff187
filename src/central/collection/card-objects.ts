/** Data objects of a collection: only two change, the Key History and the Security Object that hashes all. */
import { buildKeyHistory } from '../../piv/objects/key-history.ts';
import { hexTag, OBJECT_TAGS } from '../../piv/reference.ts';
import type { ImageObject } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { buildCardObjects, type ObjectFacts, signSecurityObject } from '../planner/card-objects.ts';
import { findCompletedWith } from '../repositories/operations.ts';

const CHUID = hexTag(OBJECT_TAGS.CHUID);
const KEY_HISTORY = hexTag(OBJECT_TAGS.KEY_HISTORY);
const SECURITY_OBJECT = hexTag(OBJECT_TAGS.SECURITY_OBJECT);

/**
 * The two, where central knows byte by byte what else is on the card: from the image that it was last written with as a
 * whole. Where there is none, all of them as for a reprovision.
 */
export async function buildCollectionObjects(
  central: Central,
  transaction: Database,
  facts: ObjectFacts,
): Promise<ImageObject[]> {
  const present = await wholeImage(transaction, facts.card.id);
  if (!present) return buildCardObjects(central, facts);
  const counts = { onCardCount: facts.retiredKeys, offCardCount: 0, url: null };
  const history = { tag: KEY_HISTORY, content: Uint8Array.from(buildKeyHistory(counts)) };
  const objects = present.map((one) => (one.tag === KEY_HISTORY ? history : one));
  return [history, await signSecurityObject(central, objects)];
}

/** What the card has besides the objects of an image, as far as its Security Object hashes them too. */
export async function objectsBesides(
  transaction: Database,
  cardId: string,
  image: readonly ImageObject[],
): Promise<readonly ImageObject[]> {
  if (image.some(({ tag }) => tag === CHUID)) return [];
  const present = (await wholeImage(transaction, cardId)) ?? [];
  return present.filter(({ tag }) => tag !== SECURITY_OBJECT && !image.some((one) => one.tag === tag));
}

/** Objects of the newest image that was written as a whole; a collection writes two of them since. */
async function wholeImage(transaction: Database, cardId: string): Promise<ImageObject[] | null> {
  const operation = await findCompletedWith(transaction, cardId, CHUID);
  if (!operation) return null;
  return operation.image.objects.map(({ tag, content }) => ({
    tag,
    content: Uint8Array.from(Buffer.from(content, 'base64')),
  }));
}
