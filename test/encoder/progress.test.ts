import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaceMemory, Progress } from '../../src/encoder/ports.ts';
import { expectedSteps, ProgressMeter } from '../../src/encoder/progress.ts';
import { aCard, aCentral, anImage, run } from './support/card-run.ts';

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

test('what is left never grows by more than the time that has passed, whatever steps take', async () => {
  const { plan } = await aCentral(anImage('RSA-2048')).begin(false);
  const steps = expectedSteps(plan, false);
  const step = fc.record({
    ...{ at: fc.nat(steps.length), isSkipped: fc.boolean() },
    takes: fc.oneof(fc.nat(100), fc.nat(1_000_000)),
  });
  const known = fc.option(fc.double({ min: 0.001, max: 100, noNaN: true }));
  fc.assert(
    fc.property(fc.array(step), known, (happened, pace) => {
      let now = 0;
      const seen: { readonly at: number; readonly remainingMs: number }[] = [];
      const told = ({ remainingMs }: Progress) => seen.push({ at: now, remainingMs });
      const meter = new ProgressMeter(
        steps,
        told,
        () => now,
        () => pace,
      );
      for (const { at, isSkipped, takes } of happened) {
        const { phase, subject } = steps[at] ?? { phase: 'inspect', subject: '9E' };
        if (isSkipped) meter.skip(phase, subject);
        else meter.begin(phase, subject);
        now += takes;
      }
      for (const [i, { at, remainingMs }] of seen.entries()) {
        const before = seen[i - 1] ?? { at, remainingMs };
        expect(remainingMs).toBeGreaterThanOrEqual(0);
        expect(remainingMs).toBeLessThanOrEqual(before.remainingMs + (at - before.at) + 1);
      }
    }),
  );
});

describe('On the second card of a family', () => {
  const INS_GENERATE = 0x47;

  /** Remembers of one card. */
  function aMemory(): PaceMemory {
    const known = new Map<string, number>();
    return {
      paceOf: (kind) => known.get(kind) ?? null,
      learn: (paces) => {
        for (const [kind, pace] of paces) known.set(kind, pace);
      },
    };
  }

  test.each([
    ['P-256', 'full', 5, 100],
    ['P-256', 'standard', 200, 100],
    ['RSA-2048', 'full', 15, 900],
    ['RSA-2048', 'full', 60, 9_000],
    ['RSA-2048', 'standard', 40, 20_000],
  ] as const)(
    'the first word on how long it takes is right, with %s keys on a %s card of %d ms a command, %d ms a key',
    async (algorithm, make, commandMs, keyMs) => {
      const paces = aMemory();
      let now = 0;
      const write = async () => {
        const image = anImage(algorithm);
        const begun = now;
        let first = Number.NaN;
        const { error } = await run(aCard(make), aCentral(image), {
          ...{ paces, now: () => now },
          onCommand: ({ ins }) => {
            now += ins === INS_GENERATE ? keyMs : commandMs;
          },
          onProgress: ({ remainingMs }) => {
            if (Number.isNaN(first)) first = remainingMs;
          },
        });
        expect(error).toBeNull();
        return first / (now - begun);
      };
      await write();
      const share = await write();
      expect(share).toBeGreaterThan(0.75);
      expect(share).toBeLessThan(1.25);
    },
  );
});
