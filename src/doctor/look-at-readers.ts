import { setTimeout as wait } from 'node:timers/promises';
import { createPcscReaders } from '../readers/pcsc-readers.ts';
import type { ReaderEvent, Readers } from '../readers/readers.ts';
import type { ReaderFacts } from './machine.ts';

/** PC/SC does not say when it has named all of its readers. */
const LOOK_MS = 2_500;

/**
 * The readers and whether a card is in them, without connecting to any.
 * @returns null where the card service does not answer
 */
export async function lookAtReaders(
  readers: Pick<Readers, 'watch' | 'close'> = createPcscReaders(),
  lookMs = LOOK_MS,
): Promise<readonly ReaderFacts[] | null> {
  const seen = new Map<number, ReaderFacts>();
  let isUp = false;
  const stop = readers.watch((event) => {
    if (event.type === 'service') isUp = event.isUp;
    else note(seen, event);
  });
  try {
    await wait(lookMs);
    return isUp ? [...seen.values()] : null;
  } finally {
    stop();
    await readers.close();
  }
}

function note(
  seen: Map<number, ReaderFacts>,
  event: Exclude<ReaderEvent, { readonly type: 'service' }>,
): void {
  const { reader } = event;
  if (event.type === 'readerArrived') seen.set(reader, { name: event.name, card: 'none' });
  if (event.type === 'readerLeft') seen.delete(reader);
  const before = seen.get(reader);
  if (event.type === 'cardInserted' && before) {
    seen.set(reader, { ...before, card: event.atr.length === 0 ? 'mute' : 'answers' });
  }
  if (event.type === 'cardRemoved' && before) seen.set(reader, { ...before, card: 'none' });
}
