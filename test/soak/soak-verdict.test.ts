import { expect, test } from 'vitest';
import { judgeSoak } from './soak-verdict.ts';

const report = { seed: 1, actions: 9, screens: 9, afterWarmUp: 1000, atTheEnd: 1000, faults: [] };

test('ten minutes in which memory grows by more than a tenth are not well', () => {
  expect(judgeSoak({ ...report, atTheEnd: 1120 }, 600)).toEqual({
    growth: 0.12,
    faults: ['memory grew by 12.0 %, more than 10 %'],
  });
  expect(judgeSoak({ ...report, atTheEnd: 1120, faults: ['stuck'] }, 1800).faults).toHaveLength(2);
});

test('less growth, or a shorter run, is well, and faults stay faults', () => {
  expect(judgeSoak({ ...report, atTheEnd: 1100 }, 600)).toEqual({ growth: 0.1, faults: [] });
  expect(judgeSoak({ ...report, atTheEnd: 1500 }, 599)).toEqual({ growth: 0.5, faults: [] });
  expect(judgeSoak({ ...report, atTheEnd: 900, faults: ['stuck'] }, 60).faults).toEqual(['stuck']);
});
