import type { PasswordVerdict } from '../src/domain/password-policy.ts';
import { Notice } from './parts/notice.tsx';
import { PasswordBox } from './parts/password-box.tsx';
import { PolicyTicks } from './parts/policy-ticks.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps } from './stage.ts';
import type { SoftTexts } from './texts/soft-catalogue.ts';

/** The password of the file, ticked off as it is typed, then once more (KR-08). Never knows a character. */
export function SoftPassword({ state, stage }: ScreenProps<'softPassword'>) {
  const { softPassword: words } = stage.texts;
  const isNew = state.field === 'new';
  const repeated = { text: state.matches ? words.same : words.notYetSame, satisfied: state.matches };
  return (
    <>
      <Heading>{isNew ? words.title : words.repeatTitle}</Heading>
      <Paragraph above={0}>{isNew ? words.text : words.repeatText}</Paragraph>
      <PasswordBox
        length={state.length}
        count={words.typed(state.length)}
        width={stage.width}
        glyphs={stage.glyphs}
      />
      <PolicyTicks
        rules={isNew ? state.verdicts.map((verdict) => ruleOf(verdict, words)) : [repeated]}
        glyphs={stage.glyphs}
      />
      {state.error === null ? null : (
        <Notice tone="warn">{state.error === 'mismatch' ? words.mismatch : words.policyError}</Notice>
      )}
    </>
  );
}

function ruleOf(verdict: PasswordVerdict, { rules }: SoftTexts['softPassword']) {
  const { satisfied } = verdict;
  switch (verdict.rule) {
    case 'length':
      return { text: rules.length(verdict.minLength), satisfied };
    case 'kinds':
      return { text: rules.kinds(verdict.minKinds), satisfied };
    case 'different':
      return { text: rules.different(verdict.minDifferent), satisfied };
  }
}
