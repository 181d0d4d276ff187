import type { Slot } from '../domain/slot.ts';
import { certificateTag, hexTag, OBJECT_TAGS, tagNumber } from '../piv/reference.ts';
import type { ImageObject } from '../protocol/operation.ts';
import { writeExpected, writeOptional } from './object-writer.ts';
import { demandOnCard } from './read-back.ts';
import { isRequired } from './required-objects.ts';
import type { ExpectedObject, Run } from './run.ts';

/** Their certificates name the card. @see FIPS 201-3, 4.2.2 */
const ANCHORS: readonly Slot[] = ['9A', '9E'];

/**
 * Writes the data objects in the plan's order. Discovery is read first, since many cards have it fixed: it is written
 * only if it differs. What the card would not take, or has no room for, is left out, and the Security Object is signed
 * again without it.
 * @throws CardFullError, CommandRefusedError for a required object; OperationRefusedError
 */
export async function writeObjects(run: Run): Promise<void> {
  let hashedWithout = 0;
  for (const image of run.plan.objects) {
    run.progress.begin('object', image.tag);
    const object = toExpected(image);
    if (object.tag === OBJECT_TAGS.CHUID) await demandAnchor(run);
    if (object.tag === OBJECT_TAGS.SECURITY_OBJECT) {
      hashedWithout = await writeSecurityObject(run, object);
    } else if (isRequired(run.plan, object.tag)) {
      await writeExpected(run, object);
    } else if (!(await writeOptional(run, object, object.tag === OBJECT_TAGS.DISCOVERY))) {
      run.unwritableObjects.add(image.tag);
    }
  }
  const securityObject = run.plan.objects.find(({ tag }) => tagNumber(tag) === OBJECT_TAGS.SECURITY_OBJECT);
  while (securityObject && leftOut(run).length > hashedWithout) {
    hashedWithout = await writeSecurityObject(run, toExpected(securityObject));
  }
}

/** @returns how many objects of the image it does not hash, since they are not on the card */
async function writeSecurityObject(run: Run, object: ExpectedObject): Promise<number> {
  const without = leftOut(run);
  const content = without.length === 0 ? object.content : await run.central.leaveOut(without);
  await writeExpected(run, { ...object, content });
  return without.length;
}

/** Objects of the image that this card will not have. */
function leftOut({ plan, unwritableObjects }: Run): string[] {
  const wanted = plan.objects.filter(({ content }) => content.length > 0);
  return wanted.map(({ tag }) => tag).filter((tag) => unwritableObjects.has(tag));
}

/**
 * A card without a chip serial is known by its CHUID, else by the UUID in a certificate: before the one is touched, the
 * other must read back (operation.md B).
 */
async function demandAnchor(run: Run): Promise<void> {
  const certificates = ANCHORS.map((slot) => certificateTag(slot));
  const anchor = run.expected.find(({ tag, content }) => certificates.includes(tag) && content.length > 0);
  if (anchor) await demandOnCard(run, anchor);
}

/** Empties the certificate objects of slots that the image does not have. @throws CardFullError */
export async function emptyCertificates(run: Run): Promise<void> {
  for (const slot of run.plan.emptiedCertificates) {
    run.progress.begin('remove', null);
    const tag = certificateTag(slot);
    const object = { tag, step: `certificate:${slot}`, subject: slot, content: new Uint8Array() };
    if (!(await writeOptional(run, object, false))) run.unwritableObjects.add(hexTag(tag));
  }
}

function toExpected({ tag, content }: ImageObject): ExpectedObject {
  return { tag: tagNumber(tag), step: `object:${tag}`, subject: tag, content };
}
