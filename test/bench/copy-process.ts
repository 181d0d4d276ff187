import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { realPause } from '../../src/kiosk/backoff.ts';
import { CopyFollower } from '../../src/kiosk/copy-follower.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { openLog } from '../../src/kiosk/log.ts';
import { Replica } from '../../src/kiosk/replica.ts';
import type { CopyOrder, CopyResult } from './copy-program.ts';
import { serialOf } from './fill-cards.ts';

/** A kiosk's copy at work, in a process of its own: follows until it is where its order says, and looks cards up meanwhile. */
const LOOK_UP_EVERY_MS = 4;

const { place, url, target, cards }: CopyOrder = JSON.parse(process.argv[2]!);
process.once('disconnect', () => process.exit(0));
const { log, close: closeLog } = openLog(join(place, 'kiosk.log'));
const replica = new Replica(join(place, 'replica.sqlite'), url);
const follower = new CopyFollower({
  ...{ central: { url, identityFile: identityPath(place) }, replica, log },
  ...{ pause: realPause, now: () => new Date(), onChange: () => undefined },
});
const lookUpMs: number[] = [];
let found = 0;

const startedAt = performance.now();
follower.start();
while (!isThere()) {
  await delay(LOOK_UP_EVERY_MS);
  lookUp();
}
const tookMs = performance.now() - startedAt;
const result: CopyResult = { tookMs, peakBytes: peakBytes(), lookUpMs, found };
process.send!(result);
await follower.close();
replica.close();
closeLog();
process.disconnect();

function isThere(): boolean {
  const state = replica.state();
  return state !== null && state.epoch === target.epoch && state.revision >= target.revision;
}

/** As when a card is put in. */
function lookUp(): void {
  const begun = performance.now();
  const known = replica.findCardBySerial(serialOf(1 + Math.floor(Math.random() * cards)));
  lookUpMs.push(performance.now() - begun);
  if (known) found += 1;
}

/** The most that this process ever had resident. @see proc(5), VmHWM */
function peakBytes(): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;
}
