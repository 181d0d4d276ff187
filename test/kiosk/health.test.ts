import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Condition, HealthMonitor } from '../../src/kiosk/health.ts';
import { Outbox } from '../../src/kiosk/outbox.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import { kioskEvent } from '../../src/protocol/event.ts';
import { TestSigner } from '../support/event-signer.ts';

const WELL: Condition = {
  isCardServiceUp: true,
  readers: [{ reader: 0, name: 'Reader 00 00' }],
  copyAgeSeconds: 1,
  clockOffsetMs: 20,
  refusal: null,
  isSendingStuck: false,
};

let folder: string;
let own: OwnDatabase;
let outbox: Outbox;
let condition: Condition;
let second: () => void;
let elapsedMs: number;
let monitor: HealthMonitor;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-health-'));
  const signer = new TestSigner();
  const ports = { now: () => new Date(), signer: () => signer };
  own = openOwnDatabase(join(folder, 'own.sqlite'), () => {}, ports);
  outbox = new Outbox(own, ports);
  condition = WELL;
  elapsedMs = 0;
  const clock = {
    now: () => new Date(),
    monotonicMs: () => elapsedMs,
    everySecond(listener: () => void) {
      second = listener;
      return () => {};
    },
  };
  monitor = new HealthMonitor({
    ...{ outbox, clock, log: pino({ level: 'silent' }), version: '1.2.3', stateFolder: folder },
    condition: () => condition,
    onRecorded: () => {},
  });
  monitor.start();
});
afterEach(() => {
  monitor.close();
  own.close();
  rmSync(folder, { recursive: true });
});

function wait(seconds: number): void {
  for (let i = 0; i < seconds; i += 1) {
    elapsedMs += 1000;
    second();
  }
}

/** What was told of the kiosk's health so far. */
function told() {
  const events = outbox.waiting(100)?.events ?? [];
  const read = events.map(({ body }) => kioskEvent.parse(JSON.parse(body)));
  return read.filter(({ type }) => type === 'health').map(({ detail }) => detail);
}

test('a kiosk tells how it is when it starts, and every five minutes', () => {
  wait(1);
  expect(told()).toMatchObject([
    {
      ...{ version: '1.2.3', isCardServiceUp: true, reader0: 'Reader 00 00', copyAgeSeconds: 1 },
      ...{ clockOffsetSeconds: 0, unsentEvents: 0, refusal: null },
    },
  ]);
  expect(told()[0]?.diskFreeMiB).toBeGreaterThan(0);
  wait(15 * 60);
  expect(told()).toHaveLength(4);
});

test.each<[string, Partial<Condition>]>([
  ['a reader is gone', { readers: [] }],
  ['the card service is gone', { isCardServiceUp: false }],
  ['its copy is old', { copyAgeSeconds: 301 }],
  ['its clock is wrong', { clockOffsetMs: -61_000 }],
  ['central takes no events', { refusal: 'SE-05-chain-broken' }],
])('it tells at once that %s, and when that is over', (_what, change) => {
  wait(20);
  condition = { ...WELL, ...change };
  wait(1);
  expect(told()).toHaveLength(2);
  condition = WELL;
  wait(20);
  expect(told()).toHaveLength(3);
});

test('a reader that comes and goes each second is told six times a minute at most', () => {
  for (let i = 0; i < 60; i += 1) {
    condition = { ...WELL, readers: i % 2 === 0 ? [] : WELL.readers };
    wait(1);
  }
  expect(told().length).toBeLessThanOrEqual(6);
});

test('while nothing can be sent, only what changes is kept', () => {
  wait(1);
  condition = { ...WELL, isSendingStuck: true };
  wait(60 * 60);
  expect(told()).toHaveLength(1);
  condition = { ...condition, copyAgeSeconds: 4000 };
  wait(60 * 60);
  expect(told()).toHaveLength(2);
  condition = WELL;
  wait(1);
  expect(told()).toHaveLength(3);
});
