/** The thread of the search: it reads the copy, so that whoever asks is never held up. Started by search.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { isPassing } from '../replica-trouble.ts';
import { findHits, OvertakenError } from './find-hits.ts';
import { openSearched, type SearchedCopy } from './open-searched.ts';
import type { FromSearchThread, SearchThreadData, ToSearchThread } from './search-messages.ts';

const port = parentPort;
if (port === null) throw new Error('start thread of the search: this is no thread');
const { replicaPath, source, newest } = workerData as SearchThreadData;
const newestQuestion = new Int32Array(newest);

let copy: SearchedCopy | null = null;

function answer({ id, text }: { readonly id: number; readonly text: string }): FromSearchThread {
  const pause = () => {
    if (Atomics.load(newestQuestion, 0) !== id) throw new OvertakenError();
  };
  try {
    pause();
    copy ??= openSearched(replicaPath, source);
    const { queries, atOnce } = copy ?? {};
    const found = queries && atOnce ? atOnce(() => findHits(queries, text, pause)) : null;
    return { type: 'found', id, found };
  } catch (error) {
    if (error instanceof OvertakenError) return { type: 'overtaken', id };
    release();
    const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
    return { type: 'failed', id, name, message, isDamage: !isPassing(error) };
  }
}

function release(): void {
  copy?.close();
  copy = null;
}

port.on('message', (message: ToSearchThread) => {
  if (message.type === 'find') return port.postMessage(answer(message));
  release();
  port.postMessage({ type: 'released', id: message.id } satisfies FromSearchThread);
});
