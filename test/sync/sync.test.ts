import { expect, test } from 'vitest';
import { runSync } from './run-sync.ts';

const SEED = Number(process.env.SYNC_SEED ?? Math.floor(Math.random() * 2 ** 31));
const LIMIT_MS = 1_200_000;

test('six kiosks have what central has, and central each of their events once, whatever two centrals, their database, the network and the kiosks go through while four writers write', {
  timeout: LIMIT_MS,
}, async () => {
  const said: string[] = [];
  const report = await runSync({ isLarge: false, minutes: 0, seed: SEED, say: (line) => said.push(line) });
  expect(said.filter((line) => line.startsWith('NOT '))).toEqual([]);
  expect(report).toMatchObject({ kiosks: 6, lost: 0, doubled: 0, differing_copies: 0 });
  expect(report.events).toBeGreaterThan(200);
});
