import { Box } from 'ink';
import type { OperationKind } from '../../src/domain/request.ts';
import type { AfterTerms, WalkUpKind, WalkUpState } from '../../src/flows/walk-up-state.ts';
import type { Stage } from '../stage.ts';
import {
  COLLECT_STEPS,
  EMPTY_STEPS,
  ISSUE_STEPS,
  PIN_STEPS,
  SOFT_STEPS,
  STEPS,
  type Step,
} from '../texts/catalogue.ts';
import { useReadAloud } from './read-aloud.tsx';
import { Text } from './themed.tsx';

const STEP_OF: Readonly<Record<WalkUpKind, Step>> = {
  insertCard: 'card',
  looking: 'card',
  refused: 'card',
  found: 'card',
  onMyCard: 'card',
  enterPin: 'pin',
  enterCode: 'pin',
  proving: 'pin',
  blank: 'card',
  enterNumber: 'number',
  provingNumber: 'number',
  issueChoice: 'confirm',
  planningIssue: 'confirm',
  issueWarning: 'confirm',
  emptyWarning: 'confirm',
  chooseTask: 'choice',
  comparing: 'choice',
  difference: 'confirm',
  chooseLeft: 'choice',
  confirmRemoval: 'confirm',
  collectWarning: 'confirm',
  offeringSoft: 'choice',
  askingToken: 'choice',
  softToken: 'done',
  chooseMedium: 'stick',
  softEncryption: 'stick',
  softPassword: 'password',
  savingSoft: 'saving',
  softStopped: 'saving',
  softDone: 'done',
  chooseReason: 'reason',
  checking: 'reason',
  plan: 'confirm',
  warning: 'confirm',
  terms: 'confirm',
  pinWarning: 'confirm',
  newPin: 'newPin',
  writing: 'writing',
  written: 'writing',
  interrupted: 'writing',
  done: 'done',
};

const COLLECTING: readonly string[] = [
  'chooseTask',
  'comparing',
  'difference',
  'chooseLeft',
  'confirmRemoval',
  'collectWarning',
];

/** Where one is among the steps: the present one in brackets, those behind with a tick. */
export function StepsLine({ stage }: { readonly stage: Stage }) {
  const { view, texts, glyphs } = stage;
  const steps = stepsOf(view.walkUp);
  const now = steps.indexOf(stepOf(view.walkUp));
  const aloud = useReadAloud();
  if (aloud !== null) return <Text>{aloud.step(now + 1, steps.length, texts.steps[steps[now]!])}</Text>;
  const isDone = (step: Step) => steps.indexOf(step) < now || isBehind(step, view.walkUp);
  const sign = (i: number, step: Step) => (isDone(step) ? glyphs.tick : i + 1);
  return (
    <Box flexShrink={0} height={1} width={view.size.columns} paddingX={1}>
      {steps.map((step, i) => (
        <Box key={step} flexShrink={0}>
          {i === 0 ? null : <Text look="rule">{` ${glyphs.separator} `}</Text>}
          <Text look={i === now ? 'stepNow' : isDone(step) ? 'stepDone' : 'stepAhead'}>
            {i === now ? `[${i + 1} ${texts.steps[step]}]` : `${sign(i, step)} ${texts.steps[step]}`}
          </Text>
        </Box>
      ))}
    </Box>
  );
}

const SAVING: readonly WalkUpKind[] = [
  'offeringSoft',
  'chooseMedium',
  'softEncryption',
  'softPassword',
  'savingSoft',
  'softStopped',
  'softDone',
];

const ISSUING: readonly string[] = [
  'blank',
  'enterNumber',
  'provingNumber',
  'issueChoice',
  'planningIssue',
  'issueWarning',
];

/** Of keys that go onto the person's own computer. */
const TOKEN_STEPS: readonly Step[] = ['card', 'pin', 'choice', 'done'];

/** Terms of a file come before its stick. */
function stepOf(state: WalkUpState): Step {
  return ahead(state).kind === 'softCertificate' ? 'choice' : STEP_OF[state.kind];
}

/** Where nothing is chosen yet, those that all of it has begin the same. */
function stepsOf(state: WalkUpState): readonly Step[] {
  const next = ahead(state);
  const isFile = next.kind === 'softCertificate' && next.task.soft?.rules.where !== 'nss';
  if (isFile || SAVING.includes(state.kind)) return SOFT_STEPS;
  if (next.kind === 'softCertificate') return TOKEN_STEPS;
  if (state.kind === 'askingToken' || state.kind === 'softToken') return TOKEN_STEPS;
  switch (workOf(state)) {
    case 'collection':
      return COLLECT_STEPS;
    case 'issue':
      return ISSUE_STEPS;
    case 'empty':
      return EMPTY_STEPS;
    case 'pinReset':
      return PIN_STEPS;
    case 'reprovision':
      return STEPS;
  }
}

/** What is done, or was done to the card that is waited for. */
function workOf(state: WalkUpState): OperationKind {
  if ('work' in state) return state.work;
  if ('awaits' in state && state.awaits !== null) return state.awaits.work;
  const { kind } = ahead(state);
  if (ISSUING.includes(kind)) return 'issue';
  if (kind === 'emptyWarning') return 'empty';
  if (kind === 'pinWarning') return 'pinReset';
  return COLLECTING.includes(kind) ? 'collection' : 'reprovision';
}

/** Terms, a plan and a new PIN belong to what they are asked for. */
function ahead(state: WalkUpState): WalkUpState | AfterTerms {
  if (state.kind === 'terms') return state.next;
  return 'warning' in state ? state.warning : state;
}

/** A step that this card has behind it before its turn: its PIN is set already. */
function isBehind(step: Step, state: WalkUpState): boolean {
  const warned = state.kind === 'newPin' ? state : ahead(state);
  return step === 'newPin' && 'keepsPin' in warned && warned.keepsPin;
}
