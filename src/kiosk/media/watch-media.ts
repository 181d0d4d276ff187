import type { Pause } from '../backoff.ts';
import type { Log } from '../log.ts';
import { listMedia, type MediaPlace } from './list-media.ts';
import type { Medium } from './medium.ts';

/** What is plugged in or pulled is seen within a second (UX-06). */
const LOOK_MS = 400;

export interface MediaWatch {
  readonly place: MediaPlace;
  readonly pause: Pick<Pause, 'sleep'>;
  readonly log: Log;
  /** At once, and whenever something is different. */
  onChange(media: readonly Medium[]): void;
}

/** Looks again and again what is plugged in, until `signal` aborts. Only to be run while somebody looks at it. */
export async function watchMedia(watch: MediaWatch, signal: AbortSignal): Promise<void> {
  let last: string | null = null;
  while (!signal.aborted) {
    const media = await listMedia(watch.place).catch((error: unknown) => {
      watch.log.error({ err: error }, 'removable media cannot be listed');
      return [];
    });
    const seen = fingerprint(media);
    if (signal.aborted) return;
    if (seen !== last) watch.onChange(media);
    last = seen;
    await watch.pause.sleep(LOOK_MS, signal);
  }
}

function fingerprint(media: readonly Medium[]): string {
  return JSON.stringify(media, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}
