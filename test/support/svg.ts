import type { Terminal } from '@xterm/headless';

const CELL = { width: 8.4, height: 18 };
const MARGIN = 12;
/** The sixteen colours of a usual dark terminal. */
const PALETTE = [
  '#1d1f21',
  '#cc6666',
  '#8abe77',
  '#de935f',
  '#81a2be',
  '#b294bb',
  '#8abeb7',
  '#c5c8c6',
  '#666b70',
  '#e07a7a',
  '#a5d18f',
  '#f0c674',
  '#9bbbe0',
  '#c9a9d6',
  '#9fd6cf',
  '#ffffff',
];
const FOREGROUND = '#d8dadb';
const BACKGROUND = '#16181a';

/** What a terminal shows, as a picture, cell by cell. @param title for those who cannot see it */
export function toSvg(terminal: Terminal, title: string): string {
  const width = terminal.cols * CELL.width + 2 * MARGIN;
  const height = terminal.rows * CELL.height + 2 * MARGIN;
  const lines = Array.from({ length: terminal.rows }, (_, row) => drawRow(terminal, row)).join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" xml:space="preserve">${lines}</g>`,
    '</svg>\n',
  ].join('\n');
}

function drawRow(terminal: Terminal, row: number): string {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + row);
  let drawn = '';
  for (let column = 0; column < terminal.cols; column += 1) {
    const cell = line?.getCell(column);
    const text = cell?.getChars() ?? '';
    const isInverse = Boolean(cell?.isInverse());
    const x = MARGIN + column * CELL.width;
    const y = MARGIN + row * CELL.height;
    const ground = isInverse ? foreground(cell) : background(cell);
    if (ground)
      drawn += `<rect x="${x}" y="${y}" width="${CELL.width + 0.3}" height="${CELL.height}" fill="${ground}"/>`;
    if (text.trim() === '') continue;
    const ink = isInverse ? BACKGROUND : foreground(cell);
    const weight = cell?.isBold() ? ' font-weight="bold"' : '';
    const faint = cell?.isDim() ? ' opacity="0.65"' : '';
    drawn += `<text x="${x}" y="${y + 13.5}" fill="${ink}"${weight}${faint}>${escapeXml(text)}</text>`;
  }
  return drawn;
}

type Cell = ReturnType<NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>['getCell']>;

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
