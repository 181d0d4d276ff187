import { describe, expect, it } from 'vitest';
import type { CardPage } from '../../src/domain/desk-pages.ts';
import { WITNESSED_ACTIONS } from '../../src/domain/profile.ts';
import { DESK_START } from '../../src/flows/desk.ts';
import type { RequestPage } from '../../src/flows/desk-data.ts';
import type { DeskEffect, DeskEvent } from '../../src/flows/desk-event.ts';
import { codeOfDesk } from '../../src/flows/desk-facts.ts';
import { aDifference, WITH_REMOVALS } from './collect-states.ts';
import {
  ANNA,
  aCardPage,
  aRequestPage,
  BLANK_IN_HAND,
  CARD,
  HELGA,
  HELGAS_CARD,
  IN_HAND,
  MAY_ALL,
} from './desk-pages.ts';
import { type Answers, answerTo, atCardPage, DeskPlayer } from './desk-player.ts';

/** Everything is answered as ever but these. */
function but(say: Partial<Record<DeskEffect['run'], (attempt: number) => DeskEvent | null>>): Answers {
  return (effect) => {
    const own = say[effect.run];
    return own && 'attempt' in effect ? own(effect.attempt) : answerTo(effect);
  };
}

function atRequest(changes: Partial<RequestPage>): DeskPlayer {
  const page = aRequestPage(changes);
  const answers: Answers = (effect) =>
    effect.run === 'load' && effect.page.kind === 'request'
      ? { type: 'pageLoaded', attempt: effect.attempt, loaded: { kind: 'request', page } }
      : answerTo(effect);
  return new DeskPlayer(DESK_START, answers).signIn().press('3 1');
}

function atPerson(answers?: Answers): DeskPlayer {
  return new DeskPlayer(DESK_START, answers).signIn().press('1').type('ann').press('enter');
}

function atCard(answers?: Answers): DeskPlayer {
  return atCardPage(answers).insert(1, IN_HAND);
}

/** The page of a card with something changed. */
function pageWith(changes: Partial<CardPage>): Answers {
  return (effect) =>
    effect.run === 'load' && effect.page.kind === 'card'
      ? {
          ...{ type: 'pageLoaded', attempt: effect.attempt },
          loaded: { kind: 'card', page: aCardPage(changes) },
        }
      : answerTo(effect);
}

/** Its profile wants a witness for everything. */
const WITNESSED = pageWith({ witness: WITNESSED_ACTIONS });

describe('A rewrite of the card in the reader', () => {
  it('is handed over with its reason, and the PIN is the cardholder’s to type', () => {
    const player = atCard().press('R 1 1');
    expect(player.step.kind).toBe('confirm');
    player.press('enter');
    expect(player.last('handOver')?.wish).toEqual({
      ...{ kind: 'reprovision', cardId: CARD.id, reason: 'faulty', requestId: null },
      ...{ reasonTitles: { en: 'Card content faulty' }, proof: { by: 'pin' }, witnessId: null },
    });
    expect(player.desk.state).toMatchObject({ kind: 'handedOver', action: 'reprovision' });
  });

  it('is vouched for by the operator’s card and PIN, where the holder has none', () => {
    const player = atCard().press('R 1 2 enter').pin();
    expect(player.last('sign')).toMatchObject({
      ...{ who: 'operator', reader: 0, action: { kind: 'vouch', cardId: CARD.id } },
    });
    expect(player.last('handOver')?.wish).toMatchObject({
      proof: { by: 'operator', statementId: 'statement-operator' },
    });
  });

  it('comes back to the page, read anew, when the cardholder is through', () => {
    const player = atCard().press('R 1 1 enter');
    const loads = player.effects.filter(({ run }) => run === 'load').length;
    player.happen({ type: 'handedBack', code: null });
    expect(player.page.kind).toBe('card');
    expect(player.effects.filter(({ run }) => run === 'load')).toHaveLength(loads + 1);
    expect(player.dialog).toBeNull();
  });

  it('is taken back by O', () => {
    const player = atCard().press('R 1 1 enter').press('openDesk');
    expect(player.last('takeBack')).toEqual({ run: 'takeBack' });
    expect(player.desk.state.kind).toBe('handedOver');
  });

  it('says with what it was refused at the cardholder’s turn', () => {
    const player = atCard().press('R 1 1 enter').happen({ type: 'handedBack', code: 'OP-02-witness-wanted' });
    expect(player.step).toEqual({ kind: 'said', outcome: { kind: 'stopped', code: 'OP-02-witness-wanted' } });
  });

  it('ends with what to do when the card is taken out, and nothing was done', () => {
    for (const keys of ['R', 'R 1', 'R 1 1', 'R 1 2 enter']) {
      const player = atCard().press(keys).pull(1);
      expect(player.step).toEqual({ kind: 'said', outcome: { kind: 'cardOut', code: 'OP-02-card-out' } });
      expect(player.last('handOver')).toBeUndefined();
      expect(player.press('enter').page.kind).toBe('card');
    }
  });

  it('ends as well when another card is put in', () => {
    const player = atCard().press('R 1');
    player.happen({ type: 'cardInHand', card: { ...IN_HAND, cardId: 'another' } as typeof IN_HAND });
    expect(player.step).toMatchObject({ kind: 'said', outcome: { kind: 'cardOut' } });
  });

  it('wants a witness where the profile does: in the cardholder’s reader, and then their card back', () => {
    const player = atCard(WITNESSED).press('R 1 1 enter');
    expect(player.step).toEqual({ kind: 'witnessCard', said: null });
    player.pull(1);
    expect(player.step.kind).toBe('witnessCard');
    player.insert(1);
    expect(player.effects).toContainEqual({ run: 'claim', reader: 1 });
    expect(player.step).toMatchObject({ kind: 'sign', who: 'witness', holderName: 'Otto Zweite' });
    player.pin();
    expect(player.last('sign')).toMatchObject({
      ...{ who: 'witness', signerCardId: 'card-otto' },
      action: { kind: 'witness', action: 'reprovision', cardId: CARD.id, reason: 'faulty' },
    });
    expect(player.step).toEqual({ kind: 'cardBack', wants: { kind: 'card', cardId: CARD.id } });
    expect(player.effects).toContainEqual({ run: 'unclaim', reader: 1 });
    player.pull(1).insert(1, IN_HAND);
    expect(player.last('handOver')?.wish).toMatchObject({ witnessId: 'statement-witness' });
  });
});

describe('A witness', () => {
  it('is never the operator themselves', () => {
    const own: Answers = (effect) =>
      effect.run === 'lookAtCard' && effect.who === 'witness'
        ? {
            ...{ type: 'operatorCard', attempt: effect.attempt },
            card: { cardId: 'card-helga', holderName: 'Helga Klein', triesLeft: 3 },
          }
        : WITNESSED(effect);
    const player = atCard(own).press('D 1 enter enter').pull(1).insert(1);
    expect(player.step).toEqual({ kind: 'witnessCard', said: 'OP-02-witness-is-operator' });
  });

  it('is never taken from the card of the cardholder, which is still in', () => {
    const player = atCard(WITNESSED).press('D 1 enter enter');
    expect(player.press('enter').step).toEqual({ kind: 'witnessCard', said: 'OP-02-witness-no-card' });
  });

  it('who takes the card out before they have signed is asked for again, their PIN wiped', () => {
    const player = atCard(WITNESSED).press('D 1 enter enter').pull(1).insert(1);
    player.happen({ type: 'pinTyped', field: 'witness', length: 3 }).pull(1);
    expect(player.step).toEqual({ kind: 'witnessCard', said: 'OP-02-witness-out' });
    expect(player.last('wipePins')).toEqual({ run: 'wipePins', fields: ['witness'] });
  });

  it('whom central does not take is named by its code, and another may come', () => {
    const player = atCard((effect) =>
      effect.run === 'sign'
        ? { type: 'refused', attempt: effect.attempt, code: 'OP-02-witness-out-of-scope' }
        : WITNESSED(effect),
    );
    player.press('D 1 enter enter').pull(1).insert(1).pin();
    expect(player.step).toEqual({ kind: 'witnessCard', said: 'OP-02-witness-out-of-scope' });
  });

  it('who is no operator does not sign the operator out', () => {
    const player = atCard((effect) =>
      effect.run === 'sign'
        ? { type: 'refused', attempt: effect.attempt, code: 'ID-05-not-an-operator' }
        : WITNESSED(effect),
    );
    player.press('D 1 enter enter').pull(1).insert(1).pin();
    expect(player.step).toEqual({ kind: 'witnessCard', said: 'ID-05-not-an-operator' });
  });

  it('is asked for when central wants one whom the kiosk did not know of', () => {
    let isFirst = true;
    const player = atCard((effect) => {
      if (effect.run !== 'act' || !isFirst) return answerTo(effect);
      isFirst = false;
      return { type: 'refused', attempt: effect.attempt, code: 'OP-02-witness-wanted' };
    });
    player.press('C 1 enter enter');
    expect(player.step).toEqual({ kind: 'witnessCard', said: null });
    player.pull(1).insert(1).pin();
    expect(player.last('act')?.act).toEqual({
      ...{ name: 'cancelCard', cardId: CARD.id, reason: 'lost', note: null },
      witnessId: 'statement-witness',
    });
    expect(player.step).toMatchObject({ kind: 'said', outcome: { kind: 'changed' } });
  });

  it('may have put the card in before: Enter takes it', () => {
    const player = atCard(WITNESSED).insert(2).press('D 1 enter enter').press('enter');
    expect(player.step).toMatchObject({ kind: 'sign', who: 'witness', reader: 2 });
  });
});

describe('A PIN is unblocked', () => {
  it('with the operator beside the holder, who sign for them', () => {
    const player = atCard().press('P 1').pin();
    expect(player.last('handOver')?.wish).toEqual({
      ...{ kind: 'pinReset', cardId: CARD.id, witnessId: null },
      proof: { by: 'operator', statementId: 'statement-operator' },
    });
  });

  it('with a code that the holder types, the operator beside them', () => {
    const player = atCard().press('P 2 enter');
    expect(player.last('handOver')?.wish).toMatchObject({ kind: 'pinReset', proof: { by: 'code' } });
  });

  it('not by a wrong PIN of the operator: the next try, and none where it is blocked', () => {
    const wrong = but({ sign: (attempt) => ({ type: 'wrongPin', attempt, triesLeft: 2 }) });
    const player = atCard(wrong).press('P 1').pin();
    expect(player.step).toMatchObject({ kind: 'sign', error: 'wrong', triesLeft: 2, length: 0 });
    expect(player.last('wipePins')).toEqual({ run: 'wipePins', fields: ['operator'] });
    const blocked = but({ sign: (attempt) => ({ type: 'wrongPin', attempt, triesLeft: 0 }) });
    expect(atCard(blocked).press('P 1').pin().step).toMatchObject({
      outcome: { kind: 'refused', code: 'ID-04-pin-blocked' },
    });
  });
});

describe('Requests are made', () => {
  it('for an update of a card, with its reason and a note', () => {
    const player = atCard().press('U 1').type('new name').press('enter');
    expect(player.last('act')?.act).toEqual({
      name: 'makeRequest',
      request: { kind: 'cardUpdate', cardId: CARD.id, reason: 'faulty', note: 'new name' },
    });
    expect(player.step).toMatchObject({ outcome: { kind: 'requested', isToBeApproved: true } });
  });

  it('for keys onto an existing card: chosen, compared, and asked for', () => {
    const player = atCard().press('K 2 enter');
    expect(player.last('compare')).toMatchObject({ cardId: CARD.id, certificates: ['0b'], without: [] });
    expect(player.step.kind).toBe('difference');
    player.press('enter enter');
    expect(player.last('act')?.act).toEqual({
      name: 'makeRequest',
      request: {
        ...{ kind: 'existingCard', cardId: CARD.id, certificates: ['0b'] },
        ...{ without: [], confirmedRemovals: [], note: null },
      },
    });
  });

  it('and what is taken off the card has a yes of its own (KR-05)', () => {
    const removing = but({
      compare: (attempt) => ({ type: 'compared', attempt, difference: WITH_REMOVALS }),
    });
    const player = atCard(removing).press('K 1 enter enter');
    expect(player.step.kind).toBe('removal');
    player.press('enter space 1');
    expect(player.step.kind).toBe('removal');
    player.press('yes enter');
    const { act } = player.last('act')!;
    if (act.name !== 'makeRequest' || act.request.kind !== 'existingCard') throw new Error(act.name);
    expect(act.request.confirmedRemovals.length).toBeGreaterThan(0);
    expect(act.request.without).toEqual(act.request.confirmedRemovals);
  });

  it('not for what would lose the last copy of a key', () => {
    const lost = aDifference([], 'KR-05-last-copy');
    const player = atCard(but({ compare: (attempt) => ({ type: 'compared', attempt, difference: lost }) }));
    player.press('K 1 enter enter enter');
    expect(player.step.kind).toBe('difference');
  });

  it('not for nothing, nor for a key that is not archived', () => {
    const player = atCard().press('K enter');
    expect(player.step).toMatchObject({ kind: 'pick', said: 'KR-01-no-certificate' });
    player.press('3');
    expect(player.step).toMatchObject({ kind: 'pick', said: 'KR-11-not-archived', wanted: [] });
  });

  it('for a new card, by a profile, with or without keys', () => {
    const player = atPerson().press('N 1 2 enter enter');
    expect(player.last('act')?.act).toEqual({
      name: 'makeRequest',
      request: {
        ...{ kind: 'newCard', ownerId: ANNA.id, profileName: 'staff', certificates: ['0b'] },
        ...{ note: null, inPlaceOf: null },
      },
    });
    const none = atPerson().press('N 1 enter enter');
    expect(none.last('act')?.act).toMatchObject({ request: { certificates: [] } });
  });

  it('is asked for without a list of keys, where there are none', () => {
    const keyless = but({
      recoverable: (attempt) => ({ type: 'recoverableLoaded', attempt, recoverable: { certificates: [] } }),
    });
    const player = atPerson(keyless).press('N 1');
    expect(player.step.kind).toBe('write');
    expect(player.press('enter').last('act')?.act).toMatchObject({ request: { certificates: [] } });
    expect(atPerson(keyless).press('S 1').step).toMatchObject({ kind: 'pick', certificates: [] });
  });

  it('for one in the place of a card that is gone, by that card’s profile', () => {
    const player = atCard().press('N 1 enter enter');
    expect(player.last('act')?.act).toMatchObject({
      request: {
        ...{ kind: 'newCard', ownerId: ANNA.id, profileName: 'staff' },
        inPlaceOf: { cardId: CARD.id, reason: 'lost' },
      },
    });
  });

  it('for a file, which needs at least one key', () => {
    const player = atPerson().press('S 1 enter');
    expect(player.step).toMatchObject({ kind: 'pick', said: 'KR-01-no-certificate' });
    player.press('2 enter enter');
    expect(player.last('act')?.act).toMatchObject({
      request: { kind: 'softCertificate', certificates: ['0b'] },
    });
  });
});

describe('A request in the queue', () => {
  it('is approved by A and Enter', () => {
    const player = atRequest({}).press('A enter');
    expect(player.last('act')?.act).toEqual({ name: 'approve', requestId: 'request-1' });
  });

  it('is rejected with a note, and not without', () => {
    const player = atRequest({}).press('R enter');
    expect(player.step).toMatchObject({ kind: 'write', error: 'empty' });
    player.type('not theirs').press('enter');
    expect(player.last('act')?.act).toEqual({
      ...{ name: 'reject', requestId: 'request-1', note: 'not theirs' },
    });
  });

  it('is cancelled', () => {
    const player = atRequest({ state: 'ready' }).press('C enter');
    expect(player.last('act')?.act).toEqual({ name: 'cancelRequest', requestId: 'request-1', note: null });
  });

  it('is collected onto the card that it names, with its owner’s PIN alone', () => {
    const player = atRequest({ state: 'ready' }).insert(1, IN_HAND).press('L enter');
    expect(player.last('handOver')?.wish).toEqual({
      ...{ kind: 'collection', cardId: CARD.id, requestId: 'request-1' },
    });
  });

  it('of an update is carried out by its reason, however the holder is proved', () => {
    const player = atRequest({ state: 'ready', kind: 'cardUpdate', reason: 'faulty', difference: null });
    player.insert(1, IN_HAND).press('L 1 enter');
    expect(player.last('handOver')?.wish).toMatchObject({
      ...{ kind: 'reprovision', reason: 'faulty', requestId: 'request-1', proof: { by: 'pin' } },
    });
  });

  it('for a new card is collected onto a blank one, vouched for or by number', () => {
    const wish = { state: 'ready', kind: 'newCard', card: null } as const;
    const vouched = atRequest(wish).insert(1, BLANK_IN_HAND).press('L 1 enter').pin();
    expect(vouched.last('sign')?.action).toEqual({ kind: 'vouchRequest', requestId: 'request-1' });
    expect(vouched.last('handOver')?.wish).toMatchObject({
      ...{ kind: 'issue', proof: { by: 'operator', statementId: 'statement-operator' } },
    });
    const numbered = atRequest(wish).insert(1, BLANK_IN_HAND).press('L 2 enter');
    expect(numbered.last('handOver')?.wish).toMatchObject({ kind: 'issue', proof: { by: 'number' } });
  });

  it('for a new card with a witness is signed for the card that is to be', () => {
    const player = atRequest({ state: 'ready', kind: 'newCard', card: null, witness: ['issue'] });
    player.insert(1, BLANK_IN_HAND).press('L 2');
    expect(player.step).toMatchObject({ kind: 'choose', what: 'proof', said: 'OP-02-witness-wanted' });
    player.press('1 enter').pin().pull(1).insert(1).pin();
    expect(player.last('sign')?.action).toEqual({
      ...{ kind: 'witness', action: 'issue', cardId: 'card-planned', reason: null },
    });
    player.pull(1).insert(1, BLANK_IN_HAND);
    expect(player.last('handOver')?.wish).toMatchObject({ kind: 'issue', witnessId: 'statement-witness' });
  });

  it('for a file is collected without any card, vouched for', () => {
    const player = atRequest({ state: 'ready', kind: 'softCertificate', card: null });
    player.press('L enter').pin();
    expect(player.last('handOver')?.wish).toEqual({
      ...{ kind: 'soft', requestId: 'request-1' },
      proof: { by: 'operator', statementId: 'statement-operator' },
    });
  });

  it('for a new card gets a number, shown or sent', () => {
    const player = atRequest({ state: 'ready', kind: 'newCard', card: null }).press('O 4').pin();
    expect(player.last('sign')).toMatchObject({
      ...{ who: 'operator', reader: 0, signerCardId: HELGAS_CARD },
      action: { kind: 'giveNumber', requestId: 'request-1', length: 'long', handedOver: 'mailed' },
    });
    expect(player.last('act')?.act).toEqual({
      ...{ name: 'giveNumber', requestId: 'request-1', code: 'long', isSent: true },
      statementId: 'statement-operator',
    });
  });
});

describe('A card’s life', () => {
  it.each([
    ['D', 'disable', 'investigation'],
    ['C', 'cancelCard', 'lost'],
  ] as const)('by %s: reason, note, yes, and what became of its certificates', (key, name, reason) => {
    const player = atCard().press(`${key} 1`).type('why').press('enter');
    expect(player.step.kind).toBe('confirm');
    player.press('enter');
    expect(player.last('act')?.act).toEqual({ name, cardId: CARD.id, reason, note: 'why', witnessId: null });
    expect(player.step).toMatchObject({ outcome: { kind: 'changed', revoked: ['01'] } });
  });

  it('goes on by E', () => {
    const player = atCard().press('E enter enter');
    expect(player.last('act')?.act).toEqual({ name: 'enable', cardId: CARD.id, note: null, witnessId: null });
  });
});

describe('A one-time code', () => {
  it.each([
    ['1', 'short', false],
    ['2', 'short', true],
    ['3', 'long', false],
    ['4', 'long', true],
  ] as const)('of kind %s is given', (key, code, isSent) => {
    const player = atCard().press(`O ${key}`);
    expect(player.step).toMatchObject({ kind: 'sign', who: 'operator', holderName: HELGA.displayName });
    expect(codeOfDesk(player.desk.state)).toBe('ID-03-give-code');
    expect(player.last('act')).toBeUndefined();
    player.pin();
    expect(player.last('sign')?.action).toEqual({
      ...{ kind: 'giveCode', cardId: CARD.id, length: code },
      handedOver: isSent ? 'mailed' : 'shown',
    });
    expect(player.last('act')?.act).toEqual({
      ...{ name: 'giveCode', cardId: CARD.id, code, isSent, statementId: 'statement-operator' },
    });
  });

  it('by mail is not offered where none can be sent, and no PIN is typed for it', () => {
    const player = atCard(pageWith({ may: { ...MAY_ALL, send: 'OP-02-no-address' } })).press('O 2');
    expect(player.step).toMatchObject({ kind: 'choose', what: 'code', said: 'OP-02-no-address' });
    expect(player.press('1').step.kind).toBe('sign');
  });

  it('is signed anew each time', () => {
    const player = atCard().press('O 1').pin().press('enter O 1');
    expect(player.step).toMatchObject({ kind: 'sign', length: 0 });
    expect(player.effects.filter(({ run }) => run === 'act')).toHaveLength(1);
  });

  it('is not given after a wrong PIN, nor when the card says that it is blocked', () => {
    const wrong = but({ sign: (attempt) => ({ type: 'wrongPin', attempt, triesLeft: 1 }) });
    const player = atCard(wrong).press('O 1').pin();
    expect(player.step).toMatchObject({ kind: 'sign', error: 'wrong', triesLeft: 1, length: 0 });
    expect(player.effects).toContainEqual({ run: 'wipePins', fields: ['operator'] });
    const blocked = but({ sign: (attempt) => ({ type: 'wrongPin', attempt, triesLeft: 0 }) });
    const stopped = atCard(blocked).press('O 1').pin();
    expect(stopped.step).toMatchObject({ outcome: { kind: 'refused', code: 'ID-04-pin-blocked' } });
    for (const one of [player, stopped]) expect(one.last('act')).toBeUndefined();
  });

  it('is not given when the operator’s card is taken out before it has signed', () => {
    const silent = but({ sign: () => null });
    for (const isTyped of [false, true]) {
      const player = atCard(silent).press('O 1');
      if (isTyped) player.pin();
      player.pull(0);
      expect(player.desk.state.kind).toBe('away');
      expect(player.last('act')).toBeUndefined();
    }
  });

  it('is given without a signature by a central that wants none yet', () => {
    const player = atCard(pageWith({ isCodeSigned: false })).press('O 1');
    expect(player.last('act')?.act).toMatchObject({ name: 'giveCode', statementId: null });
    expect(player.step).toMatchObject({ outcome: { kind: 'given' } });
  });

  it('is signed after all when that central has become a newer one meanwhile', () => {
    const older = pageWith({ isCodeSigned: false });
    const player = atCard((effect) =>
      effect.run === 'act' && 'statementId' in effect.act && effect.act.statementId === null
        ? { type: 'refused', attempt: effect.attempt, code: 'SY-06-newer-kiosk' }
        : older(effect),
    ).press('O 1');
    expect(player.step).toMatchObject({ kind: 'sign', who: 'operator' });
    player.pin();
    expect(player.last('act')?.act).toMatchObject({ statementId: 'statement-operator' });
    expect(player.step).toMatchObject({ outcome: { kind: 'given' } });
  });

  it('is shown once, and gone with the next key', () => {
    const player = atCard().press('O 1').pin();
    expect(player.step).toMatchObject({ outcome: { kind: 'given', given: { digits: '12345678' } } });
    player.press('enter');
    expect(JSON.stringify(player.desk)).not.toContain('12345678');
  });
});

describe('An operation that is stuck', () => {
  it('is abandoned with a note and a yes', () => {
    const player = new DeskPlayer().signIn().press('4 A').type('card is lost').press('enter enter');
    expect(player.last('act')?.act).toEqual({
      ...{ name: 'abandon', operationId: 'operation-1', note: 'card is lost' },
    });
  });
});

describe('Esc in a dialog', () => {
  it('goes one step back, and what was typed there is gone', () => {
    const player = atCard().press('D 1').type('why').press('esc');
    expect(player.step).toMatchObject({ kind: 'choose', what: 'reason' });
    player.press('1');
    expect(player.step).toMatchObject({ kind: 'write', text: '' });
    expect(player.press('esc esc').dialog).toBeNull();
  });

  it('wipes a PIN that was being typed', () => {
    const player = atCard().press('P 1').happen({ type: 'pinTyped', field: 'operator', length: 4 });
    player.press('esc');
    expect(player.last('wipePins')).toEqual({ run: 'wipePins', fields: ['operator'] });
    expect(player.step.kind).toBe('choose');
  });

  it('leaves what takes too long, and the answer is ignored', () => {
    const player = atCard((effect) => (effect.run === 'act' ? null : answerTo(effect)))
      .press('O 1')
      .pin();
    const { attempt } = player.last('act')!;
    player.press('esc');
    expect(player.effects).toContainEqual({ run: 'cancel', attempt });
    const before = player.desk;
    player.happen({ type: 'acted', attempt, outcome: { kind: 'approved' } });
    expect(player.desk).toBe(before);
  });
});

describe('What central refuses', () => {
  it('is said, and the page is there again', () => {
    const no = but({ act: (attempt) => ({ type: 'refused', attempt, code: 'KR-04-own-request' }) });
    const player = new DeskPlayer(DESK_START, no).signIn().press('3 1 A enter');
    expect(player.step).toEqual({ kind: 'said', outcome: { kind: 'refused', code: 'KR-04-own-request' } });
    expect(player.press('enter').page.kind).toBe('request');
  });

  it('is not what is said where no answer came: it may have been done', () => {
    for (const code of ['SY-03-central-not-reached', 'SY-03-central-failed', 'UX-09-internal']) {
      const no = but({ act: (attempt) => ({ type: 'refused', attempt, code }) });
      const player = new DeskPlayer(DESK_START, no).signIn().press('3 1 A enter');
      expect(player.step).toEqual({ kind: 'said', outcome: { kind: 'unanswered', code } });
      const loads = player.effects.filter(({ run }) => run === 'load').length;
      expect(player.press('enter').page.kind).toBe('request');
      expect(player.effects.filter(({ run }) => run === 'load')).toHaveLength(loads + 1);
    }
  });

  it('before central was asked to do anything was not done', () => {
    const code = 'SY-03-central-not-reached';
    const no = but({ recoverable: (attempt) => ({ type: 'refused', attempt, code }) });
    const player = atCard(no).press('K');
    expect(player.step).toEqual({ kind: 'said', outcome: { kind: 'refused', code } });
  });
});
