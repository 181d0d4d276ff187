import { Box } from 'ink';
import { createContext, type ReactNode, useContext } from 'react';
import { blockLetters, type Halves } from '../block-letters.ts';
import { plainText } from '../plain-text.ts';
import { Text } from './themed.tsx';

/** The room for what is drawn large. */
export interface LargeRoom {
  /** In cells. */
  readonly width: number;
  /** Lines of the screen for a heading in large letters; 0: none. */
  readonly rows: number;
  /** There is room for empty lines as well. */
  readonly isRoomy: boolean;
  readonly halves: Halves | null;
}

const Room = createContext<LargeRoom | null>(null);

/** Gives what is drawn inside of it the room for large letters; null: everything is as usual. */
export const LargeProvider = Room.Provider;

/** The room for large letters; null: everything is as usual. */
export function useLarge(): LargeRoom | null {
  return useContext(Room);
}

interface LargeTextProps {
  readonly text: string;
  readonly isCentred?: boolean;
  /** The same in usual letters. */
  readonly children: ReactNode;
}

/** What a screen is about, in large letters where there is room for them. */
export function LargeText({ text, isCentred = false, children }: LargeTextProps) {
  const large = useLarge();
  const lines =
    large === null || large.halves === null
      ? null
      : blockLetters(plainText(text), large.width, large.rows, large.halves);
  if (lines === null) return children;
  return (
    <Box flexDirection="column" flexShrink={0} alignItems={isCentred ? 'center' : 'flex-start'}>
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a picture have no other identity than their place
        <Box key={i} flexShrink={0} height={1}>
          <Text look="heading" wrap="truncate">
            {line}
          </Text>
        </Box>
      ))}
    </Box>
  );
}
