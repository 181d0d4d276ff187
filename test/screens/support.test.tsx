import { renderToString } from 'ink';
import { describe, expect, it } from 'vitest';
import { App } from '../../screens/app.tsx';
import { qrSize } from '../../screens/parts/qr-view.tsx';
import { supportModules } from '../../screens/qr-code.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import { glyphsFor } from '../../screens/theme.ts';
import { STABLE_CODES } from '../../src/domain/stable-codes.ts';
import { type KioskView, LANGUAGES } from '../../src/flows/kiosk-view.ts';
import { codeOfEnd } from '../../src/flows/support.ts';
import { aRefusal, EVERY_STATE } from '../flows/walk-up-states.ts';
import { aView } from './views.ts';

const CODE = '7K2M-9QPX-41TD';
const OPEN = { code: CODE, isOpen: true };
const FOOTER = ['Demo: Ctrl+N next card', 'cards: good revoked-elsewhere'];
/** A corner of a QR code, in half blocks. */
const FINDER = '█▀▀▀▀▀█';

const draw = (view: KioskView) =>
  renderToString(<App view={view} onCommand={() => {}} />, { columns: view.size.columns });
const words = (view: KioskView) => draw(view).replace(/[\s│█▀▄]+/g, ' ');

describe.each(LANGUAGES)('Whoever has trouble (%s)', (language) => {
  const ends = EVERY_STATE.filter(([, state]) => codeOfEnd(state) !== null);

  it.each(ends)('has a code for the helpdesk at "%s", in one line, with its key', (_, walkUp) => {
    const frame = draw(aView({ walkUp, language, footer: FOOTER, idleSecondsLeft: 600 }));
    expect(frame).toContain(TEXTS[language].support.line(CODE));
    expect(frame).toContain(`Q ${TEXTS[language].support.key}`);
    expect(frame).not.toContain('…');
  });

  it('can show it in large, with a picture and what it is for, whole in the smallest terminal', () => {
    const view = aView({ walkUp: aRefusal(), language, footer: FOOTER, support: OPEN });
    const { support } = TEXTS[language];
    expect(draw(view)).toContain([...CODE].join(' '));
    expect(draw(view).split(FINDER)).toHaveLength(4);
    for (const text of [support.how, support.picture, support.holds])
      for (const word of text.split(' ')) expect(words(view)).toContain(word);
    expect(draw(view)).toMatch(/RP-06-disabled +\n|RP-06-disabled$/m);
  });

  it('sees the picture beside the text where there is room', () => {
    const at = (columns: number, rows: number) =>
      draw(aView({ walkUp: aRefusal(), language, size: { columns, rows } })).includes(FINDER);
    expect([at(80, 24), at(99, 30), at(100, 29), at(100, 30), at(200, 60)]).toEqual([
      ...[false, false, false, true, true],
    ]);
  });

  it('sees the code alone where few glyphs and little room leave none for the picture', () => {
    const few = { walkUp: aRefusal(), language, support: OPEN, hasFewGlyphs: true };
    expect(words(aView(few))).not.toContain(TEXTS[language].support.picture.split(' ').slice(0, 3).join(' '));
    expect(draw(aView(few))).toContain([...CODE].join(' '));
    const large = draw(aView({ ...few, size: { columns: 160, rows: 48 } }));
    expect(large).toMatch(/^[ -~¡«°»¿À-ÿ\n─│┌┐└┘├┤┬┴┼]+$/);
  });
});

describe('The picture', () => {
  it('has room beside the text in the smallest terminal, whatever went wrong', () => {
    for (const stable of STABLE_CODES) {
      const { columns, rows } = qrSize(supportModules(CODE, stable), glyphsFor(false));
      expect(
        [columns, rows].map((cells, i) => cells <= [29, 15][i]!),
        stable,
      ).toEqual([true, true]);
    }
  });

  it('has its three corners, and is quiet all around', () => {
    const modules = supportModules(CODE, 'RP-06-disabled');
    const size = modules.length;
    const isFree = (at: number) => at < 2 || at >= size - 2;
    for (const [row, line] of modules.entries())
      for (const [column, isDark] of line.entries())
        if (isFree(row) || isFree(column)) expect(isDark).toBe(false);
    for (const [row, column] of [
      ...[
        [2, 2],
        [2, size - 9],
        [size - 9, 2],
      ],
    ] as const)
      expect([0, 1, 2, 3, 4, 5, 6].map((i) => modules[row! + 3]![column! + i])).toEqual([
        ...[true, false, true, true, true, false, true],
      ]);
  });
});
