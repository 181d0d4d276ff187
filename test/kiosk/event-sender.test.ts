import { afterEach, describe, expect, test, vi } from 'vitest';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { SOON } from '../support/soon.ts';
import { type KioskBench, startBench } from './support/kiosk-bench.ts';
import { aCopy } from './support/small-world.ts';

let bench: KioskBench;
afterEach(() => bench.close());

const types = () => bench.central.events.map(({ type }) => type);

/** Each refused card is an event. */
async function refuseCards(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    bench.readers.insert(0, VirtualCard.create(null, { name: 'none', hasPiv: false }));
    await bench.at('refused');
    await bench.takeOutRefused(0);
    await bench.at('insertCard');
  }
}

describe('what happened at a kiosk', () => {
  test.each(['down', 'lost', 'failing', 'garbage'] as const)(
    'reaches central once and in order although its answers are %s for a while',
    async (weather) => {
      bench = await startBench({ copy: aCopy() });
      const first = ['chain.began', 'started', 'health'];
      await vi.waitFor(() => expect(types()).toEqual(first), SOON);
      bench.central.weather = weather;
      await refuseCards(3);
      await vi.waitFor(
        () =>
          expect(bench.central.asked.filter((route) => route === 'POST /events').length).toBeGreaterThan(
            weather === 'down' ? 0 : 1,
          ),
        SOON,
      );
      bench.central.weather = 'up';
      const refusals = () => types().filter((type) => type === 'card.refused');
      await vi.waitFor(() => expect(refusals()).toHaveLength(3), { timeout: 20_000 });
      expect(bench.central.events.map(({ n }) => n)).toEqual(bench.central.events.map((_, i) => i + 1));
    },
  );
});
