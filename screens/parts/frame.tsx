import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { KeyHint } from '../key-help.ts';
import { plainText } from '../plain-text.ts';
import type { Stage } from '../stage.ts';
import { KeyHelp } from './key-help.tsx';
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
  /** Where one is. */
  readonly steps: ReactNode;
  readonly children: ReactNode;
}

/** What is always to be seen (UX-02), around the one screen that is asked for now. */
export function Frame({ stage, code, hints, idle, who = null, helped = null, steps, children }: FrameProps) {
  const theme = useTheme();
  const { columns, rows } = stage.view.size;
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
      <Rule columns={columns} text={helped} sign="" />
      {children}
      <Rule columns={columns} text={stage.view.hasSecondCard ? stage.texts.secondCard : null} />
      <KeyHelp stage={stage} hints={hints} idle={idle} />
      <StatusLine stage={stage} code={code} />
      <Footer lines={stage.footer} columns={columns} />
    </Box>
  );
}

interface RuleProps {
  readonly columns: number;
  /** What has to be said and leaves the screen itself alone, or nothing. */
  readonly text?: string | null;
  readonly sign?: string;
}

function Rule({ columns, text = null, sign = '! ' }: RuleProps) {
  const said = text === null ? '' : ` ${sign}${plainText(text)} `;
  return (
    <Box flexShrink={0} height={1} width={columns}>
      <Text wrap="truncate">
        <Text look="rule">{'─'}</Text>
        <Text look="warn">{said}</Text>
        <Text look="rule">{'─'.repeat(Math.max(0, columns - 1 - said.length))}</Text>
      </Text>
    </Box>
  );
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
