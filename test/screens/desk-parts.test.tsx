import fc from 'fast-check';
import { renderToString } from 'ink';
import { describe, expect, it } from 'vitest';
import { bigDigits, digitGroups } from '../../screens/desk/big-digits.ts';
import { columnWidths } from '../../screens/desk/column-widths.ts';
import { flowLines, ITEM_GAP } from '../../screens/desk/flow-lines.ts';
import { ListTable } from '../../screens/desk/parts/list-table.tsx';
import { PhotoView } from '../../screens/desk/parts/photo-view.tsx';
import { TextField } from '../../screens/desk/parts/text-field.tsx';
import { shadesOf, twoPixelLines } from '../../screens/desk/pixels.ts';
import { stageFor } from '../../screens/stage.ts';
import { glyphsFor } from '../../screens/theme.ts';
import { aView } from './views.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('Columns', () => {
  it('fill their room exactly where one of them grows, and are never wider, whatever they ask for', () => {
    const column = fc.record({ min: fc.integer({ min: 1, max: 60 }), grow: fc.integer({ min: 0, max: 5 }) });
    fc.assert(
      fc.property(
        fc.array(column, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 8, max: 300 }),
        (columns, width) => {
          const widths = columnWidths(columns, width);
          expect(widths).toHaveLength(columns.length);
          expect(sum(widths)).toBeLessThanOrEqual(width);
          expect(Math.min(...widths)).toBeGreaterThanOrEqual(1);
          if (columns.some(({ grow }) => grow > 0)) expect(sum(widths)).toBe(width);
        },
      ),
    );
  });
});

describe('Things on lines', () => {
  it('are all there, in their order, and no line is too long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 })),
        fc.integer({ min: 40, max: 200 }),
        (widths, width) => {
          const lines = flowLines(widths, width);
          expect(lines.flat()).toEqual(widths.map((_, i) => i));
          for (const line of lines)
            expect(sum(line.map((i) => widths[i]!)) + ITEM_GAP * (line.length - 1)).toBeLessThanOrEqual(
              width,
            );
        },
      ),
    );
  });
});

describe('A one-time code', () => {
  it.each([
    ['12345678', ['1234', '5678']],
    ['123456789012', ['1234', '5678', '9012']],
    ['00004212345678', ['000042', '1234', '5678']],
    ['000042123456789012', ['000042', '1234', '5678', '9012']],
    ['123', ['123']],
    ['', []],
  ])('%s is read in groups', (digits, groups) => {
    expect(digitGroups(digits)).toEqual(groups);
    expect(digitGroups(digits).join('')).toBe(digits);
  });

  it('is five lines high, as long as the longest fits into the smallest terminal', () => {
    const lines = bigDigits(digitGroups('000042123456789012'), '#');
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(78);
    expect(bigDigits(['17'], '#')).toEqual([' #  ###', '##    #', ' #   # ', ' #   # ', '###  # '].map(pad));
  });
});

const pad = (line: string) => line.slice(0, 7);

describe('A photo', () => {
  const picture = {
    width: 2,
    height: 3,
    rgb: Uint8Array.of(0, 0, 0, 255, 255, 255, 0, 0, 0, 255, 255, 255, 9, 9, 9, 9, 9, 9),
  };

  it('has two pixels in a cell, and the last row doubled where it has no other', () => {
    expect(twoPixelLines(picture)).toEqual([
      [
        { upper: '#000000', lower: '#000000', count: 1 },
        { upper: '#ffffff', lower: '#ffffff', count: 1 },
      ],
      [{ upper: '#090909', lower: '#090909', count: 2 }],
    ]);
  });

  it('is as bright in signs as it is in colours', () => {
    expect(shadesOf(picture, ' .#')).toEqual([' #', '  ']);
    expect(shadesOf({ width: 2, height: 2, rgb: new Uint8Array(12).fill(77) }, ' .#')).toEqual(['  ']);
  });

  it.each([
    [24, false, '▀▀'],
    [8, false, '▀▀'],
    [4, false, ' █'],
    [24, true, ' @'],
    [1, true, ' @'],
  ])('is drawn with %d bits of colour and few glyphs %s', (colourDepth, hasFewGlyphs, first) => {
    const drawn = renderToString(
      <PhotoView picture={picture} colourDepth={colourDepth} glyphs={glyphsFor(hasFewGlyphs)} />,
    );
    expect(drawn.split('\n')[0]).toBe(first);
  });
});

describe('A text that is typed', () => {
  it('shows its end and the cursor, however long it is', () => {
    const draw = (text: string) => renderToString(<TextField label="Name:" text={text} width={20} />);
    expect(draw('Ada')).toBe('Name:  Ada_');
    expect(draw('Ada ')).toBe('Name:  Ada _');
    expect(draw('')).toBe('Name:  _');
    expect(draw(`${'x'.repeat(300)}end`)).toMatch(/^Name: {2}….*end_$/);
    expect(draw('\x1b[2J\u202Eabc')).toMatch(/^Name: {2}[ -~]*abc_$/);
  });
});

describe('A list', () => {
  const stage = stageFor(aView());
  const columns = [
    { title: 'Name', min: 10, grow: 1 },
    { title: 'Card', min: 14 },
  ];
  const rows = (names: readonly string[]) =>
    names.map((name, i) => ({ key: `${i}`, cells: [name, { text: `card ${i}`, look: 'off' as const }] }));
  const draw = (names: readonly string[], selected: number | null, height = 10) =>
    renderToString(
      <ListTable
        stage={stage}
        columns={columns}
        rows={rows(names)}
        selected={selected}
        height={height}
        empty="Nobody."
      />,
      { columns: 80 },
    ).split('\n');

  it('cuts a name that is too long, and the next column stays where it is', () => {
    for (const name of [
      'Ö'.repeat(100),
      '漢字'.repeat(60),
      '👩‍💻'.repeat(60),
      `A\nB\x1b[31m${'x'.repeat(100)}`,
    ]) {
      const lines = draw([name, 'Ada'], 0);
      expect(lines).toHaveLength(3);
      expect(lines[1]).toMatch(/^► .*… +card 0$/u);
    }
  });

  it('cuts with a sign that the Linux console has', () => {
    const few = stageFor(aView({ hasFewGlyphs: true }));
    const one = [{ key: 'a', cells: ['Ä'.repeat(100), 'card'] }];
    const table = <ListTable stage={few} columns={columns} rows={one} selected={0} height={9} empty="" />;
    expect(renderToString(table, { columns: 80 })).toMatch(/^[ -~À-ÿ\n]+Ä~ card$/);
  });

  it('has the chosen row in sight, wherever it is, and says how many are not', () => {
    const names = Array.from({ length: 50 }, (_, i) => `Person ${i}`);
    for (const selected of [0, 1, 25, 48, 49]) {
      const lines = draw(names, selected);
      expect(lines).toHaveLength(10);
      expect(lines.filter((line) => line.startsWith('►'))).toEqual([
        expect.stringContaining(`Person ${selected} `),
      ]);
    }
  });

  it('says that there is nothing', () => {
    expect(draw([], 0)).toEqual(['  Nobody.']);
  });
});
