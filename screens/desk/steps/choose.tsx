import { Box } from 'ink';
import type { DeskChoice, DeskOption, DeskStep } from '../../../src/flows/desk-state.ts';
import { Menu } from '../../parts/menu.tsx';
import { Heading, Paragraph } from '../../parts/text.tsx';
import type { DeskStage } from '../desk-stage.ts';
import { titleIn } from '../desk-text.ts';
import { Said } from '../parts/page-frame.tsx';

interface ChooseProps {
  readonly step: Extract<DeskStep, { kind: 'choose' }>;
  readonly stage: DeskStage;
}

/** Heading, free lines, and why what was chosen cannot be. */
const OTHER_LINES = 5;

/** One of several by arrows or digit. What cannot be chosen is there as well, and says why (OP-03). */
export function Choose({ step, stage }: ChooseProps) {
  const { choose } = stage.texts.deskDialog;
  const { chooseReason } = stage.texts;
  return (
    <>
      <Heading>{choose[step.what]}</Heading>
      {step.options.length === 0 ? (
        <Paragraph>{choose.none}</Paragraph>
      ) : (
        <Menu
          items={step.options.map((option) => itemOf(option, step.what, stage))}
          selected={step.selected}
          height={Math.max(3, stage.height - OTHER_LINES)}
          width={stage.width}
          glyphs={stage.glyphs}
          moreAbove={chooseReason.moreAbove}
          moreBelow={chooseReason.moreBelow}
        />
      )}
      <Box flexShrink={0} height={1} />
      {step.said === null ? null : <Said stage={stage} code={step.said} />}
    </>
  );
}

function itemOf({ value, titles, refusal }: DeskOption, what: DeskChoice, stage: DeskStage) {
  const { choose } = stage.texts.deskDialog;
  const text = titleIn(titles, wordsFor(value, what, stage) ?? value, stage);
  return {
    key: value,
    text: refusal === null ? text : `${text} ${choose.notAllowed}`,
    isOff: refusal !== null,
  };
}

/** What has no titles of central's. */
function wordsFor(value: string, what: DeskChoice, { texts }: DeskStage): string | undefined {
  const { codes, proofs } = texts.deskDialog.choose;
  const words: Readonly<Record<string, string>> = what === 'code' ? codes : what === 'proof' ? proofs : {};
  return Object.hasOwn(words, value) ? words[value] : undefined;
}
