import { Box, Text } from 'ink';
import { Notice } from './parts/notice.tsx';
import { Paragraph } from './parts/text.tsx';
import type { ScreenProps, Stage } from './stage.ts';
import { otherLanguages } from './texts/texts.ts';
import { THEME } from './theme.ts';

/** A card on its way down into a reader. */
const CARD = [
  '┌────────────────────────┐',
  '│                        │',
  '│   ┌───┬───┐            │',
  '│   ├───┼───┤            │',
  '│   └───┴───┘            │',
  '└──┐                  ┌──┘',
  '───┴──────────────────┴───',
];

/** The first screen: put a card in, and how to choose the language. */
export function InsertCard({ state, stage }: ScreenProps<'insertCard'>) {
  const { insertCard } = stage.texts;
  const isPassedOver = state.passedOver !== null;
  return (
    <>
      <Centred>
        <Text {...THEME.heading}>{isPassedOver ? insertCard.passedOverTitle : insertCard.title}</Text>
      </Centred>
      <Box flexDirection="column" alignItems="center" flexShrink={0} marginTop={1}>
        {CARD.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a picture's lines have no other identity than their place
          <Text key={i} {...THEME.label}>
            {line}
          </Text>
        ))}
      </Box>
      <Box flexDirection="column" alignItems="center" flexShrink={0} marginTop={1}>
        <Text {...THEME.text}>{isPassedOver ? insertCard.passedOver : insertCard.how}</Text>
        <Text {...THEME.text}>{isPassedOver ? insertCard.passedOverAgain : insertCard.what}</Text>
      </Box>
      <Bottom stage={stage} />
    </>
  );
}

/** What is wrong just now; else how the other languages are chosen. */
function Bottom({ stage }: { readonly stage: Stage }) {
  const trouble = troubleOf(stage);
  if (trouble !== null) {
    return (
      <Box justifyContent="center" flexShrink={0}>
        <Notice tone="warn">{trouble}</Notice>
      </Box>
    );
  }
  return (
    <Box flexDirection="column" alignItems="center" flexShrink={0}>
      {otherLanguages(stage.view.language).map((line) => (
        <Paragraph key={line}>{line}</Paragraph>
      ))}
    </Box>
  );
}

function troubleOf({ view, texts }: Stage): string | null {
  if (!view.isCardServiceUp) return texts.insertCard.cardServiceDown;
  if (view.readers.length === 0) return texts.insertCard.noReader;
  return view.isCentralReached ? null : texts.insertCard.centralNotReached;
}

function Centred({ children }: { readonly children: React.ReactNode }) {
  return (
    <Box justifyContent="center" flexShrink={0}>
      {children}
    </Box>
  );
}
