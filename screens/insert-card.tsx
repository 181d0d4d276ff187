import { Box } from 'ink';
import type { ReactNode } from 'react';
import { LANGUAGES, type Language } from '../src/flows/kiosk-view.ts';
import { handedCardText } from './handed-card.ts';
import { LargeText } from './parts/large.tsx';
import { Notice } from './parts/notice.tsx';
import { useReadAloud } from './parts/read-aloud.tsx';
import { Text } from './parts/themed.tsx';
import type { ScreenProps, Stage } from './stage.ts';
import { TEXTS } from './texts/texts.ts';
import { troubleWithReaders } from './view-code.ts';

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

/** The first screen: put a card in, and which languages there are; or what is wrong with this kiosk just now. */
export function InsertCard({ state, stage }: ScreenProps<'insertCard'>) {
  const { title, first, second } = wordsOf(state, stage);
  const trouble = troubleOf(stage);
  return (
    <>
      <LargeText text={title} isCentred>
        <Centred>
          <Text look="heading">{title}</Text>
        </Centred>
      </LargeText>
      {trouble === null ? (
        <Picture />
      ) : (
        <Notice tone="warn" isCentred>
          {trouble}
        </Notice>
      )}
      {first === undefined ? null : (
        <Centred above={1}>
          <Text look="text">{first}</Text>
          <Text look="text">{second}</Text>
        </Centred>
      )}
      <Languages now={stage.view.language} />
    </>
  );
}

interface Words {
  readonly title: string;
  readonly first?: string;
  readonly second?: string;
}

/** What is asked for, and two lines on it; nobody is asked for a card that no reader takes. */
function wordsOf({ passedOver }: ScreenProps<'insertCard'>['state'], { view, texts }: Stage): Words {
  const { insertCard, waitsForCard } = texts;
  if (troubleWithReaders(view) !== null) return { title: insertCard.noReaderTitle };
  if (passedOver !== null) {
    return {
      title: insertCard.passedOverTitle,
      first: insertCard.passedOver,
      second: insertCard.passedOverAgain,
    };
  }
  const handed = handedCardText(view, texts);
  return handed === null
    ? { title: insertCard.title, first: insertCard.how, second: insertCard.what }
    : { title: handed, first: waitsForCard.first, second: waitsForCard.takeBack };
}

/** Each in its own words, behind the digit that chooses it; the present one in brackets. */
function Languages({ now }: { readonly now: Language }) {
  const aloud = useReadAloud();
  if (aloud !== null) {
    const names = LANGUAGES.map((language, i) => `${i + 1}, ${TEXTS[language].languageName}`);
    return <Text>{`${aloud.languages(names.join('; '))} ${aloud.chosen(TEXTS[now].languageName)}.`}</Text>;
  }
  return (
    <Box flexShrink={0} justifyContent="center" columnGap={3} marginTop={1}>
      {LANGUAGES.map((language, i) => {
        const name = `${i + 1} ${TEXTS[language].languageName}`;
        return (
          <Text key={language} look={language === now ? 'stepNow' : 'text'}>
            {language === now ? `[${name}]` : name}
          </Text>
        );
      })}
    </Box>
  );
}

function Picture() {
  if (useReadAloud() !== null) return null;
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
