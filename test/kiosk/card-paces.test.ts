import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CardPaces } from '../../src/kiosk/card-paces.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import { Stopwatch } from '../../src/kiosk/stopwatch.ts';
import { TestSigner } from '../support/event-signer.ts';

const ATR = Uint8Array.of(0x3b, 0x80, 0x01);
const OTHER_ATR = Uint8Array.of(0x3b, 0x81, 0x01);

let folder: string;
let own: OwnDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-paces-'));
  own = open();
});
afterEach(() => {
  own.close();
  rmSync(folder, { recursive: true });
});

function open(): OwnDatabase {
  const refuse = (error: Error) => {
    throw error;
  };
  const signer = new TestSigner();
  return openOwnDatabase(join(folder, 'own.sqlite'), refuse, { now: () => new Date(), signer: () => signer });
}

const noLog = { info() {}, warn() {}, error() {} };
const paces = (atr = ATR) => new CardPaces(own, atr, noLog);

test('what one card took is known of the next of its family, after a restart as well, and of no other family', () => {
  expect(paces().paceOf('object:')).toBeNull();
  paces().learn(new Map([['object:', 2]]));
  own.close();
  own = open();
  expect(paces().paceOf('object:')).toBe(2);
  expect(paces().paceOf('key:RSA-2048')).toBeNull();
  expect(paces(OTHER_ATR).paceOf('object:')).toBeNull();
});

test('the mean is that of all cards at first, and follows the newest later', () => {
  for (const pace of [1, 2, 3]) paces().learn(new Map([['object:', pace]]));
  expect(paces().paceOf('object:')).toBeCloseTo(2);
  for (let n = 0; n < 100; n += 1) paces().learn(new Map([['object:', 10]]));
  expect(paces().paceOf('object:')).toBeCloseTo(10, 3);
});

test('what is no pace is not remembered', () => {
  paces().learn(new Map(Object.entries({ a: Number.NaN, b: Number.POSITIVE_INFINITY, c: 0, d: -1, e: 1 })));
  expect(['a', 'b', 'c', 'd', 'e'].map((kind) => paces().paceOf(kind))).toEqual([null, null, null, null, 1]);
});

test('a stopwatch stands still while something is waited for', () => {
  let now = 100;
  const watch = new Stopwatch(() => now);
  const begun = watch.elapsedMs();
  for (const [isHeld, ms] of [
    [true, 50],
    [true, 7],
    [false, 3],
    [false, 4],
    [true, 1000],
  ] as const) {
    watch.hold(isHeld);
    now += ms;
  }
  expect(watch.elapsedMs() - begun).toBe(7);
});
