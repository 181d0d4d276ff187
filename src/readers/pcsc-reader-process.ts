/** Entry of the process of one reader, named by its argument. The kiosk may kill it at any moment. */
import { setTimeout as wait } from 'node:timers/promises';
import pcsclite from 'pcsclite';
import { ALIVE } from './kept-child.ts';
import { type BindingReader, endProcess, liveWithParent } from './pcsc-binding.ts';
import { pcscCode } from './pcsc-error.ts';
import type { ReaderReport, ReaderRequest } from './pcsc-messages.ts';

const readerName = process.argv[2] ?? '';
const SHARING_VIOLATION = 0x8010000b;
const SHARING_TRIES = 8;
const SHARING_PAUSE_MS = 250;
/** An extended answer and its status word. */
const MAX_ANSWER_BYTES = 65_538;
const NOTHING = new Uint8Array(0);

let reader: BindingReader | null = null;
let protocol = 0;
let queue: Promise<unknown> = Promise.resolve();

function report(message: ReaderReport): void {
  process.send?.(message);
}

function start(): void {
  const service = pcsclite();
  service.on('error', endProcess);
  service.on('reader', (found) => {
    const other = found as unknown as BindingReader;
    if (other.name === readerName) watch(other);
    else other.on('error', () => undefined);
  });
}

function watch(mine: BindingReader): void {
  reader = mine;
  mine.on('error', endProcess);
  mine.on('end', endProcess);
  mine.on('status', ({ state, atr }: { state: number; atr?: Buffer }) => {
    const isPresent = (state & mine.SCARD_STATE_PRESENT) !== 0;
    const isMute = (state & mine.SCARD_STATE_MUTE) !== 0;
    const counter = state >>> 16;
    report({ type: 'card', card: { isPresent, counter, atr: isMute || !atr ? NOTHING : atr } });
  });
}

/** EXCLUSIVE, so that no other program can reset the card or use its verified PIN. Whoever has it is given two seconds. */
async function open(mine: BindingReader): Promise<Uint8Array> {
  // "connected" stays true after a removal, and connecting then does nothing.
  await close(mine);
  for (let tries = 1; ; tries += 1) {
    try {
      protocol = await new Promise<number>((resolve, reject) => {
        mine.connect({ share_mode: mine.SCARD_SHARE_EXCLUSIVE }, (error, agreed) =>
          error ? reject(error) : resolve(agreed),
        );
      });
      return NOTHING;
    } catch (error) {
      const isHeld = pcscCode((error as Error).message) === SHARING_VIOLATION;
      if (!isHeld || tries === SHARING_TRIES) throw error;
      await wait(SHARING_PAUSE_MS);
    }
  }
}

function close(mine: BindingReader): Promise<Uint8Array> {
  return new Promise((resolve) => {
    if (!mine.connected) return resolve(NOTHING);
    // RESET, never LEAVE. Where even that fails the binding is of no more use.
    mine.disconnect(mine.SCARD_RESET_CARD, (error) => (error ? endProcess() : resolve(NOTHING)));
  });
}

function transmit(mine: BindingReader, bytes: Uint8Array): Promise<Uint8Array> {
  const command = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Promise((resolve, reject) => {
    mine.transmit(command, MAX_ANSWER_BYTES, protocol, (error, answer) => {
      command.fill(0);
      if (error) reject(error);
      // A pull in the middle of a command can come back as success without bytes.
      else if (answer.length < 2) reject(new Error('SCardTransmit: the answer is empty (0x80100069)'));
      else resolve(answer);
    });
  });
}

function carryOut(request: ReaderRequest): Promise<Uint8Array> {
  if (!reader) return Promise.reject(new Error('the reader is not there (0x80100009)'));
  if (request.run === 'transmit') return transmit(reader, request.bytes);
  return request.run === 'open' ? open(reader) : close(reader);
}

async function handle(request: ReaderRequest): Promise<void> {
  const { id } = request;
  try {
    const bytes = await carryOut(request);
    report({ type: 'answer', id, bytes });
    bytes.fill(0);
  } catch (error) {
    report({ type: 'failure', id, text: (error as Error).message });
  }
}

liveWithParent();
process.on('message', (request: ReaderRequest | typeof ALIVE) => {
  if (request !== ALIVE) queue = queue.then(() => handle(request));
});
start();
