import { expect, test } from 'vitest';
import { runSoak } from './run-soak.ts';

test('whatever somebody presses, puts in and pulls, the kiosk comes back to its first screen', {
  timeout: 300_000,
}, async () => {
  const report = await runSoak({ seed: 20261123, seconds: 20, say: () => undefined });
  expect(report.faults).toEqual([]);
  expect(report.screens).toBeGreaterThan(8);
});
