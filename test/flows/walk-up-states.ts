/** Walk-up states to start a test from, with defaults. */
import { RETIRED_SLOTS } from '../../src/domain/slot.ts';
import type { WalkUpKind, WalkUpState } from '../../src/flows/walk-up-state.ts';
import { aCard, aCertificate, aReason, REASONS } from './cards-and-reasons.ts';
import { aKeyDifference, COLLECT_STATES } from './collect-states.ts';
import { A_LOSING_ISSUE, anIssueWarning, ISSUE_STATES } from './issue-states.ts';
import { MY_CARD_STATES } from './my-card-states.ts';
import { A_LONG_PLAN, A_LOSING_PLAN, PLANNED } from './planned-changes.ts';
import { aFile, SOFT_STATES } from './soft-states.ts';
import { TERMS } from './terms.ts';

type StateOf<K extends WalkUpKind> = Extract<WalkUpState, { kind: K }>;

export function aWarning(changes: Partial<StateOf<'warning'>> = {}): StateOf<'warning'> {
  return {
    kind: 'warning',
    reader: 0,
    card: aCard(),
    reasons: REASONS,
    tasks: [],
    selected: 0,
    requestId: null,
    by: 'pin',
    losesKey: false,
    encryptionKey: null,
    hasAcceptedLoss: false,
    isResume: false,
    keepsPin: false,
    changes: [],
    acceptsTerms: null,
    ...changes,
  };
}

export function aPinWarning(changes: Partial<StateOf<'pinWarning'>> = {}): StateOf<'pinWarning'> {
  const how = { by: 'code', isResume: false, keepsPin: false, acceptsTerms: null } as const;
  return { kind: 'pinWarning', reader: 0, card: aCard(), ...how, ...changes };
}

export function theTerms(changes: Partial<StateOf<'terms'>> = {}): StateOf<'terms'> {
  return { kind: 'terms', reader: 0, card: aCard(), row: 0, terms: TERMS, next: aWarning(), ...changes };
}

export function aPlan(changes: Partial<StateOf<'warning'>> = {}, row = 0): StateOf<'plan'> {
  const warning = aWarning({ changes: PLANNED, ...changes });
  return { kind: 'plan', reader: 0, card: warning.card, row, warning };
}

export function anEnterPin(changes: Partial<StateOf<'enterPin'>> = {}): StateOf<'enterPin'> {
  return {
    kind: 'enterPin',
    reader: 0,
    card: aCard(),
    length: 0,
    error: null,
    asksForLastTry: false,
    ...changes,
  };
}

export function anEnterCode(changes: Partial<StateOf<'enterCode'>> = {}): StateOf<'enterCode'> {
  return {
    kind: 'enterCode',
    reader: 0,
    card: aCard(),
    length: 0,
    error: null,
    triesLeft: null,
    explainsHelp: false,
    ...changes,
  };
}

export function aRefusal(changes: Partial<StateOf<'refused'>> = {}): StateOf<'refused'> {
  return {
    ...{ kind: 'refused', reader: 0, code: 'RP-06-disabled', isCardIn: true, canRetry: false, awaits: null },
    ...changes,
  };
}

export function anInterruption(changes: Partial<StateOf<'interrupted'>> = {}): StateOf<'interrupted'> {
  return {
    kind: 'interrupted',
    reader: 0,
    code: 'RP-17-card-removed',
    isCardIn: false,
    cardId: 'c1',
    work: 'reprovision',
    isWritten: false,
    ...changes,
  };
}

/** As a rewrite is, with nothing else that waits. */
const AT_WORK = { work: 'reprovision', stillWaiting: 0 } as const;

export function aWritten(changes: Partial<StateOf<'written'>> = {}): StateOf<'written'> {
  return { kind: 'written', reader: 0, card: aCard(), attempt: 5, isCardIn: true, ...AT_WORK, ...changes };
}

export function aNewPin(changes: Partial<StateOf<'newPin'>> = {}): StateOf<'newPin'> {
  return {
    kind: 'newPin',
    reader: 0,
    card: aCard(),
    field: 'new',
    length: 6,
    verdicts: [
      { rule: 'length', satisfied: true, minLength: 6, maxLength: 8 },
      { rule: 'repeated', satisfied: true },
      { rule: 'sequence', satisfied: false },
      { rule: 'current', satisfied: false },
    ],
    matches: false,
    error: null,
    warning: aWarning(),
    ...changes,
  };
}

export function aWriting(changes: Partial<StateOf<'writing'>> = {}): StateOf<'writing'> {
  return {
    kind: 'writing',
    reader: 0,
    card: aCard(),
    attempt: 5,
    progress: { phase: 'key', subject: '9C', algorithm: 'RSA-2048', done: 7, total: 21, remainingMs: 34_000 },
    hasBegunWriting: true,
    waitsForCentral: false,
    explainsLeaving: false,
    ...AT_WORK,
    ...changes,
  };
}

function aDone(
  changes: Partial<StateOf<'done'>['result']> = {},
  state: Partial<StateOf<'done'>> = {},
): StateOf<'done'> {
  return {
    kind: 'done',
    reader: 0,
    isCardIn: true,
    ...AT_WORK,
    ...state,
    result: {
      certificates: (['9A', '9C', '9D', '9E'] as const).map((slot) => ({
        slot,
        subject: 'CN=Ada Lovelace',
        serialNumber: `0a${slot}`,
        notAfter: '2029-11-22T10:00:00Z',
      })),
      revokedCount: 4,
      leftoverKeys: [],
      unwritableObjects: [],
      cardExpiresAt: '2032-12-31T23:59:59Z',
      ...changes,
    },
  };
}

const CANCELLED = { cardId: 'c1', serial: '4711' };

/** Every state in its variants that look different; the compiler forces it to be complete. */
export const STATES: { readonly [K in WalkUpKind]: Readonly<Record<string, StateOf<K>>> } = {
  ...COLLECT_STATES,
  ...ISSUE_STATES,
  ...MY_CARD_STATES,
  ...SOFT_STATES,
  insertCard: {
    empty: { kind: 'insertCard', passedOver: null },
    'card passed over': { kind: 'insertCard', passedOver: 0 },
  },
  looking: {
    first: { kind: 'looking', reader: 0, attempt: 1, awaits: null, trouble: null },
    'reader busy': { kind: 'looking', reader: 0, attempt: 1, awaits: null, trouble: 'UX-06-reader-busy' },
    'reader gone in the middle': {
      kind: 'looking',
      reader: 0,
      attempt: 1,
      awaits: { cardId: 'c1', work: 'reprovision' },
      trouble: 'UX-06-service-gone',
    },
  },
  emptyWarning: {
    usual: { kind: 'emptyWarning', reader: 0, card: CANCELLED, isResume: false },
    resume: { kind: 'emptyWarning', reader: 0, card: CANCELLED, isResume: true },
  },
  refused: {
    'cancelled, can be emptied': aRefusal({ code: 'RP-06-cancelled', cancelled: CANCELLED }),
    disabled: aRefusal(),
    'disabled, can be looked into': aRefusal({ onRecord: { cardId: 'c1', serial: '4711' } }),
    'card out': aRefusal({ code: 'RP-07-no-piv', isCardIn: false }),
    'another card, and out again': aRefusal({
      ...{ code: 'RP-17-other-card', isCardIn: false },
      awaits: { cardId: 'c1', work: 'reprovision' },
    }),
    'may be tried again': aRefusal({ code: 'SE-07-card-answer', canRetry: true }),
    'the wrong card': aRefusal({ code: 'RP-11-other-card', isForOneCard: true }),
    'code without words': aRefusal({ code: 'ZZ-99-something-new', canRetry: true }),
    'another card': aRefusal({ code: 'RP-17-other-card', awaits: { cardId: 'c1', work: 'reprovision' } }),
    'another card that may be tried again': aRefusal({
      code: 'SE-07-card-answer',
      canRetry: true,
      awaits: { cardId: 'c1', work: 'reprovision' },
    }),
  },
  found: {
    usual: { kind: 'found', reader: 0, card: aCard() },
    unfinished: { kind: 'found', reader: 0, card: aCard({ hasOpenOperation: true }) },
    'PIN blocked': { kind: 'found', reader: 0, card: aCard({ triesLeft: 0, hasOpenOperation: true }) },
    'without certificates': { kind: 'found', reader: 0, card: aCard({ certificates: [], serial: null }) },
    'with many certificates': {
      kind: 'found',
      reader: 0,
      card: aCard({
        certificates: Array.from({ length: 24 }, (_, i) =>
          aCertificate({ slot: '82', serialNumber: `${i}` }),
        ),
      }),
    },
  },
  enterPin: {
    empty: anEnterPin(),
    wrong: anEnterPin({ error: 'wrong', card: aCard({ triesLeft: 2 }) }),
    'too short': anEnterPin({ error: 'length', length: 3 }),
    'last try': anEnterPin({ error: 'wrong', card: aCard({ triesLeft: 1 }) }),
    'last try confirmed once': anEnterPin({
      length: 6,
      card: aCard({ triesLeft: 1 }),
      asksForLastTry: true,
    }),
    'tries unknown': anEnterPin({ length: 8, card: aCard({ triesLeft: null }) }),
    'of an unfinished card': anEnterPin({ card: aCard({ hasOpenOperation: true }) }),
    'last try of an unfinished card': anEnterPin({
      error: 'wrong',
      card: aCard({ hasOpenOperation: true, triesLeft: 1 }),
    }),
  },
  enterCode: {
    empty: anEnterCode(),
    short: anEnterCode({ length: 8 }),
    wrong: anEnterCode({ error: 'wrong', triesLeft: 1 }),
    'not of a length that codes have': anEnterCode({ error: 'length', length: 9 }),
    'in place of a blocked PIN': anEnterCode({ length: 12, card: aCard({ triesLeft: 0 }) }),
    'no code either': anEnterCode({ explainsHelp: true }),
  },
  proving: {
    first: { kind: 'proving', reader: 0, card: aCard(), attempt: 2, by: 'pin' },
    'by code': { kind: 'proving', reader: 0, card: aCard(), attempt: 2, by: 'code' },
    'by operator': { kind: 'proving', reader: 0, card: aCard(), attempt: 2, by: 'operator' },
  },
  chooseReason: {
    first: {
      kind: 'chooseReason',
      reader: 0,
      card: aCard(),
      tasks: [],
      reasons: REASONS,
      selected: 0,
      by: 'pin',
    },
    'proved by a code': {
      kind: 'chooseReason',
      reader: 0,
      card: aCard(),
      tasks: [],
      reasons: REASONS,
      selected: 1,
      by: 'code',
    },
    'none to choose': {
      kind: 'chooseReason',
      reader: 0,
      card: aCard(),
      tasks: [],
      reasons: [],
      selected: 0,
      by: 'pin',
    },
    'a long list': {
      kind: 'chooseReason',
      reader: 0,
      card: aCard(),
      tasks: [],
      reasons: Array.from({ length: 40 }, (_, i) =>
        aReason({ code: `r${i}`, titles: { en: `Reason ${i + 1}` } }),
      ),
      selected: 25,
      by: 'pin',
    },
  },
  checking: {
    first: {
      kind: 'checking',
      reader: 0,
      card: aCard(),
      attempt: 3,
      tasks: [],
      requestId: null,
      reasons: REASONS,
      selected: 1,
      by: 'pin',
    },
  },
  plan: {
    usual: aPlan(),
    'a key is lost': aPlan({ changes: A_LOSING_PLAN, losesKey: true }),
    'a long one': aPlan({ changes: A_LONG_PLAN }),
    'a long one, its end': aPlan({ changes: A_LONG_PLAN }, A_LONG_PLAN.length - 1),
    resume: aPlan({ isResume: true, keepsPin: true }),
    'of a new card': {
      kind: 'plan',
      reader: 0,
      card: anIssueWarning().card,
      row: 0,
      warning: anIssueWarning(),
    },
    'of a new card, a key of the old one is lost': {
      kind: 'plan',
      reader: 0,
      card: anIssueWarning().card,
      row: 0,
      warning: anIssueWarning({ changes: A_LOSING_ISSUE, inPlaceOf: 'K-1001' }),
    },
  },
  terms: {
    long: theTerms(),
    'its end': theTerms({ row: 69 }),
    short: theTerms({ terms: { ...TERMS, text: 'Keep your card with you.' } }),
    'of a new card': theTerms({ next: anIssueWarning() }),
    'of a new PIN': theTerms({ next: aPinWarning() }),
    'of keys onto a card': theTerms({ next: aKeyDifference() }),
    'of a file': theTerms({ next: aFile() }),
    'of a file that an operator hands over': theTerms({ reader: null, next: { ...aFile(), reader: null } }),
  },
  pinWarning: {
    usual: aPinWarning(),
    resume: aPinWarning({ isResume: true }),
    'resume with the PIN that is set': aPinWarning({ by: 'pin', isResume: true, keepsPin: true }),
  },
  warning: {
    usual: aWarning(),
    'loses a key': aWarning({ losesKey: true }),
    'keeps the old key at central': aWarning({ encryptionKey: 'shelve', selected: 4 }),
    'loss accepted': aWarning({ losesKey: true, hasAcceptedLoss: true, selected: 4 }),
    resume: aWarning({ isResume: true, selected: 5 }),
    'resume with the PIN that is set': aWarning({ isResume: true, keepsPin: true, selected: 5 }),
  },
  newPin: {
    new: aNewPin(),
    'not good enough': aNewPin({ error: 'policy' }),
    mismatch: aNewPin({ length: 0, error: 'mismatch' }),
    repeat: aNewPin({ field: 'repeat', length: 4 }),
    'of a new card': aNewPin({ warning: anIssueWarning() }),
    'and nothing else': aNewPin({ warning: aPinWarning() }),
    'repeat matches': aNewPin({ field: 'repeat', length: 6, matches: true }),
  },
  writing: {
    begin: aWriting({ progress: null, hasBegunWriting: false }),
    key: aWriting(),
    'unknown phase': aWriting({
      progress: {
        phase: 'polish',
        subject: null,
        algorithm: null,
        done: 99,
        total: 3,
        remainingMs: Number.NaN,
      },
    }),
    'waits for central': aWriting({ waitsForCentral: true }),
    leaving: aWriting({ explainsLeaving: true, waitsForCentral: true }),
    'setting a PIN': aWriting({
      work: 'pinReset',
      progress: { phase: 'pin', subject: null, algorithm: null, done: 1, total: 5, remainingMs: 300 },
    }),
    emptying: aWriting({
      work: 'empty',
      progress: { phase: 'remove', subject: null, algorithm: null, done: 1, total: 27, remainingMs: 4000 },
    }),
  },
  written: {
    'card in': aWritten(),
    'card out': aWritten({ isCardIn: false }),
    emptied: aWritten({ work: 'empty' }),
    'a new PIN': aWritten({ work: 'pinReset' }),
  },
  done: {
    usual: aDone(),
    'with a leftover key': aDone({ revokedCount: 1, leftoverKeys: ['9D', '82'] }),
    'without its photo': aDone({ revokedCount: 3, unwritableObjects: ['5FC108', '7E'] }),
    'card out': aDone({}, { isCardIn: false }),
    'with something else that waits': aDone({}, { stillWaiting: 1 }),
    'of a collection that only took keys off': aDone({ certificates: [] }, { work: 'collection' }),
    'of a new card': aDone({ revokedCount: 0 }, { work: 'issue' }),
    'of a card that was emptied': aDone({ certificates: [], revokedCount: 0 }, { work: 'empty' }),
    'of a card that was emptied, card out': aDone(
      { certificates: [], revokedCount: 0 },
      { work: 'empty', isCardIn: false },
    ),
    'of a new PIN': aDone({ certificates: [], revokedCount: 0 }, { work: 'pinReset' }),
    'of a new PIN, card out': aDone(
      { certificates: [], revokedCount: 0 },
      { work: 'pinReset', isCardIn: false },
    ),
    'of a collection': aDone({ revokedCount: 0 }, { work: 'collection' }),
    'of a collection, with something else that waits': aDone(
      {
        revokedCount: 0,
        certificates: RETIRED_SLOTS.map((slot) => ({
          slot,
          subject: 'CN=Ada Lovelace',
          serialNumber: `0b${slot}`,
          notAfter: '2024-05-31T12:00:00Z',
        })),
      },
      { work: 'collection', stillWaiting: 2 },
    ),
  },
  interrupted: {
    'card out': anInterruption(),
    'card in': anInterruption({ code: 'RP-18-verify-failed', isCardIn: true }),
    'of a collection': anInterruption({ work: 'collection' }),
    'of a card that is emptied': anInterruption({ work: 'empty' }),
    'of a new PIN': anInterruption({ work: 'pinReset' }),
    'of a new card': anInterruption({ work: 'issue' }),
    'of a new card, card in': anInterruption({ work: 'issue', isCardIn: true }),
    'reader gone': anInterruption({ code: 'UX-06-reader-gone' }),
    'written, not valid': anInterruption({ code: 'RP-06-disabled', isCardIn: true, isWritten: true }),
    'written, not valid, card out': anInterruption({ code: 'RP-06-holder-disabled', isWritten: true }),
  },
};

/** All of STATES, with a name for each. */
export const EVERY_STATE: readonly (readonly [string, WalkUpState])[] = Object.entries(STATES).flatMap(
  ([kind, variants]) =>
    Object.entries(variants).map(([variant, state]): [string, WalkUpState] => [`${kind}, ${variant}`, state]),
);
