import { openFullScreen } from '../../src/kiosk/full-screen.ts';
import { aCard } from '../encoder/support/card-run.ts';
import { startBench } from '../kiosk/support/kiosk-bench.ts';

/**
 * A kiosk in a terminal whose card is put in by Ctrl+N and taken out by Ctrl+P, with its copy and a central in this process; SIGTERM ends it.
 * Its argument is how long the card takes for an APDU, in milliseconds.
 */
const bench = await startBench();
const card = aCard();
card.faults.delayMs = Number(process.argv[2]);
const keys: Readonly<Record<string, () => void>> = {
  'ctrl+n': () => bench.readers.insert(0, card),
  'ctrl+p': () => bench.readers.pull(0),
};
const screen = await openFullScreen(bench.kiosk.view(), {
  onRawKey: (name) => {
    keys[name]?.();
    return name in keys;
  },
});
screen.show(bench.kiosk);
process.once('SIGTERM', () => screen.close());
await screen.ended;
await bench.close();
