import { Box } from 'ink';
import { useReadAloud } from '../../parts/read-aloud.tsx';
import { Text } from '../../parts/themed.tsx';
import type { Glyphs } from '../../theme.ts';
import { type PixelPicture, shadesOf, twoPixelLines } from '../pixels.ts';

interface PhotoViewProps {
  readonly picture: PixelPicture;
  /** Bits of colour that the terminal has; below 8 the picture is drawn in shades. */
  readonly colourDepth: number;
  readonly glyphs: Glyphs;
}

/** So many colours make a face. */
const ENOUGH_COLOURS = 8;

/** A photo in cells: two pixels in each by colour, or one by a sign as dark as it is. */
export function PhotoView({ picture, colourDepth, glyphs }: PhotoViewProps) {
  const aloud = useReadAloud();
  if (aloud !== null) return <Text>{aloud.photo}</Text>;
  const isColourful = colourDepth >= ENOUGH_COLOURS && glyphs.halfBlock !== null;
  return (
    <Box flexDirection="column" flexShrink={0} width={picture.width}>
      {isColourful ? (
        <Coloured picture={picture} sign={glyphs.halfBlock!} />
      ) : (
        <Shaded picture={picture} shades={glyphs.shades} />
      )}
    </Box>
  );
}

function Coloured({ picture, sign }: { readonly picture: PixelPicture; readonly sign: string }) {
  return twoPixelLines(picture).map((runs, line) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of a picture have no other identity than their place
    <Text key={line} wrap="truncate">
      {runs.map(({ upper, lower, count }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <Text key={i} color={upper} backgroundColor={lower}>
          {sign.repeat(count)}
        </Text>
      ))}
    </Text>
  ));
}

function Shaded({ picture, shades }: { readonly picture: PixelPicture; readonly shades: string }) {
  return shadesOf(picture, shades).map((text, line) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    <Text key={line} look="text" wrap="truncate">
      {text}
    </Text>
  ));
}
