import type { IssueState, IssueView } from '../../src/flows/issue-state.ts';
import { aCard } from './cards-and-reasons.ts';
import { REQUEST_ID } from './collect-states.ts';
import { A_LONG_PLAN, aPlannedChange, LOST, PLANNED } from './planned-changes.ts';

/** Where somebody is who collects a new card. */
type StateOf<K extends IssueState['kind']> = Extract<IssueState, { kind: K }>;

const BLANK = { reader: 0, card: { cardId: null, serial: '4711', isUnfinished: false } } as const;
const UNFINISHED = { reader: 0, card: { cardId: 'c1', serial: '4711', isUnfinished: true } } as const;

/** What central says of a new card. */
export function anIssue(changes: Partial<IssueView> = {}): IssueView {
  return {
    ...{
      requestId: REQUEST_ID,
      isResume: false,
      changes: NEW_CARD,
      leavesOut: [],
      inPlaceOf: null,
      terms: null,
    },
    card: aCard({ certificates: [], triesLeft: null }),
    ...changes,
  };
}

/** First keys, and three recovered ones. */
export const NEW_CARD = [
  ...PLANNED.slice(0, 4).map(({ to }) =>
    aPlannedChange({ change: 'new', from: null, to, certificate: null }),
  ),
  ...A_LONG_PLAN.slice(5, 8).map((one) => ({ ...one, change: 'restored' as const, from: null })),
];

/** The card before it has a key that is in no archive. */
export const A_LOSING_ISSUE = [...NEW_CARD.slice(0, 4), LOST];

export function anIssueWarning(changes: Partial<IssueView> = {}): StateOf<'issueWarning'> {
  return { kind: 'issueWarning', reader: 0, ...anIssue(changes), acceptsTerms: null };
}

export function anIssueChoice(changes: Partial<StateOf<'issueChoice'>> = {}): StateOf<'issueChoice'> {
  return {
    ...{ kind: 'issueChoice', reader: 0, row: 0, isStillTooFew: false, hasChosenNone: false },
    ...anIssue(),
    ...changes,
  };
}

export function anEnterNumber(changes: Partial<StateOf<'enterNumber'>> = {}): StateOf<'enterNumber'> {
  return { kind: 'enterNumber', ...BLANK, length: 0, error: null, triesLeft: null, ...changes };
}

export function aBlank(changes: Partial<StateOf<'blank'>> = {}): StateOf<'blank'> {
  return { kind: 'blank', ...BLANK, explainsHelp: false, ...changes };
}

const MARKED = NEW_CARD.slice(4, 6).map(({ certificate }) => certificate!.serialNumber);

/** Every state of a new card in its variants that look different. */
export const ISSUE_STATES: {
  readonly [K in IssueState['kind']]: Readonly<Record<string, StateOf<K>>>;
} = {
  blank: {
    usual: aBlank(),
    unfinished: aBlank(UNFINISHED),
    help: aBlank({ explainsHelp: true }),
  },
  enterNumber: {
    empty: anEnterNumber(),
    'half typed': anEnterNumber({ length: 9 }),
    long: anEnterNumber({ length: 18 }),
    wrong: anEnterNumber({ error: 'wrong', triesLeft: 4 }),
    'too short': anEnterNumber({ length: 5, error: 'length', triesLeft: 1 }),
  },
  provingNumber: { first: { kind: 'provingNumber', ...BLANK, attempt: 7 } },
  issueChoice: {
    'nothing marked': anIssueChoice(),
    'some marked': anIssueChoice({ leavesOut: MARKED, row: 1 }),
    'still too few': anIssueChoice({ leavesOut: MARKED, isStillTooFew: true }),
    'none chosen': anIssueChoice({ hasChosenNone: true }),
  },
  planningIssue: {
    first: { kind: 'planningIssue', reader: 0, attempt: 7, ...anIssue({ leavesOut: MARKED }) },
  },
  issueWarning: {
    usual: anIssueWarning(),
    'in place of another': anIssueWarning({ inPlaceOf: 'K-1001' }),
    resume: anIssueWarning({ isResume: true, inPlaceOf: 'K-1001' }),
  },
};
