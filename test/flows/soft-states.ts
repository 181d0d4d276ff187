/** Walk-up states on the way to a soft certificate. */
import { DEFAULT_SOFT_RULES } from '../../src/domain/soft-certificate.ts';
import type { MediumView, SoftState } from '../../src/flows/soft-state.ts';
import type { WaitingTask } from '../../src/flows/waiting-task.ts';
import type { AfterTerms, WalkUpState } from '../../src/flows/walk-up-state.ts';
import { aCard, REASONS } from './cards-and-reasons.ts';
import { aListed, aTask } from './collect-states.ts';

type Kind = SoftState['kind'];
type StateOf<K extends Kind> = Extract<WalkUpState, { kind: K }>;

type Soft = NonNullable<WaitingTask['soft']>;

export function aFileTask(soft: Partial<Soft> = {}, changes: Partial<WaitingTask> = {}): WaitingTask {
  return aTask({
    ...{ requestId: '77777777-7777-4777-8777-777777777777', kind: 'softCertificate', difference: null },
    soft: { rules: DEFAULT_SOFT_RULES, certificates: [aListed(1), aListed(2)], ...soft },
    ...changes,
  });
}

export function aMedium(changes: Partial<MediumView> = {}): MediumView {
  return { name: 'sdb1', label: 'ADA', freeBytes: 3_200_000_000, obstacle: null, ...changes };
}

const FULL = aMedium({ name: 'sdc1', label: null, freeBytes: 12_000, obstacle: 'KR-08-medium-full' });
const LOCKED = aMedium({ name: 'sdd1', label: 'x'.repeat(40), obstacle: 'KR-08-medium-read-only' });
const FOREIGN = aMedium({ name: 'sde', label: null, freeBytes: 0, obstacle: 'KR-08-not-a-file-system' });

const task = aFileTask();
const choosing = {
  ...{ reader: 0, card: aCard(), task, acceptsTerms: null, tasks: [task], reasons: REASONS },
} as const;

/** What terms of a file are gone on with from. */
export function aFile(): Extract<AfterTerms, { kind: 'softCertificate' }> {
  return { kind: 'softCertificate', ...choosing };
}

export function aMediumChoice(changes: Partial<StateOf<'chooseMedium'>> = {}): StateOf<'chooseMedium'> {
  return { ...choosing, kind: 'chooseMedium', media: [aMedium()], selected: 0, isGone: false, ...changes };
}

export function anEncryptionChoice(
  changes: Partial<StateOf<'softEncryption'>> = {},
): StateOf<'softEncryption'> {
  return {
    ...{ ...choosing, kind: 'softEncryption', media: [aMedium()], medium: aMedium(), isOld: false },
    ...changes,
  };
}

export function aPassword(changes: Partial<StateOf<'softPassword'>> = {}): StateOf<'softPassword'> {
  return {
    ...{ ...choosing, kind: 'softPassword', media: [aMedium()], medium: aMedium(), isOld: false },
    ...{ field: 'new', length: 0, verdicts: verdicts(false), matches: false, error: null },
    ...changes,
  };
}

export function verdicts(satisfied: boolean): StateOf<'softPassword'>['verdicts'] {
  return [
    { rule: 'length', satisfied, minLength: 12, maxLength: 128 },
    { rule: 'kinds', satisfied, minKinds: 2 },
    { rule: 'different', satisfied, minDifferent: 5 },
  ];
}

export function aSaving(changes: Partial<StateOf<'savingSoft'>> = {}): StateOf<'savingSoft'> {
  return {
    ...{ kind: 'savingSoft', reader: 0, card: aCard(), attempt: 7, phase: 'fetch', isCardIn: true },
    ...{ certificates: task.soft!.certificates, stillWaiting: 0 },
    ...changes,
  };
}

export function aSoftDone(changes: Partial<StateOf<'softDone'>> = {}): StateOf<'softDone'> {
  return {
    ...{ kind: 'softDone', reader: 0, isCardIn: true, stillWaiting: 0 },
    ...{
      file: { name: 'Ada Lovelace 2026-11-22.p12', medium: 'ADA' },
      certificates: task.soft!.certificates,
    },
    ...changes,
  };
}

export function aToken(changes: Partial<StateOf<'softToken'>> = {}): StateOf<'softToken'> {
  const token = new TextEncoder().encode('0123ABCD-4567EFGH-89JKMNPQ-RSTVWXYZ-01234567-89ABCDEF');
  return { kind: 'softToken', reader: 0, token, url: 'https://central.example:8443', ...changes };
}

const stopped = (code: string, isCardIn = true): StateOf<'softStopped'> => ({
  ...{ kind: 'softStopped', reader: 0, code, isCardIn },
});

/** In their variants that look different. */
export const SOFT_STATES: { readonly [K in Kind]: Readonly<Record<string, StateOf<K>>> } = {
  offeringSoft: { usual: { kind: 'offeringSoft', reader: null, attempt: 7, proofId: 's1' } },
  askingToken: { usual: { ...choosing, kind: 'askingToken', attempt: 7 } },
  softToken: {
    usual: aToken(),
    'central does not know its address': aToken({ url: null }),
    'a long address': aToken({ url: `https://${'x'.repeat(150)}.example:8443` }),
  },
  chooseMedium: {
    usual: aMediumChoice(),
    'not looked yet': aMediumChoice({ media: null }),
    'nothing plugged in': aMediumChoice({ media: [] }),
    'taken out': aMediumChoice({ media: [], isGone: true }),
    'one taken out of many': aMediumChoice({
      ...{ media: [aMedium(), FULL, LOCKED, FOREIGN], selected: 0, isGone: true },
    }),
    full: aMediumChoice({ media: [aMedium(), FULL, LOCKED, FOREIGN], selected: 1 }),
    'write-protected': aMediumChoice({ media: [aMedium(), FULL, LOCKED, FOREIGN], selected: 2 }),
    'not readable': aMediumChoice({ media: [aMedium(), FULL, LOCKED, FOREIGN], selected: 3 }),
    several: aMediumChoice({
      media: ['sdb1', 'sdc1'].map((name) => aMedium({ name, obstacle: 'KR-08-several-media' })),
    }),
    'a long list': aMediumChoice({
      media: Array.from({ length: 30 }, (_, i) => aMedium({ name: `sd${i}` })),
      selected: 17,
    }),
  },
  softEncryption: { usual: anEncryptionChoice(), old: anEncryptionChoice({ isOld: true }) },
  softPassword: {
    empty: aPassword(),
    long: aPassword({ length: 128, verdicts: verdicts(true) }),
    'not good yet': aPassword({ length: 3, error: 'policy' }),
    // Nobody repeats one that is not good.
    repeated: aPassword({ field: 'repeat', length: 5, verdicts: verdicts(true) }),
    same: aPassword({ field: 'repeat', length: 15, matches: true, verdicts: verdicts(true) }),
    'not the same': aPassword({ error: 'mismatch' }),
  },
  savingSoft: {
    fetch: aSaving(),
    make: aSaving({ phase: 'make' }),
    save: aSaving({ phase: 'save' }),
    'card out': aSaving({ phase: 'save', isCardIn: false }),
    'handed over': aSaving({ reader: null, isCardIn: false }),
  },
  softStopped: {
    'stick taken out': stopped('KR-08-medium-gone'),
    'stick does not take it': stopped('KR-08-not-a-file-system'),
    'card taken out': stopped('KR-08-card-removed', false),
    'central not reached': stopped('SY-03-central-not-reached'),
    'rules changed': stopped('KR-08-rules-changed'),
    'called off': stopped('KR-02-cancelled'),
    'handed over': { ...stopped('KR-08-medium-gone', false), reader: null },
  },
  softDone: {
    usual: aSoftDone(),
    'card out': aSoftDone({ isCardIn: false }),
    'handed over': aSoftDone({ reader: null, isCardIn: false }),
    'something else waits': aSoftDone({ stillWaiting: 1 }),
    'a stick without a name': aSoftDone({ file: { name: `${'x'.repeat(176)}.p12`, medium: null } }),
    'many keys': aSoftDone({ certificates: Array.from({ length: 30 }, (_, i) => aListed(i)) }),
  },
};
