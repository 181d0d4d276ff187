import { Box } from 'ink';
import { SOFT_PHASES } from '../src/flows/soft-state.ts';
import { Notice } from './parts/notice.tsx';
import { ProgressBar } from './parts/progress-bar.tsx';
import { Heading } from './parts/text.tsx';
import { Text } from './parts/themed.tsx';
import type { ScreenProps } from './stage.ts';

/** What is being done, and that stick and card must stay in. */
export function SavingSoft({ state, stage }: ScreenProps<'savingSoft'>) {
  const { savingSoft, softHanded } = stage.texts;
  return (
    <>
      <Heading>{savingSoft.title}</Heading>
      <Box flexShrink={0} marginTop={1}>
        <Text look="emphasis" wrap="truncate">
          {savingSoft.phases[state.phase]}
        </Text>
      </Box>
      <ProgressBar
        done={SOFT_PHASES.indexOf(state.phase)}
        total={SOFT_PHASES.length}
        width={stage.width}
        glyphs={stage.glyphs}
      />
      <Notice tone="warn">{state.reader === null ? softHanded.leaveIn : savingSoft.leaveIn}</Notice>
    </>
  );
}
