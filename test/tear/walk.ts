import type { Command } from '../../src/flows/command.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';

/** What a person sees of a kiosk, and what they can do: in this process or in another. */
export interface Screen {
  state(): WalkUpState;
  command(command: Command): void;
  /** Calls back with every state, in order. Returns how to stop. */
  onState(listener: (state: WalkUpState) => void): () => void;
}

/** What whoever is asked for a new PIN takes where they have the one that they want already. */
export const SPARE_PIN = '27182845';

/** Somebody in front of a kiosk. */
export interface Person {
  /** Tried one after the other. */
  readonly pins: readonly string[];
  /** Chosen when a new PIN is asked for, or else `SPARE_PIN`. */
  readonly newPin: string;
  /** Position of the reason they choose, from 1; null: they stop where one is asked for. Default: the first. */
  readonly reason?: number | null;
  /** Of the helpdesk, for an empty card. */
  readonly number?: string;
  /** Whether they have a cancelled card made empty. */
  readonly empties?: boolean;
  /** Whether they press Enter where a screen says no and offers another look. */
  readonly isPatient?: boolean;
}

/** How a walk ended. `pin`: the one that is theirs from now on. `gone`: the card is out of the reader. */
export type WalkEnd =
  | { readonly kind: 'done'; readonly pin: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'stopped'; readonly code: string };

/** The card is an empty one to this kiosk, and nobody has a number for it. */
export const NO_NUMBER = 'no number';

/** What a kiosk says of a central that is there, where the machine of both has much else to do: anybody presses Enter again. */
const BUSY = ['SY-03-central-not-reached', 'RP-07-not-known-here'];

const LIMIT_MS = 180_000;

/** Goes through the screens as a cardholder does, from the card that is in to the last screen. @throws Error when stuck */
export function walk(screen: Screen, person: Person): Promise<WalkEnd> {
  return new Promise((resolve, reject) => {
    const walker = new Walker(screen, person);
    const end = (finish: () => void) => {
      clearTimeout(timer);
      stop();
      finish();
    };
    const timer = setTimeout(() => {
      end(() => reject(new Error(`walk: stuck at ${JSON.stringify(screen.state())}`)));
    }, LIMIT_MS);
    const queue: WalkUpState[] = [];
    let isAtWork = false;
    const take = (state: WalkUpState) => {
      queue.push(state);
      if (isAtWork) return;
      isAtWork = true;
      for (let next = queue.shift(); next; next = queue.shift()) {
        const ended = walker.see(next);
        if (ended) {
          end(() => resolve(ended));
          break;
        }
      }
      isAtWork = false;
    };
    const stop = screen.onState(take);
    take(screen.state());
  });
}

class Walker {
  readonly #screen: Screen;
  readonly #person: Person;
  /** The screen that was answered last: one answer each. */
  #answered = '';
  #pinsTried = 0;
  /** The last one that was typed. */
  #pin = '';

  constructor(screen: Screen, person: Person) {
    this.#screen = screen;
    this.#person = person;
  }

  see(state: WalkUpState): WalkEnd | null {
    const name = nameOf(state);
    if (name === this.#answered) return null;
    this.#answered = name;
    switch (state.kind) {
      case 'done':
        return { kind: 'done', pin: this.#pin };
      case 'insertCard':
        return { kind: 'gone' };
      case 'interrupted':
        if (!state.isCardIn) return { kind: 'gone' };
        return this.#refused(state.code, true);
      case 'refused':
        if (!state.isCardIn) return { kind: 'gone' };
        if (state.cancelled && this.#person.empties) {
          this.#screen.command({ kind: 'confirm' });
          return null;
        }
        return this.#refused(state.code, state.canRetry);
      case 'looking':
      case 'proving':
      case 'checking':
      case 'comparing':
      case 'provingNumber':
      case 'planningIssue':
      case 'writing':
      case 'written':
        return null;
      case 'enterPin':
        return this.#enterPin(state.asksForLastTry);
      case 'newPin':
        if (state.error) return { kind: 'stopped', code: `newPin ${state.error}` };
        this.#type(this.#newPin(state.field));
        return null;
      case 'chooseTask':
        this.#chooseTask(state);
        return null;
      case 'enterNumber':
        if (!this.#person.number) return { kind: 'stopped', code: NO_NUMBER };
        if (state.error) return { kind: 'stopped', code: `number ${state.error}` };
        this.#typeDigits(this.#person.number);
        return null;
      case 'confirmRemoval':
      case 'emptyWarning':
        this.#screen.command({ kind: 'yes' });
        return null;
      case 'chooseReason':
        return this.#chooseReason(this.#person.reason);
      default:
        this.#screen.command({ kind: 'confirm' });
        return null;
    }
  }

  #refused(code: string, canRetry: boolean): WalkEnd | null {
    const comesAgain = this.#person.isPatient || BUSY.includes(code);
    if (!comesAgain || !canRetry) return { kind: 'stopped', code };
    this.#pinsTried = 0;
    this.#screen.command({ kind: 'confirm' });
    return null;
  }

  #enterPin(isLastTry: boolean): WalkEnd | null {
    if (isLastTry) return { kind: 'stopped', code: 'last try' };
    const pin = this.#person.pins[this.#pinsTried];
    this.#pinsTried += 1;
    if (pin === undefined) return { kind: 'stopped', code: 'no PIN works' };
    this.#type(pin);
    return null;
  }

  /** What waits for this card, else the rewriting of it. */
  #chooseTask({ tasks }: Extract<WalkUpState, { readonly kind: 'chooseTask' }>): void {
    const waiting = tasks.findIndex(({ isForThisCard }) => isForThisCard);
    this.#screen.command({ kind: 'digit', digit: 1 + (waiting < 0 ? tasks.length : waiting) });
    this.#screen.command({ kind: 'confirm' });
  }

  #chooseReason(reason: number | null = 1): WalkEnd | null {
    if (reason === null) return { kind: 'stopped', code: 'chooseReason' };
    this.#screen.command({ kind: 'digit', digit: reason });
    this.#screen.command({ kind: 'confirm' });
    return null;
  }

  #newPin(field: 'new' | 'repeat'): string {
    const { newPin } = this.#person;
    if (field === 'repeat') return this.#pin;
    return this.#pin === newPin ? SPARE_PIN : newPin;
  }

  #type(pin: string): void {
    this.#pin = pin;
    this.#typeDigits(pin);
  }

  #typeDigits(digits: string): void {
    for (const digit of digits) this.#screen.command({ kind: 'digit', digit: Number(digit) });
    this.#screen.command({ kind: 'confirm' });
  }
}

/** What makes one screen another one to whoever answers it: how many digits are typed does not. */
function nameOf(state: WalkUpState): string {
  const { kind } = state;
  if (kind === 'enterPin') return `${kind} ${state.error} ${state.asksForLastTry}`;
  if (kind === 'newPin') return `${kind} ${state.field} ${state.error}`;
  if (kind === 'enterNumber') return `${kind} ${state.error}`;
  if (kind === 'warning') return `${kind} ${state.hasAcceptedLoss}`;
  return kind;
}
