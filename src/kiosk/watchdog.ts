import type { ServiceManager } from './service-manager.ts';

/** What must be alive besides the event loop, by name: for how many milliseconds it has been silent. */
export type Vitals = Readonly<Record<string, () => number>>;

export interface WatchdogOptions {
  readonly manager: ServiceManager;
  readonly vitals: Vitals;
  /** Takes a line that says what is not alive. */
  readonly say: (line: string) => void;
}

/** Signs of life in the time after which the manager ends the kiosk. */
const SIGNS = 3;
/** Where the manager wants no signs of life. */
const LOOK_MS = 20_000;

/**
 * Gives the service manager a sign of life as long as everything is alive. Silence is the alarm: what hangs cannot say so, and
 * the manager then ends the kiosk and starts it again, which costs no card (RP-17).
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  #timer: NodeJS.Timeout | undefined;
  #isReady = false;
  #wasSilent = '';

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  /** The first frame is on the screen: from now on there are signs of life. Harmless when repeated. */
  ready(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#tell('READY=1', 'STATUS=The kiosk is on its screen');
    const { watchdogMs } = this.#options.manager;
    this.#timer = setInterval(() => this.#look(), watchdogMs === null ? LOOK_MS : watchdogMs / SIGNS);
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#isReady) this.#tell('STOPPING=1');
  }

  #look(): void {
    const { vitals, manager, say } = this.#options;
    const limitMs = (manager.watchdogMs ?? LOOK_MS * SIGNS) / 2;
    const silent = Object.keys(vitals).filter((name) => vitals[name]!() > limitMs);
    const names = silent.join(' and ');
    if (names !== '' && names !== this.#wasSilent) {
      say(
        `recard: no sign of life for ${Math.round(limitMs / 1000)} s from ${names}; systemd is not told that the kiosk lives`,
      );
    }
    this.#wasSilent = names;
    if (names === '' && manager.watchdogMs !== null) this.#tell('WATCHDOG=1');
  }

  #tell(...assignments: readonly string[]): void {
    this.#options.manager.tell(...assignments).catch((error: Error) => {
      this.#options.say(`recard: tell systemd ${assignments[0]}: ${error.message}`);
    });
  }
}
