import { Box } from 'ink';
import type { ReactNode } from 'react';
import { handedCardText } from './handed-card.ts';
import { Notice } from './parts/notice.tsx';
import { Paragraph } from './parts/text.tsx';
import { Text } from './parts/themed.tsx';
import type { ScreenProps, Stage } from './stage.ts';
import { otherLanguages } from './texts/texts.ts';

/** A card on its way down into a reader. */
const CARD = [
  '┌────────────────────────┐',
  '│                        │',
  '│   ┌───┬───┐            │',
  '│   ├───┼───┤            │',
  '│   └───┴───┘            │',
  '└──┬──────────────────┬──┘',
  '───┴──────────────────┴───',
];

/** The first screen: put a card in, and how to choose the language; or what is wrong with this kiosk just now. */
export function InsertCard({ state, stage }: ScreenProps<'insertCard'>) {
  const { insertCard, waitsForCard } = stage.texts;
  const handed = handedCardText(stage.view, stage.texts);
  const isPassedOver = state.passedOver !== null;
  const trouble = troubleOf(stage);
  if (handed !== null && !isPassedOver) {
    return (
      <>
        <Centred>
          <Text look="heading">{handed}</Text>
        </Centred>
        {trouble === null ? (
          <Picture />
        ) : (
          <Notice tone="warn" isCentred>
            {trouble}
          </Notice>
        )}
        <Centred above={1}>
          <Text look="text">{waitsForCard.first}</Text>
          <Text look="text">{waitsForCard.takeBack}</Text>
        </Centred>
      </>
    );
  }
  return (
    <>
      <Centred>
        <Text look="heading">{isPassedOver ? insertCard.passedOverTitle : insertCard.title}</Text>
      </Centred>
      {trouble === null ? (
        <Picture />
      ) : (
        <Notice tone="warn" isCentred>
          {trouble}
        </Notice>
      )}
      <Centred above={1}>
        <Text look="text">{isPassedOver ? insertCard.passedOver : insertCard.how}</Text>
        <Text look="text">{isPassedOver ? insertCard.passedOverAgain : insertCard.what}</Text>
      </Centred>
      <Centred>
        {otherLanguages(stage.view.language).map((line) => (
          <Paragraph key={line}>{line}</Paragraph>
        ))}
      </Centred>
    </>
  );
}

function Picture() {
  return (
    <Centred above={1}>
      {CARD.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a picture's lines have no other identity than their place
        <Text key={i} look="label">
          {line}
        </Text>
      ))}
    </Centred>
  );
}

function troubleOf({ view, texts }: Stage): string | null {
  if (view.isStarting) return null;
  if (!view.isCardServiceUp) return texts.insertCard.cardServiceDown;
  if (view.readers.length === 0) return texts.insertCard.noReader;
  if (view.refusedAs !== null) return texts.insertCard.centralRefuses(view.refusedAs);
  return view.isCentralReached ? null : texts.insertCard.centralNotReached;
}

function Centred({ above = 0, children }: { readonly above?: number; readonly children: ReactNode }) {
  return (
    <Box flexDirection="column" alignItems="center" flexShrink={0} marginTop={above}>
      {children}
    </Box>
  );
}
