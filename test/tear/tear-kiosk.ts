import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { createKiosk, type Kiosk } from '../../src/kiosk/kiosk.ts';
import { type InsertableCard, MemoryReaders } from '../../src/readers/memory-readers.ts';
import type { Screen } from './walk.ts';

/** A place where a kiosk stands: what of it survives when everything in memory is lost. */
export interface KioskPlace {
  readonly name: string;
  readonly folder: string;
  /** In its folder. */
  readonly identityFile: string;
  readonly centralUrl: string;
}

/** The kiosk program at a place, from its start until its memory is dropped. */
export interface TearKiosk {
  readonly screen: Screen;
  /** Resolves when it hears central: a card that is put in before may be looked at twice, which takes more APDUs. */
  hearsCentral(): Promise<void>;
  insert(card: InsertableCard): void;
  pull(): void;
  close(): Promise<void>;
}

/** Nobody draws, so that any size will do. */
export const NO_TERMINAL = { columns: 80, rows: 24, on: () => process.stdout, off: () => process.stdout };

/** Starts the kiosk of a place on the state that was left there. */
export async function openKiosk(place: KioskPlace): Promise<TearKiosk> {
  const readers = new MemoryReaders(1);
  const kiosk = createKiosk({ readers, stdout: NO_TERMINAL, configuration: configurationOf(place) });
  await kiosk.start();
  return {
    screen: screenOf(kiosk),
    hearsCentral: () => hearsCentral(kiosk),
    insert: (card) => readers.insert(0, card),
    pull: () => readers.pull(0),
    async close() {
      await kiosk.close();
      await readers.close();
    },
  };
}

function hearsCentral(kiosk: Kiosk): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!kiosk.view().isCentralReached) return;
      stop();
      resolve();
    };
    const stop = kiosk.onView(look);
    look();
  });
}

/** As `kiosk.toml` of this place would say. */
export function configurationOf({ name, folder, centralUrl }: KioskPlace) {
  return {
    ...{ name, centralUrl, stateFolder: folder, logFile: `${folder}/kiosk.log` },
    ...({ language: 'en', idleSeconds: 300 } as const),
    mediaFolder: `${folder}/media`,
  };
}

/** What stands in for the screen of a kiosk that runs in this process. */
export function screenOf(kiosk: Kiosk): Screen {
  return {
    state: () => kiosk.view().walkUp,
    command: (command) => kiosk.command(command),
    onState(listener) {
      let last: WalkUpState | null = null;
      return kiosk.onView(({ walkUp }) => {
        if (walkUp === last) return;
        last = walkUp;
        listener(walkUp);
      });
    },
  };
}
