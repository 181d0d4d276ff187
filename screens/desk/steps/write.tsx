import { Box } from 'ink';
import type { DeskStep } from '../../../src/flows/desk-state.ts';
import { Notice } from '../../parts/notice.tsx';
import { useReadAloud } from '../../parts/read-aloud.tsx';
import { Heading, Paragraph } from '../../parts/text.tsx';
import { Text, useBorder } from '../../parts/themed.tsx';
import { plainText } from '../../plain-text.ts';
import type { DeskStage } from '../desk-stage.ts';

interface WriteProps {
  readonly step: Extract<DeskStep, { kind: 'write' }>;
  readonly stage: DeskStage;
}

/** Lines of text that are seen, without the border. */
const LINES = 5;
/** Border and padding. */
const FRAME = 4;

/** A note in one's own words; its end is always in sight. */
export function Write({ step, stage }: WriteProps) {
  const border = useBorder();
  const aloud = useReadAloud();
  const { deskDialog } = stage.texts;
  return (
    <>
      <Heading>{deskDialog.write.title}</Heading>
      <Paragraph above={0}>
        {step.isDemanded ? deskDialog.write.demanded : deskDialog.write.optional}
      </Paragraph>
      <Box
        flexShrink={0}
        marginTop={1}
        borderStyle="single"
        {...border}
        paddingX={1}
        width={stage.width}
        height={LINES + 2}
        overflow="hidden"
      >
        <Text look="emphasis">
          {endOf(step.text, (stage.width - FRAME) * (LINES - 1))}
          {aloud === null ? <Text look="cursor">_</Text> : null}
        </Text>
      </Box>
      {step.error === null ? null : <Notice tone="warn">{deskDialog.empty}</Notice>}
    </>
  );
}

/** So much of the end as there is room for. Wide characters take two cells: half as many of them. */
function endOf(text: string, cells: number): string {
  const characters = [...text];
  const isWide = characters.some((character) => character.codePointAt(0)! > LAST_NARROW);
  const room = Math.floor(isWide ? cells / 2 : cells);
  const end = characters.slice(-room).join('');
  const plain = [...end].map((character) => (character === ' ' ? ' ' : plainText(character))).join('');
  return characters.length > room ? `..${plain}` : plain;
}

/** Behind it wide characters begin. @see Unicode Standard Annex 11 */
const LAST_NARROW = 0x10ff;
