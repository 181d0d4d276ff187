import { Box } from 'ink';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph, Point } from './parts/text.tsx';
import type { ScreenProps, Stage } from './stage.ts';

/** The card stays in, and its PIN stays; to be confirmed before anything is written (RP-13). */
export function CollectWarning({ state, stage }: ScreenProps<'collectWarning'>) {
  const { collectWarning, warning } = stage.texts;
  return (
    <>
      <Heading>{state.isResume ? collectWarning.resumeTitle : collectWarning.title}</Heading>
      {state.isResume ? <Paragraph above={0}>{collectWarning.resume}</Paragraph> : null}
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        {consequences(state, stage).map((text) => (
          <Point key={text} sign={stage.glyphs.bullet}>
            {text}
          </Point>
        ))}
      </Box>
      <Notice tone="warn">{warning.leaveCardIn}</Notice>
    </>
  );
}

function consequences(state: ScreenProps<'collectWarning'>['state'], { texts }: Stage): readonly string[] {
  const { added, removed, pinStays, others } = texts.collectWarning;
  const entries = state.difference?.entries ?? [];
  const count = (wanted: string) => entries.filter(({ change }) => change === wanted).length;
  return [
    ...(count('added') > 0 ? [added(count('added'))] : []),
    ...(count('removed') > 0 ? [removed(count('removed'))] : []),
    pinStays,
    others,
  ];
}
