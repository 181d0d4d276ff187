import { Box } from 'ink';
import { OneLine } from '../../parts/one-line.tsx';
import { useReadAloud } from '../../parts/read-aloud.tsx';
import { SpokenList } from '../../parts/spoken-list.tsx';
import type { Stage } from '../../stage.ts';
import type { LookName } from '../../theme.ts';

/** Something that is known, and what it is called. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly look?: LookName;
  /** It has a line to itself. */
  readonly isWide?: boolean;
}

interface FactsGridProps {
  readonly stage: Stage;
  readonly facts: readonly Fact[];
  /** Of the stage by default. */
  readonly width?: number;
}

const LABEL_WIDTH = 14;
/** A fact needs so many cells. */
const LEAST = 38;

/** Label and value, as many side by side as there is room for; what is too long is cut. */
export function FactsGrid({ stage, facts, width = stage.width }: FactsGridProps) {
  const aloud = useReadAloud();
  if (aloud !== null) return <SpokenList lines={facts.map(({ label, value }) => `${label}: ${value}`)} />;
  return (
    <Box flexDirection="column" flexShrink={0} width={width}>
      {factLines(facts, width).map((line) => (
        <Box key={line[0]!.label} flexShrink={0} height={1}>
          {line.map((fact) => (
            <One
              key={fact.label}
              fact={fact}
              stage={stage}
              width={line.length === 1 && fact.isWide ? width : Math.floor(width / perLine(width))}
            />
          ))}
        </Box>
      ))}
    </Box>
  );
}

function One({
  fact,
  stage: { glyphs },
  width,
}: {
  readonly fact: Fact;
  readonly stage: Stage;
  readonly width: number;
}) {
  return (
    <Box width={width} flexShrink={0} height={1} overflow="hidden">
      <Box width={LABEL_WIDTH} flexShrink={0}>
        <OneLine room={LABEL_WIDTH} glyphs={glyphs} look="label">
          {fact.label}
        </OneLine>
      </Box>
      <Box width={Math.max(1, width - LABEL_WIDTH)} flexShrink={0} paddingRight={1}>
        <OneLine room={width - LABEL_WIDTH - 1} glyphs={glyphs} look={fact.look ?? 'emphasis'}>
          {fact.value}
        </OneLine>
      </Box>
    </Box>
  );
}

function perLine(width: number): number {
  return Math.max(1, Math.floor(width / LEAST));
}

/** The same line by line: a page has to know how many they are. */
export function factLines(facts: readonly Fact[], width: number): readonly (readonly Fact[])[] {
  const lines: Fact[][] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    if (last === undefined || fact.isWide || last[0]!.isWide || last.length === perLine(width))
      lines.push([fact]);
    else last.push(fact);
  }
  return lines;
}
