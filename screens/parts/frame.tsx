import { Box } from 'ink';
import type { ReactNode } from 'react';
import { type FrameNote, secondCardNote } from '../card-line.ts';
import type { KeyHint } from '../key-help.ts';
import { plainText } from '../plain-text.ts';
import type { Stage } from '../stage.ts';
import { KeyHelp } from './key-help.tsx';
import { useReadAloud } from './read-aloud.tsx';
import { hasRoom, Rule } from './rule.tsx';
import { SpokenFrame } from './spoken-frame.tsx';
import { StatusLine } from './status-line.tsx';
import { Text, useTheme } from './themed.tsx';
import { TitleBar } from './title-bar.tsx';

interface FrameProps {
  readonly stage: Stage;
  /** The stable one of UX-08. */
  readonly code: string;
  readonly hints: readonly KeyHint[];
  /** What is said of the idle time that is left. */
  readonly idle: (seconds: number) => string;
  /** Who is signed in; null: nobody. */
  readonly who?: string | null;
  /** Who helps the cardholder, in words; null: nobody. */
  readonly helped?: string | null;
  /** What is true of the card; null: nothing is said of it. */
  readonly card?: FrameNote | null;
  /** Where one is. */
  readonly steps: ReactNode;
  readonly children: ReactNode;
}

/** What is always to be seen (UX-02), around the one screen that is asked for now. */
export function Frame({
  stage,
  code,
  hints,
  idle,
  who = null,
  helped = null,
  card = null,
  steps,
  children,
}: FrameProps) {
  const theme = useTheme();
  const aloud = useReadAloud();
  const { columns, rows } = stage.view.size;
  const { upper, lower } = notesOf(stage, card, helped);
  if (aloud !== null) {
    const notes = [card?.text ?? null, helped, stage.view.hasSecondCard ? stage.texts.secondCard : null];
    return (
      <SpokenFrame {...{ stage, code, hints, who, steps }} notes={notes.filter((note) => note !== null)}>
        {children}
      </SpokenFrame>
    );
  }
  return (
    <Box
      flexDirection="column"
      width={columns}
      height={rows}
      overflow="hidden"
      backgroundColor={theme.background ?? undefined}
    >
      <TitleBar stage={stage} who={who} />
      {steps}
      <Rule columns={columns} glyphs={stage.glyphs} notes={upper} />
      {children}
      <Rule columns={columns} glyphs={stage.glyphs} notes={lower} />
      <KeyHelp stage={stage} hints={hints} idle={idle} />
      <StatusLine stage={stage} code={code} />
      <Footer lines={stage.footer} columns={columns} />
    </Box>
  );
}

/** The card in the lower line, and a second one beside it where it fits, else above. */
function notesOf(stage: Stage, card: FrameNote | null, helped: string | null) {
  const present = (notes: readonly (FrameNote | null)[]) => notes.filter((note) => note !== null);
  const second = secondCardNote(stage);
  const helper: FrameNote | null = helped === null ? null : { look: 'warn', sign: '', text: helped };
  const below = present([card, second]);
  return hasRoom(stage.view.size.columns, below)
    ? { upper: present([helper]), lower: below }
    : { upper: present([helper, second]), lower: present([card]) };
}

/** The demo's own lines, below everything of the kiosk's. */
function Footer({ lines, columns }: { readonly lines: readonly string[]; readonly columns: number }) {
  return lines.map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity than their place
    <Box key={i} flexShrink={0} height={1} width={columns} paddingX={1}>
      <Text look="text" wrap="truncate">
        {plainText(line)}
      </Text>
    </Box>
  ));
}
