import { Box } from 'ink';
import { plainText } from '../plain-text.ts';
import type { Stage } from '../stage.ts';
import { durationText } from '../texts/time.ts';
import type { Tone } from '../theme.ts';
import { Text } from './themed.tsx';

/** Copies older than this show their age even while central is reached. */
const FRESH_SECONDS = 60;

/** Whether central and the reader are there, and at the bottom right the stable code (UX-08). */
export function StatusLine({ stage, code }: { readonly stage: Stage; readonly code: string }) {
  const central = centralStatus(stage);
  const cards = cardStatus(stage);
  return (
    <Box
      flexShrink={0}
      height={1}
      width={stage.view.size.columns}
      paddingX={1}
      justifyContent="space-between"
    >
      <Box flexShrink={1} height={1}>
        <Text wrap="truncate">
          <Text look={central.tone}>{central.text}</Text>
          <Text look="text">{'   '}</Text>
          <Text look={cards.tone}>{cards.text}</Text>
        </Text>
      </Box>
      <Box flexShrink={0} marginLeft={2}>
        <Text look="code">{plainText(code)}</Text>
      </Box>
    </Box>
  );
}

interface Status {
  readonly tone: Tone;
  readonly text: string;
}

/** Of central, with how old its data are where that matters. */
export function centralStatus({ view, texts, glyphs }: Stage): Status {
  const { isCentralReached, dataAgeSeconds, refusedAs } = view;
  if (view.isStarting) return { tone: 'warn', text: texts.status.starting };
  if (refusedAs !== null) return { tone: 'bad', text: `! ${texts.status.centralRefuses} (${refusedAs})` };
  const age =
    dataAgeSeconds === null ? texts.status.noData : texts.status.dataAge(durationText(dataAgeSeconds, texts));
  // Read aloud it would be said anew each time that it grows.
  if (view.isReadAloud)
    return isCentralReached
      ? { tone: 'good', text: texts.status.centralReached }
      : { tone: 'bad', text: texts.status.centralNotReached };
  if (!isCentralReached) return { tone: 'bad', text: `! ${texts.status.centralNotReached}, ${age}` };
  const isFresh = dataAgeSeconds !== null && dataAgeSeconds <= FRESH_SECONDS;
  const reached = `${glyphs.tick} ${texts.status.centralReached}`;
  return { tone: 'good', text: isFresh ? reached : `${reached}, ${age}` };
}

/** Of readers and what they need. */
export function cardStatus({ view, texts, glyphs }: Stage): Status {
  if (view.isStarting) return { tone: 'warn', text: '' };
  if (view.hasNoRoom) return { tone: 'bad', text: `! ${texts.status.noRoom}` };
  if (!view.isCardServiceUp) return { tone: 'bad', text: `! ${texts.status.cardsDown}` };
  if (view.readers.length === 0) return { tone: 'bad', text: `! ${texts.status.noReader}` };
  return { tone: 'good', text: `${glyphs.tick} ${texts.status.cardsReady}` };
}
