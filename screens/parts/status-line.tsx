import { Box } from 'ink';
import type { KioskView } from '../../src/flows/kiosk-view.ts';
import { plainText } from '../plain-text.ts';
import type { Stage } from '../stage.ts';
import { briefDurationText, durationText } from '../texts/time.ts';
import type { Tone } from '../theme.ts';
import { Text } from './themed.tsx';

/** Columns that are empty at both sides and before the code. */
const MARGINS = 4;

/** Copies older than this show their age even while central is reached. */
const FRESH_SECONDS = 60;

/** Between what is said of central and of the readers, and at least before the code. */
const GAP = '   ';

/** Whether central and the reader are there, and at the bottom right the stable code (UX-08). */
export function StatusLine({ stage, code }: { readonly stage: Stage; readonly code: string }) {
  const { columns } = stage.view.size;
  const shown = plainText(code);
  const [central, cards] = whatFits(stage, columns - MARGINS - shown.length);
  return (
    <Box flexShrink={0} height={1} width={columns} paddingX={1} justifyContent="space-between">
      <Box flexShrink={1} height={1}>
        <Text wrap="truncate">
          <Text look={central.tone}>{central.text}</Text>
          <Text look="text">{GAP}</Text>
          {cards ? <Text look={cards.tone}>{cards.text}</Text> : null}
        </Text>
      </Box>
      <Box flexShrink={0} marginLeft={2}>
        <Text look="code">{shown}</Text>
      </Box>
    </Box>
  );
}

type Statuses = readonly [central: Status, ...cards: Status[]];

/** Where not all has room: units by their signs, then nothing of a reader that is all right, and the age last (SY-03). */
function whatFits(stage: Stage, room: number): Statuses {
  const cards = cardStatus(stage);
  const brief = centralStatus(stage, 'brief');
  const trouble = cards.tone === 'bad' ? [cards] : [];
  const choices: readonly Statuses[] = [
    [centralStatus(stage), cards],
    [brief, cards],
    [brief, ...trouble],
  ];
  const isThere = (statuses: Statuses) => statuses.map(({ text }) => text).join(GAP).length <= room;
  return choices.find(isThere) ?? [centralStatus(stage, 'none'), ...trouble];
}

interface Status {
  readonly tone: Tone;
  readonly text: string;
}

/** Of central, with how old its data are where that matters. @param age how that is said */
export function centralStatus(stage: Stage, age: 'usual' | 'brief' | 'none' = 'usual'): Status {
  const { view, texts, glyphs } = stage;
  const { isCentralReached, refusedAs } = view;
  if (view.isStarting) return { tone: 'warn', text: texts.status.starting };
  if (refusedAs !== null) return { tone: 'bad', text: `! ${texts.status.centralRefuses} (${refusedAs})` };
  const said = isCentralReached
    ? ({ tone: 'good', text: `${glyphs.tick} ${texts.status.centralReached}` } as const)
    : ({ tone: 'bad', text: `! ${texts.status.centralNotReached}` } as const);
  // Read aloud it would be said anew each time that it grows.
  if (view.isReadAloud || age === 'none' || isFresh(view)) return said;
  return { ...said, text: `${said.text}, ${ageText(stage, age)}` };
}

function isFresh({ isCentralReached, dataAgeSeconds }: KioskView): boolean {
  return isCentralReached && dataAgeSeconds !== null && dataAgeSeconds <= FRESH_SECONDS;
}

function ageText({ view, texts }: Stage, age: 'usual' | 'brief'): string {
  const { dataAgeSeconds } = view;
  if (dataAgeSeconds === null) return texts.status.noData;
  return texts.status.dataAge(
    age === 'brief' ? briefDurationText(dataAgeSeconds) : durationText(dataAgeSeconds, texts),
  );
}

/** Of readers and what they need. */
export function cardStatus({ view, texts, glyphs }: Stage): Status {
  if (view.isStarting) return { tone: 'warn', text: '' };
  if (view.hasNoRoom) return { tone: 'bad', text: `! ${texts.status.noRoom}` };
  if (!view.isCardServiceUp) return { tone: 'bad', text: `! ${texts.status.cardsDown}` };
  if (view.readers.length === 0) return { tone: 'bad', text: `! ${texts.status.noReader}` };
  return { tone: 'good', text: `${glyphs.tick} ${texts.status.cardsReady}` };
}
