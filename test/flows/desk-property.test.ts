import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/flows/command.ts';
import { type Desk, stepDesk } from '../../src/flows/desk.ts';
import { actionsOf } from '../../src/flows/desk-actions.ts';
import type { CardInHand, RequestPage } from '../../src/flows/desk-data.ts';
import type { DeskEffect, DeskEvent } from '../../src/flows/desk-event.ts';
import { codeOfDesk, countsIdleAtDesk, hintsOfDesk, idleSecondsOfDesk } from '../../src/flows/desk-facts.ts';
import { scriptOf } from '../../src/flows/desk-scripts.ts';
import { attemptsOf, claimedBy, deskPinFieldOf } from '../../src/flows/desk-settle.ts';
import { DESK_ACTIONS, DESK_PIN_FIELDS, type DeskState } from '../../src/flows/desk-state.ts';
import { WITH_REMOVALS } from './collect-states.ts';
import { aRequestPage, BLANK_IN_HAND, IN_HAND } from './desk-pages.ts';
import { answerTo, atCardPage, commandOf, DeskPlayer } from './desk-player.ts';

/** What happens next, for the desk as it is: answers are for something that was asked, late by chance. */
type Happening = (desk: Desk, asked: readonly DeskEffect[]) => DeskEvent;

const say =
  (command: Command): Happening =>
  () => ({ type: 'command', command });

const KEYS = [
  'enter',
  'enter',
  'enter',
  'openDesk',
  'esc',
  'up',
  'down',
  'tab',
  'space',
  'backspace',
  'openDesk',
  'yes',
];
const HANDS: readonly CardInHand[] = [
  { kind: 'none' },
  { kind: 'looking', reader: 1 },
  { kind: 'busy', reader: 1 },
  { kind: 'refused', reader: 1, code: 'RP-06-disabled', cardId: 'card-anna', serial: null },
  BLANK_IN_HAND,
];

/** What somebody who knows their way would do next. */
function fitting(desk: Desk): readonly DeskEvent[] {
  const { state } = desk;
  const key = (name: string): DeskEvent => ({ type: 'command', command: commandOf(name) });
  const digits = ['1', '2', '3'].map(key);
  const field = deskPinFieldOf(state);
  if (field !== null) return [{ type: 'pinTyped', field, length: 6 }, key('enter'), key('enter'), key('yes')];
  if (state.kind === 'handedOver') return [{ type: 'handedBack', code: null }];
  if (state.kind !== 'open') return [key('openDesk'), key('enter'), { type: 'cardInserted', reader: 0 }];
  if (state.dialog) {
    return [...digits, key('enter'), key('yes'), key('W'), { type: 'cardInserted', reader: 1 }];
  }
  const actions = actionsOf(desk).filter(({ refusal, name }) => refusal === null && name !== 'signOut');
  const back: DeskEvent = { type: 'cardInHand', card: IN_HAND };
  return [
    ...digits,
    ...actions.map((action) => key(action.key)),
    ...actions.map(({ key: k }) => key(k)),
    back,
  ];
}

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.nat(60).map(
      (n): Happening =>
        (desk) => {
          const events = fitting(desk);
          return events[n % events.length]!;
        },
    ),
  },
  { weight: 8, arbitrary: fc.constantFrom(...KEYS).map((key) => say(commandOf(key))) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 6 }).map((digit) => say({ kind: 'digit', digit })) },
  {
    weight: 8,
    arbitrary: fc.constantFrom(...'ACDEFHKLMNOPRSUW').map((letter) => say({ kind: 'letter', letter })),
  },
  { weight: 2, arbitrary: fc.constant(say({ kind: 'character', codePoint: 0xe4 })) },
  // Whatever is waited for is answered.
  {
    weight: 30,
    arbitrary: fc.nat(3).map(
      (n): Happening =>
        (desk, asked) => {
          const awaited = attemptsOf(desk.state);
          const open = asked.filter((effect) => 'attempt' in effect && awaited.includes(effect.attempt));
          const effect = open[n % Math.max(1, open.length)] ?? asked.at(-1 - n);
          return (effect && answerTo(effect)) ?? { type: 'cardInHand', card: IN_HAND };
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('KR-03-no-right', 'SY-03-offline', 'OP-02-witness-wanted', 'ID-05-idle'),
        fc.nat(2),
      )
      .map(
        ([code, late]): Happening =>
          (desk) => ({ type: 'refused', attempt: desk.attempt - late, code }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(3).map(
      (triesLeft): Happening =>
        (desk) => ({
          ...{ type: 'wrongPin', attempt: desk.attempt, triesLeft },
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Happening>((desk) => ({
      ...{ type: 'compared', attempt: desk.attempt, difference: WITH_REMOVALS },
    })),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(...DESK_PIN_FIELDS), fc.constantFrom(6, 6, 7, 8, 8, 3, 0)).map(
      ([field, length]): Happening =>
        () => ({ type: 'pinTyped', field, length }),
    ),
  },
  // Most cards that come in are there for long.
  {
    weight: 3,
    arbitrary: fc.nat(2).map(
      (reader): Happening =>
        () => ({ type: 'cardInserted', reader }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(0, 1, 1, 1, 2, 2, 2), fc.constantFrom('UX-06-reader-gone' as const, null, null))
      .map(
        ([reader, trouble]): Happening =>
          () => ({ type: 'cardRemoved', reader, trouble }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...HANDS, IN_HAND, IN_HAND).map(
      (card): Happening =>
        () => ({ type: 'cardInHand', card }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<DeskEvent>(
        { type: 'idleExpired' },
        { type: 'handedBack', code: null },
        { type: 'handedBack', code: 'RP-06-disabled' },
        { type: 'sessionEnded', code: 'ID-05-idle' },
      )
      .map(
        (event): Happening =>
          () =>
            event,
      ),
  },
);

const LIVES = fc.array(happening, { minLength: 60, maxLength: 120 });

/** At a request that is ready to be collected. */
function atReady(kind: RequestPage['kind'], inHand: CardInHand): DeskPlayer {
  const page = aRequestPage({ kind, state: 'ready', reason: 'faulty' });
  const player = new DeskPlayer(undefined, (effect) =>
    effect.run === 'load' && effect.page.kind === 'request'
      ? { type: 'pageLoaded', attempt: effect.attempt, loaded: { kind: 'request', page } }
      : answerTo(effect),
  );
  return player.signIn().insert(1, inHand).press('3 1');
}

const BEGINNINGS: readonly (() => DeskPlayer)[] = [
  () => atReady('newCard', BLANK_IN_HAND),
  () => atReady('existingCard', IN_HAND),
  () => atReady('cardUpdate', IN_HAND),
  () => atReady('softCertificate', IN_HAND),
  () => new DeskPlayer(),
  () => new DeskPlayer().insert(0),
  () => new DeskPlayer().signIn(),
  () => new DeskPlayer().signIn().insert(1, IN_HAND).press('3 1'),
  () => new DeskPlayer().signIn().insert(1, BLANK_IN_HAND),
  () => new DeskPlayer().signIn().press('4'),
  () => new DeskPlayer().signIn().press('1').type('ann').press('enter'),
  () => atCardPage(),
  () => atCardPage().insert(1, IN_HAND),
  () => atCardPage().insert(1, IN_HAND).press('P 1'),
  () => atCardPage().insert(1, IN_HAND).press('R 1 1 enter'),
  () => {
    const player = atCardPage((effect) =>
      effect.run === 'act'
        ? { type: 'refused', attempt: effect.attempt, code: 'OP-02-witness-wanted' }
        : answerTo(effect),
    );
    return player.insert(1, IN_HAND).press('D 1 enter enter');
  },
];

interface Moment {
  readonly before: Desk;
  readonly event: DeskEvent;
  readonly after: Desk;
  readonly effects: readonly DeskEffect[];
}

function live(from: DeskPlayer, happenings: readonly Happening[]): readonly Moment[] {
  let { desk } = from;
  const asked = [...from.effects];
  return happenings.map((next) => {
    const before = desk;
    const event = next(before, asked);
    const [after, effects] = stepDesk(before, event);
    asked.push(...effects);
    desk = after;
    return { before, event, after, effects };
  });
}

function always(check: (moment: Moment) => void): void {
  fc.assert(
    fc.property(fc.constantFrom(...BEGINNINGS), LIVES, (begin, happenings) => {
      for (const moment of live(begin(), happenings)) check(moment);
    }),
    { numRuns: 150 },
  );
}

const isIn = ({ kind }: DeskState) => kind === 'open' || kind === 'handedOver';
const runs = (effects: readonly DeskEffect[]) => effects.map(({ run }) => run);

describe('Whatever happens at the desk in whatever order', () => {
  it('comes by every state, page and step, or the rest of this says nothing', () => {
    const seen = new Set<string>();
    const lives = fc.sample(fc.tuple(fc.constantFrom(...BEGINNINGS), LIVES), { numRuns: 400, seed: 7 });
    for (const [begin, happenings] of lives) {
      for (const { state } of live(begin(), happenings).map(({ after }) => after)) {
        seen.add(state.kind);
        if (state.kind !== 'open') continue;
        seen.add(`page ${state.pages.at(-1)!.kind}`);
        if (state.dialog) seen.add(`step ${state.dialog.step.kind}`).add(state.dialog.action);
      }
    }
    const steps = [
      ...['choose', 'asking', 'pick', 'difference', 'removal', 'write', 'confirm', 'witnessCard'],
      ...['lookingAtWitness', 'sign', 'signing', 'cardBack', 'working', 'said'],
    ];
    expect(steps.filter((kind) => !seen.has(`step ${kind}`))).toEqual([]);
    const pages = ['home', 'search', 'person', 'card', 'requests', 'request', 'operations', 'kiosk', 'audit'];
    expect(pages.filter((kind) => !seen.has(`page ${kind}`))).toEqual([]);
    const dialogs = DESK_ACTIONS.filter((action) => scriptOf(action).length > 0);
    expect(dialogs.filter((action) => !seen.has(action))).toEqual([]);
    expect(['away', 'signedOut', 'signInRefused', 'handedOver'].filter((kind) => !seen.has(kind))).toEqual(
      [],
    );
  });

  it('each state has a code of the stable form, and says what keys do', () => {
    always(({ after: { state } }) => {
      expect(codeOfDesk(state)).toMatch(/^[A-Z]{2}-[0-9]{2}-[a-z0-9-]+$/);
      expect(new Set(hintsOfDesk(state)).size).toBe(hintsOfDesk(state).length);
      expect(idleSecondsOfDesk(state, 60)).toBeGreaterThan(0);
    });
  });

  it('pages lie three steps from home at most, and home is always the first', () => {
    always(({ after: { state } }) => {
      if (state.kind !== 'open' && state.kind !== 'handedOver') return;
      expect(state.pages.length).toBeLessThanOrEqual(4);
      expect(state.pages.map(({ kind }) => kind === 'home')).toEqual(state.pages.map((_, i) => i === 0));
    });
  });

  it('whoever is signed in has their card in its reader', () => {
    always(({ after }) => {
      const { state, reader, occupied } = after;
      if (isIn(state)) expect(reader).not.toBeNull();
      if (reader !== null) expect(occupied).toContain(reader);
      if ('reader' in state) expect(state.reader).toBe(reader);
      if (['away', 'askCard', 'signedOut'].includes(state.kind)) expect(reader).toBeNull();
    });
  });

  it('no reader is lost: what is claimed is in use, and what is not in use is given back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BEGINNINGS), LIVES, (begin, happenings) => {
        const from = begin();
        const claimed = new Set(claimedBy(from.desk));
        for (const { after, effects } of live(from, happenings)) {
          for (const effect of effects) {
            if (effect.run === 'claim') {
              expect(claimed.has(effect.reader)).toBe(false);
              claimed.add(effect.reader);
            }
            if (effect.run === 'unclaim') expect(claimed.delete(effect.reader)).toBe(true);
          }
          expect([...claimed].sort()).toEqual([...claimedBy(after)].sort());
        }
      }),
      { numRuns: 150 },
    );
  });

  it('taking the operator’s card out signs them out at once', () => {
    always(({ before, event, after, effects }) => {
      if (event.type !== 'cardRemoved' || event.reader !== before.reader) return;
      expect(['away', 'signedOut']).toContain(after.state.kind);
      if (isIn(before.state)) expect(runs(effects)).toContain('signOut');
    });
  });

  it('after a sign-out nothing is asked for but to clear up', () => {
    always(({ before, after, effects }) => {
      if (!isIn(before.state) || isIn(after.state)) return;
      for (const run of runs(effects)) expect(['cancel', 'wipePins', 'signOut', 'unclaim']).toContain(run);
      expect(runs(effects).filter((run) => run === 'signOut')).toHaveLength(1);
    });
  });

  it('nobody comes in but by a PIN that the card has taken', () => {
    always(({ before, event, after }) => {
      if (isIn(before.state) || !isIn(after.state)) return;
      expect(before.state.kind).toBe('signingIn');
      expect(event.type).toBe('signedIn');
    });
  });

  it('a digit of a PIN leaves no trace in the flow', () => {
    always(({ before, event, after, effects }) => {
      if (deskPinFieldOf(before.state) === null || event.type !== 'command') return;
      if (event.command.kind !== 'digit' && event.command.kind !== 'character') return;
      expect(after).toBe(before);
      expect(effects).toEqual([]);
    });
  });

  it('a PIN is wiped on every way out of where it is typed or used', () => {
    always(({ before, after, effects }) => {
      const typed = deskPinFieldOf(before.state);
      if (typed === null || deskPinFieldOf(after.state) === typed) return;
      const isHandedOn = runs(effects).some((run) => run === 'signIn' || run === 'sign');
      if (!isHandedOn) expect(effects).toContainEqual({ run: 'wipePins', fields: [typed] });
    });
    always(({ before, after, effects }) => {
      const isUsed = (state: DeskState) =>
        state.kind === 'signingIn' || (state.kind === 'open' && state.dialog?.step.kind === 'signing');
      if (!isUsed(before.state) || isUsed(after.state)) return;
      expect(runs(effects)).toContain('wipePins');
    });
  });

  it('the last PIN try is spent only on a yes of its own', () => {
    always(({ before, effects }) => {
      if (!runs(effects).some((run) => run === 'signIn' || run === 'sign')) return;
      const { state } = before;
      const field = state.kind === 'open' ? state.dialog?.step : state;
      if (field?.kind !== 'sign' && field?.kind !== 'enterOperatorPin')
        throw new Error(`typed at ${field?.kind}`);
      if (field.triesLeft === 1) expect(field.asksForLastTry).toBe(true);
      expect(field.length).toBeGreaterThanOrEqual(6);
    });
  });

  it('an answer that nothing waits for is ignored', () => {
    always(({ before, event, after, effects }) => {
      if (!('attempt' in event) || attemptsOf(before.state).includes(event.attempt)) return;
      expect(after).toBe(before);
      expect(effects).toEqual([]);
    });
  });

  it('what is not waited for any more is called off', () => {
    always(({ before, event, after, effects }) => {
      const answered = 'attempt' in event ? event.attempt : null;
      const left = attemptsOf(before.state).filter(
        (attempt) => attempt !== answered && !attemptsOf(after.state).includes(attempt),
      );
      const cancelled = effects.flatMap((effect) => (effect.run === 'cancel' ? [effect.attempt] : []));
      expect(cancelled).toEqual(left);
    });
  });

  it('Esc leads back to home, or away, in a few steps', () => {
    always(({ after }) => {
      if (after.state.kind === 'handedOver') return;
      let desk = after;
      for (let step = 0; step < 16; step += 1) {
        [desk] = stepDesk(desk, { type: 'command', command: { kind: 'back' } });
      }
      if (desk.state.kind !== 'open') expect(desk.state.kind).toBe('away');
      else expect([desk.state.pages.length, desk.state.dialog]).toEqual([1, null]);
    });
  });

  it('no idle time runs out while a card signs, central works, or it is the cardholder’s turn', () => {
    always(({ before, event, after }) => {
      if (event.type === 'idleExpired' && !countsIdleAtDesk(before.state)) expect(after).toBe(before);
    });
  });

  it('the cardholder’s turn comes only with the card that is meant in the reader, and what is signed for it', () => {
    always(({ after, effects }) => {
      const over = effects.find((effect) => effect.run === 'handOver');
      if (!over) return;
      const { wish } = over;
      if ('cardId' in wish) expect(after.inHand).toMatchObject({ kind: 'known', cardId: wish.cardId });
      if (wish.kind === 'issue') expect(after.inHand.kind).toBe('blank');
      if ('proof' in wish && wish.proof.by === 'operator') {
        expect(wish.proof.statementId).toBe('statement-operator');
      }
    });
  });

  it('what is taken off a card was confirmed by a yes', () => {
    always(({ before, after, event }) => {
      if (before.state.kind !== 'open' || before.state.dialog?.step.kind !== 'removal') return;
      if (after.state.kind !== 'open' || after.state.dialog?.step.kind !== 'write') return;
      expect(event).toMatchObject({ type: 'command', command: { kind: 'yes' } });
    });
  });
});
