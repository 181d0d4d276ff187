import type { WalkUpState } from './walk-up-state.ts';

/** Languages that the screens speak, in the order in which the language key goes through them. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Everything that is to be seen at one moment: the kiosk makes it, the screens draw it, and know nothing else. */
export interface KioskView {
  readonly walkUp: WalkUpState;
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
}
