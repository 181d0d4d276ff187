import { describe, expect, it } from 'vitest';
import type { CardPage, OperationLine, PersonPage } from '../../src/domain/desk-pages.ts';
import type { OperatorRole } from '../../src/domain/operator.ts';
import { DESK_START } from '../../src/flows/desk.ts';
import { actionsOf } from '../../src/flows/desk-actions.ts';
import type { CardInHand, LoadedPage, RequestPage } from '../../src/flows/desk-data.ts';
import type { DeskEffect, DeskEvent } from '../../src/flows/desk-event.ts';
import { codeOfDesk } from '../../src/flows/desk-facts.ts';
import { DESK_ACTIONS, type DeskActionName } from '../../src/flows/desk-state.ts';
import {
  aCardPage,
  anOperationLine,
  aPersonPage,
  aRequestPage,
  BLANK_IN_HAND,
  IN_HAND,
  MAY_ALL,
} from './desk-pages.ts';
import { type Answers, answerTo, DeskPlayer } from './desk-player.ts';

/** A page as it is loaded, and what is in the other reader. */
interface Where {
  readonly keys: string;
  readonly loaded: LoadedPage | null;
  readonly inHand?: CardInHand;
  /** Absent: an administrator. */
  readonly role?: OperatorRole;
}

const card = (may: Partial<CardPage['may']> = {}, inHand: CardInHand = IN_HAND): Where => ({
  ...{ keys: '2', loaded: { kind: 'card', page: aCardPage({ may: { ...MAY_ALL, ...may } }) }, inHand },
});
/** The page of a card that is not in a reader. */
const cardOut = (inHand?: CardInHand): Where => ({
  ...{ keys: '4 1', loaded: { kind: 'card', page: aCardPage() } },
  ...(inHand ? { inHand } : {}),
});
const person = (changes: Partial<PersonPage> = {}): Where => ({
  ...{ keys: '4 H', loaded: { kind: 'person', page: aPersonPage(changes) } },
});
const request = (changes: Partial<RequestPage> = {}, inHand?: CardInHand): Where => ({
  ...{ keys: '3 1', loaded: { kind: 'request', page: aRequestPage(changes) } },
  ...(inHand ? { inHand } : {}),
});
const operations = (changes: Partial<OperationLine> = {}): Where => ({
  ...{ keys: '4', loaded: { kind: 'operations', lines: [anOperationLine(changes)] } },
});
const kiosk: Where = { keys: '5', loaded: null };
const may = (changes: Partial<RequestPage['may']>) => ({
  may: { approve: null, reject: null, cancel: null, collect: null, ...changes },
});

const REASON = { reason: { code: 'faulty', titles: {} } };
const READY = { state: 'ready' } as const;
const ANOTHER: CardInHand = { ...IN_HAND, cardId: 'another' } as typeof IN_HAND;
const BUSY: CardInHand = { kind: 'busy', reader: 1 };
const DISABLED: CardInHand = {
  ...{ kind: 'refused', reader: 1, code: 'RP-06-disabled', cardId: 'card-anna', serial: null },
};

/** Each action: where it can be done, and where not and why. */
const TABLE: Readonly<
  Record<
    DeskActionName,
    { readonly yes: readonly Where[]; readonly no: readonly (readonly [string, Where])[] }
  >
> = {
  reprovision: {
    yes: [card()],
    no: [
      ['OP-02-own-card', card({ reprovision: [{ ...REASON, refusal: 'OP-02-own-card' }] })],
      ['OP-02-out-of-scope', card({ reprovision: [{ ...REASON, refusal: 'OP-02-out-of-scope' }] })],
      ['OP-02-no-right', card({ reprovision: [] })],
      ['OP-02-card-not-in-reader', cardOut()],
      ['OP-02-card-not-in-reader', cardOut(ANOTHER)],
      ['OP-02-reader-busy', cardOut(BUSY)],
      ['RP-06-disabled', cardOut(DISABLED)],
    ],
  },
  requestUpdate: {
    yes: [card(), cardOut()],
    no: [
      ['KR-03-out-of-scope', card({ request: 'KR-03-out-of-scope' })],
      ['OP-02-no-right', card({ reprovision: [] })],
    ],
  },
  requestExisting: {
    yes: [card(), cardOut()],
    no: [['KR-03-no-right', card({ request: 'KR-03-no-right' })]],
  },
  requestReplacement: {
    // Of a card whose life has ended nothing else can be asked for.
    yes: [card(), cardOut(), card({ request: 'RP-06-cancelled' })],
    no: [
      ['KR-03-no-right', card({ replace: [{ ...REASON, refusal: 'KR-03-no-right' }] })],
      ['OP-02-no-right', card({ replace: [] })],
    ],
  },
  giveCode: { yes: [card(), cardOut()], no: [['OP-02-own-card', card({ giveCode: 'OP-02-own-card' })]] },
  unblockPin: {
    yes: [card()],
    no: [
      ['OP-02-own-card', card({ pinReset: 'OP-02-own-card' })],
      ['OP-02-card-not-in-reader', cardOut()],
    ],
  },
  disable: {
    yes: [card(), cardOut()],
    no: [
      ['OP-02-out-of-scope', card({ disable: [{ ...REASON, refusal: 'OP-02-out-of-scope' }] })],
      ['OP-02-no-right', card({ disable: [] })],
    ],
  },
  enable: { yes: [card(), cardOut()], no: [['OP-02-cancelled', card({ enable: 'OP-02-cancelled' })]] },
  cancelCard: {
    yes: [card(), cardOut()],
    no: [['OP-02-own-card', card({ cancel: [{ ...REASON, refusal: 'OP-02-own-card' }] })]],
  },
  readCard: { yes: [card(), cardOut(DISABLED)], no: [['OP-02-card-not-in-reader', cardOut()]] },
  requestNewCard: {
    yes: [person()],
    no: [
      ['KR-03-out-of-scope', person({ may: { request: 'KR-03-out-of-scope' } })],
      ['KR-03-no-right', person({ profiles: [] })],
    ],
  },
  requestSoft: {
    yes: [person()],
    no: [['KR-03-no-right', person({ may: { request: 'KR-03-no-right' } })]],
  },
  showPhoto: {
    yes: [person()],
    no: [['OP-01-no-photo', person({ person: { ...aPersonPage().person, hasPhoto: false } })]],
  },
  approve: {
    yes: [request()],
    no: [
      ['KR-04-own-request', request(may({ approve: 'KR-04-own-request' }))],
      ['KR-04-own-keys', request(may({ approve: 'KR-04-own-keys' }))],
      ['KR-03-out-of-scope', request(may({ approve: 'KR-03-out-of-scope' }))],
      ['KR-04-decided', request(READY)],
      ['KR-04-over', request({ state: 'completed' })],
    ],
  },
  reject: {
    yes: [request()],
    no: [
      ['KR-03-no-right', request(may({ reject: 'KR-03-no-right' }))],
      ['KR-04-over', request({ state: 'rejected' })],
    ],
  },
  cancelRequest: {
    yes: [request(), request(READY)],
    no: [
      ['KR-03-no-right', request(may({ cancel: 'KR-03-no-right' }))],
      ['KR-04-over', request({ state: 'cancelled' })],
    ],
  },
  collect: {
    yes: [
      request(READY, IN_HAND),
      request({ ...READY, kind: 'cardUpdate', reason: 'faulty' }, IN_HAND),
      request({ ...READY, kind: 'newCard', card: null }, BLANK_IN_HAND),
      request({ ...READY, kind: 'softCertificate', card: null }),
    ],
    no: [
      ['KR-04-not-approved', request({}, IN_HAND)],
      ['KR-03-no-right', request({ ...READY, ...may({ collect: 'KR-03-no-right' }) }, IN_HAND)],
      ['OP-02-card-not-in-reader', request(READY, ANOTHER)],
      ['OP-02-card-not-in-reader', request(READY)],
      ['OP-02-blank-not-in-reader', request({ ...READY, kind: 'newCard', card: null }, IN_HAND)],
      ['KR-04-over', request({ state: 'expired' }, IN_HAND)],
    ],
  },
  giveNumber: {
    yes: [request({ ...READY, kind: 'newCard', card: null })],
    no: [
      ['KR-01-no-number', request(READY)],
      ['KR-04-not-approved', request({ kind: 'newCard', card: null })],
      [
        'KR-03-no-right',
        request({ ...READY, kind: 'newCard', card: null, ...may({ collect: 'KR-03-no-right' }) }),
      ],
    ],
  },
  abandon: {
    yes: [operations()],
    no: [
      ['OP-02-out-of-scope', operations({ mayAbandon: 'OP-02-out-of-scope' })],
      ['OP-05-none', { keys: '4', loaded: { kind: 'operations', lines: [] } }],
    ],
  },
  openHolder: {
    yes: [card(), request(), operations()],
    no: [['OP-05-none', { keys: '4', loaded: { kind: 'operations', lines: [] } }]],
  },
  openCard: { yes: [request()], no: [['OP-01-no-card', request({ card: null })]] },
  testKeyboard: { yes: [kiosk], no: [] },
  testColours: { yes: [kiosk], no: [] },
  testReader: { yes: [kiosk], no: [] },
  findFaults: { yes: [kiosk, { ...kiosk, role: 'helpdesk' }], no: [] },
  leaveKiosk: {
    yes: [kiosk, { ...kiosk, inHand: IN_HAND }],
    no: [
      ['OP-02-no-right', { ...kiosk, role: 'helpdesk' }],
      ['OP-02-reader-busy', { ...kiosk, inHand: BUSY }],
    ],
  },
  signOut: { yes: [{ keys: '5 esc', loaded: null }], no: [] },
};

function answerAt(effect: DeskEffect, loaded: LoadedPage | null): DeskEvent | null {
  return effect.run === 'load' && effect.page.kind === loaded?.kind
    ? { type: 'pageLoaded', attempt: effect.attempt, loaded }
    : answerTo(effect);
}

function go({ keys, loaded, inHand, role }: Where): DeskPlayer {
  const answers: Answers = (effect) => {
    const answer = answerAt(effect, loaded);
    if (role === undefined || answer?.type !== 'signedIn') return answer;
    return { ...answer, operator: { ...answer.operator, role } };
  };
  const player = new DeskPlayer(DESK_START, answers).signIn();
  if (inHand) player.insert(1, inHand);
  return player.press(keys);
}

const named = (player: DeskPlayer, name: DeskActionName) =>
  actionsOf(player.desk).find((action) => action.name === name);

describe('What an operator can do', () => {
  const yes = DESK_ACTIONS.flatMap((name) => TABLE[name].yes.map((where, i) => [name, i, where] as const));
  it.each(yes)('%s is begun by its key (%i)', (name, _, where) => {
    const player = go(where);
    expect(named(player, name)).toMatchObject({ refusal: null });
    const before = player.desk;
    const asked = player.effects.length;
    player.press(named(player, name)!.key);
    expect(player.desk !== before || player.effects.length > asked).toBe(true);
  });

  const no = DESK_ACTIONS.flatMap((name) =>
    TABLE[name].no.map(([code, where], i) => [name, code, i, where] as const),
  );
  it.each(no)('%s is there, grey, and says %s when it is chosen (%i)', (name, code, _, where) => {
    const player = go(where);
    const action = named(player, name);
    expect(action).toMatchObject({ refusal: code });
    const asked = player.effects.length;
    player.press(action!.key);
    expect(player.page).toMatchObject({ said: code });
    expect(codeOfDesk(player.desk.state)).toBe(code);
    expect(player.dialog).toBeNull();
    expect(player.effects).toHaveLength(asked);
    expect(player.press('up').page).toMatchObject({ said: null });
  });

  it('is named before the page is there, and cannot be begun until then', () => {
    const player = new DeskPlayer(DESK_START, (effect) =>
      effect.run === 'load' && effect.page.kind === 'card' ? null : answerTo(effect),
    );
    player.signIn().press('4 1');
    const actions = actionsOf(player.desk).filter(({ name }) => name !== 'openHolder' && name !== 'readCard');
    expect(actions.map(({ refusal }) => refusal)).toEqual(actions.map(() => 'OP-01-loading'));
  });

  it('has a key of its own on each page', () => {
    for (const where of [card(), person(), request(), operations(), kiosk]) {
      const keys = actionsOf(go(where).desk).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.filter((key) => !/^[A-Z]$/.test(key) || 'YJ'.includes(key))).toEqual([]);
    }
  });

  it('chooses no reason that is refused, and says why', () => {
    const refused = [
      { ...REASON, refusal: 'OP-02-no-right' } as const,
      { reason: { code: 'other', titles: {} }, refusal: null },
    ];
    const player = go(card({ disable: refused })).press('D 1');
    expect(player.step).toMatchObject({ kind: 'choose', said: 'OP-02-no-right' });
    expect(player.press('2').step.kind).toBe('write');
  });
});
