import type { KeyAlgorithm } from '../domain/slot.ts';
import type { ImageKey, OperationPlan } from '../protocol/operation.ts';
import type { Progress } from './ports.ts';

/** One thing the card is about to do, as the screen names it. */
export interface ProgressStep {
  readonly phase: Progress['phase'];
  readonly subject: string | null;
  readonly algorithm: KeyAlgorithm | null;
  /** What it takes on an ordinary card, before anything was measured. */
  readonly expectedMs: number;
}

const GENERATE_MS: Record<KeyAlgorithm, number> = {
  'RSA-2048': 4000,
  'RSA-3072': 10_000,
  'P-256': 300,
  'P-384': 400,
};
const COMMAND_MS = 60;
/** To ask for it, and up to seven blocks. */
const IMPORT_MS = 300;
/** A chained block of 255 bytes. */
const BLOCK_MS = 25;
const ORDINARY_CERTIFICATE_BYTES = 1600;

/** The steps of a plan in the order in which they are done. @param keepsPin no new PIN is set */
export function expectedSteps(plan: OperationPlan, keepsPin: boolean): readonly ProgressStep[] {
  const keys = plan.keys.flatMap((key): ProgressStep[] => [
    ...placing(key),
    step('certificate', key.slot, bytesMs(key.certificate?.length ?? ORDINARY_CERTIFICATE_BYTES)),
  ]);
  const objects = plan.objects.map((object) => step('object', object.tag, bytesMs(object.content.length)));
  // Mostly looks at what is not there: one step for all of them.
  const goneCount = plan.emptiedCertificates.length + plan.removedKeys.length;
  const gone = goneCount > 0 ? [step('remove', null, goneCount * COMMAND_MS)] : [];
  const secrets = [
    ...(plan.replacesPuk ? [step('secret', 'puk', COMMAND_MS)] : []),
    ...(plan.managementKey.next ? [step('secret', 'managementKey', COMMAND_MS)] : []),
  ];
  const readBack = [
    ...plan.keys.map((key) => step('verify', key.slot, bytesMs(ORDINARY_CERTIFICATE_BYTES))),
    ...plan.objects.map((object) => step('verify', object.tag, bytesMs(object.content.length))),
  ];
  return [
    step('authenticate', null, 2 * COMMAND_MS),
    step('inspect', null, (plan.keys.length + plan.objects.length) * COMMAND_MS),
    ...(keepsPin ? [] : [step('pin', null, COMMAND_MS)]),
    ...keys,
    ...objects,
    ...gone,
    ...secrets,
    ...readBack,
    step('verify', null, plan.keys.length * 4 * COMMAND_MS),
    step('complete', null, 100),
  ];
}

/** The steps by which a cancelled card becomes blank. */
export function emptyingSteps({ objects, managementKey }: OperationPlan): readonly ProgressStep[] {
  return [
    step('authenticate', null, 2 * COMMAND_MS),
    step('remove', null, 24 * COMMAND_MS),
    ...objects.map(({ tag }) => step('remove', tag, COMMAND_MS)),
    ...[...(['puk', 'pin'] as const), ...(managementKey.next ? ['managementKey'] : [])].map((secret) =>
      step('secret', secret, COMMAND_MS),
    ),
    ...objects.map(({ tag }) => step('verify', tag, COMMAND_MS)),
    step('complete', null, 100),
  ];
}

/** What puts the key into its slot. */
function placing({ slot, algorithm, source }: ImageKey): readonly ProgressStep[] {
  if (source.kind === 'generate') return [step('key', slot, GENERATE_MS[algorithm], algorithm)];
  if (source.kind === 'move') return [step('key', slot, COMMAND_MS, algorithm)];
  return source.kind === 'import' ? [step('import', slot, IMPORT_MS)] : [];
}

function step(
  phase: Progress['phase'],
  subject: string | null,
  expectedMs: number,
  algorithm: KeyAlgorithm | null = null,
): ProgressStep {
  return { phase, subject, algorithm, expectedMs };
}

function bytesMs(length: number): number {
  return COMMAND_MS + Math.ceil(length / 255) * BLOCK_MS;
}

/** What a kind of step has taken, and what was expected of it. */
interface Pace {
  readonly expectedMs: number;
  readonly takenMs: number;
}
const NOTHING: Pace = { expectedMs: 0, takenMs: 0 };

/**
 * Tells the screen what is being done and how long the rest will take (UX-03). Expectations start as those of cards like this one, or
 * else an ordinary card's, and follow this one: a kind of step that was measured counts with its own pace, the others with the pace
 * of all. What is left never grows by more than the time that has passed.
 */
export class ProgressMeter {
  readonly #left: ProgressStep[];
  readonly #total: number;
  readonly #listener: (progress: Progress) => void;
  readonly #now: () => number;
  readonly #knownPace: (kind: string) => number | null;
  /** By kind, of the steps that were begun. */
  readonly #pace = new Map<string, Pace>();
  /** By kind, of all steps that were not found done. */
  readonly #plannedMs = new Map<string, number>();
  #current: { readonly step: ProgressStep; readonly startedAt: number } | null = null;
  #said: { readonly remainingMs: number; readonly at: number } | null = null;

  /**
   * @param now milliseconds on any clock that does not go backwards
   * @param knownPace of a kind of step on cards like this one; null where none was seen
   */
  constructor(
    steps: readonly ProgressStep[],
    listener: (progress: Progress) => void,
    now: () => number,
    knownPace: (kind: string) => number | null = () => null,
  ) {
    this.#left = [...steps];
    this.#total = steps.length;
    this.#listener = listener;
    this.#now = now;
    this.#knownPace = knownPace;
    for (const one of steps) this.#plan(one, one.expectedMs);
  }

  /** Ends the step before and begins this one; a step that was not expected (a rewrite) shows without counting. */
  begin(phase: Progress['phase'], subject: string | null): void {
    this.#measure();
    const at = this.#left.findIndex((one) => one.phase === phase && one.subject === subject);
    const begun = at < 0 ? step(phase, subject, COMMAND_MS) : this.#left.splice(at, 1)[0]!;
    this.#current = { step: begun, startedAt: this.#now() };
    const done = this.#total - this.#left.length - (at < 0 ? 0 : 1);
    this.#listener({
      phase,
      subject,
      algorithm: begun.algorithm,
      done,
      total: this.#total,
      remainingMs: this.#remainingMs(begun),
    });
  }

  /** This step's result was found on the card: it counts as done, and says nothing about the card's pace. */
  skip(phase: Progress['phase'], subject: string | null): void {
    const at = this.#left.findIndex((one) => one.phase === phase && one.subject === subject);
    if (at < 0) return;
    const skipped = this.#left.splice(at, 1)[0]!;
    this.#plan(skipped, -skipped.expectedMs);
  }

  /** Ends the last step. @returns what was taken for each planned kind, against what was expected of all its steps together */
  end(): ReadonlyMap<string, number> {
    this.#measure();
    this.#current = null;
    const paces = new Map<string, number>();
    for (const [kind, plannedMs] of this.#plannedMs) {
      const taken = this.#pace.get(kind);
      if (taken && plannedMs > 0) paces.set(kind, taken.takenMs / plannedMs);
    }
    return paces;
  }

  #plan(one: ProgressStep, expectedMs: number): void {
    const kind = kindOf(one);
    this.#plannedMs.set(kind, (this.#plannedMs.get(kind) ?? 0) + expectedMs);
  }

  #measure(): void {
    if (!this.#current) return;
    const { step: ended, startedAt } = this.#current;
    const takenMs = this.#now() - startedAt;
    for (const kind of [kindOf(ended), ALL]) {
      const before = this.#pace.get(kind) ?? NOTHING;
      this.#pace.set(kind, {
        expectedMs: before.expectedMs + ended.expectedMs,
        takenMs: before.takenMs + takenMs,
      });
    }
  }

  #remainingMs(begun: ProgressStep): number {
    const now = this.#now();
    const expected = [begun, ...this.#left].reduce((sum, one) => sum + this.#estimate(one), 0);
    const most = this.#said === null ? expected : this.#said.remainingMs + (now - this.#said.at);
    const remainingMs = Math.round(Math.min(expected, most));
    this.#said = { remainingMs, at: now };
    return remainingMs;
  }

  #estimate(one: ProgressStep): number {
    const { expectedMs } = one;
    const measured = this.#pace.get(kindOf(one));
    const known = this.#knownPace(kindOf(one));
    if (known !== null) {
      // What cards like this one took counts as much as one step of this card.
      const { expectedMs: sum, takenMs } = measured ?? NOTHING;
      return sum + expectedMs > 0 ? (expectedMs * (known * expectedMs + takenMs)) / (sum + expectedMs) : 0;
    }
    const isGenerated = one.algorithm !== null;
    const pace = measured ?? (isGenerated ? undefined : this.#pace.get(ALL));
    return pace && pace.expectedMs > 0 ? (expectedMs * pace.takenMs) / pace.expectedMs : expectedMs;
  }
}

const ALL = 'all';

function kindOf(one: ProgressStep): string {
  return `${one.phase}:${one.algorithm ?? ''}`;
}
