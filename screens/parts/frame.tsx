import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { plainText } from '../plain-text.ts';
import type { Stage } from '../stage.ts';
import { THEME } from '../theme.ts';
import { KeyHelp } from './key-help.tsx';
import { StatusLine } from './status-line.tsx';
import { StepsLine } from './steps-line.tsx';
import { TitleBar } from './title-bar.tsx';

/** What is always to be seen (UX-02), around the one screen that is asked for now. */
export function Frame({ stage, children }: { readonly stage: Stage; readonly children: ReactNode }) {
  const { columns, rows } = stage.view.size;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <TitleBar stage={stage} />
      <StepsLine stage={stage} />
      <Rule columns={columns} />
      {children}
      <Rule columns={columns} text={stage.view.hasSecondCard ? stage.texts.secondCard : null} />
      <KeyHelp stage={stage} />
      <StatusLine stage={stage} />
      <Footer lines={stage.footer} columns={columns} />
    </Box>
  );
}

/** @param text what has to be said and leaves the screen itself alone, or nothing */
function Rule({ columns, text = null }: { readonly columns: number; readonly text?: string | null }) {
  const said = text === null ? '' : ` ! ${text} `;
  return (
    <Box flexShrink={0} height={1} width={columns}>
      <Text wrap="truncate">
        <Text {...THEME.rule}>{'─'}</Text>
        <Text {...THEME.warn}>{said}</Text>
        <Text {...THEME.rule}>{'─'.repeat(Math.max(0, columns - 1 - said.length))}</Text>
      </Text>
    </Box>
  );
}

/** The demo's own lines, below everything of the kiosk's. */
function Footer({ lines, columns }: { readonly lines: readonly string[]; readonly columns: number }) {
  return lines.map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity than their place
    <Box key={i} flexShrink={0} height={1} width={columns} paddingX={1}>
      <Text {...THEME.text} wrap="truncate">
        {plainText(line)}
      </Text>
    </Box>
  ));
}
