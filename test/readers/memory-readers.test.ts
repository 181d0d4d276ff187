import { describe, expect, it } from 'vitest';
import { CardRemovedError, ReaderUnavailableError } from '../../src/piv/connection.ts';
import { MemoryReaders } from '../../src/readers/memory-readers.ts';
import type { ReaderEvent } from '../../src/readers/readers.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';

const GET_VERSION = Uint8Array.of(0x00, 0xfd, 0x00, 0x00, 0x00);

function setUp() {
  const readers = new MemoryReaders(2, ['Left', 'Right']);
  const events: ReaderEvent[] = [];
  const stop = readers.watch((event) => events.push(event));
  const types = () => events.map((event) => event.type);
  return { readers, events, types, stop, card: VirtualCard.create(null, { name: 'good' }) };
}

describe('readers in memory', () => {
  it('tell who begins to watch what is there already', () => {
    const { readers, card } = setUp();
    readers.insert(1, card);
    const seen: ReaderEvent[] = [];
    readers.watch((event) => seen.push(event));
    expect(seen.map(({ type }) => type)).toEqual([
      'service',
      'readerArrived',
      'readerArrived',
      'cardInserted',
    ]);
  });

  it('report a card put in and taken out, and whether it is contactless', () => {
    const { readers, events } = setUp();
    readers.insert(0, VirtualCard.create(null, { name: 'contactless', contactless: true }));
    readers.pull(0);
    expect(events.slice(3)).toMatchObject([
      { type: 'cardInserted', reader: 0, isContactless: true },
      { type: 'cardRemoved', reader: 0 },
    ]);
  });

  it('say nothing more to who stopped watching', () => {
    const { readers, events, stop, card } = setUp();
    stop();
    readers.insert(0, card);
    expect(events).toHaveLength(3);
  });

  it('refuse a second program while the first holds the card, and let it in afterwards', async () => {
    const { readers, card } = setUp();
    readers.insert(0, card);
    const first = await readers.open(0);
    const refused = await readers.open(0).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ReaderUnavailableError);
    expect(refused).toMatchObject({ why: 'held-by-another-program' });
    await first.close();
    await first.close();
    await (await readers.open(0)).close();
  });

  it('reset the card when it is given back, so that nobody finds a session on it', async () => {
    const { readers, card } = setUp();
    readers.insert(0, card);
    const first = await readers.open(0);
    await first.transmit(Uint8Array.from(Buffer.from('00a4040005a000000308', 'hex')));
    expect(await first.transmit(GET_VERSION)).toHaveLength(5);
    await first.close();
    const second = await readers.open(0);
    expect(await second.transmit(GET_VERSION)).toEqual(Uint8Array.of(0x6d, 0x00));
  });

  it('end a command that was under way when the card is pulled', async () => {
    const { readers, types, card } = setUp();
    readers.insert(0, card);
    card.faults.delayMs = 50;
    const connection = await readers.open(0);
    const answer = connection.transmit(GET_VERSION);
    readers.pull(0);
    await expect(answer).rejects.toThrow(CardRemovedError);
    await expect(connection.transmit(GET_VERSION)).rejects.toThrow(CardRemovedError);
    await expect(readers.open(0)).rejects.toThrow(CardRemovedError);
    expect(types().at(-1)).toBe('cardRemoved');
  });

  it('report the removal of a card that vanishes by its own fault, and take it back', async () => {
    const { readers, types, card } = setUp();
    readers.insert(0, card);
    card.cutAt(2, 'before');
    const connection = await readers.open(0);
    await connection.transmit(GET_VERSION);
    await expect(connection.transmit(GET_VERSION)).rejects.toThrow(CardRemovedError);
    expect(types().at(-1)).toBe('cardRemoved');
    readers.insert(0, card);
    expect(await (await readers.open(0)).transmit(GET_VERSION)).toHaveLength(2);
  });
});
