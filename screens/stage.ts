import type { KioskView } from '../src/flows/kiosk-view.ts';
import type { WalkUpKind, WalkUpState } from '../src/flows/walk-up-state.ts';
import { LETTER_ROWS } from './block-letters.ts';
import type { Texts } from './texts/catalogue.ts';
import { TEXTS } from './texts/texts.ts';
import { type Glyphs, glyphsFor, NO_GLYPHS } from './theme.ts';

/** The smallest terminal that everything fits into (UX-01). */
export const SMALLEST = { columns: 80, rows: 24 } as const;

/** Wider lines are hard to read. */
const WIDEST = 88;
/** Columns left free at each side. */
const MARGIN = 3;
/** Title, steps, rule; rule, keys, status. */
const CHROME_ROWS = 6;
/** Rows that the body keeps, however many lines a footer has. */
const BODY_ROWS = 16;

/** What a screen may know besides its state: the words, the signs, and the room it has. */
export interface Stage {
  readonly view: KioskView;
  readonly texts: Texts;
  readonly glyphs: Glyphs;
  /** Of the body, in cells. */
  readonly width: number;
  readonly height: number;
  /** Lines that are set aside for large letters, besides those of the height. */
  readonly letterRows: number;
  readonly footer: readonly string[];
}

/** What every screen takes. */
export interface ScreenProps<K extends WalkUpKind> {
  readonly state: Extract<WalkUpState, { kind: K }>;
  readonly stage: Stage;
}

/** No heading has more in letters that are large. */
const MOST_LETTER_LINES = 4;

/** Of lists and texts that are read aloud: they are whole. */
const ENDLESS = 10_000;

/** The stage for a view; its size is at least SMALLEST. */
export function stageFor(view: KioskView): Stage {
  const texts = TEXTS[view.language];
  if (view.isReadAloud)
    return {
      ...{ view, texts, glyphs: NO_GLYPHS, width: WIDEST, height: ENDLESS, letterRows: 0 },
      footer: view.footer ?? [],
    };
  const { columns, rows } = view.size;
  const footer = (view.footer ?? []).slice(0, rows - CHROME_ROWS - BODY_ROWS);
  const glyphs = glyphsFor(view.hasFewGlyphs ?? false);
  const room = rows - CHROME_ROWS - footer.length;
  const letterRows = view.theme === 'large' && glyphs.halfBlock !== null ? largeRows(room) : 0;
  return {
    ...{ view, texts, glyphs, footer, letterRows },
    width: Math.min(columns - 2 * MARGIN, WIDEST),
    height: room - letterRows,
  };
}

/** What the fullest screen leaves for large letters: whole lines of them. */
function largeRows(room: number): number {
  const lines = Math.floor((room - BODY_ROWS) / LETTER_ROWS);
  return Math.max(0, Math.min(MOST_LETTER_LINES, lines)) * LETTER_ROWS;
}
