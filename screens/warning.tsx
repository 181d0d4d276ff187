import { Box } from 'ink';
import type { OfferedReason } from '../src/domain/reason.ts';
import { AssistWarning } from './assist-warning.tsx';
import { isHelped } from './assist-words.ts';
import { keyFate } from './key-fate.ts';
import { KeyLoss } from './key-loss.tsx';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph, Point } from './parts/text.tsx';
import type { ScreenProps, Stage } from './stage.ts';
import { reasonTitle } from './texts/texts.ts';
import { dayText } from './texts/time.ts';

/** Rows that all have room in which is said of a card that is finished, with free lines between. */
const ROOMY = 20;

type WarningProps = ScreenProps<'warning'>;

/** What becomes of the card, its certificates and the account; to be confirmed before anything is written (RP-13). */
export function Warning({ state, stage }: WarningProps) {
  if (state.losesKey && !state.hasAcceptedLoss) return <KeyLoss stage={stage} />;
  const { warning } = stage.texts;
  const reason = state.reasons[state.selected];
  const above = state.isResume && stage.height < ROOMY ? 0 : 1;
  if (isHelped(stage.view)) return <AssistWarning state={state} stage={stage} reason={reason} />;
  return (
    <>
      <Heading>{state.isResume ? warning.resumeTitle : warning.title}</Heading>
      {state.isResume ? (
        <Paragraph above={0}>
          {`${warning.resume} ${state.keepsPin ? warning.keepsPin : warning.choosesPin}`}
        </Paragraph>
      ) : null}
      {reason ? (
        <Paragraph above={0}>{warning.reason(reasonTitle(reason, stage.view.language))}</Paragraph>
      ) : null}
      <Box flexDirection="column" flexShrink={0} marginTop={above}>
        {consequences(state, stage, reason).map((text) => (
          <Point key={text} sign={stage.glyphs.bullet}>
            {text}
          </Point>
        ))}
      </Box>
      <Notice tone="warn" above={above}>
        {warning.leaveCardIn}
      </Notice>
    </>
  );
}

function consequences(
  state: WarningProps['state'],
  { texts, view }: Stage,
  reason: OfferedReason | undefined,
): readonly string[] {
  const { warning } = texts;
  return [
    warning.erased,
    ...(reason?.oldCertificates
      ? [reason.oldCertificates === 'revoke' ? warning.oldRevoked : warning.oldLeft]
      : []),
    ...keyFate(state, texts.warning, reason),
    warning.expiry(dayText(state.card.expiresAt, view.language)),
    warning.account,
  ];
}
