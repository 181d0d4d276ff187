/** Vendor: what a card says of its keys, PIN and PUK (F7). */
import type { KeyAlgorithm, ManagementKeyAlgorithm, Slot } from '../domain/slot.ts';
import { keyAlgorithmOf, managementKeyAlgorithmOf } from './algorithm.ts';
import { parseAnswer, required } from './answer.ts';
import { INS_GET_METADATA, LE_MAX } from './apdu.ts';
import type { Exchange } from './exchange.ts';
import { toPublicKeyInfo } from './public-key.ts';
import { keyReference, MANAGEMENT_KEY_REFERENCE, PIN_REFERENCE, PUK_REFERENCE } from './reference.ts';
import { isUnknownInstruction, refusal, SW_OK, SW_REFERENCE_NOT_FOUND } from './status-word.ts';
import { find, type Tlv } from './tlv.ts';

/** What metadata can be asked of. */
export type MetadataReference = Slot | '9B' | 'PIN' | 'PUK';

/** What a card says; null where it says nothing of it, or names an algorithm that is not ours. */
export interface KeyMetadata {
  readonly algorithm: KeyAlgorithm | ManagementKeyAlgorithm | null;
  readonly origin: 'generated' | 'imported' | null;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array | null;
  /** Whether PIN, PUK or management key is the factory's. */
  readonly isDefault: boolean | null;
  readonly triesTotal: number | null;
  readonly triesLeft: number | null;
}

const TAG_ALGORITHM = 0x01;
const TAG_ORIGIN = 0x03;
const TAG_PUBLIC_KEY = 0x04;
const TAG_IS_DEFAULT = 0x05;
const TAG_TRIES = 0x06;
const NAMED_REFERENCES = { '9B': MANAGEMENT_KEY_REFERENCE, PIN: PIN_REFERENCE, PUK: PUK_REFERENCE } as const;

/** The answer to a metadata command: `unsupported` (6D00) is apart from `absent` (an empty slot). */
export type MetadataAnswer = KeyMetadata | 'absent' | 'unsupported';

/**
 * Asks for metadata. A slot without a public key counts as empty: some cards answer 6A88, others 9000 with defaults.
 * @throws MalformedAnswerError, CommandRefusedError
 */
export async function readMetadata(
  exchange: Exchange,
  reference: MetadataReference,
): Promise<MetadataAnswer> {
  const intent = `read metadata of ${reference}`;
  const isSlot = !(reference in NAMED_REFERENCES);
  const { data, sw } = await exchange.send({
    ins: INS_GET_METADATA,
    p1: 0,
    p2: isSlot ? keyReference(reference as Slot) : NAMED_REFERENCES[reference as '9B' | 'PIN' | 'PUK'],
    le: LE_MAX,
  });
  if (isUnknownInstruction(sw)) return 'unsupported';
  if (sw === SW_REFERENCE_NOT_FOUND) return 'absent';
  if (sw !== SW_OK) throw refusal(sw, intent);
  const elements = parseAnswer(intent, data);
  if (isSlot && !find(elements, TAG_PUBLIC_KEY)) return 'absent';
  return toMetadata(intent, reference, elements);
}

function toMetadata(intent: string, reference: MetadataReference, elements: readonly Tlv[]): KeyMetadata {
  const byteOf = (tag: number): number | undefined => find(elements, tag)?.[0];
  const id = byteOf(TAG_ALGORITHM);
  const isDefault = byteOf(TAG_IS_DEFAULT);
  const tries = find(elements, TAG_TRIES);
  const common = {
    origin: originOf(byteOf(TAG_ORIGIN)),
    isDefault: isDefault === undefined ? null : isDefault !== 0,
    triesTotal: tries ? required(intent, 'count of tries', tries, 2)[0]! : null,
    triesLeft: tries ? tries[1]! : null,
  };
  if (id === undefined || reference === 'PIN' || reference === 'PUK') {
    return { ...common, algorithm: null, publicKey: null };
  }
  if (reference === '9B') return { ...common, algorithm: managementKeyAlgorithmOf(id), publicKey: null };
  const algorithm = keyAlgorithmOf(id);
  const key = find(elements, TAG_PUBLIC_KEY);
  const publicKey = algorithm && key ? toPublicKeyInfo(intent, algorithm, key) : null;
  return { ...common, algorithm, publicKey };
}

function originOf(byte: number | undefined): KeyMetadata['origin'] {
  if (byte === 1) return 'generated';
  return byte === 2 ? 'imported' : null;
}
