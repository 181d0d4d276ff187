import { expect, test } from 'vitest';
import { runTears } from './run-tears.ts';

const SEED = Number(process.env.TEAR_SEED ?? Math.floor(Math.random() * 2 ** 31));
const LIMIT_MS = 1_200_000;

test('no cut, at whatever instant and on whatever card, costs a card: putting it in again finishes it', {
  timeout: LIMIT_MS,
}, async () => {
  const said: string[] = [];
  const report = await runTears({ isAll: false, seed: SEED, say: (line) => said.push(line) });
  expect(said.filter((line) => line.startsWith('NOT SURVIVED'))).toEqual([]);
  expect(report.survived).toBe(report.cuts);
  expect(report.cuts).toBeGreaterThan(100);
});
