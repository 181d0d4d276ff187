import { Box } from 'ink';
import type { ReactNode } from 'react';
import { Wrapped } from '../../parts/wrapped.tsx';
import type { DeskStage } from '../desk-stage.ts';
import { deskRefusalText } from '../desk-text.ts';
import { ActionBar, type ActionItem, actionLines } from './action-bar.tsx';

interface PageFrameProps {
  readonly stage: DeskStage;
  /** Why what was chosen cannot be: a code; null: nothing is said. */
  readonly said: string | null;
  /** What the page shows in so many lines. */
  readonly children: (height: number) => ReactNode;
}

/** So many lines say why. */
const SAID_LINES = 2;

/** A page above what can be done with it. Each tells how many lines it has. */
export function PageFrame({ stage, said, children }: PageFrameProps) {
  const actions = actionItems(stage);
  const lines = actionLines(actions, stage.width).length;
  const below = lines + (said === null ? 0 : SAID_LINES) + (lines > 0 ? 1 : 0);
  const height = Math.max(1, stage.height - below);
  return (
    <>
      <Box flexDirection="column" flexShrink={0} width={stage.width} height={height} overflow="hidden">
        {children(height)}
      </Box>
      {lines > 0 ? <Box flexShrink={0} height={1} /> : null}
      {said === null ? null : <Said stage={stage} code={said} />}
      <ActionBar actions={actions} width={stage.width} />
    </>
  );
}

/** Why not, with the code (OP-03). */
export function Said({ stage, code }: { readonly stage: DeskStage; readonly code: string }) {
  return (
    <Box flexShrink={0} height={SAID_LINES} width={stage.width} overflow="hidden">
      <Wrapped look="warn">{`! ${deskRefusalText(stage, code)} (${code})`}</Wrapped>
    </Box>
  );
}

function actionItems({ actions, texts }: DeskStage): readonly ActionItem[] {
  return actions.map(({ key, name, refusal }) => ({
    key,
    text: texts.desk.actions[name],
    isOff: refusal !== null,
  }));
}
