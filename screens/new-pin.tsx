import { turnTitle } from './assist-words.ts';
import { Notice } from './parts/notice.tsx';
import { PinField } from './parts/pin-field.tsx';
import { PolicyTicks } from './parts/policy-ticks.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';

/** The new PIN, ticked off as it is typed, then once more (RP-14). */
export function NewPin({ state, stage }: ScreenProps<'newPin'>) {
  const { newPin } = stage.texts;
  const isNew = state.field === 'new';
  return (
    <>
      <Heading>{isNew ? turnTitle(state.card, newPin.title, stage) : newPin.repeatTitle}</Heading>
      <Paragraph above={0}>{isNew ? newPin.text : newPin.repeatText}</Paragraph>
      <PinField length={state.length} glyphs={stage.glyphs} />
      <PolicyTicks
        rules={isNew ? policyRules(state, newPin) : [repeatRule(state, newPin)]}
        glyphs={stage.glyphs}
      />
      {state.error === null ? null : (
        <Notice tone="warn">{state.error === 'mismatch' ? newPin.mismatch : newPin.policyError}</Notice>
      )}
    </>
  );
}

type State = ScreenProps<'newPin'>['state'];
type NewPinTexts = ScreenProps<'newPin'>['stage']['texts']['newPin'];

function policyRules({ verdicts }: State, { rules }: NewPinTexts) {
  return verdicts.map((verdict) => ({
    text:
      verdict.rule === 'length' ? rules.length(verdict.minLength, verdict.maxLength) : rules[verdict.rule],
    satisfied: verdict.satisfied,
  }));
}

function repeatRule({ matches }: State, { same, notYetSame }: NewPinTexts) {
  return { text: matches ? same : notYetSame, satisfied: matches };
}
