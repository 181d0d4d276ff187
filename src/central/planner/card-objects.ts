/** The data objects of a card but its certificates, built from central's data (RP-01) and signed (SE-08). */
import { createHash } from 'node:crypto';
import type { Profile } from '../../domain/profile.ts';
import { buildBiometric, signedBiometricContent } from '../../piv/objects/biometric.ts';
import { buildCcc, cardIdentifier } from '../../piv/objects/ccc.ts';
import { buildChuid } from '../../piv/objects/chuid.ts';
import { containerId } from '../../piv/objects/container-id.ts';
import { buildDiscovery } from '../../piv/objects/discovery.ts';
import { buildFacialRecord, FACIAL_IMAGE_FORMAT } from '../../piv/objects/facial-record.ts';
import { buildKeyHistory } from '../../piv/objects/key-history.ts';
import { buildPrintedInformation } from '../../piv/objects/printed-information.ts';
import { buildSecurityObject, numberDataGroups } from '../../piv/objects/security-object.ts';
import { fromUuid } from '../../piv/objects/uuid.ts';
import { hexTag, OBJECT_TAGS, tagNumber } from '../../piv/reference.ts';
import type { ImageObject } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import type { CardRow } from '../repositories/cards.ts';
import type { PersonRow } from '../repositories/people.ts';

/** @see NIST SP 800-73-4 part 1, 2.2 */
const PIV_APPLICATION = Uint8Array.from(Buffer.from('a000000308000010000100', 'hex'));
/** The application PIN only. */
const APPLICATION_PIN_ONLY = 0x4000;
const NOTHING = new Uint8Array();
/** RSA signatures have one length; ECDSA's vary by a few bytes, so that the header may need another go. */
const MAX_SIGNING_ROUNDS = 40;

/** What a card's objects are made from. */
export interface ObjectFacts {
  readonly card: CardRow;
  readonly holder: PersonRow;
  /** Asked for where the profile has a facial image. */
  readonly readPhoto: () => Promise<Uint8Array | null>;
  readonly profile: Profile;
  /** How many of 82–95 are in use. */
  readonly retiredKeys: number;
  readonly now: Date;
}

/**
 * Builds every object in writing order: the CHUID, which says that the card is whole, last. What the profile does not
 * name has empty content.
 * @throws ObjectFormatError when a name is too long for Printed Information or a photo is no JPEG
 */
export async function buildCardObjects(central: Central, facts: ObjectFacts): Promise<ImageObject[]> {
  const { profile, retiredKeys } = facts;
  const chuid = await signedChuid(central, facts);
  const hashed: [number, Uint8Array][] = [
    [OBJECT_TAGS.PRINTED_INFORMATION, profile.objects.printedInformation ? printed(facts) : NOTHING],
    [OBJECT_TAGS.FACIAL_IMAGE, await facialImage(central, facts)],
    // Central keeps none of these: none is left on the card.
    [OBJECT_TAGS.FINGERPRINTS, NOTHING],
    [OBJECT_TAGS.IRIS, NOTHING],
    [OBJECT_TAGS.SECURE_MESSAGING_SIGNER, NOTHING],
    [OBJECT_TAGS.PAIRING_CODE, NOTHING],
    [OBJECT_TAGS.CCC, buildCcc({ cardIdentifier: cardIdentifier(fromUuid(facts.card.guid)) })],
    [OBJECT_TAGS.KEY_HISTORY, buildKeyHistory({ onCardCount: retiredKeys, offCardCount: 0, url: null })],
    [OBJECT_TAGS.DISCOVERY, profile.objects.discovery ? discovery() : NOTHING],
  ];
  const objects = hashed.map(([tag, content]) => ({ tag: hexTag(tag), content: Uint8Array.from(content) }));
  const last = { tag: hexTag(OBJECT_TAGS.CHUID), content: Uint8Array.from(chuid) };
  return [...objects, await signSecurityObject(central, [...objects, last]), last];
}

/** The Security Object over the objects that have content, in the order given. */
export async function signSecurityObject(
  central: Central,
  objects: readonly ImageObject[],
): Promise<ImageObject> {
  const tag = hexTag(OBJECT_TAGS.SECURITY_OBJECT);
  const present = objects.filter((object) => object.content.length > 0 && object.tag !== tag);
  const dataGroups = numberDataGroups(present.map((object) => containerId(tagNumber(object.tag))));
  const hashes = new Map(
    present.map(({ content }, index) => [dataGroups[index]!.number, sha256(content)] as const),
  );
  const signature = await central.authority.contentSigner.signSecurityObject(hashes);
  return { tag, content: Uint8Array.from(buildSecurityObject({ dataGroups, signature })) };
}

/** The same GUID, FASC-N, cardholder UUID and expiry as ever (RP-03). */
async function signedChuid(central: Central, { card }: ObjectFacts): Promise<Uint8Array> {
  const chuid = {
    ...{ fascN: card.fascN, organizationalIdentifier: null, guid: card.guid },
    ...{ expiry: card.chuidExpiry, cardholderUuid: card.cardholderUuid },
  };
  const signature = await central.authority.contentSigner.signChuid(
    buildChuid({ ...chuid, signature: null }),
  );
  return buildChuid({ ...chuid, signature });
}

function printed({ card, holder }: ObjectFacts): Uint8Array {
  return buildPrintedInformation({
    name: holder.displayName,
    employeeAffiliation: 'Employee',
    expiry: card.chuidExpiry,
    agencyCardSerialNumber: card.guid.replaceAll('-', '').slice(0, 10).toUpperCase(),
    issuerIdentification: 'RECARD',
    organizationLine1: null,
    organizationLine2: null,
  });
}

function discovery(): Uint8Array {
  return buildDiscovery({ applicationId: PIV_APPLICATION, pinUsagePolicy: APPLICATION_PIN_ONLY });
}

/** The photo as a signed biometric; empty without one. */
async function facialImage(
  central: Central,
  { card, readPhoto, profile, now }: ObjectFacts,
): Promise<Uint8Array> {
  const photo = profile.objects.facialImage ? await readPhoto() : null;
  if (!photo) return NOTHING;
  const record = buildFacialRecord(photo);
  const header = {
    ...FACIAL_IMAGE_FORMAT,
    ...{ createdAt: toInstant(now), validFrom: toInstant(now), validTo: toInstant(card.expiresAt) },
    ...{ creator: 'Recard', fascN: card.fascN },
  };
  let length = 0;
  for (let round = 0; round < MAX_SIGNING_ROUNDS; round += 1) {
    const content = signedBiometricContent(header, record, length);
    const signature = await central.authority.contentSigner.signBiometric(content, card.fascN, card.guid);
    if (signature.length === length) return buildBiometric({ header, record, signature });
    length = signature.length;
  }
  throw new Error('sign facial image: the signature has another length each time');
}

function sha256(content: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(content).digest());
}
