import { afterEach, describe, expect, test, vi } from 'vitest';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { type KioskBench, startBench } from './support/kiosk-bench.ts';
import { aCopy } from './support/small-world.ts';

let bench: KioskBench;
afterEach(() => bench.close());

/** Each refused card is an event. */
async function refuseCards(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    bench.readers.insert(0, VirtualCard.create(null, { name: 'none', hasPiv: false }));
    await bench.at('refused');
    bench.readers.pull(0);
    await bench.at('insertCard');
  }
}

describe('what happened at a kiosk', () => {
  test.each(['down', 'lost', 'failing', 'garbage'] as const)(
    'reaches central once and in order although its answers are %s for a while',
    async (weather) => {
      bench = await startBench({ copy: aCopy() });
      await vi.waitFor(() => expect(bench.central.events).toHaveLength(1));
      bench.central.weather = weather;
      await refuseCards(3);
      await vi.waitFor(() =>
        expect(bench.central.asked.filter((route) => route === 'POST /events').length).toBeGreaterThan(
          weather === 'down' ? 0 : 1,
        ),
      );
      bench.central.weather = 'up';
      await vi.waitFor(() => expect(bench.central.events).toHaveLength(4), { timeout: 20_000 });
      expect(bench.central.events.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
    },
  );
});
