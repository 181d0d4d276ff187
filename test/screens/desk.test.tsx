import { cleanup, render } from 'ink-testing-library';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { App } from '../../screens/app.tsx';
import { deskStageFor } from '../../screens/desk/desk-stage.ts';
import { deskKeyHints } from '../../screens/desk/key-hints.ts';
import { SMALLEST } from '../../screens/stage.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import { SLOTS } from '../../src/domain/slot.ts';
import type { Command } from '../../src/flows/command.ts';
import { actionsOf } from '../../src/flows/desk-actions.ts';
import { codeOfDesk } from '../../src/flows/desk-facts.ts';
import type { DeskPage, DeskState } from '../../src/flows/desk-state.ts';
import { type DeskView, type KioskView, LANGUAGES, type Language } from '../../src/flows/kiosk-view.ts';
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
import { bodyWords, missingFrom } from './frame-words.ts';
import { openScreen } from './one-screen.tsx';
import { aView } from './views.ts';

const screen = openScreen();
afterAll(() => screen.close());

const LARGER = [
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

/** Of a card its GUID and its history are there where there is room; a mail address may lose its end beside a large photo. */
function withoutExtras(lines: readonly string[], language: Language): readonly string[] {
  const { history } = TEXTS[language].desk.person.tabs;
  const from = lines.findIndex((line) => line.trim() === history);
  const to = lines.findIndex((line, i) => i > from && line.trim() === '');
  const kept = from < 0 ? lines : [...lines.slice(0, from), ...lines.slice(to)];
  return kept.filter((line) => !line.includes('GUID') && !line.includes('@example…'));
}

/** Under a dialog or a test a page has none. */
function hasActions(state: DeskState): boolean {
  if (state.kind !== 'open' || state.dialog !== null) return false;
  const page = state.pages.at(-1);
  return page?.kind !== 'kiosk' || page.test === null;
}

const count = (frame: string, sign: string) => frame.split(sign).length - 1;

function expectWhole(
  { lines, frame }: ReturnType<typeof draw>,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  state: DeskState,
): void {
  expect(lines.length, frame).toBeGreaterThanOrEqual(rows - FOOTER.length);
  expect(lines.length, frame).toBeLessThanOrEqual(rows);
  for (const line of lines) expect(line.length, frame).toBeLessThanOrEqual(columns);
  expect(lines.at(-1)!.trimEnd(), frame).toMatch(new RegExp(` ${codeOfDesk(state)}$`));
  expect(lines.at(-1)!.trimEnd(), frame).toHaveLength(columns - 1);
  for (const corner of '┐└┘') expect(count(frame, corner), frame).toBe(count(frame, '┌'));
}

describe.each(LANGUAGES)('In %s', (language) => {
  describe.each(DESK_STATES)('the desk at "%s"', (_, state) => {
    it('fills every terminal, whole, with its code at the bottom right', () => {
      for (const size of LARGER) {
        const drawn = draw(viewOf(state, { size, language }));
        expectWhole(drawn, size, state);
      }
    });

    it('says in the smallest terminal all that it says in a taller one, but for what it has room for there', () => {
      const { lines, frame } = draw(viewOf(state, { language }));
      const taller = draw(viewOf(state, { language, size: { columns: 80, rows: 60 } }));
      const { moreAbove, moreBelow } = TEXTS[language].chooseReason;
      const goesOn = [moreAbove, moreBelow].some((more) =>
        new RegExp(more(77).replace('77', '\\d+')).test(frame),
      );
      const missing = missingFrom(bodyWords(withoutExtras(taller.lines, language)), bodyWords(lines));
      if (!goesOn) expect(missing, `${frame}${taller.frame}`).toEqual([]);
    });

    it('cuts no text of its own in the smallest terminal, and says all keys and actions', () => {
      for (const footer of [null, FOOTER]) {
        const view = viewOf(state, { language, footer });
        const { lines, frame } = draw(view);
        expectWhole({ lines: lines.slice(0, footer ? -footer.length : undefined), frame }, SMALLEST, state);
        // The kiosk's name may lose its end.
        expect(lines.slice(1).join('\n'), frame).not.toContain('…');
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

describe('The desk', () => {
  const states = new Map(DESK_STATES);

  it('says that a card stays in while it is read or signs, and nothing of it elsewhere', () => {
    const { leaveIn } = TEXTS.en.cardLine;
    const names = ['lookingAtOperator', 'signingIn', 'lookingAtWitness', 'signing'];
    const saying = [...states].filter(([, state]) => words(state).includes(leaveIn));
    const kinds = saying.map(([, state]) => (state.kind === 'open' ? state.dialog?.step.kind : state.kind));
    expect(new Set(kinds)).toEqual(new Set(names));
  });

  it('says which revision of the data the kiosk has, and why central takes no events', () => {
    const [, state] = DESK_STATES.find(([name]) => name === 'kiosk')!;
    expect(words(state)).toContain('Revision 48213');
    const { machine } = aDeskView(state);
    const desk = { machine: { ...machine!, unsentEvents: 7, unsentBecause: 'SE-07-event-share-used' } };
    expect(words(state, {}, desk)).toContain('Not sent yet ! 7 (SE-07-event-share-used)');
  });
});

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

  it.each(LANGUAGES)(
    'of requests says how many there are besides, and which these are, in %s',
    (language) => {
      const { operations, requests } = TEXTS[language].desk;
      const queue = (view: 'toApprove' | 'done') => {
        const page = {
          ...{ kind: 'requests', view, total: 60, selected: 0, ...asked },
          lines: [aRequestLine()],
        };
        return draw(viewOf(atDesk([page as DeskPage]), { language })).frame;
      };
      expect(queue('toApprove')).toContain(operations.shown(1, 60));
      expect(queue('done')).toContain(requests.shown(1, 60));
    },
  );

  it.each(LANGUAGES)('of a person say how many there are besides the newest, in %s', (language) => {
    const { tabs, shown } = TEXTS[language].desk.person;
    const totals = { certificates: 3, requests: 73, history: 4000 };
    const person = (
      tab: 'cards' | 'certificates' | 'requests' | 'history',
      page = { ...PERSON_PAGE, totals },
    ) => {
      const state = { ...{ kind: 'person', personId: 'p', tab, selected: 0, photo: null, ...asked }, page };
      return draw(viewOf(atDesk([state as DeskPage]), { language })).frame;
    };
    expect(person('requests')).toContain(`[${tabs.requests} 73]`);
    expect(person('requests')).toContain(shown(PERSON_PAGE.requests.length, 73));
    expect(person('history')).toContain(shown(PERSON_PAGE.history.length, 4000));
    for (const tab of ['cards', 'certificates'] as const)
      expect(person(tab)).not.toContain(shown(PERSON_PAGE[tab].length, PERSON_PAGE[tab].length));
    const older = { ...PERSON_PAGE, totals: undefined };
    expect(person('requests', older as never)).toContain(`[${tabs.requests} ${PERSON_PAGE.requests.length}]`);
  });

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
  /** One of each kind: what stands in the others is the same. */
  const WITH_TEXT = [
    ...['enterOperatorPin', 'search, typed', 'person, cards', 'person, certificates', 'person, requests'],
    ...['person, history', 'person, photo', 'card, read', 'card, disabled and unfinished', 'operations'],
    ...['requests, to approve', 'request, keys onto card', 'kiosk', 'audit', 'step reason', 'step pick'],
    ...['step difference', 'step removal', 'step write', 'step sign', 'confirm disable', 'step sent code'],
  ];

  it('is tried where there is some', () => {
    const names = DESK_STATES.map(([name]) => name);
    for (const name of WITH_TEXT) expect(names).toContain(name);
  });

  it.each([
    ['200 letters', 'x'.repeat(200)],
    ['umlauts', 'Jürgen Müßig-Öttinger von und zu Ähren '.repeat(5)],
    ['wide characters', '漢字カナ'.repeat(50)],
    ['emoji', '👩‍💻🇩🇪👍🏽'.repeat(40)],
    ['escape sequences', '\x1b[2J\x1b[31mRed\x1b]0;title\x07\x1b[10;10HGone'],
    ['line breaks and tabs', 'A\nB\r\nC\tD\u2028E'],
    ['a changed direction of reading', '\u202Eecila\u202C'],
  ])('cannot break the frame with %s', (_, text) => {
    for (const [name, state] of DESK_STATES.filter(([one]) => WITH_TEXT.includes(one))) {
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

  it('who confirms as the second one reads the reason, which is part of what they sign', () => {
    const dialog = DESK_STATES.find(([name]) => name === 'step sign for a reason')![1];
    const reason = dialog.kind === 'open' ? dialog.dialog?.chosen.reason : null;
    expect(words(dialog)).toContain(TEXTS.en.deskDialog.confirm.reason(reason!.titles!.en!));
  });

  it('reads a one-time code in groups, and until when it works', () => {
    expect(words(DESK_STATES.find(([name]) => name === 'step long number')![1])).toContain(
      '000042 1234 5678 9012',
    );
  });

  it('sees nobody’s face where no photo was asked for', () => {
    const faces = DESK_STATES.filter(
      ([name, state]) =>
        name.startsWith('person') && draw(viewOf(state, { colourDepth: 24 })).frame.includes('▀▀'),
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

  it.each(LANGUAGES)('can read everything on a console with few glyphs (%s)', (language) => {
    for (const [name, state] of DESK_STATES) {
      const { frame } = draw(viewOf(state, { hasFewGlyphs: true, language }));
      expect(frame, name).toMatch(/^[ -~¡«°»¿À-ÿ\n─│┌┐└┘├┤┬┴┼]+$/);
    }
  });
});

describe('In a terminal that is too small', () => {
  it.each([
    { columns: 79, rows: 24 },
    { columns: 80, rows: 23 },
    { columns: 1, rows: 1 },
  ])('the desk becomes one message at $columns×$rows, with its code where there is room', (size) => {
    for (const [name, state] of DESK_STATES) {
      const { lines, frame } = draw(viewOf(state, { size }));
      expect(lines.length, frame).toBeLessThanOrEqual(size.rows);
      for (const line of lines) expect(line.length, frame).toBeLessThanOrEqual(size.columns);
      if (size.columns >= 79) expect(lines.at(-1), name).toMatch(new RegExp(`${codeOfDesk(state)}$`));
      expect(frame).not.toContain('Helga');
    }
  });
});

describe('Keys at the desk', () => {
  afterEach(cleanup);
  const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 0));

  async function pressed(view: KioskView, keys: readonly string[]) {
    const commands: Command[] = [];
    const { stdin } = render(<App view={view} onCommand={(command) => commands.push(command)} />);
    await nextTurn();
    for (const key of keys) {
      stdin.write(key);
      await nextTurn();
    }
    return commands.map((command) => {
      if (command.kind === 'letter') return command.letter;
      return command.kind === 'character' ? `"${String.fromCodePoint(command.codePoint)}"` : command.kind;
    });
  }

  const named = (name: string) => viewOf(DESK_STATES.find(([other]) => other === name)![1]);
  const KEYS = ['a', 'O', 'n', '\t', '\x1b[B', '\r'];

  it.each([
    ['home', ['A', 'O', 'N', 'nextTab', 'down', 'confirm']],
    ['step reason', ['A', 'O', 'N', 'nextTab', 'down', 'confirm']],
    ['search, typed', ['"a"', '"O"', '"n"', 'nextTab', 'down', 'confirm']],
    ['step write', ['"a"', '"O"', '"n"', 'nextTab', 'down', 'confirm']],
    ['kiosk, keyboard', ['"a"', '"O"', '"n"', 'nextTab', 'down', 'confirm']],
    ['step removal', ['otherWay', 'nextLanguage', 'down', 'confirm']],
    ['askCard', ['openDesk', 'otherWay', 'nextLanguage', 'down', 'confirm']],
  ])('at "%s" are understood as %j', async (name, expected) => {
    expect(await pressed(named(name), KEYS)).toEqual(expected);
  });

  it('are the cardholder’s where no operator is signed in, and at their turn', async () => {
    expect(await pressed(aView({ desk: aDeskView({ kind: 'away' }) }), ['a', 'o', '\t'])).toEqual([
      'openDesk',
      'nextLanguage',
    ]);
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

  it('says how staff sign in where the card that is in may be theirs, and on no other screen', () => {
    const away: DeskState = { kind: 'away' };
    const staff = `O ${TEXTS.en.desk.keys.staff}`;
    expect(words(away)).toContain(staff);
    expect(words(away, { language: 'de' })).toContain(`O ${TEXTS.de.desk.keys.staff}`);
    const shown = ['insertCard', 'found', 'refused', 'blank'];
    for (const [name, walkUp] of EVERY_STATE)
      expect(words(away, { walkUp }).includes(staff), name).toBe(shown.includes(walkUp.kind));
  });
});
