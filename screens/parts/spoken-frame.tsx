import { Box } from 'ink';
import type { ReactNode } from 'react';
import { deskInSight } from '../desk/desk-stage.ts';
import type { KeyHint } from '../key-help.ts';
import { languageKey } from '../language-key.ts';
import { plainText } from '../plain-text.ts';
import type { Stage } from '../stage.ts';
import { useReadAloud } from './read-aloud.tsx';
import { cardStatus, centralStatus } from './status-line.tsx';
import { Text } from './themed.tsx';

interface SpokenFrameProps {
  readonly stage: Stage;
  readonly code: string;
  readonly hints: readonly KeyHint[];
  readonly who: string | null;
  /** What a frame says beside the screen: of the card, of whoever helps. */
  readonly notes: readonly string[];
  readonly steps: ReactNode;
  readonly children: ReactNode;
}

/**
 * The same as the frame, line by line: what a screen is about, what it says and asks, where one is, which keys there are, how the kiosk
 * is. Nothing in it changes by itself each second or minute, or it would be read aloud again and again (UX-05).
 */
export function SpokenFrame({ stage, code, hints, who, notes, steps, children }: SpokenFrameProps) {
  const aloud = useReadAloud()!;
  const { view, texts } = stage;
  // Of a page of the desk, where one is comes before what it is about.
  const isPage = deskInSight(view) !== null;
  return (
    <Box flexDirection="column">
      {isPage ? steps : null}
      {children}
      {[...notes, ...timeLeft(stage)].map((note) => (
        <Text key={note}>{plainText(note)}</Text>
      ))}
      {isPage ? null : steps}
      <Text>
        {aloud.keys(
          [...hints, ...keysAnywhere(stage)].map((hint) => keyText(hint, aloud.backspace)).join('; '),
        )}
      </Text>
      <Text>
        {[centralStatus(stage).text, cardStatus(stage).text].filter((text) => text !== '').join(', ')}
      </Text>
      <Text>{['Recard', ...(who === null ? [] : [who]), view.kioskName].map(plainText).join(', ')}</Text>
      {stage.footer.map((line) => (
        <Text key={line}>{plainText(line)}</Text>
      ))}
      <Text>{texts.seeing.aloud.code(plainText(code))}</Text>
    </Box>
  );
}

/** Those that work on every screen. */
function keysAnywhere({ view, texts }: Stage): readonly KeyHint[] {
  const language = languageKey(view);
  const reader = { key: `${texts.keys.control}+R`, text: texts.seeing.usualScreen };
  return language === null ? [reader] : [language, reader];
}

function keyText({ key, text }: KeyHint, backspace: string): string {
  if (key === null) return text;
  return `${key === '<-' ? backspace : key}, ${text}`;
}

/** When the idle time is said, in seconds; the last first. */
const SAID_AT = [10, 30] as const;

function timeLeft({ view, texts }: Stage): readonly string[] {
  const left = view.idleSecondsLeft;
  const said = left === null ? undefined : SAID_AT.find((seconds) => left < seconds);
  return said === undefined ? [] : [texts.seeing.aloud.soonOver(said)];
}
