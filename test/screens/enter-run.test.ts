import { describe, expect, it } from 'vitest';
import { type EnterRun, enterAfter } from '../../screens/enter-run.ts';

const WARNING = 'RP-13-warning';

/** What each Enter means. @param enters the milliseconds since the one before, and what is asked */
function meanings(...enters: readonly (readonly [number, string | null])[]): readonly string[] {
  let run: EnterRun | null = null;
  let atMs = 0;
  return enters.map(([sinceMs, question]) => {
    atMs += sinceMs;
    const [after, meaning] = enterAfter(run, question, atMs);
    run = after;
    return meaning;
  });
}

describe('Enter where something must have been read', () => {
  it('counts at once for whoever has read', () => {
    expect(meanings([0, WARNING])).toEqual(['now']);
    expect(meanings([0, null], [800, 'RP-13-plan'], [2000, WARNING])).toEqual(['now', 'now', 'now']);
  });

  it('counts a moment later for whoever knows the screen, also where it bounces', () => {
    expect(meanings([0, null], [300, WARNING])).toEqual(['now', 'soon']);
    expect(meanings([0, null], [300, WARNING], [40, WARNING])).toEqual(['now', 'soon', 'soon']);
    expect(meanings([0, null], [20, 'RP-13-plan'], [20, WARNING])).toEqual(['now', 'soon', 'soon']);
  });

  it('never counts where it is held down, on fast and slow keyboards', () => {
    for (const [first, next] of [
      [250, 33],
      [660, 40],
      [500, 92],
    ] as const) {
      const held = Array.from({ length: 4 }, () => [next, WARNING] as const);
      expect(meanings([0, null], [first, WARNING], ...held).slice(2)).toEqual([
        'soon',
        'never',
        'never',
        'never',
      ]);
    }
  });

  it('counts again after it was let go of', () => {
    const held = Array.from({ length: 3 }, () => [33, WARNING] as const);
    expect(meanings([0, null], ...held, [400, WARNING]).slice(3)).toEqual(['never', 'soon']);
  });

  it('does elsewhere what it does, as often as it comes', () => {
    expect(meanings([0, null], [33, null], [33, null])).toEqual(['now', 'now', 'now']);
  });
});
