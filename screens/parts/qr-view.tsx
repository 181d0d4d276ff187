import { Box } from 'ink';
import type { QrModules } from '../qr-code.ts';
import type { Glyphs } from '../theme.ts';
import { Text } from './themed.tsx';

interface QrViewProps {
  readonly modules: QrModules;
  readonly glyphs: Glyphs;
}

/** In cells: two modules in the height of one where the terminal has half blocks, else two cells in the width of each. */
export function qrSize(
  modules: QrModules,
  { halfBlock }: Glyphs,
): { readonly columns: number; readonly rows: number } {
  const { length } = modules;
  return halfBlock === null
    ? { columns: 2 * length, rows: length }
    : { columns: length, rows: Math.ceil(length / 2) };
}

/** Dark on light, whatever the terminal has behind it: a telephone reads it. Nothing of it is said to who cannot see it. */
export function QrView({ modules, glyphs }: QrViewProps) {
  const { columns } = qrSize(modules, glyphs);
  return (
    <Box flexDirection="column" flexShrink={0} width={columns} aria-hidden>
      {glyphs.halfBlock === null ? <Blanks modules={modules} /> : <Halves modules={modules} />}
    </Box>
  );
}

/** Two rows in one line. */
function Halves({ modules }: { readonly modules: QrModules }) {
  const pairs = modules.flatMap((upper, i) => (i % 2 === 0 ? [[upper, modules[i + 1] ?? []] as const] : []));
  return pairs.map(([upper, lower], i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity than their place
    <Text key={i} color="black" backgroundColor="white" wrap="truncate">
      {upper.map((isDark, column) => halfOf(isDark, lower[column] ?? false)).join('')}
    </Text>
  ));
}

function halfOf(isUpperDark: boolean, isLowerDark: boolean): string {
  if (isUpperDark) return isLowerDark ? '█' : '▀';
  return isLowerDark ? '▄' : ' ';
}

/** One row a line, in runs of the same colour. */
function Blanks({ modules }: { readonly modules: QrModules }) {
  return modules.map((row, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity than their place
    <Text key={i} wrap="truncate">
      {row.map((isDark, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: modules have no other identity than their place
        <Text key={column} backgroundColor={isDark ? 'black' : 'white'}>
          {'  '}
        </Text>
      ))}
    </Text>
  ));
}
