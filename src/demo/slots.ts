import { MemoryReaders } from '../readers/memory-readers.ts';
import type { Readers } from '../readers/readers.ts';
import type { CardSlots } from './card-rack.ts';

/** Readers, and how the demo puts cards into them. */
export interface ReadersWithSlots extends CardSlots {
  readonly readers: Readers;
  close(): Promise<void>;
}

const READER_COUNT = 2;

/** Two readers in memory: needs no hardware and no pcscd. */
export function memorySlots(): ReadersWithSlots {
  const readers = new MemoryReaders(READER_COUNT);
  return {
    readers,
    insert: (reader, card) => readers.insert(reader, card),
    pull: (reader) => readers.pull(reader),
    close: () => readers.close(),
  };
}

export async function pcscSlots(): Promise<ReadersWithSlots> {
  throw new Error('not yet');
}
