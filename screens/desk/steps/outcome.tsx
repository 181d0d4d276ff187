import { Box } from 'ink';
import type { DeskActionName, DeskOutcome } from '../../../src/flows/desk-state.ts';
import { Notice } from '../../parts/notice.tsx';
import { Heading, Paragraph, Point } from '../../parts/text.tsx';
import { plainText } from '../../plain-text.ts';
import { momentText } from '../../texts/time.ts';
import type { DeskStage } from '../desk-stage.ts';
import { deskRefusalText } from '../desk-text.ts';
import { Digits } from '../parts/digits.tsx';
import { consequencesOf } from './confirm.tsx';

interface OutcomeProps {
  readonly outcome: DeskOutcome;
  readonly action: DeskActionName;
  readonly stage: DeskStage;
}

/** What came of an action. Digits are shown this once. */
export function Outcome({ outcome, action, stage }: OutcomeProps) {
  const { said } = stage.texts.deskDialog;
  switch (outcome.kind) {
    case 'refused':
    case 'unanswered':
    case 'stopped':
    case 'cardOut':
      return (
        <>
          <Heading>{said[outcome.kind]}</Heading>
          <Notice tone="bad">{deskRefusalText(stage, outcome.code)}</Notice>
        </>
      );
    case 'requested':
      return (
        <>
          <Heading>{said.requested}</Heading>
          <Paragraph>{outcome.isToBeApproved ? said.toBeApproved : said.ready}</Paragraph>
          <Box flexDirection="column" flexShrink={0} marginTop={1}>
            {consequencesOf(action, stage).map((line) => (
              <Point key={line} sign={stage.glyphs.bullet}>
                {line}
              </Point>
            ))}
          </Box>
        </>
      );
    case 'given':
      return <Given outcome={outcome} stage={stage} />;
    case 'changed':
      return <Changed outcome={outcome} stage={stage} />;
    default:
      return <Heading>{said[outcome.kind]}</Heading>;
  }
}

interface GivenProps {
  readonly outcome: Extract<DeskOutcome, { kind: 'given' }>;
  readonly stage: DeskStage;
}

function Given({ outcome: { given }, stage }: GivenProps) {
  const { said } = stage.texts.deskDialog;
  const { digits, sentTo, expiresAt } = given;
  const until = said.until(momentText(expiresAt, stage.view.language));
  return (
    <>
      {digits === null ? null : <Heading>{said.given}</Heading>}
      {digits === null ? null : <Digits digits={digits} width={stage.width} glyphs={stage.glyphs} />}
      {sentTo === null ? null : <Heading>{said.sentTo(plainText(sentTo))}</Heading>}
      <Paragraph>{digits === null ? until : `${until} ${said.once}`}</Paragraph>
    </>
  );
}

interface ChangedProps {
  readonly outcome: Extract<DeskOutcome, { kind: 'changed' }>;
  readonly stage: DeskStage;
}

/** What became of the card's certificates. */
function Changed({ outcome, stage }: ChangedProps) {
  const { said } = stage.texts.deskDialog;
  const sums = (['revoked', 'held', 'released'] as const)
    .filter((fate) => outcome[fate].length > 0)
    .map((fate) => said[fate](outcome[fate].length));
  return (
    <>
      <Heading>{said.changed}</Heading>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        {[...sums, said.untouched, said.told].map((line) => (
          <Point key={line} sign={stage.glyphs.bullet}>
            {line}
          </Point>
        ))}
      </Box>
    </>
  );
}
