import { Box } from 'ink';
import type { DeskState } from '../../src/flows/desk-state.ts';
import { Notice } from '../parts/notice.tsx';
import { Heading, Paragraph } from '../parts/text.tsx';
import { plainText } from '../plain-text.ts';
import { troubleWithReaders } from '../view-code.ts';
import type { DeskStage } from './desk-stage.ts';
import { deskRefusalText } from './desk-text.ts';
import { AskPin } from './parts/ask-pin.tsx';

interface SignInProps {
  readonly state: Exclude<DeskState, { kind: 'away' | 'handedOver' | 'open' }>;
  readonly stage: DeskStage;
}

/** An operator signs in with their own card and PIN (ID-05), or is told why not. */
export function SignIn({ state, stage }: SignInProps) {
  const { deskSignIn } = stage.texts;
  switch (state.kind) {
    case 'askCard': {
      const trouble = troubleWithReaders(stage.view);
      return (
        <>
          <Heading>{deskSignIn.askTitle}</Heading>
          {trouble === null ? null : (
            <Notice tone="bad" above={0}>
              {deskRefusalText(stage, trouble)}
            </Notice>
          )}
          <Paragraph>{deskSignIn.ask}</Paragraph>
          <Paragraph>{deskSignIn.askSecond}</Paragraph>
        </>
      );
    }
    case 'lookingAtOperator':
      return <Waiting title={deskSignIn.looking} stage={stage} />;
    case 'enterOperatorPin':
      return (
        <AskPin
          stage={stage}
          title={deskSignIn.pinTitle(plainText(state.holderName))}
          text={deskSignIn.pin}
          asked={state}
        />
      );
    case 'signingIn':
      return <Waiting title={deskSignIn.signingIn} stage={stage} />;
    case 'signInRefused':
    case 'signedOut':
      return (
        <>
          <Heading>
            {state.kind === 'signedOut' ? deskSignIn.signedOutTitle : deskSignIn.refusedTitle}
          </Heading>
          <Notice tone="bad">{deskRefusalText(stage, state.code)}</Notice>
        </>
      );
  }
}

/** It goes on by itself. */
export function Waiting({ title, stage }: { readonly title: string; readonly stage: DeskStage }) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Heading>{title}</Heading>
      <Paragraph>{stage.texts.keys.pleaseWait}</Paragraph>
    </Box>
  );
}
