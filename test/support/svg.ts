import type { Terminal } from '@xterm/headless';

/** Of a cell. So large are its letters that a letter is as wide as it: nothing but whole numbers is written. */
const CELL = { width: 10, height: 20 };
const LETTERS = 16.6;
/** Of a line of letters, from the top of its cells. */
const BASELINE = 15;
const MARGIN = 10;
/** The sixteen colours of a usual dark terminal. */
const PALETTE = [
  ...['#16181a', '#cc6666', '#8abe77', '#de935f', '#3d6ea5', '#b294bb', '#8abeb7', '#c5c8c6'],
  ...['#666b70', '#e07a7a', '#a5d18f', '#f0c674', '#9bbbe0', '#c9a9d6', '#9fd6cf', '#ffffff'],
];
const FOREGROUND = '#d8dadb';
const BACKGROUND = '#16181a';

/** Signs that fill a part of their cell, from its top, in the strength of their colour: drawn as what they are, whatever the letters. */
const BLOCKS: Readonly<
  Record<string, { readonly top: number; readonly height: number; readonly opacity: number }>
> = {
  '█': { top: 0, height: CELL.height, opacity: 1 },
  '▀': { top: 0, height: CELL.height / 2, opacity: 1 },
  '▄': { top: CELL.height / 2, height: CELL.height / 2, opacity: 1 },
  '░': { top: 0, height: CELL.height, opacity: 0.25 },
  '▒': { top: 0, height: CELL.height, opacity: 0.5 },
  '▓': { top: 0, height: CELL.height, opacity: 0.75 },
};

/** One cell as it looks. */
interface Look {
  readonly text: string;
  /** What is behind it; null: the terminal. */
  readonly ground: string | null;
  /** Of its letter, as attributes. */
  readonly ink: string;
  readonly colour: string;
}

/** What a terminal shows, as a picture: as few elements as its colours want. @param title for those who cannot see it */
export function toSvg(terminal: Terminal, title: string): string {
  const width = terminal.cols * CELL.width + 2 * MARGIN;
  const height = terminal.rows * CELL.height + 2 * MARGIN;
  const rows = Array.from({ length: terminal.rows }, (_, row) => looksOf(terminal, row));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    ...drawPaints(rows, groundsOf),
    ...drawPaints(rows, blocksOf),
    `<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="${LETTERS}" fill="${FOREGROUND}" xml:space="preserve">`,
    ...rows.flatMap((looks, row) => lettersOf(looks, row * CELL.height)),
    '</g>',
    '</svg>\n',
  ].join('\n');
}

function looksOf(terminal: Terminal, row: number): readonly Look[] {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + row);
  return Array.from({ length: terminal.cols }, (_, column) => lookOf(line?.getCell(column)));
}

type Cell = ReturnType<NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>['getCell']>;

function lookOf(cell: Cell): Look {
  const isInverse = Boolean(cell?.isInverse());
  const colour = isInverse ? (background(cell) ?? BACKGROUND) : foreground(cell);
  const ground = isInverse ? foreground(cell) : background(cell);
  const ink = [
    colour === FOREGROUND ? '' : ` fill="${colour}"`,
    cell?.isBold() ? ' font-weight="bold"' : '',
    cell?.isDim() ? ' opacity="0.65"' : '',
    cell?.isUnderline() ? ' text-decoration="underline"' : '',
  ].join('');
  return { text: cell?.getChars() || ' ', ground, ink, colour };
}

/** Rectangles of one paint in one piece, over the whole picture. */
function drawPaints(
  rows: readonly (readonly Look[])[],
  paintsOf: (looks: readonly Look[], y: number) => Paints,
) {
  const paths = new Map<string, string>();
  for (const [row, looks] of rows.entries())
    for (const { paint, x, y, width, height } of paintsOf(looks, row * CELL.height))
      paths.set(paint, `${paths.get(paint) ?? ''}M${x} ${y}h${width}v${height}h-${width}z`);
  return [...paths].map(([paint, path]) => `<path${paint} d="${path}"/>`);
}

type Paints = readonly {
  /** As attributes. */
  readonly paint: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}[];

function groundsOf(looks: readonly Look[], y: number): Paints {
  return runsOf(looks, ({ ground }) => ground).map(({ value, from, to }) => ({
    ...{ paint: ` fill="${value}"`, x: from * CELL.width, y },
    ...{ width: (to - from) * CELL.width, height: CELL.height },
  }));
}

function blocksOf(looks: readonly Look[], y: number): Paints {
  const runs = runsOf(looks, ({ text, colour }) => (text in BLOCKS ? `${text}${colour}` : null));
  return runs.map(({ value, from, to }) => {
    const { top, height, opacity } = BLOCKS[value.slice(0, 1)]!;
    const faint = opacity === 1 ? '' : ` opacity="${opacity}"`;
    return {
      ...{ paint: ` fill="${value.slice(1)}"${faint}`, x: from * CELL.width, y: y + top },
      ...{ width: (to - from) * CELL.width, height },
    };
  });
}

/** Neighbours of the same kind. @param kindOf null: nothing is drawn there */
function runsOf(looks: readonly Look[], kindOf: (look: Look) => string | null) {
  const runs: { value: string; from: number; to: number }[] = [];
  for (const [column, look] of looks.entries()) {
    const value = kindOf(look);
    const last = runs.at(-1);
    if (value === null) continue;
    if (last?.value === value && last.to === column) last.to += 1;
    else runs.push({ value, from: column, to: column + 1 });
  }
  return runs;
}

/** Letters of one look in one piece; a blank is of the look before it, since nobody sees it. */
function lettersOf(looks: readonly Look[], y: number): readonly string[] {
  const pieces: { ink: string; from: number; text: string }[] = [];
  for (const [column, { text, ink }] of looks.entries()) {
    const sign = text in BLOCKS ? ' ' : text;
    const last = pieces.at(-1);
    // An underlined blank is seen.
    if (last && (last.ink === ink || (sign === ' ' && !ink.includes('underline')))) last.text += sign;
    else if (sign !== ' ') pieces.push({ ink, from: column, text: sign });
  }
  return pieces.map(({ ink, from, text }) => {
    const letters = text.trimEnd();
    const wide = ` textLength="${[...letters].length * CELL.width}"`;
    return `<text x="${from * CELL.width}" y="${y + BASELINE}"${letters.length > 1 ? wide : ''}${ink}>${escapeXml(letters)}</text>`;
  });
}

function background(cell: Cell): string | null {
  if (cell?.isBgRGB()) return hex(cell.getBgColor());
  return cell?.isBgPalette() ? (PALETTE[cell.getBgColor()] ?? null) : null;
}

function foreground(cell: Cell): string {
  if (cell?.isFgRGB()) return hex(cell.getFgColor());
  return cell?.isFgPalette() ? (PALETTE[cell.getFgColor()] ?? FOREGROUND) : FOREGROUND;
}

/** @param rgb 24 bits */
function hex(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, '0')}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
