/** SE-07: central keeps so much of what one kiosk tells; the kiosk keeps the rest, and waits as it was told to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventSender, type EventSenderOptions } from '../../src/kiosk/event-sender.ts';
import { Outbox } from '../../src/kiosk/outbox.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import { kioskEvent } from '../../src/protocol/event.ts';
import { TestSigner } from '../support/event-signer.ts';
import { SOON } from '../support/soon.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const LATER = { code: 'SE-07-event-share-used', seconds: 900 };

let folder: string;
let own: OwnDatabase;
let outbox: Outbox;
let sender: EventSender;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-sender-'));
  const signer = new TestSigner();
  const ports = { now: () => NOW, signer: () => signer };
  const refuse = (error: Error) => {
    throw error;
  };
  own = openOwnDatabase(join(folder, 'own.sqlite'), refuse, ports);
  outbox = new Outbox(own, ports);
});
afterEach(async () => {
  await sender.close();
  own.close();
  rmSync(folder, { recursive: true });
});

test('a kiosk that may send no more keeps what it has, waits as long as central says, and goes on in order', async () => {
  for (let i = 0; i < 250; i += 1)
    outbox.record({ type: 'card.inserted', cardId: null, operationId: null, detail: { i } });
  const said: (string | null)[] = [];
  const waits: number[] = [];
  const taken: number[] = [];
  let isFull = false;
  const client: EventSenderOptions['client'] = {
    async events(_chain, events) {
      isFull = !isFull;
      if (!isFull) return { kind: 'unreachable', why: 'status 429', later: LATER };
      taken.push(...events.map(({ body }) => kioskEvent.parse(JSON.parse(body)).n));
      return { kind: 'ok', value: { acknowledged: taken.at(-1)!, now: NOW.toISOString() } };
    },
  };
  const pause = {
    async sleep(ms: number, signal?: AbortSignal) {
      waits.push(ms);
      said.push(sender.refusal);
      if (outbox.count() > 0) return;
      await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
    },
    random: () => 0.5,
  };
  sender = new EventSender({ client, outbox, pause, log: pino({ level: 'silent' }) });
  sender.start();
  await vi.waitFor(() => expect(outbox.count()).toBe(0), SOON);
  expect(taken).toEqual(Array.from({ length: taken.length }, (_, i) => i + 1));
  expect(taken.length).toBeGreaterThanOrEqual(250);
  expect(waits.filter((ms) => ms === 900_000)).toHaveLength(2);
  expect(said).toContain(LATER.code);
});
