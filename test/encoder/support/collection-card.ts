import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { KeyAlgorithm, RetiredSlot, Slot } from '../../../src/domain/slot.ts';
import { buildCertificateObject } from '../../../src/piv/objects/certificate.ts';
import { buildKeyHistory, parseKeyHistory } from '../../../src/piv/objects/key-history.ts';
import { certificateTag, hexTag, OBJECT_TAGS } from '../../../src/piv/reference.ts';
import { PivSession } from '../../../src/piv/session.ts';
import { algorithmOf, spkiOf } from '../../../src/pki/public-key.ts';
import type { ImageKey } from '../../../src/protocol/operation.ts';
import type { Personality, PersonalityName } from '../../../src/virtual-card/personality.ts';
import type { VirtualCard } from '../../../src/virtual-card/virtual-card.ts';
import { aCard, aCentral, FACTORY_KEY } from './card-run.ts';
import { issueCertificate } from './small-authority.ts';
import type { SmallCentral } from './small-central.ts';

/** An encryption key with its certificate, as it is on a card or in the archive. */
export interface OldKey {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly certificate: Uint8Array<ArrayBuffer>;
}

const SIGNING: readonly Slot[] = ['9A', '9C', '9E'];
const made = new Map<string, Promise<OldKey>>();

/** The same one each time that it is asked for by its name. */
export function anOldKey(name: string, algorithm: KeyAlgorithm = 'P-256'): Promise<OldKey> {
  const known = made.get(`${name} ${algorithm}`) ?? makeOldKey(name, algorithm);
  made.set(`${name} ${algorithm}`, known);
  return known;
}

async function makeOldKey(name: string, algorithm: KeyAlgorithm): Promise<OldKey> {
  const { privateKey } = algorithm.startsWith('RSA')
    ? generateKeyPairSync('rsa', { modulusLength: Number(algorithm.slice(4)) })
    : generateKeyPairSync('ec', { namedCurve: algorithm });
  const publicKey = Uint8Array.from(spkiOf(privateKey));
  return { name, privateKey, publicKey, certificate: await issueCertificate(publicKey, name) };
}

/** What becomes of a slot: `from` names where the key is before; null: in the archive only. */
export interface Wanted {
  readonly slot: RetiredSlot | '9D';
  readonly key: OldKey;
  readonly source: ImageKey['source'];
}

/** A card with retired keys from 82 on, and a wish for what it is to hold. */
export interface Collection {
  readonly card: VirtualCard;
  readonly central: SmallCentral;
  readonly wanted: readonly Wanted[];
  /** Of the keys that stay on the card, by the name of each. */
  readonly staying: readonly OldKey[];
  readonly count: number;
}

/** @param before retired keys, from 82 on */
export async function aCollection(
  personality: PersonalityName | Personality,
  before: readonly OldKey[],
  wanted: readonly Wanted[],
  removed: { readonly keys: readonly Slot[]; readonly certificates: readonly Slot[] },
): Promise<Collection> {
  const card = aCard(personality, { securityObject: new Uint8Array(900).fill(1) });
  Object.assign(card.faults, { delayMs: 0, keyGenerationMs: 0 });
  for (const [at, { privateKey, certificate }] of before.entries()) {
    const slot = (0x82 + at).toString(16).toUpperCase() as Slot;
    card.putKey(slot, privateKey);
    card.putObject(certificateTag(slot), buildCertificateObject(certificate));
  }
  card.putObject(OBJECT_TAGS.KEY_HISTORY, history(before.length));
  const count = wanted.filter(({ slot }) => slot !== '9D').length;
  const central = aCentral(
    {
      keys: wanted.map(({ slot, key, source }) => ({
        ...{ slot, source, publicKey: key.publicKey, algorithm: algorithmOf(key.publicKey) },
      })),
      objects: [
        { tag: hexTag(OBJECT_TAGS.KEY_HISTORY), content: Uint8Array.from(history(count)) },
        { tag: hexTag(OBJECT_TAGS.SECURITY_OBJECT), content: new Uint8Array(900).fill(2) },
      ],
      emptiedCertificates: removed.certificates,
      removedKeys: removed.keys,
      ...{ changesManagementKey: false, replacesPuk: false, changesPin: false },
    },
    { ...FACTORY_KEY, algorithm: factoryAlgorithm(personality) },
  );
  for (const { slot, key, source } of wanted) {
    if (source.kind === 'import') await central.archive(slot, key.privateKey, key.certificate);
    else await central.record(slot, key.publicKey, key.certificate);
  }
  const staying = wanted.map(({ key }) => key).filter((key) => before.includes(key));
  return { card, central, wanted, staying, count };
}

function factoryAlgorithm(personality: PersonalityName | Personality) {
  return personality === 'aes-192-factory' ? 'AES-192' : '3DES';
}

function history(onCardCount: number): Uint8Array {
  return buildKeyHistory({ onCardCount, offCardCount: 0, url: null });
}

/** What a card has in a slot. */
export interface SlotContent {
  readonly publicKey: string | null;
  readonly certificate: string | null;
}

/** Every slot of a card, without a trace on it. */
export async function slotsOf(card: VirtualCard): Promise<ReadonlyMap<string, SlotContent>> {
  card.reset();
  const session = await PivSession.select(card);
  const slots = new Map<string, SlotContent>();
  const retired = Array.from({ length: 20 }, (_, at) => (0x82 + at).toString(16).toUpperCase() as Slot);
  for (const slot of [...SIGNING, '9D' as const, ...retired]) {
    const key = (await session.metadata(slot))?.publicKey ?? null;
    const certificate = card.object(certificateTag(slot)) ?? null;
    slots.set(slot, { publicKey: key && hex(key), certificate: certificate && hex(certificate) });
  }
  card.reset();
  return slots;
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** What may be wrong with a card in the middle of a collection: nothing, at whatever instant. */
export async function whatIsLost(
  { card, staying }: Collection,
  before: ReadonlyMap<string, SlotContent>,
): Promise<string[]> {
  const now = await slotsOf(card);
  const lost: string[] = [];
  for (const slot of SIGNING) {
    if (JSON.stringify(now.get(slot)) !== JSON.stringify(before.get(slot))) lost.push(`${slot} was touched`);
  }
  const { onCardCount } = parseKeyHistory(card.object(OBJECT_TAGS.KEY_HISTORY)!);
  const retired = [...now].filter(([slot]) => !slot.startsWith('9') || slot <= '95');
  for (const [at, [slot, { certificate }]] of retired.entries()) {
    if (at < onCardCount && certificate === null) lost.push(`the Key History promises ${slot}`);
  }
  for (const { name, publicKey } of staying) {
    const at = retired.findIndex(([, content]) => content.publicKey === hex(publicKey));
    const isIn9D = now.get('9D')!.publicKey === hex(publicKey);
    if (at < 0 && !isIn9D) lost.push(`the key ${name} is not on the card`);
    if (at >= onCardCount) lost.push(`the key ${name} is hidden`);
  }
  return lost;
}
