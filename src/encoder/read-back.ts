import { createHash } from 'node:crypto';
import { hexTag } from '../piv/reference.ts';
import type { CompleteRequest } from '../protocol/operation.ts';
import { ReadBackError } from './errors.ts';
import { isOnCard } from './object-writer.ts';
import type { ExpectedObject, Run } from './run.ts';

/**
 * Reads every object and certificate of the image and compares it byte by byte. What differs (a torn write that was
 * answered with 9000) is written once more.
 * @returns what central is told; objects that are gone are not in it
 * @throws ReadBackError when it differs again; CardFullError
 */
export async function readBack(run: Run): Promise<CompleteRequest['readBack']> {
  for (const object of run.expected) {
    if (run.readBackTags.has(object.tag)) {
      run.progress.skip('verify', object.subject);
    } else {
      run.progress.begin('verify', object.subject);
      await demandOnCard(run, object);
    }
  }
  return run.expected
    .filter(({ content }) => content.length > 0)
    .map(({ tag, content, isCompressed }) => ({
      ...{ tag: hexTag(tag), sha256: sha256(content) },
      ...(isCompressed ? { compressed: Uint8Array.from(content) } : {}),
    }));
}

/** Reads one object back; what differs is written once more. @throws ReadBackError, CardFullError */
export async function demandOnCard(run: Run, object: ExpectedObject): Promise<void> {
  if (!(await isOnCard(run, object))) {
    await run.write(object.step, () => run.putObject(object.tag, object.content));
    if (!(await isOnCard(run, object))) throw differs(object);
  }
  run.readBackTags.add(object.tag);
}

function sha256(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(content).digest());
}

function differs({ tag }: ExpectedObject): ReadBackError {
  const name = hexTag(tag);
  return new ReadBackError(`read back object ${name}: it is not what was written, twice`, name);
}
