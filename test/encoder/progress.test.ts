import { expect, test } from 'vitest';
import type { Progress } from '../../src/encoder/ports.ts';
import { expectedSteps, ProgressMeter } from '../../src/encoder/progress.ts';
import { aCentral, anImage } from './support/card-run.ts';

test('a card that takes twice as long for its first key is expected to for the others', async () => {
  const { plan } = await aCentral(anImage('RSA-2048')).begin(false);
  let now = 0;
  const seen: Progress[] = [];
  const meter = new ProgressMeter(
    expectedSteps(plan, false),
    (progress) => seen.push(progress),
    () => now,
  );
  meter.begin('key', '9A');
  const before = seen.at(-1)!.remainingMs;
  now = 8000;
  meter.begin('key', '9C');
  expect(seen.at(-1)!.remainingMs).toBeGreaterThan(before);
  expect(seen.at(-1)!.remainingMs).toBeGreaterThanOrEqual(3 * 8000);
  expect(seen.at(-1)).toMatchObject({ phase: 'key', subject: '9C', algorithm: 'RSA-2048', done: 1 });
});

test('a step whose result is there already counts as done and says nothing of the pace', async () => {
  const { plan } = await aCentral(anImage('RSA-2048')).begin(true);
  const seen: Progress[] = [];
  const meter = new ProgressMeter(
    expectedSteps(plan, false),
    (progress) => seen.push(progress),
    () => 0,
  );
  meter.begin('key', '9A');
  meter.skip('key', '9C');
  meter.begin('key', '9D');
  expect(seen.map(({ done }) => done)).toEqual([0, 2]);
});
