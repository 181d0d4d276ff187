import { Box } from 'ink';
import type { DeskPage } from '../../src/flows/desk-state.ts';
import { OneLine } from '../parts/one-line.tsx';
import { Paragraph } from '../parts/text.tsx';
import type { DeskStage } from './desk-stage.ts';
import { type Fact, FactsGrid } from './parts/facts-grid.tsx';
import { Said } from './parts/page-frame.tsx';
import { PhotoView } from './parts/photo-view.tsx';
import { fitted } from './pixels.ts';

interface PersonPhotoProps {
  readonly photo: NonNullable<Extract<DeskPage, { kind: 'person' }>['photo']>;
  readonly facts: readonly Fact[];
  readonly height: number;
  readonly stage: DeskStage;
  /** Whose it is. */
  readonly children: string;
}

/** Bits of colour where the terminal does not say: it is no face then, but a picture. */
const FEWEST_COLOURS = 4;
const GAP = 3;

/** A face to compare with the one before the operator; as large as there is room for. */
export function PersonPhoto({ photo, facts, height, stage, children }: PersonPhotoProps) {
  const { desk } = stage.texts;
  if (photo.refused !== null) return <Said stage={stage} code={photo.refused} />;
  if (photo.picture === null) {
    return <Paragraph above={0}>{photo.attempt === null ? desk.person.noPhoto : desk.loading}</Paragraph>;
  }
  const picture = fitted(photo.picture, Math.floor(stage.width / 2), 2 * height);
  const width = stage.width - picture.width - GAP;
  return (
    <Box flexShrink={0} height={height}>
      <PhotoView
        picture={picture}
        colourDepth={stage.view.colourDepth ?? FEWEST_COLOURS}
        glyphs={stage.glyphs}
      />
      <Box flexDirection="column" flexShrink={0} marginLeft={GAP} width={width}>
        <OneLine room={width} glyphs={stage.glyphs} look="heading">
          {children}
        </OneLine>
        <Box flexShrink={0} height={1} />
        <FactsGrid stage={stage} facts={facts} width={width} />
        <Paragraph>{desk.person.compareFace}</Paragraph>
      </Box>
    </Box>
  );
}
