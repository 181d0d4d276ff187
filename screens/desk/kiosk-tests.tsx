import { Box } from 'ink';
import type { KioskTest } from '../../src/flows/desk-state.ts';
import { OneLine } from '../parts/one-line.tsx';
import { Heading, Paragraph } from '../parts/text.tsx';
import { Text } from '../parts/themed.tsx';
import { plainText } from '../plain-text.ts';
import { TEST_COLOURS } from '../theme.ts';
import type { DeskStage } from './desk-stage.ts';
import { Faults } from './faults.tsx';

interface TestProps<K extends KioskTest['kind']> {
  readonly test: Extract<KioskTest, { kind: K }>;
  readonly stage: DeskStage;
}

/** Tests that change nothing (OP-04). */
export function KioskTests({ test, stage }: { readonly test: KioskTest; readonly stage: DeskStage }) {
  const { title, how } = stage.texts.desk.kiosk[test.kind];
  return (
    <>
      <Heading>{title}</Heading>
      <Paragraph above={0}>{how}</Paragraph>
      <Box flexShrink={0} height={1} />
      {test.kind === 'keyboard' ? <Keys test={test} stage={stage} /> : null}
      {test.kind === 'colours' ? <Colours stage={stage} /> : null}
      {test.kind === 'faults' ? <Faults test={test} stage={stage} /> : null}
      {test.kind === 'reader' ? <Readers test={test} stage={stage} /> : null}
    </>
  );
}

/** The last is the brightest. */
function Keys({ test, stage }: TestProps<'keyboard'>) {
  const { none } = stage.texts.desk.kiosk.keyboard;
  if (test.keys.length === 0) return <Text look="text">{none}</Text>;
  return (
    <Box flexShrink={0} flexWrap="wrap" width={stage.width}>
      {test.keys.map((key, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be pressed twice
        <Box key={i} flexShrink={0} marginRight={2}>
          <Text look={i === test.keys.length - 1 ? 'selected' : 'text'}>{` ${keyText(key, stage)} `}</Text>
        </Box>
      ))}
    </Box>
  );
}

/** A key that is a command has the name that is printed on it; a blank cannot be seen. */
function keyText(key: string, { texts }: DeskStage): string {
  const { keyNames } = texts.desk.kiosk.keyboard;
  if (key === ' ') return keyNames.toggle;
  return Object.hasOwn(keyNames, key) ? keyNames[key as keyof typeof keyNames] : plainText(key);
}

/** Each colour by its name, on both grounds, and each look. */
function Colours({ stage }: { readonly stage: DeskStage }) {
  const { names } = stage.texts.desk.kiosk.colours;
  return (
    <Box flexDirection="column" flexShrink={0}>
      {TEST_COLOURS.map((colour, i) => (
        <Box key={colour} flexShrink={0} height={1}>
          <Box width={12} flexShrink={0}>
            <Text look="text">{names[i]}</Text>
          </Box>
          <Text color={colour}>{`${stage.glyphs.full.repeat(6)}  Recard  `}</Text>
          <Text color={colour} bold>
            {'Recard  '}
          </Text>
          <Text color={colour} inverse>
            {'  Recard  '}
          </Text>
        </Box>
      ))}
    </Box>
  );
}

function Readers({ test, stage }: TestProps<'reader'>) {
  const { isIn, isOut } = stage.texts.desk.kiosk.reader;
  const nameOf = (reader: number) =>
    stage.view.readers.find((one) => one.reader === reader)?.name ?? `${reader + 1}`;
  return test.seen.map((one, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same may be seen twice
    <Box key={i} flexShrink={0} height={1}>
      <OneLine room={stage.width} glyphs={stage.glyphs} look={one.isIn ? 'good' : 'text'}>
        {one.isIn ? isIn(nameOf(one.reader)) : isOut(nameOf(one.reader))}
      </OneLine>
    </Box>
  ));
}
