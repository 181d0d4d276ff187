import { renderToString } from 'ink';
import { describe, expect, it } from 'vitest';
import { App } from '../../screens/app.tsx';
import { cardLine } from '../../screens/card-line.ts';
import { keyHints } from '../../screens/key-help.ts';
import { answerOf } from '../../screens/key-map.ts';
import { keyModeOf } from '../../screens/key-mode.ts';
import { stageFor } from '../../screens/stage.ts';
import { SCREEN_CODES } from '../../screens/texts/screen-codes.ts';
import { refusalText, TEXTS } from '../../screens/texts/texts.ts';
import { REFUSALS } from '../../src/domain/eligibility.ts';
import { type KioskView, LANGUAGES } from '../../src/flows/kiosk-view.ts';
import { codeOf } from '../../src/flows/walk-up.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { aCard, aReason, REASONS } from '../flows/cards-and-reasons.ts';
import {
  anInterruption,
  aRefusal,
  aWarning,
  aWriting,
  EVERY_STATE,
  STATES,
} from '../flows/walk-up-states.ts';
import { aDeskView } from './desk-states.ts';
import { bodyWords, missingFrom } from './frame-words.ts';
import { aView } from './views.ts';

/** The lines of a frame, and the frame as the message of whatever fails. */
function draw(view: KioskView): { readonly lines: readonly string[]; readonly frame: string } {
  const output = renderToString(<App view={view} onCommand={() => {}} />, { columns: view.size.columns });
  const border = '-'.repeat(view.size.columns);
  return { lines: output.split('\n'), frame: `\n${border}\n${output}\n${border}\n` };
}

/** What is true of the card stands above the keys, whole and with a sign (UX-03). */
function expectCardLine(view: KioskView, line: string): void {
  const note = cardLine(stageFor(view));
  if (note === null) expect(line).toMatch(/^─+$/);
  else expect(line).toMatch(`─ ${note.sign} ${note.text} ─`);
}

/** As many corners of each kind: no box is cut off at a side or below. */
function expectWholeBoxes({ frame }: { readonly frame: string }): void {
  const count = (corner: string) => frame.split(corner).length - 1;
  expect([count('┐'), count('└'), count('┘')], frame).toEqual(Array(3).fill(count('┌')));
}

function expectToFit(view: KioskView): void {
  const { columns, rows } = view.size;
  const { lines, frame } = draw(view);
  expect(lines.join('').trim(), frame).not.toBe('');
  expect(lines.length, frame).toBeLessThanOrEqual(rows);
  for (const line of lines) expect(line.length, frame).toBeLessThanOrEqual(columns);
}

const SMALLEST = { columns: 80, rows: 24 };
const USUAL = { columns: 100, rows: 30 };
const LARGEST = { columns: 200, rows: 60 };
const TOO_SMALL = [
  { columns: 20, rows: 5 },
  { columns: 79, rows: 24 },
  { columns: 80, rows: 23 },
  { columns: 1, rows: 1 },
  { columns: 3, rows: 2 },
  { columns: 0, rows: 0 },
];
const FOOTER = ['Demo: Ctrl+N next card', 'cards: good revoked-elsewhere'];

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Lists and terms that are longer than the smallest terminal: they say how much there is besides. */
const LONG_LISTS = [
  ...[
    'chooseTask, a long list',
    'difference, a long one',
    'chooseMedium, a long list',
    'softDone, many keys',
  ],
  ...['chooseLeft, first', 'chooseLeft, some marked', 'chooseLeft, still too few', 'chooseLeft, none marked'],
  ...['confirmRemoval, many', 'onMyCard, twenty old keys', 'onMyCard, twenty old keys, the end'],
  ...['found, with many certificates', 'chooseReason, a long list', 'plan, a long one'],
  ...[
    'plan, a long one, its end',
    'terms, long',
    'terms, its end',
    'terms, of a new card',
    'terms, of a new PIN',
  ],
  ...['terms, of keys onto a card', 'terms, of a file', 'terms, of a file that an operator hands over'],
  'done, of a collection, with something else that waits',
];
/** Of a file's name from outside as much is shown as there is room. */
const isOurs = (word: string) => !word.includes('xxx') && !word.startsWith('x.');

describe.each(LANGUAGES)('In %s', (language) => {
  const texts = TEXTS[language];
  const next = TEXTS[LANGUAGES[(LANGUAGES.indexOf(language) + 1) % LANGUAGES.length]!].languageName;
  /** What says that a list goes on, with any number. */
  const goesOn = new RegExp(
    [texts.chooseReason.moreAbove, texts.chooseReason.moreBelow, texts.found.more, texts.softDone.more]
      .concat(texts.terms.more)
      .flatMap((more) => [more(1), more(77).replace('77', '[0-9]+')])
      .join('|'),
  );

  describe.each(EVERY_STATE)('the screen "%s"', (name, walkUp) => {
    const code = new RegExp(`${codeOf(walkUp)}$`);
    const hints = keyHints(walkUp, texts);
    const isLong = LONG_LISTS.includes(name);
    // Drawn once for all that is looked at.
    const small = lazy(() => draw(aView({ walkUp, language })));
    const large = lazy(() => draw(aView({ walkUp, language, size: LARGEST })));

    it('fills every terminal with its code at the bottom right, all keys and whole boxes', () => {
      for (const [size, { lines, frame }] of [
        [SMALLEST, small()] as const,
        [USUAL, draw(aView({ walkUp, language, size: USUAL }))] as const,
        [LARGEST, large()] as const,
      ]) {
        expect(lines, frame).toHaveLength(size.rows);
        for (const line of lines) expect(line.length, frame).toBeLessThanOrEqual(size.columns);
        expect(lines.at(-1)!.trimEnd(), frame).toMatch(code);
        expect(lines.at(-1)!.trimEnd(), frame).toHaveLength(size.columns - 1);
        for (const { text } of hints) expect(frame).toContain(text);
        expectWholeBoxes({ frame });
      }
    });

    it('says in the smallest terminal all that it says in a large one, and cuts nothing off', () => {
      const { lines, frame } = small();
      expect(lines.join('\n'), frame).not.toContain('…');
      if (isLong) expect(frame).toMatch(goesOn);
      else {
        const missing = missingFrom(bodyWords(large().lines).filter(isOurs), bodyWords(lines));
        expect(missing, `${frame}${large().frame}`).toEqual([]);
      }
    });

    it('says where one is, what is true of the card, and has a yes in every language where it asks for one', () => {
      const { lines, frame } = small();
      expectCardLine(aView({ walkUp, language }), lines.at(-3)!);
      expect(frame).toContain(texts.status.centralReached);
      expect(frame).toMatch(/\[[1-7] [^\]]+\]/);
      expect(lines[0]!.trimEnd(), frame).toMatch(new RegExp(` Tab ${next}   \\d\\d:\\d\\d$`));
      const { yesKey } = texts.keys;
      const isAsked = hints.some(({ key }) => key === yesKey);
      expect(keyModeOf(aView({ walkUp })) === 'question').toBe(isAsked);
      if (isAsked) expect(frame).not.toContain(`O ${texts.desk.keys.staff}`);
      if (isAsked) expect(answerOf(yesKey.toLowerCase(), yesKey)).toEqual({ kind: 'yes' });
    });

    it('keeps its code right above the lines of the demo, and says no less there', () => {
      const { lines, frame } = draw(aView({ walkUp, language, footer: FOOTER }));
      expect(lines.at(-3)!.trimEnd(), frame).toMatch(code);
      expect(
        lines.slice(-2).map((line) => line.trim()),
        frame,
      ).toEqual(FOOTER);
      expectWholeBoxes({ frame });
      if (isLong) expect(frame).toMatch(goesOn);
      else expect(missingFrom(bodyWords(small().lines), bodyWords(lines.slice(0, -2))), frame).toEqual([]);
    });
  });

  it('the status line of the smallest terminal says whole how old the data are, and what is wrong, beside any code', () => {
    const longest = [...EVERY_STATE].sort(([, a], [, b]) => codeOf(b).length - codeOf(a).length).slice(0, 3);
    const { status } = texts;
    const troubles: readonly (readonly [string, Partial<KioskView>])[] = [
      [status.cardsReady, {}],
      [status.noRoom, { hasNoRoom: true }],
      [status.cardsDown, { isCardServiceUp: false }],
      [status.noReader, { readers: [] }],
    ];
    for (const [, walkUp] of [...longest, ['', STATES.insertCard.empty!] as const])
      for (const [said, trouble] of troubles)
        for (const [dataAgeSeconds, age] of [
          [47, / 47 /],
          [59 * 60, / 59 /],
          [99 * 3600, / 99 /],
        ] as const) {
          const { lines, frame } = draw(
            aView({ walkUp, language, isCentralReached: false, dataAgeSeconds, ...trouble }),
          );
          const line = lines.at(-1)!;
          expect(line, frame).not.toContain('…');
          expect(line, frame).toContain(status.centralNotReached);
          if (said === status.cardsReady) expect(line, frame).toMatch(age);
          else expect(line, frame).toContain(said);
        }
  });

  it('every screen becomes one message in a terminal that is too small', () => {
    const codes = new Map(EVERY_STATE.map(([, walkUp]) => [codeOf(walkUp), walkUp]));
    for (const [code, walkUp] of codes)
      for (const size of TOO_SMALL) {
        const { lines, frame } = draw(aView({ walkUp, language, size }));
        expect(lines.length, frame).toBeLessThanOrEqual(Math.max(1, size.rows));
        for (const line of lines) expect(line.length, frame).toBeLessThanOrEqual(Math.max(1, size.columns));
        if (size.columns >= 79) expect(lines.at(-1), frame).toMatch(new RegExp(`${code}$`));
      }
  });

  it('the first screen names all languages by number, and marks the one that is spoken', () => {
    for (const walkUp of Object.values(STATES.insertCard)) {
      const named = LANGUAGES.map((one, i) => `${i + 1} ${TEXTS[one].languageName}`);
      const line = named.map((name, i) => (LANGUAGES[i] === language ? `[${name}]` : name)).join('   ');
      expect(draw(aView({ walkUp, language, footer: FOOTER })).frame).toContain(` ${line}`);
    }
  });

  it.each(SCREEN_CODES)('the refusal %s has its own words, whole in the smallest terminal', (code) => {
    const { title, why, next } = TEXTS[language].refusals[code];
    const walkUp = aRefusal({ code, canRetry: true });
    const { frame } = draw(aView({ walkUp, language, footer: FOOTER }));
    const words = frame.replace(/[\s│]+/g, ' ');
    const { nothingChanged, takeOut } = TEXTS[language].refused;
    for (const text of [title, why, next, `${nothingChanged} ${takeOut}`]) expect(words).toContain(text);
  });

  it.each([
    ['central', { isCentralReached: false }, 'centralNotReached', 'RP-11-insert-card'],
    ['the card service', { isCardServiceUp: false }, 'cardServiceDown', 'UX-06-service-gone'],
    ['a reader', { readers: [] }, 'noReader', 'UX-06-reader-gone'],
  ] as const)('the first screen says whole that %s is missing, with its code', (_, changes, text, code) => {
    for (const walkUp of Object.values(STATES.insertCard)) {
      const drawn = draw(aView({ walkUp, language, footer: [...FOOTER, 'third line'], ...changes }));
      expectWholeBoxes(drawn);
      expect(drawn.frame.replace(/[\s│]+/g, ' '), drawn.frame).toContain(TEXTS[language].insertCard[text]);
      expect(drawn.frame).toContain(` ${code}`);
    }
  });

  it.each([
    ['the card service', { isCardServiceUp: false }, 'UX-06-service-gone'],
    ['a reader', { readers: [] }, 'UX-06-reader-gone'],
  ] as const)(
    'nobody is asked to put a card in where %s is missing, nor staff without a word',
    (_, changes, code) => {
      const { lines } = draw(aView({ language, ...changes }));
      expect(lines.at(-2)).not.toContain(TEXTS[language].keys.putCardIn);
      const desk = draw(
        aView({ language, ...changes, desk: aDeskView({ kind: 'askCard' }), footer: FOOTER }),
      );
      expectWholeBoxes(desk);
      expect(desk.frame.replace(/[\s│]+/g, ' '), desk.frame).toContain(
        TEXTS[language].desk.refusals[code].what,
      );
      expect(desk.lines.at(-3)!.trimEnd()).toMatch(new RegExp(` ${code}$`));
      // While it starts nothing is known of either.
      expect(draw(aView({ language, ...changes, isStarting: true })).frame).toContain('RP-11-insert-card');
    },
  );

  it('the warning is whole, also above the lines of the demo, whatever becomes of the keys, and for whatever reason', () => {
    const { leaveCardIn } = TEXTS[language].warning;
    const ways = [
      ...[{}, { isResume: true }, { isResume: true, keepsPin: true }],
      { losesKey: true, hasAcceptedLoss: true },
    ];
    for (const selected of REASONS.keys())
      for (const encryptionKey of [null, 'keep', 'recover', 'move', 'shelve'] as const)
        for (const way of ways) {
          const walkUp = aWarning({ ...way, selected, encryptionKey });
          for (const footer of [null, FOOTER]) {
            const drawn = draw(aView({ walkUp, language, footer }));
            expectWholeBoxes(drawn);
            expect(drawn.frame.replace(/[\s│]+/g, ' '), drawn.frame).toContain(leaveCardIn);
          }
        }
  });

  it('the first screen and the status line say that central does not let this kiosk in, with the code', () => {
    const refusedAs = 'SE-01-certificate-expired';
    const drawn = draw(
      aView({ walkUp: Object.values(STATES.insertCard)[0]!, language, footer: FOOTER, refusedAs }),
    );
    expectWholeBoxes(drawn);
    const { insertCard, status } = TEXTS[language];
    const words = drawn.frame.replace(/[\s│]+/g, ' ');
    expect(words).toContain(insertCard.centralRefuses(refusedAs));
    expect(words).toContain(`${status.centralRefuses} (${refusedAs})`);
  });

  it('nobody is told to take out a card that is out', () => {
    const { nothingChanged, takeOut } = TEXTS[language].refused;
    const { frame } = draw(aView({ walkUp: aRefusal({ isCardIn: false }), language }));
    expect(frame).toContain(nothingChanged);
    expect(frame).not.toContain(takeOut);
  });

  it('a card that is found says whole that this kiosk is shut out, and promises nothing', () => {
    const refusedAs = 'SE-01-kiosk-revoked';
    const { found, insertCard, refusals } = TEXTS[language];
    for (const walkUp of Object.values(STATES.found)) {
      const drawn = draw(aView({ walkUp, language, footer: FOOTER, refusedAs }));
      const words = drawn.frame.replace(/[\s│]+/g, ' ');
      expect(drawn.lines).toHaveLength(24);
      expect(drawn.lines.at(-3), drawn.frame).toMatch(/RP-11|RP-17|ID-04/);
      expect(words).toContain(refusals[refusedAs].title);
      expect(words).toContain(insertCard.centralRefuses(refusedAs));
      expect(words).not.toContain(found.title);
      const said = draw(aView({ walkUp, language, size: LARGEST, refusedAs }));
      const isListed = (word: string) => !/[0-9]/.test(word) && isOurs(word);
      if (walkUp.kind === 'found' && walkUp.card.certificates.length < 5)
        expect(
          missingFrom(bodyWords(said.lines).filter(isListed), bodyWords(drawn.lines)),
          drawn.frame,
        ).toEqual([]);
    }
  });

  it.each(REFUSALS)('a card that is written and not valid for %s says whole why, and what next', (code) => {
    const walkUp = anInterruption({ code, isWritten: true });
    const { frame } = draw(aView({ walkUp, language, footer: FOOTER }));
    const words = frame.replace(/[\s│]+/g, ' ');
    const { title, why, next } = TEXTS[language].refusals[code];
    for (const text of [title, why, next, TEXTS[language].interrupted.notValid]) {
      expect(words).toContain(text);
    }
  });

  it('a second card is named on every screen, in one line that takes no room', () => {
    for (const [, walkUp] of EVERY_STATE) {
      const view = aView({ walkUp, language, hasSecondCard: true, footer: FOOTER });
      const { lines, frame } = draw(view);
      expect(lines, frame).toHaveLength(view.size.rows);
      expect(frame).toContain(`! ${TEXTS[language].secondCard} ─`);
      const note = cardLine(stageFor(view));
      if (note !== null) expect(lines.at(-5), frame).toMatch(`─ ${note.sign} ${note.text} ─`);
    }
  });

  it('every screen can be read on a console with few glyphs, what is true of the card as well', () => {
    for (const [, walkUp] of EVERY_STATE) {
      const view = aView({ walkUp, language, hasFewGlyphs: true });
      const { lines, frame } = draw(view);
      expect(frame).toMatch(/^[ -~¡«°»¿À-ÿ\n─│┌┐└┘├┤┬┴┼]+$/);
      expectCardLine(view, lines.at(-3)!);
    }
  });

  it('nobody is asked for a card where there is no reader for it', () => {
    const { putIn } = TEXTS[language].cardLine;
    const rule = (changes: Partial<KioskView>) =>
      draw(aView({ walkUp: STATES.insertCard.empty!, language, ...changes })).lines.at(-3);
    expect(rule({})).toContain(putIn);
    for (const missing of [{ isCardServiceUp: false }, { readers: [] }]) {
      expect(rule(missing)).not.toContain(putIn);
      const { frame } = draw(aView({ walkUp: STATES.insertCard.empty!, language, ...missing }));
      expect(frame).toContain(TEXTS[language].insertCard.noReaderTitle);
      for (const asked of [TEXTS[language].insertCard.title, TEXTS[language].insertCard.how])
        expect(frame).not.toContain(asked);
    }
  });

  it('the time waited for central is shown', () => {
    const walkUp = aWriting({ waitsForCentral: true });
    const { frame } = draw(aView({ walkUp, language, waitedSeconds: 42 }));
    expect(frame.replace(/[\s│]+/g, ' ')).toContain(
      TEXTS[language].writing.waited(TEXTS[language].seconds(42)),
    );
  });

  it.each(SCREEN_CODES)('the interruption %s is whole in the smallest terminal', (code) => {
    const walkUp = anInterruption({ code, isCardIn: true });
    const { frame } = draw(aView({ walkUp, language, footer: FOOTER }));
    const words = frame.replace(/[\s│]+/g, ' ');
    expect(words).toContain(TEXTS[language].refusals[code].why);
    expect(words).toContain(TEXTS[language].interrupted.notLost);
  });
});

describe('What a cardholder reads', () => {
  it.each([
    ['en', 'Forgot PIN', "I don't have this"],
    ['de', 'PIN vergessen', 'Habe ich nicht'],
  ] as const)('the way on without a PIN is called by its name (%s)', (language, forgotPin, otherWay) => {
    for (const walkUp of Object.values(STATES.enterPin)) {
      const { frame } = draw(aView({ walkUp, language }));
      expect(frame).toContain(`N ${forgotPin}`);
      expect(frame).not.toContain(otherWay);
    }
    expect(draw(aView({ walkUp: STATES.enterCode.empty!, language })).frame).toContain(`N ${otherWay}`);
  });

  it('of a card that is not finished no certificate is called valid', () => {
    const state = (walkUp: WalkUpState) => draw(aView({ walkUp })).lines.map((line) => line.trimEnd());
    const isValid = (line: string) => /20[0-9]{2} +valid$/.test(line);
    expect(state(STATES.found.usual!).filter(isValid)).not.toEqual([]);
    const unfinished = state(STATES.found.unfinished!);
    expect(unfinished.filter(isValid)).toEqual([]);
    expect(unfinished.filter((line) => line.endsWith('not finished'))).not.toEqual([]);
  });

  it('whoever finishes a card is told whether the PIN that they have just typed stays', () => {
    const words = (walkUp: WalkUpState) => draw(aView({ walkUp })).frame.replace(/\s+/g, ' ');
    const { keepsPin, choosesPin } = TEXTS.en.warning;
    const { resume } = STATES.warning;
    expect(words(STATES.warning['resume with the PIN that is set']!)).toContain(keepsPin);
    expect(words(STATES.warning['resume with the PIN that is set']!)).toContain('✓ New PIN');
    expect(words(resume!)).toContain('5 New PIN');
    expect(words(resume!)).toContain(choosesPin);
    expect(words(aWarning())).not.toContain(choosesPin);
  });

  it('is a general text with the code where a code has no words of its own', () => {
    const { frame } = draw(aView({ walkUp: STATES.refused['code without words']! }));
    expect(refusalText(TEXTS.en, 'ZZ-99-something-new')).toBe(TEXTS.en.unknownRefusal);
    expect(frame).toContain(TEXTS.en.unknownRefusal.title);
    expect(frame).toContain('ZZ-99-something-new');
  });

  it('is a reason in English where the own language is missing', () => {
    const reasons = [REASONS[0]!, aReason({ code: 'new', titles: { en: 'Something that is new here' } })];
    const { frame } = draw(aView({ walkUp: { ...STATES.chooseReason.first!, reasons }, language: 'de' }));
    expect(frame).toContain('Die Regeln für meine Karte haben sich geändert');
    expect(frame).toContain('Something that is new here');
  });

  it('has dates as the reader writes them', () => {
    expect(draw(aView({ walkUp: STATES.found.usual! })).frame).toContain('31 December 2032');
    expect(draw(aView({ walkUp: STATES.found.usual!, language: 'de' })).frame).toContain('31. Dezember 2032');
  });

  it('calls a certificate past its end expired', () => {
    const { lines, frame } = draw(aView({ walkUp: STATES.found.usual! }));
    expect(
      lines.find((line) => line.includes('doors')),
      frame,
    ).toContain('expired');
  });

  it('says before the writing what becomes of the old certificates for this reason', () => {
    const selected = REASONS.findIndex(({ oldCertificates }) => oldCertificates === 'leave');
    expect(draw(aView({ walkUp: aWarning() })).frame).toContain('stop working');
    expect(draw(aView({ walkUp: aWarning({ selected }) })).frame).toContain('left to expire');
  });

  it('says before the writing what central has said of the encryption key, whatever the reason', () => {
    const texts = {
      ...{ keep: 'you can still read your old messages', recover: 'you can still read your old messages' },
      ...{ move: 'The old one stays on the card', shelve: 'The old one is kept safe' },
    };
    for (const [encryptionKey, text] of Object.entries(texts) as [keyof typeof texts, string][]) {
      const size = { columns: 120, rows: 40 };
      const { frame } = draw(aView({ walkUp: aWarning({ encryptionKey, selected: 4 }), size }));
      expect(frame, encryptionKey).toContain(text);
    }
  });

  it('says nothing of an encryption key on a card that has none', () => {
    const card = aCard({ certificates: [] });
    expect(draw(aView({ walkUp: aWarning({ card }) })).frame).not.toContain('encryption');
  });

  it('names a lost connection with the age of the data, and a missing reader', () => {
    const { frame } = draw(
      aView({ isCentralReached: false, dataAgeSeconds: 7200, readers: [], idleSecondsLeft: null }),
    );
    expect(frame).toContain('Central not reached, data 2 hours old');
    expect(frame).toContain(TEXTS.en.insertCard.noReader);
    expect(frame).not.toContain('Starts over');
  });
});

describe('Text from outside', () => {
  it.each([
    ['200 letters', 'x'.repeat(200)],
    ['escape sequences', '\x1b[2J\x1b[31mRed\x1b]0;title\x07\x1b[10;10HGone'],
    ['line breaks and tabs', 'A\nB\r\nC\tD\u2028E'],
    ['a changed direction of reading', '\u202Eecila\u202C'],
  ])('cannot break the frame with %s', (_, text) => {
    const card = aCard({ holderName: text, profileTitle: text, serial: text, expiresAt: text });
    const reasons = [{ ...REASONS[0]!, titles: { en: text } }];
    const states: readonly WalkUpState[] = [
      { kind: 'found', reader: 0, card },
      { kind: 'chooseReason', reader: 0, card, reasons, tasks: [], selected: 0, by: 'pin' },
      aWarning({ card, reasons }),
      aRefusal(),
    ];
    for (const walkUp of states) {
      const view = aView({ walkUp, kioskName: text, footer: [text] });
      expectToFit(view);
      const { lines, frame } = draw(view);
      for (const bad of ['\x1b', '\u202e', '\t', '\x07']) expect(frame).not.toContain(bad);
      expect(lines, frame).toHaveLength(24);
      expect(lines.at(-2)!.trimEnd(), frame).toMatch(new RegExp(`${codeOf(walkUp)}$`));
    }
  });
});
