import { Box } from 'ink';
import { plainText } from '../plain-text.ts';
import type { LookName } from '../theme.ts';
import { useReadAloud } from './read-aloud.tsx';
import { SpokenList, spokenRow } from './spoken-list.tsx';
import { Text } from './themed.tsx';

/** One certificate in words. */
export interface CertificateRow {
  readonly key: string;
  readonly use: string;
  readonly until: string;
  readonly state?: string;
}

interface CertificateTableProps {
  readonly head: CertificateRow;
  readonly rows: readonly CertificateRow[];
  /** Lines for rows, the last of which says how many are not shown. */
  readonly maxRows: number;
  readonly more: (count: number) => string;
}

const USE_WIDTH = 28;
const UNTIL_WIDTH = 24;
const STATE_WIDTH = 20;

/** What a certificate is for, until when, and its state. */
export function CertificateTable({ head, rows, maxRows, more }: CertificateTableProps) {
  const aloud = useReadAloud();
  if (aloud !== null) {
    const lines = [head, ...rows].map(({ use, until, state = '' }) => spokenRow([use, until, state]));
    return <SpokenList lines={lines} />;
  }
  const fits = rows.length <= maxRows;
  const shown = fits ? rows : rows.slice(0, Math.max(0, maxRows - 1));
  return (
    <Box flexDirection="column" flexShrink={0} marginTop={1}>
      <Row row={head} look="label" />
      {shown.map((row) => (
        <Row key={row.key} row={row} look="text" />
      ))}
      {fits ? null : <Text look="text">{more(rows.length - shown.length)}</Text>}
    </Box>
  );
}

function Row({ row, look }: { readonly row: CertificateRow; readonly look: LookName }) {
  return (
    <Box flexShrink={0} height={1}>
      <Cell width={USE_WIDTH} look={look} text={row.use} />
      <Cell width={UNTIL_WIDTH} look={look} text={row.until} />
      <Cell width={STATE_WIDTH} look={look} text={row.state ?? ''} />
    </Box>
  );
}

function Cell({
  width,
  look,
  text,
}: {
  readonly width: number;
  readonly look: LookName;
  readonly text: string;
}) {
  return (
    <Box width={width} flexShrink={0} paddingRight={1}>
      <Text look={look} wrap="truncate">
        {plainText(text)}
      </Text>
    </Box>
  );
}
