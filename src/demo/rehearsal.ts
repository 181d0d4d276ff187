import type { StepName } from '../encoder/ports.ts';
import type { VirtualCard } from '../virtual-card/virtual-card.ts';

/** At which step of a run the card is to be pulled, so that a person sees what the kiosk says then (RP-17). */

/** In the order in which a run comes to them; no card has all. */
const STEPS: readonly StepName[] = [
  'pin',
  'key:9A',
  'certificate:9A',
  'key:9D',
  'certificate:9D',
  'key:9E',
  'certificate:9E',
  'key:9C',
  'certificate:9C',
  'object:5FC109',
  'object:5FC108',
  'object:5FC106',
  'object:5FC102',
  'puk',
  'management-key',
  'read-back',
];

/** What the steps are called on screen. */
const NAMES: Readonly<Record<StepName, string>> = {
  pin: 'PIN',
  'object:5FC109': 'printed information',
  'object:5FC108': 'photo',
  'object:5FC106': 'security object',
  'object:5FC102': 'CHUID',
  puk: 'PUK',
  'management-key': 'management key',
  'read-back': 'read-back',
};

/** Keys of the rehearsal, apart from the kiosk's own. */
export const REHEARSAL_KEYS = { step: 'ctrl+e', moment: 'ctrl+b' } as const;

/** Chooses a step, cuts the card there once, and says so. */
export class Rehearsal {
  readonly #card: () => VirtualCard | null;
  #step: StepName | null = null;
  #when: 'before' | 'after' = 'after';
  #pulledAt: string | null = null;
  /** It was this one. */
  #pulled: VirtualCard | null = null;

  /** @param card the one that is in a reader */
  constructor(card: () => VirtualCard | null) {
    this.#card = card;
  }

  /** Goes on to the next step of the list, and from the last one to none. */
  nextStep(): void {
    const at = this.#step === null ? -1 : STEPS.indexOf(this.#step);
    this.#step = STEPS[at + 1] ?? null;
    this.#pulledAt = null;
  }

  changeMoment(): void {
    this.#when = this.#when === 'before' ? 'after' : 'before';
    this.#pulledAt = null;
  }

  /** Chooses by name, as another shell does. @returns false when no run has such a step */
  choose(step: StepName, when: 'before' | 'after'): boolean {
    if (!STEPS.includes(step)) return false;
    this.#step = step;
    this.#when = when;
    this.#pulledAt = null;
    return true;
  }

  /** A step's command is about to be sent: here the card is pulled, if it is the one that was chosen. */
  stepBegins(step: StepName): void {
    const card = this.#card();
    if (step !== this.#step || !card) return;
    card.cutAtCommand(this.#when);
    this.#pulledAt = `${this.#when} ${nameOf(step)}`;
    this.#pulled = card;
    this.#step = null;
  }

  /** One line of at most 80 columns. */
  line(): string {
    if (this.#pulledAt) {
      const now = this.#card();
      const isIn = now !== null && now === this.#pulled;
      const next = isIn ? 'it is in again' : now === null ? 'put it in again with ^O' : 'another card is in';
      return `REHEARSE  pulled ${this.#pulledAt}: ${next}   ^E another`;
    }
    if (this.#step === null) return 'REHEARSE  ^E choose where the card will be pulled';
    return `REHEARSE  pull ${this.#when} ${nameOf(this.#step)}   ^E next step   ^B before/after`;
  }
}

function nameOf(step: StepName): string {
  const [kind, subject] = step.split(':');
  return NAMES[step] ?? `${kind} ${subject}`;
}
