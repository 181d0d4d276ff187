import type { CardInHand, KioskPage } from './desk-data.ts';
import type { DeskState } from './desk-state.ts';
import type { ScreenLook } from './screen-look.ts';
import type { WalkUpState } from './walk-up-state.ts';

/** Languages that the screens speak, in the order in which the language key goes through them. */
export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The one that the language key goes on to; with a single one the same. */
export function languageAfter(language: Language): Language {
  return LANGUAGES[(LANGUAGES.indexOf(language) + 1) % LANGUAGES.length]!;
}

/** The one that a digit chooses on the first screen; undefined: there are not so many. */
export function languageNumbered(digit: number): Language | undefined {
  return LANGUAGES[digit - 1];
}

/** What is to be seen of the operator's desk. */
export interface DeskView {
  readonly state: DeskState;
  readonly inHand: CardInHand;
  /** With the operator's card; null: there is none. */
  readonly reader: number | null;
  /** Readers that have a card, in the order of insertion. */
  readonly occupied: readonly number[];
  /** Of the kiosk page (OP-04); null while nobody looks at it. */
  readonly machine: KioskPage | null;
}

/** What is told to the helpdesk where something went wrong (UX-08). */
export interface SupportView {
  /** `7K2M-9QPX-41TD`: what `recard explain` reads. */
  readonly code: string;
  /** Its page lies over the screen. */
  readonly isOpen: boolean;
}

/** Everything that is to be seen at one moment: the kiosk makes it, the screens draw it, and know nothing else. Without a look: the usual one. */
export interface KioskView extends Partial<ScreenLook> {
  readonly walkUp: WalkUpState;
  /** Absent: nothing went wrong. */
  readonly support?: SupportView;
  /** Lies over the walk-up while it shows something of its own; absent: nobody is signed in. */
  readonly desk?: DeskView;
  /** Of the terminal, in character cells. */
  readonly size: { readonly columns: number; readonly rows: number };
  readonly language: Language;
  /** ISO 8601; shown as HH:MM in the kiosk's time zone. */
  readonly now: string;
  readonly isCentralReached: boolean;
  /** The code with which central refuses this kiosk for what it is (SE-01); null while it does not. */
  readonly refusedAs: string | null;
  /** Age of the copy of central's data; null when there is none yet. */
  readonly dataAgeSeconds: number | null;
  /** The smart-card service (pcscd) is there. */
  readonly isCardServiceUp: boolean;
  readonly readers: readonly { readonly reader: number; readonly name: string }[];
  readonly kioskName: string;
  /** How long the operation has been waiting for central (SY-03); null where it does not. */
  readonly waitedSeconds: number | null;
  /** There is a card in another reader than the one in work: it is not touched (UX-06). */
  readonly hasSecondCard: boolean;
  /** Counted down in sight (UX-04); null where idle time does not count. */
  readonly idleSecondsLeft: number | null;
  /** The demo's own bottom lines, plain text; null outside of the demo. */
  readonly footer: readonly string[] | null;
  /** The terminal has few glyphs (Linux console): signs are drawn in ASCII. */
  readonly hasFewGlyphs?: boolean;
  /** Bits of colour that the terminal has: 1, 4, 8 or 24. Absent: not known. */
  readonly colourDepth?: number;
  /** Databases and readers are being opened: nothing is known yet of central or of cards. */
  readonly isStarting?: boolean;
  /** The disk takes no more: nothing new is begun here. */
  readonly hasNoRoom?: boolean;
}
