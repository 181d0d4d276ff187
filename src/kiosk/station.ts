import type { Command } from '../flows/command.ts';
import { type KioskView, LANGUAGES, type Language } from '../flows/kiosk-view.ts';
import {
  countsIdle,
  idleSecondsOf,
  pinFieldOf,
  stepWalkUp,
  WALK_UP_START,
  type WalkUp,
} from '../flows/walk-up.ts';
import type { WalkUpEvent } from '../flows/walk-up-event.ts';
import type { ReaderEvent } from '../readers/readers.ts';
import type { Clock } from './clock.ts';
import { EffectRunner, type EffectRunnerOptions } from './effect-runner.ts';
import { ReaderBoard } from './reader-board.ts';

export interface StationOptions
  extends Omit<EffectRunnerOptions, 'isContactless' | 'send' | 'now' | 'spokenLanguage'> {
  readonly kioskName: string;
  /** The language of everybody who has not chosen one. */
  readonly language: Language;
  readonly idleSeconds: number;
  readonly clock: Clock;
}

/** What a view has besides what the station knows. */
type Surroundings = Pick<KioskView, 'size' | 'footer' | 'hasFewGlyphs' | 'hasNoRoom'>;

/** One kiosk at work: keys, readers and time go into the walk-up, its effects are performed, and a view comes out. */
export class Station {
  readonly #options: StationOptions;
  readonly #runner: EffectRunner;
  readonly #board = new ReaderBoard();
  readonly #listeners = new Set<() => void>();
  #walkUp: WalkUp = WALK_UP_START;
  #language: Language;
  #touchedAt: number;
  /** Since when the operation waits for central; null while it does not. */
  #waitsSince: number | null = null;
  #stops: (() => void)[] = [];

  constructor(options: StationOptions) {
    this.#options = options;
    this.#language = options.language;
    this.#touchedAt = options.clock.monotonicMs();
    this.#runner = new EffectRunner({
      ...options,
      now: () => options.clock.now(),
      isContactless: (reader) => this.#board.isContactless(reader),
      spokenLanguage: () => this.#language,
      send: (event) => {
        this.#take(event);
        this.changed();
      },
    });
  }

  start(): void {
    this.#stops = [
      this.#options.readers.watch((event) => this.#readerEvent(event)),
      this.#options.clock.everySecond(() => this.#tick()),
    ];
  }

  /** Gives the card back, wipes the PINs. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#listeners.clear();
    await this.#runner.close();
  }

  /** Something that a person has said with a key. */
  command(command: Command): void {
    this.#touchedAt = this.#options.clock.monotonicMs();
    const field = pinFieldOf(this.#walkUp.state);
    if (this.#typesPassword(command)) {
      this.#tellPassword();
    } else if (command.kind === 'nextLanguage') {
      this.#language = LANGUAGES[(LANGUAGES.indexOf(this.#language) + 1) % LANGUAGES.length]!;
    } else if (field && command.kind === 'digit') {
      if (this.#runner.pins.push(field, command.digit)) this.#tellPin();
    } else if (field && command.kind === 'erase') {
      if (this.#runner.pins.erase(field)) this.#tellPin();
    } else {
      this.#take({ type: 'command', command });
    }
    this.changed();
  }

  view(surroundings: Surroundings): KioskView {
    const { clock, follower, kioskName } = this.#options;
    return {
      ...surroundings,
      walkUp: this.#walkUp.state,
      language: this.#language,
      now: clock.now().toISOString(),
      isCentralReached: follower.isReached,
      refusedAs: follower.refusedAs,
      dataAgeSeconds: follower.ageSeconds(),
      ...this.machine(),
      kioskName,
      waitedSeconds: this.#waitedSeconds(),
      hasSecondCard: hasSecondCard(this.#walkUp),
      idleSecondsLeft: this.#idleSecondsLeft(),
    };
  }

  /** The readers of this machine, and whether the service for them answers. */
  machine(): Pick<KioskView, 'isCardServiceUp' | 'readers'> {
    return { isCardServiceUp: this.#board.isServiceUp, readers: this.#board.readers() };
  }

  /** Calls back when there is another view. Returns how to stop. */
  onView(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something outside of the station has changed that is in the view. */
  changed(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        this.#options.log.error({ err: error }, 'the screen failed');
      }
    }
  }

  #readerEvent(event: ReaderEvent): void {
    this.#board.follow(event);
    if (event.type === 'cardInserted') this.#take({ type: 'cardInserted', reader: event.reader });
    if (event.type === 'cardRemoved' || event.type === 'readerLeft') {
      this.#take({ type: 'cardRemoved', reader: event.reader });
    }
    this.#tellReaderHealth();
    this.changed();
  }

  #tellReaderHealth(): void {
    const { state } = this.#walkUp;
    if (!('reader' in state)) return;
    const { reader } = state;
    this.#take({ type: 'readerHealth', reader, trouble: this.#board.troubleOf(reader) });
  }

  #tick(): void {
    if (this.#idleSecondsLeft() === 0) this.#take({ type: 'idleExpired' });
    this.changed();
  }

  /** Null where idle time does not count. */
  #idleSecondsLeft(): number | null {
    if (!countsIdle(this.#walkUp.state)) return null;
    const idleSeconds = idleSecondsOf(this.#walkUp.state, this.#options.idleSeconds);
    const idleMs = this.#options.clock.monotonicMs() - this.#touchedAt;
    return Math.max(0, Math.ceil(idleSeconds - idleMs / 1000));
  }

  #waitedSeconds(): number | null {
    if (this.#waitsSince === null) return null;
    return Math.floor((this.#options.clock.monotonicMs() - this.#waitsSince) / 1000);
  }

  #take(event: WalkUpEvent): void {
    const before = this.#walkUp.state;
    const [walkUp, effects] = stepWalkUp(this.#walkUp, event);
    this.#walkUp = walkUp;
    for (const effect of effects) this.#runner.perform(effect);
    if (walkUp.state.kind !== before.kind) this.#entered(before.kind);
    if (!waitsForCentral(walkUp.state)) this.#waitsSince = null;
    else this.#waitsSince ??= this.#options.clock.monotonicMs();
    if (walkUp.state !== before && event.type !== 'pinTyped') this.#tellPolicy();
  }

  #entered(from: WalkUp['state']['kind']): void {
    const { state } = this.#walkUp;
    this.#touchedAt = this.#options.clock.monotonicMs();
    // The next person has not chosen a language yet.
    if (state.kind === 'insertCard' && from !== 'looking') this.#language = this.#options.language;
  }

  /** The policy is to be seen before the first digit, but an error stays until then. */
  #tellPolicy(): void {
    const { state } = this.#walkUp;
    if (state.kind === 'newPin' && state.field === 'new' && state.error === null) this.#tellPin();
  }

  /** A key for the password, whatever else it would do elsewhere. */
  #typesPassword(command: Command): boolean {
    const { state } = this.#walkUp;
    if (state.kind !== 'softPassword') return false;
    if (command.kind === 'character') return this.#runner.soft.type(state.field, command.codePoint);
    return command.kind === 'erase' && this.#runner.soft.type(state.field, null);
  }

  #tellPassword(): void {
    const { state } = this.#walkUp;
    const policy = state.kind === 'softPassword' && state.task.soft?.rules.password;
    if (!policy) return;
    const { field } = state;
    this.#take({ type: 'passwordTyped', field, ...this.#runner.soft.facts(field, policy) });
  }

  /** Tells the flow what may be known of the PIN that is being typed. */
  #tellPin(): void {
    const field = pinFieldOf(this.#walkUp.state);
    if (!field) return;
    this.#take({ type: 'pinTyped', field, ...this.#runner.pinFacts(field) });
  }
}

function waitsForCentral(state: WalkUp['state']): boolean {
  return state.kind === 'written' || (state.kind === 'writing' && state.waitsForCentral);
}

function hasSecondCard({ state, occupied }: WalkUp): boolean {
  return 'reader' in state && occupied.some((reader) => reader !== state.reader);
}
