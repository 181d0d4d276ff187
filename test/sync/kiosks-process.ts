import { setTimeout as delay } from 'node:timers/promises';
import { seeded } from '../tear/seeded.ts';
import type { FromKiosks, KiosksOrder, ToKiosks } from './kiosk-messages.ts';
import { SyncKiosk } from './sync-kiosk.ts';

/** Some kiosks that record, send and follow until they are killed. Their order comes as argument. */
const { places, seed, eventGapMs }: KiosksOrder = JSON.parse(process.argv[2]!);
const chance = seeded(seed);
const kiosks = places.map((place) => new SyncKiosk(place));
const hush = new AbortController();
const tell = (message: FromKiosks) => void process.send?.(message);

const actions = {
  hush: () => hush.abort(),
  report: () => tell({ type: 'report', conditions: kiosks.map((kiosk) => kiosk.condition()) }),
  async stop() {
    await Promise.all(kiosks.map((kiosk) => kiosk.close()));
    process.disconnect();
  },
} satisfies Record<ToKiosks, () => unknown>;
process.on('message', (message: ToKiosks) => void actions[message]());
process.once('disconnect', () => process.exit(0));
tell({ type: 'ready' });
await Promise.all(kiosks.map(live));

async function live(kiosk: SyncKiosk): Promise<void> {
  if (chance.next() < 0.2) void kiosk.renew();
  while (!hush.signal.aborted) {
    tell({ type: 'recorded', name: kiosk.name, i: kiosk.record() });
    if (chance.next() < 0.05) await kiosk.refresh();
    await delay(chance.between(0, eventGapMs), null, { signal: hush.signal }).catch(() => null);
  }
}
