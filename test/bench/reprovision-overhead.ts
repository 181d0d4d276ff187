import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrolDemoKiosk } from '../../src/demo/enrol-kiosk.ts';
import { prepareHome } from '../../src/demo/home-folder.ts';
import { demoPaths } from '../../src/demo/paths.ts';
import { startCentralProcess } from '../../src/demo/start-central.ts';
import { openCards } from '../../src/demo/world.ts';
import type { Command } from '../../src/flows/command.ts';
import type { WalkUpKind } from '../../src/flows/walk-up-state.ts';
import { createKiosk, type Kiosk } from '../../src/kiosk/kiosk.ts';
import { MemoryReaders } from '../../src/readers/memory-readers.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { type Benchmark, type Measure, round } from './measure.ts';

const APDU_MS = 20;
const KEY_MS = 2000;
const GOAL = 0.1;

/** The real kiosk and the real central (another process, its own PostgreSQL), a card as slow as real ones. */
export const reprovisionOverhead: Benchmark = {
  names: ['reprovision.overhead'],
  about:
    'the share of a whole reprovision (from the last Enter to the last screen) that is not spent in the card: the kiosk program without its screen, central as a process of its own with PostgreSQL and fsync, RSA-2048 and four keys, a card that takes 20 ms an APDU and 2 s a generated key.',
  async run() {
    const home = mkdtempSync(join(tmpdir(), 'recard-bench-'));
    const paths = demoPaths(home);
    prepareHome(paths, false);
    const central = await startCentralProcess(home);
    await enrolDemoKiosk(paths, central.ready);
    const readers = new MemoryReaders(1);
    const kiosk = createKiosk({
      readers,
      stdout: { columns: 80, rows: 24, on: () => process.stdout, off: () => process.stdout } as never,
      configuration: {
        name: 'bench',
        centralUrl: central.ready.url,
        stateFolder: paths.kiosk,
        language: 'en',
        logFile: paths.kioskLog,
        idleSeconds: 90,
        mediaFolder: paths.media,
      },
    });
    try {
      await kiosk.start();
      const card = openCards(paths.cards).find(({ name }) => name === 'good')!;
      return [await measure(kiosk, readers, card)];
    } finally {
      await kiosk.close();
      await readers.close();
      await central.stop();
      rmSync(home, { recursive: true, force: true });
    }
  },
};

async function measure(kiosk: Kiosk, readers: MemoryReaders, card: VirtualCard): Promise<Measure> {
  const clock = { inCardMs: 0 };
  card.faults.delayMs = APDU_MS;
  card.faults.keyGenerationMs = KEY_MS;
  await until(kiosk, (view) => view.isCentralReached);
  readers.insert(0, timed(card, clock));
  await until(kiosk, (view) => view.walkUp.kind === 'found');
  press(kiosk, { kind: 'confirm' });
  type(kiosk, '123456');
  await untilKind(kiosk, 'chooseReason');
  press(kiosk, { kind: 'confirm' });
  await untilKind(kiosk, 'plan');
  press(kiosk, { kind: 'confirm' });
  await untilKind(kiosk, 'warning');
  press(kiosk, { kind: 'confirm' });
  type(kiosk, '73914682');
  clock.inCardMs = 0;
  const begun = performance.now();
  type(kiosk, '73914682');
  await untilKind(kiosk, 'done');
  const wholeMs = performance.now() - begun;
  const value = (wholeMs - clock.inCardMs) / wholeMs;
  return {
    name: 'reprovision.overhead',
    value: round(value),
    unit: 'share',
    against: null,
    ratio: null,
    goal: `< ${GOAL}`,
    holds: value < GOAL,
  };
}

/** The same card, with the time that it takes added up. */
function timed(card: VirtualCard, clock: { inCardMs: number }) {
  return {
    atr: card.atr,
    isContactless: card.isContactless,
    reset: () => card.reset(),
    async transmit(apdu: Uint8Array) {
      const begun = performance.now();
      try {
        return await card.transmit(apdu);
      } finally {
        clock.inCardMs += performance.now() - begun;
      }
    },
  };
}

function press(kiosk: Kiosk, command: Command): void {
  kiosk.command(command);
}

function type(kiosk: Kiosk, pin: string): void {
  for (const digit of pin) press(kiosk, { kind: 'digit', digit: Number(digit) });
  press(kiosk, { kind: 'confirm' });
}

function untilKind(kiosk: Kiosk, kind: WalkUpKind): Promise<void> {
  return until(kiosk, ({ walkUp }) => {
    if (walkUp.kind === 'refused' || walkUp.kind === 'interrupted') throw new Error(`bench: ${walkUp.code}`);
    return walkUp.kind === kind;
  });
}

function until(kiosk: Kiosk, holds: (view: ReturnType<Kiosk['view']>) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let stop = () => {};
    const look = () => {
      try {
        if (!holds(kiosk.view())) return;
        stop();
        resolve();
      } catch (error) {
        stop();
        reject(error);
      }
    };
    stop = kiosk.onView(look);
    look();
  });
}
