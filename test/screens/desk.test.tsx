import { afterAll, describe, expect, it } from 'vitest';
import { deskStageFor } from '../../screens/desk/desk-stage.ts';
import { deskKeyHints } from '../../screens/desk/key-hints.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import { SLOTS } from '../../src/domain/slot.ts';
import { actionsOf } from '../../src/flows/desk-actions.ts';
import { codeOfDesk } from '../../src/flows/desk-facts.ts';
import type { DeskState } from '../../src/flows/desk-state.ts';
import { type DeskView, type KioskView, LANGUAGES } from '../../src/flows/kiosk-view.ts';
import { codeOf } from '../../src/flows/walk-up.ts';
import { EVERY_STATE } from '../flows/walk-up-states.ts';
import {
  aDeskView,
  aDialog,
  anOperationLine,
  aRequestLine,
  atDesk,
  CARD_PAGE,
  DESK_STATES,
  PERSON_PAGE,
} from './desk-states.ts';
import { openScreen } from './one-screen.tsx';
import { aView } from './views.ts';

const screen = openScreen();
afterAll(() => screen.close());

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
  { columns: 200, rows: 60 },
];
const FOOTER = ['Demo: Ctrl+N next card', 'cards: good revoked-elsewhere'];

function draw(view: KioskView) {
  const lines = screen.draw(view);
  return { lines, frame: `\n${lines.join('\n')}\n` };
}

function viewOf(state: DeskState, changes: Partial<KioskView> = {}): KioskView {
  return aView({ desk: aDeskView(state), idleSecondsLeft: 275, ...changes });
}

/** Under a dialog or a test a page has none. */
function hasActions(state: DeskState): boolean {
  if (state.kind !== 'open' || state.dialog !== null) return false;
  const page = state.pages.at(-1);
  return page?.kind !== 'kiosk' || page.test === null;
}

const count = (frame: string, sign: string) => frame.split(sign).length - 1;

describe.each(LANGUAGES)('In %s', (language) => {
  describe.each(DESK_STATES)('the desk at "%s"', (_, state) => {
    it('fills every terminal, whole, with its code at the bottom right', () => {
      for (const size of SIZES) {
        const { lines, frame } = draw(viewOf(state, { size, language }));
        expect(lines, frame).toHaveLength(size.rows);
        for (const line of lines) expect(line.length, frame).toBeLessThanOrEqual(size.columns);
        expect(lines.at(-1)!.trimEnd(), frame).toMatch(new RegExp(` ${codeOfDesk(state)}$`));
        expect(lines.at(-1)!.trimEnd(), frame).toHaveLength(size.columns - 1);
        for (const corner of '┐└┘') expect(count(frame, corner), frame).toBe(count(frame, '┌'));
      }
    });

    it('cuts no text of its own in the smallest terminal, and says all keys and actions', () => {
      for (const footer of [null, FOOTER]) {
        const view = viewOf(state, { language, footer });
        const { lines, frame } = draw(view);
        // The path may lose its beginning, the kiosk's name its end.
        expect(lines.slice(2).join('\n'), frame).not.toContain('…');
        const stage = deskStageFor(view, view.desk!);
        for (const { key, text } of deskKeyHints(stage)) {
          expect(lines.join('\n'), frame).toContain(key === null ? text : `${key} ${text}`);
        }
        for (const { key, name } of hasActions(state) ? actionsOf(stage.desk) : []) {
          expect(frame).toContain(`${key} ${TEXTS[language].desk.actions[name]}`);
        }
      }
    });
  });
});

/** The frame without the borders of boxes and the breaks of lines. */
function words(state: DeskState, changes: Partial<KioskView> = {}, desk: Partial<DeskView> = {}): string {
  return draw(viewOf(state, { desk: aDeskView(state, desk), ...changes })).frame.replace(/[\s│]+/g, ' ');
}

describe('A list at the desk', () => {
  const many = <T,>(one: (i: number) => T) => Array.from({ length: 60 }, (_, i) => one(i));
  const options = many((i) => ({ value: `${i}`, titles: { en: `Reason ${i}.` }, refusal: null }));
  const asked = { attempt: null, refused: null, said: null } as const;
  const lists: Readonly<Record<string, (row: number) => DeskState>> = {
    search: (selected) =>
      atDesk([
        {
          ...{ kind: 'search', query: 'a', selected, opensFirst: false, attempt: null, refused: null },
          result: {
            query: 'a',
            hasMore: true,
            lines: many((i) => ({
              ...{ kind: 'person', personId: `${i}`, displayName: `Line ${i}.` },
              ...{ mail: null, login: null, state: 'active' },
            })),
          },
        },
      ]),
    person: (selected) =>
      atDesk([
        {
          ...{ kind: 'person', personId: 'p', tab: 'cards', selected, photo: null, ...asked },
          page: {
            ...PERSON_PAGE,
            cards: many((i) => ({ ...PERSON_PAGE.cards[0]!, id: `${i}`, name: `Line ${i}.` })),
          },
        },
      ]),
    card: (selected) =>
      atDesk([
        {
          ...{ kind: 'card', cardId: 'c', onCard: null, witness: [], selected, ...asked },
          page: {
            ...CARD_PAGE,
            slots: SLOTS.map((slot, i) => ({ ...CARD_PAGE.slots[0]!, slot, serialNumber: `Reason ${i}.` })),
          },
        },
      ]),
    requests: (selected) =>
      atDesk([
        {
          ...{ kind: 'requests', view: 'waiting', total: 60, selected, ...asked },
          lines: many((i) => aRequestLine({ id: `${i}`, owner: { id: 'p', displayName: `Line ${i}.` } })),
        },
      ]),
    operations: (selected) =>
      atDesk([
        {
          ...{ kind: 'operations', selected, ...asked },
          lines: many((i) => anOperationLine({ id: `${i}`, holder: { id: 'p', displayName: `Line ${i}.` } })),
        },
      ]),
    reasons: (selected) =>
      atDesk([], aDialog({ kind: 'choose', what: 'reason', options, selected, said: 'OP-02-no-right' })),
  };

  it.each(Object.keys(lists))('of %s has the chosen row in sight, wherever it is', (name) => {
    for (const footer of [null, FOOTER]) {
      for (const row of [0, 1, 11, 22, 23]) {
        const { lines, frame } = draw(viewOf(lists[name]!(row), { footer }));
        const marked = lines.filter((line) => line.includes('►'));
        expect(marked, frame).toHaveLength(1);
        expect(marked[0], frame).toMatch(new RegExp(`(Line|Reason|N) ${row}\\.`));
        expect(lines.at(footer ? -3 : -1), frame).toMatch(/-[a-z-]+ *$/);
      }
    }
  });
});

describe('Text from outside at the desk', () => {
  it.each([
    ['200 letters', 'x'.repeat(200)],
    ['umlauts', 'Jürgen Müßig-Öttinger von und zu Ähren '.repeat(5)],
    ['wide characters', '漢字カナ'.repeat(50)],
    ['emoji', '👩‍💻🇩🇪👍🏽'.repeat(40)],
    ['escape sequences', '\x1b[2J\x1b[31mRed\x1b]0;title\x07\x1b[10;10HGone'],
    ['line breaks and tabs', 'A\nB\r\nC\tD\u2028E'],
    ['a changed direction of reading', '\u202Eecila\u202C'],
  ])('cannot break the frame with %s', (_, text) => {
    for (const [name, state] of DESK_STATES) {
      const view = viewOf(withText(state, text));
      const { lines, frame } = draw({ ...view, kioskName: text });
      expect(lines, `${name}${frame}`).toHaveLength(24);
      expect(lines.at(-1)!.trimEnd(), `${name}${frame}`).toMatch(/ [A-Z]{2}-\d\d-[a-z-]+$/);
      for (const bad of ['\x1b[2J', '\u202e', '\t', '\x07']) expect(frame, name).not.toContain(bad);
    }
  });

  /** Every name, note and title replaced. */
  function withText<T>(part: T, text: string): T {
    const KEYS = [
      'displayName',
      'holderName',
      'name',
      'mail',
      'group',
      'note',
      'subject',
      'query',
      'text',
      'en',
    ];
    if (part instanceof Uint8Array || part === null || typeof part !== 'object') return part;
    if (Array.isArray(part)) return part.map((one) => withText(one, text)) as T;
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [
        key,
        KEYS.includes(key) && typeof value === 'string' ? text : withText(value, text),
      ]),
    ) as T;
  }
});

describe('An operator', () => {
  it('reads who is signed in, with role and group', () => {
    expect(words(atDesk([]))).toContain('Helga Huber, helpdesk, Headquarters');
  });

  it('sees what may not be done in brackets, and its reason when its key was pressed', () => {
    const state = DESK_STATES.find(([name]) => name === 'request, a no')![1];
    const seen = words(state);
    expect(seen).toContain('A Approve');
    expect(seen).toContain('(C Cancel request)');
    const { what, next } = TEXTS.en.desk.refusals['KR-04-own-request'];
    expect(seen).toContain(`! ${what} ${next} (KR-04-own-request)`);
  });

  it('sees by a sign and in words where card and record differ', () => {
    const seen = words(DESK_STATES.find(([name]) => name === 'card, read')![1], {
      size: { columns: 120, rows: 40 },
    });
    expect(seen).toContain('AA31B0 = AA31B0');
    expect(seen).toContain('AA31B1 ≠ 887766');
    expect(seen).toContain('AA31B2 ≠ cannot be read');
    expect(seen).toContain('AA31B4 ≠ -');
    expect(seen).toContain('84 Old 3 - - - ≠ ABCDEF');
    expect(seen).toContain(TEXTS.en.desk.card.verdicts.other);
    expect(seen).toContain(TEXTS.en.desk.card.differences(5));
  });

  it('reads a one-time code in groups, and until when it works', () => {
    expect(words(DESK_STATES.find(([name]) => name === 'step long number')![1])).toContain(
      '000042 1234 5678 9012',
    );
  });

  it('sees nobody’s face where no photo was asked for, and none of a PIN but its length', () => {
    const faces = DESK_STATES.filter(([, state]) =>
      draw(viewOf(state, { colourDepth: 24 })).frame.includes('▀▀'),
    );
    expect(faces.map(([name]) => name)).toEqual(['person, photo']);
  });

  it('is told which card is in the other reader', () => {
    const { inHand } = TEXTS.en.desk;
    const state = atDesk([]);
    expect(words(state, {}, { inHand: { kind: 'none' } })).toContain(inHand.none);
    expect(words(state, {}, { inHand: { kind: 'busy', reader: 0 } })).toContain(inHand.busy);
    const refused = {
      kind: 'refused',
      reader: 0,
      code: 'RP-06-disabled',
      cardId: 'c',
      serial: null,
    } as const;
    expect(words(state, {}, { inHand: refused })).toContain('RP-06-disabled');
  });

  it('who searches while central is not reached is told how old the copy is', () => {
    const state = DESK_STATES.find(([name]) => name === 'search, typed')![1];
    expect(words(state, { isCentralReached: false, dataAgeSeconds: 7200 })).toContain('as of 2 hours ago');
  });

  it('can read everything on a console with few glyphs', () => {
    for (const language of LANGUAGES) {
      for (const [name, state] of DESK_STATES) {
        const { frame } = draw(viewOf(state, { hasFewGlyphs: true, language }));
        expect(frame, name).toMatch(/^[ -~À-ÿ\n─│┌┐└┘├┤┬┴┼]+$/);
      }
    }
  });
});

describe('At the cardholder’s turn', () => {
  const { operator, cardId, sessionIdleSeconds, pages } = atDesk([]);
  const handedOver: DeskState = {
    ...{ kind: 'handedOver', operator, cardId, sessionIdleSeconds, pages, action: 'reprovision' },
    subject: {
      ...{ personId: null, personName: null, cardId: null, cardName: null },
      ...{ requestId: null, operationId: null },
    },
  };

  it.each(LANGUAGES)(
    'their own screens are there, with who helps and how to take it back (%s)',
    (language) => {
      for (const [, walkUp] of EVERY_STATE) {
        const { lines, frame } = draw(viewOf(handedOver, { walkUp, language, hasSecondCard: true }));
        expect(lines, frame).toHaveLength(24);
        expect(lines[2], frame).toContain(TEXTS[language].desk.helpedBy('Helga Huber'));
        expect(lines.at(-1)!.trimEnd(), frame).toMatch(new RegExp(`${codeOf(walkUp)}$`));
        expect(lines[0], frame).not.toContain('Helga');
      }
      expect(words(handedOver, { language })).toContain(`O ${TEXTS[language].desk.keys.takeBack}`);
    },
  );

  it('the first screen says how staff sign in, and no other does', () => {
    const away: DeskState = { kind: 'away' };
    for (const language of LANGUAGES) {
      const staff = `O ${TEXTS[language].desk.keys.staff}`;
      expect(words(away, { language })).toContain(staff);
      for (const [, walkUp] of EVERY_STATE.filter(([, { kind }]) => kind !== 'insertCard'))
        expect(words(away, { walkUp, language })).not.toContain(staff);
    }
  });
});
