import { describe, expect, it } from 'vitest';
import { DESK_START, stepDesk } from '../../src/flows/desk.ts';
import { actionsOf } from '../../src/flows/desk-actions.ts';
import type { DeskEffect, DeskEvent } from '../../src/flows/desk-event.ts';
import {
  codeOfDesk,
  countsIdleAtDesk,
  idleSecondsOfDesk,
  takesTextAtDesk,
} from '../../src/flows/desk-facts.ts';
import { ANNA, aCardPage, CARD, FOUND, HELGA, HELGAS_CARD, IN_HAND } from './desk-pages.ts';
import { answerTo, atCardPage, DeskPlayer } from './desk-player.ts';

/** Nothing is answered by itself. */
const silent = () => null;
/** Everything is answered but this. */
function butFor(run: DeskEffect['run'], say: (attempt: number) => DeskEvent | null) {
  return (effect: DeskEffect) =>
    effect.run === run && 'attempt' in effect ? say(effect.attempt) : answerTo(effect);
}
const refusing = (run: DeskEffect['run'], code: string) =>
  butFor(run, (attempt) => ({ type: 'refused', attempt, code }));

describe('An operator signs in', () => {
  it('with the card that is in, by its PIN, and is told who they are', () => {
    const player = new DeskPlayer().insert(0).press('openDesk');
    expect(player.desk.state).toMatchObject({ kind: 'enterOperatorPin', holderName: HELGA.displayName });
    player.pin();
    expect(player.desk.state).toMatchObject({ kind: 'open', operator: HELGA, cardId: HELGAS_CARD });
    expect(player.page.kind).toBe('home');
    expect(player.effects).toContainEqual({ run: 'claim', reader: 0 });
  });

  it('with the one card that was found, which the walk-up lets go of', () => {
    const player = new DeskPlayer().insert(1, IN_HAND).press('openDesk');
    expect(player.effects[0]).toEqual({ run: 'claim', reader: 1 });
    expect(player.desk).toMatchObject({ reader: 1, inHand: { kind: 'none' } });
  });

  it('with the card beside the one that is worked on', () => {
    const player = new DeskPlayer().insert(1, IN_HAND).insert(0).press('openDesk');
    expect(player.desk).toMatchObject({ reader: 0, inHand: IN_HAND });
  });

  it('with the card that came last, not with one that was left in', () => {
    const player = new DeskPlayer().insert(0).insert(1, IN_HAND).press('openDesk');
    expect(player.desk).toMatchObject({ reader: 1, inHand: { kind: 'none' } });
  });

  it('with their own again, where they have left it in, though a cardholder came after them', () => {
    const player = new DeskPlayer().insert(0).press('openDesk').pin().press('X').insert(1, IN_HAND);
    expect(player.press('openDesk').desk).toMatchObject({ reader: 0, inHand: IN_HAND });
  });

  it('after the wrong card: C goes to the next one, or asks for one', () => {
    const player = new DeskPlayer().insert(1, IN_HAND).press('openDesk C');
    expect(player.desk.state.kind).toBe('askCard');
    expect(player.effects).toContainEqual({ run: 'unclaim', reader: 1 });
    player.insert(0);
    expect(player.desk.state).toMatchObject({ kind: 'enterOperatorPin', reader: 0 });
  });

  it('where no card is in, with the next that comes in', () => {
    const player = new DeskPlayer().press('openDesk');
    expect(player.desk.state.kind).toBe('askCard');
    player.insert(0);
    expect(player.desk.state.kind).toBe('enterOperatorPin');
  });

  it('not with a card that is being written', () => {
    const player = new DeskPlayer().insert(1, { kind: 'busy', reader: 1 }).press('openDesk');
    expect(player.desk.state.kind).toBe('askCard');
    player.press('enter');
    expect(player.desk.state.kind).toBe('askCard');
  });

  it('not by a short PIN, which is not tried', () => {
    const player = new DeskPlayer().insert(0).press('openDesk');
    player.happen({ type: 'pinTyped', field: 'operator', length: 5 }).press('enter');
    expect(player.desk.state).toMatchObject({ kind: 'enterOperatorPin', error: 'length' });
    expect(player.last('signIn')).toBeUndefined();
  });

  it('after a wrong PIN with the tries that are left, the last one on a yes of its own', () => {
    const wrong = butFor('signIn', (attempt) => ({ type: 'wrongPin', attempt, triesLeft: 1 }));
    const player = new DeskPlayer(DESK_START, wrong).insert(0).press('openDesk').pin();
    expect(player.desk.state).toMatchObject({ kind: 'enterOperatorPin', error: 'wrong', triesLeft: 1 });
    expect(player.last('wipePins')).toEqual({ run: 'wipePins', fields: ['operator'] });
    player.pin();
    expect(player.desk.state).toMatchObject({ asksForLastTry: true });
    player.happen({ type: 'pinTyped', field: 'operator', length: 7 });
    expect(player.desk.state).toMatchObject({ kind: 'enterOperatorPin', length: 7, asksForLastTry: false });
    player.press('yes enter');
    expect(player.desk.state).toMatchObject({ asksForLastTry: true });
    const before = player.effects.filter(({ run }) => run === 'signIn').length;
    player.press('enter yes');
    expect(player.effects.filter(({ run }) => run === 'signIn')).toHaveLength(before + 1);
  });

  it('not with a blocked PIN, nor as anybody whom central does not know as an operator', () => {
    const blocked = butFor('signIn', (attempt) => ({ type: 'wrongPin', attempt, triesLeft: 0 }));
    const player = new DeskPlayer(DESK_START, blocked).insert(0).press('openDesk').pin();
    expect(player.desk.state).toMatchObject({ kind: 'signInRefused', code: 'ID-04-pin-blocked' });
    const nobody = new DeskPlayer(DESK_START, refusing('signIn', 'ID-05-not-an-operator'));
    nobody.insert(0).press('openDesk').pin();
    expect(nobody.desk.state).toMatchObject({ kind: 'signInRefused', code: 'ID-05-not-an-operator' });
    expect(nobody.effects).toContainEqual({ run: 'signOut' });
    nobody.press('esc');
    expect(nobody.desk).toMatchObject({ state: { kind: 'away' }, reader: null });
    expect(nobody.effects.at(-1)).toEqual({ run: 'unclaim', reader: 0 });
  });
});

describe('An operator is signed out', () => {
  const ways: readonly [string, (player: DeskPlayer) => void][] = [
    ['by taking their card out', (player) => player.pull(0)],
    ['by X at home', (player) => player.press('X')],
    ['by idle time', (player) => player.happen({ type: 'idleExpired' })],
  ];
  it.each(ways)('%s: the session ends and the reader is free', (_, leave) => {
    const player = new DeskPlayer().signIn();
    player.effects.length = 0;
    leave(player);
    expect(player.desk).toMatchObject({ state: { kind: 'away' }, reader: null });
    expect(player.effects).toEqual([{ run: 'signOut' }, { run: 'unclaim', reader: 0 }]);
  });

  it('when their reader is unplugged, and is told so', () => {
    const player = new DeskPlayer().signIn();
    player.happen({ type: 'cardRemoved', reader: 0, trouble: 'UX-06-reader-gone' });
    expect(player.desk.state).toEqual({ kind: 'signedOut', code: 'UX-06-reader-gone' });
    player.press('enter');
    expect(player.desk.state.kind).toBe('away');
  });

  it('before they are in, when the reader is unplugged, and is told so', () => {
    const player = new DeskPlayer().insert(0).press('openDesk');
    player.happen({ type: 'pinTyped', field: 'operator', length: 3 });
    player.happen({ type: 'cardRemoved', reader: 0, trouble: 'UX-06-service-gone' });
    expect(player.desk.state).toEqual({ kind: 'signedOut', code: 'UX-06-service-gone' });
    expect(player.effects).toContainEqual({ run: 'wipePins', fields: ['operator'] });
    expect(player.effects).not.toContainEqual({ run: 'signOut' });
  });

  it.each(['load', 'photo', 'readCard', 'recoverable', 'compare', 'sign', 'act'] as const)(
    'as soon as central answers %s with a right that was taken away, and is told why',
    (run) => {
      const player = atCardPage(refusing(run, 'ID-05-not-an-operator'));
      player.happen({ type: 'cardInserted', reader: 1 }).happen({ type: 'cardInHand', card: IN_HAND });
      const asked: Partial<Record<typeof run, string>> = {
        recoverable: 'K',
        compare: 'K 2 enter',
        sign: 'P 1',
        act: 'O 1',
      };
      const isSigned = run === 'sign' || run === 'act';
      if (asked[run]) player.press(asked[run]);
      if (isSigned) player.pin();
      if (run === 'photo') player.press('H F');
      expect(player.desk.state).toEqual({ kind: 'signedOut', code: 'ID-05-not-an-operator' });
      expect(player.effects).toContainEqual({ run: 'signOut' });
      expect(player.effects).toContainEqual({ run: 'unclaim', reader: 0 });
    },
  );

  it('at the cardholder’s turn too: by their card, and by central', () => {
    const handed = () => atCardPage().insert(1, IN_HAND).press('R 1 1 enter');
    expect(handed().desk.state.kind).toBe('handedOver');
    expect(handed().pull(0).desk.state.kind).toBe('away');
    const ended = handed().happen({ type: 'sessionEnded', code: 'ID-05-idle' });
    expect(ended.desk.state).toEqual({ kind: 'signedOut', code: 'ID-05-idle' });
  });
});

describe('Cards at the desk', () => {
  it('that are swapped are noticed: whatever comes in after the operator’s is a cardholder’s', () => {
    const player = new DeskPlayer().signIn().insert(1, IN_HAND);
    player.pull(0).pull(1).insert(0).insert(1);
    expect(player.desk).toMatchObject({ state: { kind: 'away' }, reader: null, occupied: [0, 1] });
  });

  it('that come and go in the other reader change nothing of who is signed in', () => {
    const player = new DeskPlayer().signIn().insert(1, IN_HAND).pull(1);
    expect(player.desk).toMatchObject({ state: { kind: 'open' }, reader: 0, inHand: { kind: 'none' } });
  });

  it('are read as soon as their page is in sight, and forgotten when they are out', () => {
    const player = atCardPage().insert(1, IN_HAND);
    expect(player.last('readCard')).toMatchObject({ reader: 1, cardId: CARD.id });
    expect(player.page).toMatchObject({ onCard: { slots: [], attempt: null } });
    player.pull(1);
    expect(player.page).toMatchObject({ onCard: null });
  });

  it('are read anew when they were out while a dialog was there', () => {
    const player = atCardPage().insert(1, IN_HAND).press('O').pull(1);
    expect(player.desk.state.kind === 'open' && player.page).toMatchObject({ onCard: null });
    const reads = player.effects.filter(({ run }) => run === 'readCard').length;
    player.insert(1, IN_HAND).press('esc');
    expect(player.effects.filter(({ run }) => run === 'readCard')).toHaveLength(reads + 1);
  });

  it('are not read for the page of another card', () => {
    const player = atCardPage().insert(1, { ...IN_HAND, cardId: 'another' } as typeof IN_HAND);
    expect(player.last('readCard')).toBeUndefined();
  });
});

describe('Pages', () => {
  it('are opened by number, and left by Esc', () => {
    const player = new DeskPlayer().signIn();
    for (const [key, kind] of [
      ['1', 'search'],
      ['3', 'requests'],
      ['4', 'operations'],
      ['5', 'kiosk'],
      ['6', 'audit'],
    ] as const) {
      player.press(key);
      expect(player.page.kind).toBe(kind);
      player.press('esc');
      expect(player.page.kind).toBe('home');
    }
  });

  it('of the card in the reader are opened at once; without one it is said', () => {
    const player = new DeskPlayer().signIn().press('2');
    expect(player.page).toMatchObject({ kind: 'home', said: 'OP-01-no-card' });
    player.insert(1, IN_HAND);
    expect(player.page).toMatchObject({ kind: 'home', said: null });
    player.press('2');
    expect(player.page).toMatchObject({ kind: 'card', cardId: CARD.id });
  });

  it('of a card that cannot be rewritten are opened too, since it may be enabled again', () => {
    const player = new DeskPlayer().signIn();
    player.insert(1, { kind: 'refused', reader: 1, code: 'RP-06-disabled', cardId: CARD.id, serial: null });
    expect(player.press('2').page).toMatchObject({ kind: 'card', cardId: CARD.id });
  });

  it('lie on one another three steps from home at most; the oldest is forgotten', () => {
    const player = new DeskPlayer().signIn().press('1').type('ann').press('enter').press('enter H 1');
    if (player.desk.state.kind !== 'open') throw new Error('not open');
    expect(player.desk.state.pages.map(({ kind }) => kind)).toEqual(['home', 'search', 'person', 'card']);
    player.press('esc tab tab enter K');
    if (player.desk.state.kind !== 'open') throw new Error('not open');
    expect(player.desk.state.pages.map(({ kind }) => kind)).toEqual(['home', 'person', 'request', 'card']);
  });

  it('that are come back to are asked for again, what was there stays until then', () => {
    const player = new DeskPlayer().signIn().press('1').type('ann').press('enter enter');
    const loads = player.effects.filter(({ run }) => run === 'load').length;
    player.press('esc');
    expect(player.effects.filter(({ run }) => run === 'load')).toHaveLength(loads + 1);
    expect(player.page).toMatchObject({ kind: 'person', personId: ANNA.id });
  });

  it('say what central refuses them with', () => {
    const player = atCardPage(refusing('load', 'SY-03-offline'));
    expect(player.page).toMatchObject({ page: null, refused: 'SY-03-offline' });
    expect(codeOfDesk(player.desk.state)).toBe('SY-03-offline');
  });

  it('of what an operator may not see any more are empty at once, and nothing can be done there', () => {
    for (const code of ['KR-03-out-of-scope', 'RP-07-not-served-here']) {
      let isTaken = false;
      const player = new DeskPlayer(DESK_START, (effect) =>
        isTaken && effect.run === 'load'
          ? { type: 'refused', attempt: effect.attempt, code }
          : answerTo(effect),
      );
      player.signIn().press('1').type('ann').press('enter F').press('enter');
      isTaken = true;
      player.press('esc');
      expect(player.page).toMatchObject({ kind: 'person', page: null, photo: null, refused: code });
      expect(new Set(actionsOf(player.desk).map(({ refusal }) => refusal))).toEqual(new Set([code]));
    }
  });

  it('keep what was there while central cannot be asked', () => {
    let isAway = false;
    const player = new DeskPlayer(DESK_START, (effect) =>
      isAway && effect.run === 'load'
        ? { type: 'refused', attempt: effect.attempt, code: 'SY-03-central-not-reached' }
        : answerTo(effect),
    );
    player.signIn().press('1').type('ann').press('enter enter');
    isAway = true;
    player.press('esc');
    expect(player.page).toMatchObject({
      page: { person: { id: ANNA.id } },
      refused: 'SY-03-central-not-reached',
    });
  });

  it('of the audit go on below the last line, for as long as there are older ones', () => {
    const line = {
      at: '2026-11-23T09:00:00Z',
      type: 'session.started',
      actor: 'kiosk:x',
      kiosk: 'x',
      note: null,
    };
    const lines = [line, line].map((one) => ({ ...one, holder: null, card: null }));
    const player = new DeskPlayer(DESK_START, (effect) => {
      if (effect.run !== 'load' || effect.page.kind !== 'audit') return answerTo(effect);
      const { before } = effect.page;
      const loaded = { kind: 'audit', lines, before, older: before === null ? 17 : null } as const;
      return { type: 'pageLoaded', attempt: effect.attempt, loaded };
    });
    player.signIn().press('6 down down');
    expect(player.last('load')).toMatchObject({ page: { kind: 'audit', before: 17 } });
    expect(player.page).toMatchObject({ lines: [...lines, ...lines], selected: 2, older: null });
    expect(player.press('down down').page).toMatchObject({ selected: 0 });
  });

  it('show the queue by views, and a person by tabs', () => {
    const player = new DeskPlayer().signIn().press('3');
    expect(player.press('tab').page).toMatchObject({ view: 'waiting' });
    expect(player.last('load')).toMatchObject({ page: { kind: 'requests', view: 'waiting' } });
    const anna = new DeskPlayer().signIn().press('1').type('ann').press('enter tab');
    expect(anna.page).toMatchObject({ kind: 'person', tab: 'certificates' });
  });

  it('show a face when it is asked for, and forget it with the next Esc', () => {
    const player = new DeskPlayer().signIn().press('1').type('ann').press('enter F');
    expect(player.page).toMatchObject({ photo: { picture: { width: 1 } } });
    expect(player.press('esc').page).toMatchObject({ kind: 'person', photo: null });
  });

  it('forget a face when another page is opened over it', () => {
    const player = new DeskPlayer().signIn().press('1').type('ann').press('enter F enter esc');
    expect(player.page).toMatchObject({ kind: 'person', photo: null });
  });

  it('answer late to nobody', () => {
    const player = new DeskPlayer(DESK_START, (effect) => (effect.run === 'load' ? null : answerTo(effect)));
    player.signIn().press('1').type('ann').press('down enter');
    const { attempt } = player.last('load')!;
    player.press('esc');
    expect(player.effects).toContainEqual({ run: 'cancel', attempt });
    const before = player.desk;
    player.happen({ type: 'pageLoaded', attempt, loaded: { kind: 'card', page: aCardPage() } });
    expect(player.desk).toBe(before);
  });
});

describe('The search', () => {
  it('asks with every key and shows the answer to the last one', () => {
    const player = new DeskPlayer(DESK_START, (effect) =>
      effect.run === 'search' ? null : answerTo(effect),
    );
    player.signIn().press('1').type('an');
    const [first, second] = player.effects.filter((effect) => effect.run === 'search');
    player.happen({ type: 'searched', attempt: first!.attempt, result: { ...FOUND, query: 'a' } });
    expect(player.page).toMatchObject({ result: null });
    player.happen({ type: 'searched', attempt: second!.attempt, result: { ...FOUND, query: 'an' } });
    expect(player.page).toMatchObject({ query: 'an', result: { query: 'an' } });
  });

  it('takes digits and letters that are actions elsewhere', () => {
    const player = new DeskPlayer().signIn().press('1').press('1 0 X');
    expect(player.page).toMatchObject({ kind: 'search', query: '10x' });
    expect(takesTextAtDesk(player.desk.state)).toBe(true);
  });

  it('opens what a scanner has typed, when it is found', () => {
    const player = new DeskPlayer(DESK_START, (effect) =>
      effect.run === 'search' ? null : answerTo(effect),
    );
    player.signIn().press('1').type('10000001').press('enter');
    expect(player.page).toMatchObject({ kind: 'search', opensFirst: true });
    const result = { query: '10000001', lines: [FOUND.lines[1]!], hasMore: false };
    player.happen({ type: 'searched', attempt: player.last('search')!.attempt, result });
    expect(player.page).toMatchObject({ kind: 'card', cardId: CARD.id });
  });
});

describe('This kiosk', () => {
  it('shows what keys arrive, until Esc', () => {
    const player = new DeskPlayer().signIn().press('5 K').type('ä').press('tab 7');
    expect(player.page).toMatchObject({ test: { kind: 'keyboard', keys: ['ä', 'nextTab', '7'] } });
    expect(player.press('esc').page).toMatchObject({ kind: 'kiosk', test: null });
  });

  it('shows what the doctor finds, what has to be done first, and looks again by the same key', () => {
    const player = new DeskPlayer().signIn().press('5 F');
    const verdicts = () =>
      player.page.kind === 'kiosk' &&
      player.page.test?.kind === 'faults' &&
      player.page.test.findings?.map(({ verdict }) => verdict);
    expect(verdicts()).toEqual(['wrong', 'note', 'good']);
    expect(player.press('down down').page).toMatchObject({ test: { kind: 'faults', selected: 2 } });
    expect(player.press('F').page).toMatchObject({ test: { kind: 'faults', selected: 0, attempt: null } });
    expect(player.effects.filter(({ run }) => run === 'examine')).toHaveLength(2);
    expect(player.press('esc').page).toMatchObject({ kind: 'kiosk', test: null });
  });

  it('is left for maintenance once somebody has said yes and central has put it down, and not before', () => {
    const left = (player: DeskPlayer) => player.effects.some(({ run }) => run === 'leaveKiosk');
    const player = new DeskPlayer().signIn().press('5 M');
    expect(player.step).toEqual({ kind: 'confirm' });
    expect(left(player)).toBe(false);
    expect(player.press('enter').step).toMatchObject({ kind: 'said', outcome: { kind: 'left' } });
    expect(left(player)).toBe(true);

    const noCentral = (effect: DeskEffect): DeskEvent | null =>
      effect.run === 'act'
        ? { type: 'refused', attempt: effect.attempt, code: 'SY-03-central-not-reached' }
        : answerTo(effect);
    const stays = new DeskPlayer(DESK_START, noCentral).signIn().press('5 M enter');
    expect(stays.step).toMatchObject({ kind: 'said', outcome: { kind: 'unanswered' } });
    expect(left(stays)).toBe(false);
  });

  it('shows what cards come and go', () => {
    const player = new DeskPlayer().signIn().press('5 R').insert(1).pull(1);
    expect(player.page).toMatchObject({
      test: {
        seen: [
          { reader: 1, isIn: true },
          { reader: 1, isIn: false },
        ],
      },
    });
  });
});

describe('Idle time at the desk', () => {
  it('is longer than a cardholder’s, and ends before the session does', () => {
    const { state } = new DeskPlayer().signIn().desk;
    expect(idleSecondsOfDesk(state, 60)).toBe(300);
    expect(idleSecondsOfDesk(state, 600)).toBe(570);
    expect(countsIdleAtDesk(state)).toBe(true);
  });

  it('does not count while a card signs, nor at the cardholder’s turn', () => {
    const unsigned = (effect: DeskEffect) => (effect.run === 'sign' ? null : answerTo(effect));
    const signing = atCardPage(unsigned).insert(1, IN_HAND).press('P 1').pin();
    expect(signing.step.kind).toBe('signing');
    expect(countsIdleAtDesk(signing.desk.state)).toBe(false);
    const handed = atCardPage().insert(1, IN_HAND).press('R 1 1 enter');
    expect(countsIdleAtDesk(handed.desk.state)).toBe(false);
    const before = handed.desk;
    expect(handed.happen({ type: 'idleExpired' }).desk).toBe(before);
  });
});

describe('Whoever is not signed in', () => {
  it('reaches nothing by any key but O', () => {
    for (const key of ['1', 'X', 'enter', 'esc', 'A', 'tab', 'up', 'space']) {
      const player = new DeskPlayer(DESK_START, silent).press(key);
      expect(player.desk).toBe(DESK_START);
      expect(player.effects).toEqual([]);
    }
  });

  it('is not signed in by an answer that nobody has asked for', () => {
    const event: DeskEvent = { type: 'signedIn', attempt: 0, operator: HELGA, sessionIdleSeconds: 600 };
    expect(stepDesk(DESK_START, event)[0]).toBe(DESK_START);
  });
});
