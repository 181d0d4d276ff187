import { Box, Text } from 'ink';
import type { WalkUpKind, WalkUpState } from '../../src/flows/walk-up-state.ts';
import type { Stage } from '../stage.ts';
import { STEPS, type Step } from '../texts/catalogue.ts';
import { THEME } from '../theme.ts';

const STEP_OF: Readonly<Record<WalkUpKind, Step>> = {
  insertCard: 'card',
  looking: 'card',
  refused: 'card',
  found: 'card',
  enterPin: 'pin',
  enterCode: 'pin',
  proving: 'pin',
  chooseReason: 'reason',
  checking: 'reason',
  warning: 'confirm',
  newPin: 'newPin',
  writing: 'writing',
  written: 'writing',
  interrupted: 'writing',
  done: 'done',
};

/** Where one is among the steps: the present one in brackets, those behind with a tick. */
export function StepsLine({ stage }: { readonly stage: Stage }) {
  const { view, texts, glyphs } = stage;
  const now = STEPS.indexOf(stepOf(view.walkUp));
  return (
    <Box flexShrink={0} height={1} width={view.size.columns} paddingX={1}>
      {STEPS.map((step, i) => (
        <Box key={step} flexShrink={0}>
          {i === 0 ? null : <Text {...THEME.rule}>{` ${glyphs.separator} `}</Text>}
          <Text {...(i === now ? THEME.stepNow : i < now ? THEME.stepDone : THEME.stepAhead)}>
            {stepText(i, now, texts.steps[step], glyphs.tick)}
          </Text>
        </Box>
      ))}
    </Box>
  );
}

function stepOf(state: WalkUpState): Step {
  return STEP_OF[state.kind];
}

function stepText(i: number, now: number, title: string, tick: string): string {
  if (i === now) return `[${i + 1} ${title}]`;
  return i < now ? `${tick} ${title}` : `${i + 1} ${title}`;
}
