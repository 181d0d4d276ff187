import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../../../src/flows/command.ts';
import type { KioskView } from '../../../src/flows/kiosk-view.ts';
import type { WalkUpKind, WalkUpState } from '../../../src/flows/walk-up-state.ts';
import type { KioskConfiguration } from '../../../src/kiosk/configuration.ts';
import { identityPath } from '../../../src/kiosk/identity-path.ts';
import { createKiosk, type Kiosk } from '../../../src/kiosk/kiosk.ts';
import type { Copy } from '../../../src/protocol/copy.ts';
import { MemoryReaders } from '../../../src/readers/memory-readers.ts';
import type { VirtualCard } from '../../../src/virtual-card/virtual-card.ts';
import { aCentral, anImage, publicKeyIn } from '../../encoder/support/card-run.ts';
import { writeTestIdentity } from '../../support/test-line.ts';
import { FakeCentral } from './fake-central.ts';
import { aCopy } from './small-world.ts';

const WAIT_MS = 50_000;

/** A kiosk at work, with central and readers in this process. */
export interface KioskBench {
  readonly kiosk: Kiosk;
  readonly central: FakeCentral;
  readonly readers: MemoryReaders;
  readonly folder: string;
  state(): WalkUpState;
  /** Waits for a view. */
  until(what: string, holds: (view: KioskView) => boolean): Promise<KioskView>;
  /** Waits for a step, and returns its state. */
  at<K extends WalkUpKind>(kind: K): Promise<Extract<WalkUpState, { kind: K }>>;
  press(
    ...kinds: (
      | 'confirm'
      | 'back'
      | 'up'
      | 'down'
      | 'changeCard'
      | 'showCard'
      | 'nextLanguage'
      | 'nextTheme'
      | 'toggleReader'
      | 'erase'
      | 'otherWay'
      | 'yes'
      | 'toggle'
    )[]
  ): void;
  type(digits: string): void;
  /** Takes a card out that was refused, and says that it was read why. */
  takeOutRefused(reader: number): Promise<void>;
  /** From the card that is in to the typed new PIN, Enter not yet pressed. */
  walkToRepeatedPin(newPin: string): Promise<void>;
  /**
   * Ends the kiosk and starts it again with what it has on disk; cards stay where they are.
   * @param between happens while it does not run
   */
  restart(between?: () => void): Promise<void>;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly copy?: Copy;
  readonly idleSeconds?: number;
  readonly weather?: FakeCentral['weather'];
  /** Absent: two that are always there. */
  readonly readers?: MemoryReaders;
  /** The clock of the kiosk's machine. */
  readonly now?: () => Date;
  /** Absent: where central is. */
  readonly centralUrl?: (real: string) => string;
}

/** Starts a kiosk, and waits until it has its copy (or knows that central is down). */
export async function startBench(options: BenchOptions = {}): Promise<KioskBench> {
  const folder = mkdtempSync(join(tmpdir(), 'recard-kiosk-'));
  const central = new FakeCentral(options.copy ?? aCopy());
  central.weather = options.weather ?? 'up';
  const { centralUrl: urlOf = (real) => real, now } = options;
  const real = await central.start();
  const stateFolder = join(folder, 'state');
  await writeTestIdentity(identityPath(stateFolder));
  const readers = options.readers ?? new MemoryReaders(2);
  const configuration = (): KioskConfiguration => ({
    ...{ name: 'Bench', centralUrl: urlOf(real), stateFolder },
    ...{ language: 'en', logFile: join(folder, 'kiosk.log'), idleSeconds: options.idleSeconds ?? 90 },
    mediaFolder: join(folder, 'media'),
  });
  const create = () =>
    createKiosk({ configuration: configuration(), readers, ...(now === undefined ? {} : { now }) });
  const bench = benchOf(create, central, readers, folder);
  await bench.kiosk.start();
  if (central.weather === 'up' && options.centralUrl === undefined)
    await bench.until('a copy', (view) => view.dataAgeSeconds !== null);
  return bench;
}

/** The public keys of a card are on record, and an operation over it can begin. */
export function putOnRecord(bench: KioskBench, card: VirtualCard): void {
  for (const slot of ['9A', '9C'] as const) bench.central.provingKeys.set(slot, publicKeyIn(card, slot));
  bench.central.operation = aCentral(anImage('P-256', { changesManagementKey: false, replacesPuk: false }));
}

function benchOf(
  create: () => Kiosk,
  central: FakeCentral,
  readers: MemoryReaders,
  folder: string,
): KioskBench {
  let kiosk = create();
  const state = () => kiosk.view().walkUp;
  const until: KioskBench['until'] = (what, holds) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`wait for ${what}: it is still ${JSON.stringify(kiosk.view())}`));
      }, WAIT_MS);
      const look = (view: KioskView) => {
        if (!holds(view)) return;
        clearTimeout(timer);
        stop();
        resolve(view);
      };
      const stop = kiosk.onView(look);
      look(kiosk.view());
    });
  const bench: KioskBench = {
    ...{ central, readers, folder, state, until },
    get kiosk() {
      return kiosk;
    },
    async restart(between = () => {}) {
      await kiosk.close();
      between();
      kiosk = create();
      await kiosk.start();
    },
    async at(kind) {
      const view = await until(kind, ({ walkUp }) => walkUp.kind === kind);
      return view.walkUp as never;
    },
    press: (...kinds) => {
      for (const kind of kinds) kiosk.command({ kind } as Command);
    },
    type: (digits) => {
      for (const digit of digits) kiosk.command({ kind: 'digit', digit: Number(digit) });
    },
    async takeOutRefused(reader) {
      readers.pull(reader);
      await until('an empty reader', ({ walkUp }) => walkUp.kind === 'refused' && !walkUp.isCardIn);
      bench.press('confirm');
    },
    async walkToRepeatedPin(newPin) {
      await bench.at('found');
      bench.press('confirm');
      bench.type('123456');
      bench.press('confirm');
      await until('reason or warning', ({ walkUp }) => ['chooseReason', 'warning'].includes(walkUp.kind));
      if (state().kind === 'chooseReason') bench.press('confirm');
      await bench.at('warning');
      bench.press('confirm');
      bench.type(newPin);
      bench.press('confirm');
      bench.type(newPin);
    },
    async close() {
      await kiosk.close();
      await readers.close();
      await central.close();
      rmSync(folder, { recursive: true });
    },
  };
  return bench;
}
