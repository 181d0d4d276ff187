import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { PivSession } from '../../src/piv/session.ts';
import { createPcscReaders } from '../../src/readers/pcsc-readers.ts';
import type { OpenCard, ReaderEvent, Readers } from '../../src/readers/readers.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { VPCD_PORTS, VpcdReader } from '../../src/virtual-card/vpcd.ts';
import { ownTime } from '../support/own-time.ts';
import { PCSCD_HOOK_LIMIT_MS, startPcscd, type TestPcscd, until } from '../support/pcscd.ts';
import { PATIENCE } from '../support/soon.ts';

vi.setConfig(PATIENCE);

const GET_VERSION = Uint8Array.of(0x00, 0xfd, 0x00, 0x00, 0x00);
const slots = VPCD_PORTS.map((port) => new VpcdReader({ port, isQuick: true }));
let pcscd: TestPcscd;
let readers: Readers;
let events: ReaderEvent[];
const withCard = new Set<number>();

beforeAll(async () => {
  pcscd = await startPcscd();
  watchAnew();
  await heard('both readers', 'readerArrived', 1);
}, PCSCD_HOOK_LIMIT_MS);
afterEach(async () => {
  for (const slot of slots) slot.pull();
  await until('empty readers', () => withCard.size === 0);
  events.length = 0;
});
afterAll(async () => {
  await readers.close();
  await pcscd.stop();
});

function watchAnew(limits: Parameters<typeof createPcscReaders>[0] = {}): void {
  readers = createPcscReaders(limits);
  events = [];
  withCard.clear();
  readers.watch((event) => {
    events.push(event);
    if (event.type === 'cardInserted') withCard.add(event.reader);
    if (event.type === 'cardRemoved') withCard.delete(event.reader);
  });
}

function heard(what: string, type: ReaderEvent['type'], reader: number): Promise<ReaderEvent> {
  return until(what, () =>
    events.find((event) => event.type === type && 'reader' in event && event.reader === reader),
  );
}

function openWhenThere(reader: number): Promise<OpenCard> {
  return until('a card that can be opened', () => readers.open(reader).catch(() => null));
}

async function serialOf(connection: OpenCard): Promise<string | null> {
  return (await PivSession.select(connection)).serial();
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function aCard(serial: number): VirtualCard {
  return VirtualCard.create(null, { name: `card ${serial}`, serial });
}

it('a card is seen, read, and its removal is seen within a second', async () => {
  slots[0]!.insert(aCard(11));
  expect(await heard('the card', 'cardInserted', 0)).toMatchObject({ isContactless: false });
  const connection = await readers.open(0);
  expect(await serialOf(connection)).toBe('11');
  slots[0]!.pull();
  const elapsedMs = ownTime();
  await heard('the removal', 'cardRemoved', 0);
  expect(elapsedMs()).toBeLessThan(1_000);
  await expect(connection.transmit(GET_VERSION)).rejects.toMatchObject({ name: 'CardRemovedError' });
  await connection.close();
});

it('a contactless card is told apart', async () => {
  slots[1]!.insert(VirtualCard.create(null, { name: 'contactless', contactless: true }));
  expect(await heard('the card', 'cardInserted', 1)).toMatchObject({ isContactless: true });
});

it('a card given back is reset: the next program finds no session on it', async () => {
  slots[0]!.insert(aCard(12));
  const first = await openWhenThere(0);
  await expect(readers.open(0)).rejects.toMatchObject({ why: 'held-by-another-program' });
  await serialOf(first);
  await first.close();
  const second = await readers.open(0);
  expect(Uint8Array.from(await second.transmit(GET_VERSION))).toEqual(Uint8Array.of(0x6d, 0x00));
  await second.close();
});

it('a card swapped for another at once is reported as taken out and put in', async () => {
  slots[0]!.insert(aCard(13));
  const connection = await openWhenThere(0);
  events.length = 0;
  slots[0]!.pull();
  const quickHand = new VpcdReader({ port: VPCD_PORTS[0], isQuick: true });
  quickHand.insert(aCard(14));
  await expect(connection.transmit(GET_VERSION)).rejects.toThrow();
  await heard('the removal', 'cardRemoved', 0);
  await heard('the other card', 'cardInserted', 0);
  const other = await openWhenThere(0);
  expect(await serialOf(other)).toBe('14');
  await other.close();
  quickHand.pull();
});

it('a card that vanishes in the middle of a command ends it', async () => {
  const card = aCard(15);
  slots[0]!.insert(card);
  const connection = await openWhenThere(0);
  card.cutAt(1, 'after');
  await expect(connection.transmit(GET_VERSION)).rejects.toMatchObject({ name: 'CardRemovedError' });
  await heard('the removal', 'cardRemoved', 0);
});

it('a killed reader process ends its own command only, and comes back', async () => {
  const slow = aCard(17);
  slots[0]!.insert(aCard(16));
  slots[1]!.insert(slow);
  const [left, right] = [await openWhenThere(0), await openWhenThere(1)];
  slow.faults.delayMs = 300;
  const answer = right.transmit(GET_VERSION);
  process.kill(readers.pids()[0]!, 'SIGKILL');
  await expect(left.transmit(GET_VERSION)).rejects.toMatchObject({ name: 'CardResetError' });
  expect(await answer).toHaveLength(2);
  const again = await readers.open(0);
  expect(await serialOf(again)).toBe('16');
  await Promise.all([again.close(), right.close()]);
});

it('reader processes end with the program that started them, however it dies', async () => {
  const entry = new URL('../../src/readers/pcsc-readers.ts', import.meta.url).href;
  const program = `import { createPcscReaders } from ${JSON.stringify(entry)};
    const readers = createPcscReaders();
    readers.watch((event) => event.reader === 1 && process.send(readers.pids()));`;
  const kiosk = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [pids] = (await once(kiosk, 'message').finally(() => kiosk.kill('SIGKILL'))) as [number[]];
  expect(pids).toHaveLength(2);
  await until('the end of its reader processes', () => !pids.some(isRunning));
});

it('a killed pcscd is reported and healed when it is back', async () => {
  slots[0]!.insert(aCard(18));
  const connection = await openWhenThere(0);
  await pcscd.kill();
  await until('the service down', () => events.find((event) => event.type === 'service' && !event.isUp));
  await expect(connection.transmit(GET_VERSION)).rejects.toThrow();
  await expect(readers.open(0)).rejects.toMatchObject({ why: 'service-gone' });
  await pcscd.start();
  const again = await openWhenThere(0);
  expect(await serialOf(again)).toBe('18');
  // Of this reader: the other one may be there before its card, or after it.
  const mine = events.filter((event) => 'reader' in event && event.reader === 0);
  expect(mine.at(-1)).toMatchObject({ type: 'cardInserted' });
  await again.close();
});

it('a hung command is ended by its limit, and the reader works again', async () => {
  const card = aCard(19);
  slots[0]!.insert(card);
  const patient = readers;
  await patient.close();
  watchAnew({ transmitLimitMs: 300 });
  const connection = await openWhenThere(0);
  card.faults.delayMs = 1_000;
  await expect(connection.transmit(GET_VERSION)).rejects.toMatchObject({ why: 'unresponsive' });
  card.faults.delayMs = 0;
  // A busy machine may well take longer for a command than this limit, and ends that one too.
  await until('the reader to work again', async () => {
    const again = await openWhenThere(0);
    const serial = await serialOf(again).catch(() => null);
    await again.close();
    return serial === '19';
  });
});
