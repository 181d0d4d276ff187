import { Box } from 'ink';
import type { OfferedReason } from '../src/domain/reason.ts';
import { cardName, shortName } from './assist-words.ts';
import { keyFate } from './key-fate.ts';
import { Notice } from './parts/notice.tsx';
import { Heading, Paragraph, Point } from './parts/text.tsx';
import type { ScreenProps, Stage } from './stage.ts';
import { reasonTitle } from './texts/texts.ts';
import { dayText } from './texts/time.ts';

interface AssistWarningProps extends ScreenProps<'warning'> {
  readonly reason: OfferedReason | undefined;
}

/** To the operator who helps: whose card it is, what becomes of it, and that the account is not changed (RP-13). */
export function AssistWarning({ state, stage, reason }: AssistWarningProps) {
  const { assistWarning, warning } = stage.texts;
  return (
    <>
      <Heading>{assistWarning.title}</Heading>
      <Paragraph above={0}>
        {reason ? warning.reason(reasonTitle(reason, stage.view.language)) : ''}
      </Paragraph>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        {consequences(state, stage, reason).map((text) => (
          <Point key={text} sign={stage.glyphs.bullet}>
            {text}
          </Point>
        ))}
      </Box>
      <Notice tone="warn">{assistWarning.turn(shortName(state.card.holderName))}</Notice>
    </>
  );
}

function consequences(
  state: AssistWarningProps['state'],
  { texts, view }: Stage,
  reason: OfferedReason | undefined,
): readonly string[] {
  const { assistWarning: said, warning } = texts;
  const { card } = state;
  const old = { revoke: said.oldRevoked, leave: said.oldLeft, hold: said.oldLeft };
  return [
    said.belongs(shortName(card.holderName), cardName(card)),
    ...(state.isResume ? [said.resume] : []),
    said.erased,
    ...(reason?.oldCertificates ? [old[reason.oldCertificates]] : []),
    ...keyFate(state, said, reason),
    warning.expiry(dayText(card.expiresAt, view.language)),
    said.account,
  ];
}
