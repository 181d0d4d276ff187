import { Box } from 'ink';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph, Point } from './parts/text.tsx';
import { plainText } from './plain-text.ts';
import type { ScreenProps, Stage } from './stage.ts';
import { dayText } from './texts/time.ts';

/** What becomes of the empty card; to be confirmed before anything is written (RP-13). */
export function IssueWarning({ state, stage }: ScreenProps<'issueWarning'>) {
  const { issueWarning, warning } = stage.texts;
  return (
    <>
      <Heading>{state.isResume ? issueWarning.resumeTitle : issueWarning.title}</Heading>
      {state.isResume ? <Paragraph above={0}>{issueWarning.resume}</Paragraph> : null}
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

/** Letters of a name that are shown. */
const LONGEST_NAME = 40;

function consequences({ card, inPlaceOf }: ScreenProps<'issueWarning'>['state'], { texts, view }: Stage) {
  const { belongs, validUntil, choosesPin, replaces } = texts.issueWarning;
  const name = (text: string) => plainText(text).slice(0, LONGEST_NAME);
  return [
    belongs(name(card.holderName), name(card.profileTitle)),
    validUntil(dayText(card.expiresAt, view.language)),
    ...(inPlaceOf === null ? [] : [replaces(name(inPlaceOf))]),
    choosesPin,
  ];
}
