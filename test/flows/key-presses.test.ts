import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TEXTS } from '../../screens/texts/texts.ts';
import { pinFieldOf, stepWalkUp, WALK_UP_START, type WalkUp } from '../../src/flows/walk-up.ts';
import type { WalkUpEffect, WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { countKeys } from '../support/key-presses.ts';
import { aCard, REASONS } from './cards-and-reasons.ts';
import { aTask } from './collect-states.ts';
import { aFileTask } from './soft-states.ts';
import { ANSWERS, command, passwordTyped, typed } from './walk-up-events.ts';

/** The table of docs/screens/README.md, so that it cannot go stale: each line is played as it is. */
interface Line {
  readonly to: string;
  readonly keys: readonly string[];
  readonly presses: number;
  readonly typed: number;
}

const TABLE: readonly Line[] = readFileSync('docs/screens/README.md', 'utf8')
  .split('\n')
  .map((line) => /^\| (.+) \| ((?:`[^`]+` ?)+) \| (\d+) \| (\d+) \|$/.exec(line))
  .filter((found) => found !== null)
  .map(([, to, keys, presses, digits]) => ({
    ...{ to: to!, presses: Number(presses), typed: Number(digits) },
    keys: [...keys!.matchAll(/`([^`]+)`/g)].map(([, key]) => key!),
  }));

type Answer = (attempt: number) => WalkUpEvent;
/** What is answered in another way than usually, by what was asked for; and what the flow ends as. */
interface Scene {
  readonly answers?: Partial<Record<WalkUpEffect['run'], Answer>>;
  /** Before the first key. */
  readonly begin?: (player: Player) => void;
  readonly end: Partial<WalkUpState>;
}

const provedWith =
  (changes: Partial<Extract<WalkUpEvent, { type: 'proved' }>>): Answer =>
  (attempt) => ({ type: 'proved', attempt, reasons: REASONS, open: null, tasks: [], ...changes });

const CANCELLED: Answer = (attempt) => ({
  ...{ type: 'cardRefused', attempt, code: 'RP-06-cancelled', canRetry: false },
  ...{ card: { cardId: 'c1', serial: '4711' }, canEmpty: true },
});

const SHORT_TERMS = { id: 'ab'.repeat(32), language: 'en', text: 'Keep your card with you.' };

const SCENES: Readonly<Record<string, Scene>> = {
  'rewrite a card, with its PIN': { end: { kind: 'done', work: 'reprovision' } },
  'rewrite a card, with a one-time code': { end: { kind: 'done', work: 'reprovision' } },
  'rewrite a card, with terms to be accepted': {
    answers: {
      check: (attempt) => ({ ...ANSWERS.checkedWithPlan(attempt), terms: SHORT_TERMS }) as WalkUpEvent,
    },
    end: { kind: 'done', work: 'reprovision' },
  },
  'finish a card that was cut off, with the PIN that it has set': {
    answers: {
      look: (attempt) => ({ type: 'cardFound', attempt, card: aCard({ hasOpenOperation: true }) }),
      prove: provedWith({
        open: {
          ...{ kind: 'reprovision', reason: 'faulty', keepsPin: true },
          changes: changesOf(ANSWERS.checkedWithPlan(0)),
        },
      }),
    },
    end: { kind: 'done', work: 'reprovision' },
  },
  'collect recovered keys onto a card': {
    answers: { prove: provedWith({ tasks: [aTask()] }) },
    end: { kind: 'done', work: 'collection' },
  },
  'collect recovered keys as a file with a password': {
    answers: { prove: provedWith({ tasks: [aFileTask()] }) },
    end: { kind: 'softDone' },
  },
  'make an empty card one’s own, with a number': {
    answers: { look: ANSWERS.blankFound },
    end: { kind: 'done', work: 'issue' },
  },
  'empty a cancelled card': { answers: { look: CANCELLED }, end: { kind: 'done', work: 'empty' } },
  'set a new PIN, an operator beside': {
    begin: (player) =>
      player.happen({ type: 'assisted', operator: { name: 'Helga' } }).happen({
        type: 'asked',
        wish: {
          ...{ kind: 'pinReset', cardId: 'c1', witnessId: null },
          proof: { by: 'operator', statementId: 's1' },
        },
      }),
    end: { kind: 'done', work: 'pinReset' },
  },
  'see what is on a card': { end: { kind: 'onMyCard' } },
};

function changesOf(event: WalkUpEvent) {
  return event.type === 'checked' ? (event.changes ?? []) : [];
}

/** What the runner would answer; absent: the flow wants no answer to it. */
const USUAL: Partial<Record<WalkUpEffect['run'], Answer>> = {
  look: ANSWERS.cardFound,
  readContents: ANSWERS.contentsRead,
  prove: ANSWERS.proved,
  proveByCode: ANSWERS.proved,
  proveByOperator: ANSWERS.proved,
  proveByNumber: ANSWERS.numberProved,
  check: ANSWERS.checkedWithPlan,
  compare: ANSWERS.compared,
  watchMedia: ANSWERS.mediaSeen,
  saveSoft: ANSWERS.softSaved,
  reprovision: ANSWERS.completed,
  collect: ANSWERS.completed,
  issue: ANSWERS.completed,
  resetPin: ANSWERS.completed,
  empty: ANSWERS.completed,
};

/** Somebody at the kiosk: keys go in, what is asked for is answered at once. */
class Player {
  walkUp: WalkUp = WALK_UP_START;
  readonly #answers: Partial<Record<WalkUpEffect['run'], Answer>>;

  constructor(answers: Scene['answers'] = {}) {
    this.#answers = { ...USUAL, ...answers };
  }

  happen(event: WalkUpEvent): this {
    const [after, effects] = stepWalkUp(this.walkUp, event);
    this.walkUp = after;
    for (const { run } of effects) {
      const answer = this.#answers[run];
      if (answer) this.happen(answer(this.walkUp.attempt));
    }
    return this;
  }

  press(key: string): void {
    if (key in TYPED) {
      this.#type(key);
      return;
    }
    const before = this.walkUp;
    this.happen(KEYS[key] ?? fail(`no key ${key}`));
    // Nothing is pressed in vain.
    expect(this.walkUp, `${key} at ${before.state.kind}`).not.toBe(before);
  }

  #type(secret: string): void {
    const { state } = this.walkUp;
    const field = pinFieldOf(state);
    if (secret === 'password' && state.kind === 'softPassword')
      this.happen(passwordTyped(state.field, TYPED.password!, { matches: state.field === 'repeat' }));
    else if (field !== null && FIELDS[field] === secret)
      this.happen(typed(field, TYPED[secret]!, { satisfied: true, matches: field === 'repeat' }));
    else fail(`no ${secret} is asked for: ${state.kind}`);
  }
}

const TYPED: Readonly<Record<string, number>> = { PIN: 6, code: 8, number: 14, password: 12 };
const FIELDS = { current: 'PIN', new: 'PIN', repeat: 'PIN', code: 'code', number: 'number' } as const;
const KEYS: Readonly<Record<string, WalkUpEvent>> = {
  Enter: command('confirm'),
  N: command('otherWay'),
  W: command('showCard'),
  [TEXTS.en.keys.yesKey]: command('yes'),
};

function fail(why: string): never {
  throw new Error(why);
}

describe('The key presses that docs/screens tells', () => {
  it('are of every flow of a cardholder', () => {
    expect(TABLE.map(({ to }) => to).sort()).toEqual(Object.keys(SCENES).sort());
  });

  it.each(TABLE.map((line) => [line.to, line] as const))('%s', (to, { keys, presses, typed: digits }) => {
    const { answers, begin, end } = SCENES[to]!;
    const player = new Player(answers).happen({ type: 'cardInserted', reader: 0 });
    begin?.(player);
    for (const key of keys) player.press(key);
    expect(player.walkUp.state).toMatchObject(end);
    expect(countKeys(keys)).toEqual({ presses, typed: digits });
    player.happen({ type: 'cardRemoved', reader: 0 });
    expect(player.walkUp.occupied).toEqual([]);
  });
});
