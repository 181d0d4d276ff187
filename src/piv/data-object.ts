/** Reading and writing data objects. @see NIST SP 800-73-4 part 2, 3.1.2 and 3.3.1 */
import { unwrapAnswer } from './answer.ts';
import { INS_GET_DATA, INS_PUT_DATA, LE_MAX } from './apdu.ts';
import type { Exchange } from './exchange.ts';
import { hexTag, OBJECT_TAGS } from './reference.ts';
import { refusal, SW_NOT_FOUND, SW_OK } from './status-word.ts';
import { tagBytes, tlv } from './tlv.ts';

const P1_P2_CURRENT = { p1: 0x3f, p2: 0xff } as const;
const TAG_LIST = 0x5c;
const TAG_DATA = 0x53;

/** The content of an object, or null where there is none: 6A82 on some cards, an empty answer on others. */
export async function readObject(exchange: Exchange, tag: number): Promise<Uint8Array | null> {
  const intent = `read object ${hexTag(tag)}`;
  const data = tlv(TAG_LIST, tagBytes(tag));
  const answer = await exchange.send({ ins: INS_GET_DATA, ...P1_P2_CURRENT, data, le: LE_MAX });
  if (answer.sw === SW_NOT_FOUND) return null;
  if (answer.sw !== SW_OK) throw refusal(answer.sw, intent);
  if (answer.data.length === 0) return null;
  const content = unwrapAnswer(intent, tag === OBJECT_TAGS.DISCOVERY ? tag : TAG_DATA, answer.data);
  return content.length === 0 ? null : content;
}

/** Replaces the content of an object; empty content deletes it. Discovery travels as `7E …` itself. */
export async function writeObject(exchange: Exchange, tag: number, content: Uint8Array): Promise<void> {
  const isDiscovery = tag === OBJECT_TAGS.DISCOVERY;
  const data = isDiscovery
    ? tlv(tag, content)
    : Uint8Array.of(...tlv(TAG_LIST, tagBytes(tag)), ...tlv(TAG_DATA, content));
  await exchange.run(`write object ${hexTag(tag)}`, { ins: INS_PUT_DATA, ...P1_P2_CURRENT, data });
}
