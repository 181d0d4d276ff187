import { PassThrough, Writable } from 'node:stream';
import { render } from 'ink';
import { afterAll, describe, expect, it } from 'vitest';
import { App } from '../../screens/app.tsx';
import { deskStageFor } from '../../screens/desk/desk-stage.ts';
import { deskKeyHints } from '../../screens/desk/key-hints.ts';
import { keyHints } from '../../screens/key-help.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import { codeOfDesk } from '../../src/flows/desk-facts.ts';
import { type KioskView, LANGUAGES } from '../../src/flows/kiosk-view.ts';
import { codeOf } from '../../src/flows/walk-up.ts';
import { anEnterPin, aWriting, EVERY_STATE, STATES } from '../flows/walk-up-states.ts';
import { aDeskView, DESK_STATES } from './desk-states.ts';
import { aView } from './views.ts';

/** One Ink for all of them, as a screen reader has it. */
function openAloud() {
  let frame = '';
  const stdout = Object.assign(
    new Writable({
      write: (chunk: Buffer, _, done) => {
        frame = chunk.toString();
        done();
      },
    }),
    { columns: 80, rows: 24 },
  ) as unknown as NodeJS.WriteStream;
  const stdin = Object.assign(new PassThrough(), {
    ...{ isTTY: true, setRawMode: () => {}, ref: () => {}, unref: () => {} },
  }) as unknown as NodeJS.ReadStream;
  const element = (view: KioskView) => <App view={view} onCommand={() => {}} />;
  const options = { stdin, stdout, debug: true, patchConsole: false, isScreenReaderEnabled: true };
  const ink = render(element(aView({ isReadAloud: true })), options);
  return {
    read(view: Partial<KioskView>): readonly string[] {
      frame = '';
      ink.rerender(element(aView({ ...view, isReadAloud: true })));
      return frame
        .split('\n')
        .map((line) => line.replace(/\s+/g, ' ').trim())
        .filter((line) => line !== '');
    },
    close: () => ink.unmount(),
  };
}

const { read, close } = openAloud();
afterAll(close);

/** Lines, blocks, arrows, dots: what is there to be looked at. */
const PICTURES = /[\u2190-\u2bff●•·✓░█…]|\[[x ]\]|<-/;

describe.each(LANGUAGES)('Read aloud in %s', (language) => {
  const texts = TEXTS[language];
  const { aloud } = texts.seeing;
  /** What a line begins with that says this, whatever it says. */
  const beginning = (line: string) => line.slice(0, line.indexOf('#'));
  const KEYS = beginning(aloud.keys('#'));

  it.each(EVERY_STATE)('the screen "%s" begins with what it is about, and has words only', (_, walkUp) => {
    const lines = read({ walkUp, language });
    const said = lines.join('\n');
    expect(said).not.toMatch(PICTURES);
    // No step, keys or status before it.
    expect(lines[0]!.length, said).toBeGreaterThan(5);
    expect(lines[0], said).not.toContain(KEYS);
    const step = aloud.step(1, 2, 'x').split(' ')[0]!;
    expect(
      lines.filter((line) => line.startsWith(`${step} `)),
      said,
    ).toHaveLength(1);
    expect(lines.at(-1), said).toBe(aloud.code(codeOf(walkUp)));
    const keys = lines.find((line) => line.startsWith(KEYS))!;
    for (const { text } of keyHints(walkUp, texts))
      if (text !== texts.keys.scroll) expect(keys, said).toContain(text);
    expect(keys).toContain(texts.seeing.usualScreen);
  });

  it.each(DESK_STATES)('the desk at "%s" begins with where one is, and has words only', (_, state) => {
    const desk = aDeskView(state);
    const view = aView({ desk, language, isReadAloud: true });
    const lines = read(view);
    const said = lines.join('\n');
    expect(said).not.toMatch(PICTURES);
    expect(lines[0], said).toMatch(new RegExp(`^${beginning(aloud.page('#'))}`));
    expect(lines.at(-1), said).toBe(aloud.code(codeOfDesk(state)));
    const keys = lines.find((line) => line.startsWith(KEYS))!;
    for (const { text } of deskKeyHints(deskStageFor(view, desk))) expect(keys, said).toContain(text);
  });
});

describe('Read aloud', () => {
  it('a PIN is said by how many digits it has', () => {
    const typed = (length: number) => read({ walkUp: anEnterPin({ length }) });
    expect(typed(0)).toContain('Nothing typed yet.');
    expect(typed(1)).toContain('1 digit typed.');
    expect(typed(6)).toContain('6 digits typed.');
  });

  it('a choice is said in a line of its own, so that nothing else changes with it', () => {
    const [state] = Object.values(STATES.chooseReason);
    const at = (selected: number) => read({ walkUp: { ...state!, selected } });
    const [first, second] = [at(0), at(1)];
    expect(second.filter((line) => !first.includes(line))).toEqual([expect.stringMatching(/^Chosen: 2, /)]);
  });

  it('nothing is said anew because a second or a minute has passed', () => {
    for (const [, walkUp] of EVERY_STATE) {
      const view = {
        walkUp,
        isCentralReached: false,
        idleSecondsLeft: 80,
        waitedSeconds: 31,
        dataAgeSeconds: 100,
      };
      const later = {
        ...{ idleSecondsLeft: 31, waitedSeconds: 59, dataAgeSeconds: 500, now: '2026-11-22T10:43:30Z' },
      };
      expect(read({ ...view, ...later })).toEqual(read(view));
    }
  });

  it('it is said in time that it starts over', () => {
    const said = (idleSecondsLeft: number) =>
      read({ idleSecondsLeft }).filter((line) => line.includes('less than'));
    expect([45, 29, 20].map(said).map(([line]) => line?.match(/\d+/)?.[0])).toEqual([undefined, '30', '30']);
    expect(said(9)[0]).toContain('10 seconds');
  });

  it('how far the writing is, is said in tens of per cent', () => {
    const at = (done: number) =>
      read({
        walkUp: aWriting({
          progress: { phase: 'key', subject: '9A', algorithm: null, done, total: 40, remainingMs: 20_000 },
        }),
      });
    expect(at(9)).toContain('20 percent done.');
    expect(at(11)).toEqual(at(9));
  });

  it('no size is too small', () => {
    const [, walkUp] = EVERY_STATE[0]!;
    expect(read({ walkUp, size: { columns: 20, rows: 5 } })).toEqual(read({ walkUp }));
  });
});
