import { RETIRED_SLOTS } from '../../domain/slot.ts';
import { certificateTag, hexTag, OBJECT_TAGS } from '../reference.ts';

const FIRST_RETIRED_CONTAINER = 0x1001;

/** Container identifiers by object tag. @see NIST SP 800-73-4 part 1, table 2 */
const CONTAINER_IDS: ReadonlyMap<number, number> = new Map([
  [OBJECT_TAGS.CCC, 0xdb00],
  [OBJECT_TAGS.CHUID, 0x3000],
  [certificateTag('9A'), 0x0101],
  [OBJECT_TAGS.FINGERPRINTS, 0x6010],
  [OBJECT_TAGS.SECURITY_OBJECT, 0x9000],
  [OBJECT_TAGS.FACIAL_IMAGE, 0x6030],
  [certificateTag('9E'), 0x0500],
  [certificateTag('9C'), 0x0100],
  [certificateTag('9D'), 0x0102],
  [OBJECT_TAGS.PRINTED_INFORMATION, 0x3001],
  [OBJECT_TAGS.DISCOVERY, 0x6050],
  [OBJECT_TAGS.KEY_HISTORY, 0x6060],
  [OBJECT_TAGS.IRIS, 0x1015],
  ...RETIRED_SLOTS.map((slot, index) => [certificateTag(slot), FIRST_RETIRED_CONTAINER + index] as const),
]);

/** The container identifier of an object, by which the Security Object names it. @throws RangeError for other tags */
export function containerId(tag: number): number {
  const id = CONTAINER_IDS.get(tag);
  if (id === undefined) throw new RangeError(`name a container: no object has the tag ${hexTag(tag)}`);
  return id;
}
