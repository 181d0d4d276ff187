import { certificateTag, hexTag, OBJECT_TAGS, tagNumber } from '../piv/reference.ts';
import { CardFullError } from '../piv/status-word.ts';
import { presenceOf } from './absent.ts';
import type { ExpectedObject, Run } from './run.ts';

/** What a card can do without when it has no room, as long as the person is told: never what opens or identifies. */
const CAN_BE_GIVEN_UP: ReadonlySet<number> = new Set([
  OBJECT_TAGS.FACIAL_IMAGE,
  OBJECT_TAGS.FINGERPRINTS,
  OBJECT_TAGS.IRIS,
  OBJECT_TAGS.PRINTED_INFORMATION,
]);

type Place = Pick<ExpectedObject, 'tag' | 'step'>;

/**
 * Empties one more object on a card that is full: first what the image does not have, then what can be given up, the
 * largest first. What had been written in this run already is reported as left out.
 * @returns false when there is nothing more to empty
 */
export async function makeRoom(run: Run): Promise<boolean> {
  const place = await nextPlace(run);
  if (!place) return false;
  if (run.expected.some(({ tag, content }) => tag === place.tag && content.length > 0)) {
    run.unwritableObjects.add(hexTag(place.tag));
  }
  await emptyObject(run, place);
  return true;
}

/** What is not there makes no room. */
async function nextPlace(run: Run): Promise<Place | null> {
  for (const place of [...toBeGone(run), ...toGiveUp(run)]) {
    if (run.emptied.has(place.tag)) continue;
    if ((await presenceOf(run, place.tag)) !== 'absent') return place;
    run.emptied.add(place.tag);
  }
  return null;
}

/** @returns whether the card took it */
export async function emptyObject(run: Run, { tag, step }: Place): Promise<boolean> {
  run.hasReplaced = true;
  const refusal = await run.tryWrite(step, () => run.putObject(tag, new Uint8Array()));
  const before = run.expected.find((object) => object.tag === tag);
  if (before && refusal === null) run.expect({ ...before, content: new Uint8Array() });
  run.emptied.add(tag);
  return refusal === null;
}

/** Carries out a command for which the card may have no room as long as there is something to empty. @throws CardFullError */
export async function inRoom<T>(run: Run, command: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await command();
    } catch (error) {
      if (!(error instanceof CardFullError) || !(await makeRoom(run))) throw error;
    }
  }
}

function toBeGone({ plan }: Run): Place[] {
  const certificates = plan.emptiedCertificates.map((slot) => ({
    ...{ tag: certificateTag(slot), step: `certificate:${slot}` },
  }));
  const objects = plan.objects.filter(({ content }) => content.length === 0);
  return [...certificates, ...objects.map(({ tag }) => placeOf(tag))];
}

/** Nothing where the person has wished for keys, and nothing else. */
function toGiveUp({ plan }: Run): Place[] {
  if (!plan.changesPin) return [];
  return plan.objects
    .filter(({ tag, content }) => content.length > 0 && CAN_BE_GIVEN_UP.has(tagNumber(tag)))
    .sort((a, b) => b.content.length - a.content.length)
    .map(({ tag }) => placeOf(tag));
}

function placeOf(tag: string): Place {
  return { tag: tagNumber(tag), step: `object:${tag}` };
}
