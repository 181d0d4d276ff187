import { Box } from 'ink';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph, Point } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** What is lost when a cancelled card is emptied; a yes on purpose is wanted. */
export function EmptyWarning({ state, stage }: ScreenProps<'emptyWarning'>) {
  const { title, resumeTitle, resume, all, keys, secrets, confirm } = stage.texts.emptyWarning;
  return (
    <>
      <Heading>{state.isResume ? resumeTitle : title}</Heading>
      {state.isResume ? <Paragraph above={0}>{resume}</Paragraph> : null}
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        {[all, keys, secrets].map((text) => (
          <Point key={text} sign={stage.glyphs.bullet}>
            {text}
          </Point>
        ))}
      </Box>
      <Notice tone="bad">{confirm}</Notice>
    </>
  );
}
