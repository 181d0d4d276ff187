import { expect, test } from 'vitest';
import { runSoak } from './run-soak.ts';

test('whatever somebody presses, puts in and pulls, the kiosk comes back to its first screen', {
  timeout: 900_000,
}, async () => {
  const report = await runSoak({ seed: 20261123, seconds: 20, leastScreens: 9, say: () => undefined });
  expect(report.faults).toEqual([]);
  expect(report.screens).toBeGreaterThanOrEqual(9);
});
