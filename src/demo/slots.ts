import { MemoryReaders } from '../readers/memory-readers.ts';
import { createPcscReaders } from '../readers/pcsc-readers.ts';
import type { Readers } from '../readers/readers.ts';
import { VPCD_PORTS, VpcdReader } from '../virtual-card/vpcd.ts';
import type { CardSlots } from './card-rack.ts';
import { ControlRefusedError } from './control.ts';
import { joinPcscd } from './pcscd.ts';

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
    holds: (reader) => readers.holds(reader),
    close: () => readers.close(),
  };
}

/** vpcd's two readers through real PC/SC: other programs see the card too. @throws PcscdError */
export async function pcscSlots(isQuick: boolean): Promise<ReadersWithSlots> {
  const pcscd = await joinPcscd(true);
  const places = VPCD_PORTS.map((port) => new VpcdReader({ port, isQuick }));
  const readers = createPcscReaders();
  return {
    readers,
    insert: (reader, card) => places[reader]!.insert(card),
    pull: (reader) => places[reader]!.pull(),
    holds: (reader) => places[reader]!.holdsCard,
    async close() {
      for (const place of places) place.pull();
      await readers.close();
      await pcscd.close();
    },
  };
}

/** The readers of this machine, for a card that somebody holds in their hand. @throws PcscdError */
export async function realSlots(): Promise<ReadersWithSlots> {
  const pcscd = await joinPcscd(false);
  const readers = createPcscReaders();
  const refuse = () => {
    throw new ControlRefusedError('the demo works with a real card: put it in or pull it by hand');
  };
  return {
    readers,
    insert: refuse,
    pull: refuse,
    holds: () => false,
    async close() {
      await readers.close();
      await pcscd.close();
    },
  };
}
