import { certificateTag, hexTag, OBJECT_TAGS, tagNumber } from '../piv/reference.ts';
import type { ImageObject } from '../protocol/operation.ts';
import { writeExpected, writeOptional } from './object-writer.ts';
import type { ExpectedObject, Run } from './run.ts';

/** Without these a card is not what its image says; what else it refuses is reported and goes on. */
const REQUIRED: ReadonlySet<number> = new Set([
  OBJECT_TAGS.CHUID,
  OBJECT_TAGS.CCC,
  OBJECT_TAGS.SECURITY_OBJECT,
]);

/**
 * Writes the data objects in the plan's order. Discovery is read first, since many cards have it fixed: it is written
 * only if it differs.
 * @throws CardFullError, CommandRefusedError for a required object
 */
export async function writeObjects(run: Run): Promise<void> {
  for (const image of run.plan.objects) {
    run.progress.begin('object', image.tag);
    const object = toExpected(image);
    if (REQUIRED.has(object.tag)) {
      await writeExpected(run, object);
    } else if (!(await writeOptional(run, object, object.tag === OBJECT_TAGS.DISCOVERY))) {
      run.unwritableObjects.add(image.tag);
    }
  }
}

/** Empties the certificate objects of slots that the image does not have. @throws CardFullError */
export async function emptyCertificates(run: Run): Promise<void> {
  for (const slot of run.plan.emptiedCertificates) {
    run.progress.begin('object', slot);
    const tag = certificateTag(slot);
    const object = { tag, step: `certificate:${slot}`, subject: slot, content: new Uint8Array() };
    if (!(await writeOptional(run, object, false))) run.unwritableObjects.add(hexTag(tag));
  }
}

function toExpected({ tag, content }: ImageObject): ExpectedObject {
  return { tag: tagNumber(tag), step: `object:${tag}`, subject: tag, content };
}
