/** What waits for a cardholder, and the states of bringing recovered keys onto a card. */
import type { Difference, DifferenceEntry, ListedCertificate } from '../../src/domain/difference.ts';
import { RETIRED_SLOTS, type Slot } from '../../src/domain/slot.ts';
import type { Collecting, CollectState } from '../../src/flows/collect-state.ts';
import type { WaitingTask } from '../../src/flows/waiting-task.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { aCard, aReason, REASONS } from './cards-and-reasons.ts';

type Kind = 'chooseTask' | CollectState['kind'];
type StateOf<K extends Kind> = Extract<WalkUpState, { kind: K }>;

export const REQUEST_ID = '88888888-8888-4888-8888-888888888888';
const OTHER_ID = (n: number) => `99999999-9999-4999-8999-${String(n).padStart(12, '0')}`;

/** @param n makes it another one, of another year */
export function aListed(n: number, changes: Partial<ListedCertificate> = {}): ListedCertificate {
  return {
    serialNumber: `0c${n.toString(16).padStart(2, '0')}`,
    subject: 'CN=Ada Lovelace',
    notBefore: `${2004 + n}-09-30T12:00:00Z`,
    notAfter: `${2007 + n}-09-30T12:00:00Z`,
    state: 'superseded',
    isArchived: true,
    ...changes,
  };
}

export function anEntry(
  change: DifferenceEntry['change'],
  from: Slot | null,
  to: Slot | null,
  n: number,
): DifferenceEntry {
  return { change, from, to, certificate: aListed(n) };
}

export function aDifference(
  entries: readonly DifferenceEntry[] = [
    anEntry('kept', '9D', '9D', 20),
    anEntry('added', null, '82', 1),
    anEntry('added', null, '83', 2),
  ],
  problem: Difference['problem'] = null,
): Difference {
  return { entries, problem };
}

/** Something of everything. */
export const WITH_REMOVALS = aDifference([
  anEntry('kept', '9D', '9D', 20),
  anEntry('moved', '84', '82', 3),
  anEntry('added', null, '83', 1),
  anEntry('added', null, '84', 2),
  anEntry('removed', '82', null, 4),
  anEntry('removed', '83', null, 5),
  anEntry('left', null, null, 6),
]);

/** As many as there can be, and more lines than a small terminal has. */
const LONG = aDifference([
  anEntry('kept', '9D', '9D', 20),
  ...RETIRED_SLOTS.map((slot, i) => anEntry('added', null, slot, i)),
]);

export const TOO_MANY = aDifference(
  [
    anEntry('kept', '9D', '9D', 30),
    ...RETIRED_SLOTS.map((slot, i) => anEntry('added', null, slot, i)),
    anEntry('added', null, null, 21),
    anEntry('added', null, null, 22),
  ],
  'KR-07-too-few-slots',
);

export function aTask(changes: Partial<WaitingTask> = {}): WaitingTask {
  return {
    requestId: REQUEST_ID,
    kind: 'existingCard',
    state: 'ready',
    requestedAt: '2026-11-20T10:00:00Z',
    expiresAt: '2026-12-20T10:00:00Z',
    note: null,
    reason: null,
    isForThisCard: true,
    obstacle: null,
    difference: aDifference(),
    soft: null,
    ...changes,
  };
}

const ELSEWHERE = { isForThisCard: false, difference: null } as const;

/** One of each that looks different. */
export const TASKS: readonly WaitingTask[] = [
  aTask({
    note: 'As we said on the telephone: the keys of your old card, for the mails of the last three years.',
  }),
  aTask({ requestId: OTHER_ID(1), kind: 'cardUpdate', reason: 'data', difference: null }),
  aTask({ requestId: OTHER_ID(2), ...ELSEWHERE }),
  aTask({ requestId: OTHER_ID(3), ...ELSEWHERE, kind: 'newCard', hasRecoveredKeys: true }),
  aTask({ requestId: OTHER_ID(4), ...ELSEWHERE, kind: 'softCertificate', state: 'awaitingApproval' }),
  aTask({ requestId: OTHER_ID(5), kind: 'unknown', difference: null }),
];

export function aChoice(changes: Partial<StateOf<'chooseTask'>> = {}): StateOf<'chooseTask'> {
  return {
    ...{ kind: 'chooseTask', reader: 0, card: aCard(), by: 'pin', reasons: REASONS },
    ...{ tasks: TASKS, selected: 0 },
    ...changes,
  };
}

export function collecting(changes: Partial<Collecting> = {}): Collecting {
  return {
    ...{ reader: 0, card: aCard(), task: TASKS[0]!, difference: aDifference(), leavesOut: [] },
    acceptsTerms: null,
    ...{ tasks: TASKS, reasons: REASONS },
    ...changes,
  };
}

const left = (row: number, changes: Partial<StateOf<'chooseLeft'>> = {}): StateOf<'chooseLeft'> => ({
  ...collecting({ difference: TOO_MANY }),
  ...{ kind: 'chooseLeft', row, isStillTooFew: false, hasChosenNone: false },
  ...changes,
});

const removal = (difference: Difference, row = 0): StateOf<'confirmRemoval'> => ({
  ...collecting({ difference }),
  kind: 'confirmRemoval',
  row,
});

export const aKeyDifference = (changes: Partial<Collecting> = {}, row = 0): StateOf<'difference'> => ({
  ...collecting(changes),
  kind: 'difference',
  row,
});

/** In their variants that look different. */
export const COLLECT_STATES: { readonly [K in Kind]: Readonly<Record<string, StateOf<K>>> } = {
  chooseTask: {
    usual: aChoice(),
    'an update of the card': aChoice({ selected: 1 }),
    'for another card': aChoice({ selected: 2 }),
    'on a new card': aChoice({ selected: 3 }),
    'not approved': aChoice({ selected: 4 }),
    'of a newer central': aChoice({ selected: 5 }),
    rewrite: aChoice({ selected: 6 }),
    'proved by a code': aChoice({ by: 'code' }),
    'no room to be made': aChoice({ tasks: [aTask({ difference: aDifference([], 'KR-07-gap') })] }),
    'an update whose reason is not known': aChoice({
      tasks: [aTask({ kind: 'cardUpdate', reason: 'new-one', difference: null })],
      reasons: [aReason()],
    }),
    'a long list': aChoice({
      tasks: Array.from({ length: 100 }, (_, i) => aTask({ requestId: OTHER_ID(i) })),
      selected: 57,
    }),
  },
  difference: {
    usual: aKeyDifference(),
    'something of everything': aKeyDifference({ difference: WITH_REMOVALS, leavesOut: ['0c06'] }),
    'a long one': aKeyDifference({ difference: LONG }, 12),
    'nothing to change': aKeyDifference({ difference: aDifference([]) }),
  },
  chooseLeft: {
    first: left(0),
    'some marked': left(3, { leavesOut: ['0c15', '0c12'] }),
    'still too few': left(20, { leavesOut: ['0c15'], isStillTooFew: true }),
    'none marked': left(0, { hasChosenNone: true }),
  },
  comparing: { first: { ...collecting(), kind: 'comparing', attempt: 7 } },
  confirmRemoval: {
    two: removal(WITH_REMOVALS),
    one: removal(aDifference([anEntry('removed', '82', null, 4)])),
    many: removal(aDifference(RETIRED_SLOTS.map((slot, i) => anEntry('removed', slot, null, i))), 15),
  },
  collectWarning: {
    usual: { ...collecting(), kind: 'collectWarning', isResume: false },
    'with removals': {
      ...collecting({ difference: WITH_REMOVALS }),
      kind: 'collectWarning',
      isResume: false,
    },
    resume: {
      ...{ kind: 'collectWarning', reader: 0, card: aCard(), isResume: true, requestId: REQUEST_ID },
      difference: WITH_REMOVALS,
    },
    'resume of which nobody says what it does': {
      ...{ kind: 'collectWarning', reader: 0, card: aCard(), isResume: true, requestId: REQUEST_ID },
      difference: null,
    },
  },
};
