import { describe, expect, test } from 'vitest';
import {
  type ActRefusal,
  type ActSubject,
  mayAct,
  type RequestAction,
  type Standing,
} from '../../src/domain/may-act.ts';
import { DEFAULT_REQUEST_RIGHTS } from '../../src/domain/profile.ts';
import {
  moveRequest,
  OPEN_REQUEST_STATES,
  REQUEST_STATES,
  type RequestEvent,
  type RequestState,
  WAITING_REQUEST_STATES,
} from '../../src/domain/request.ts';

const subject = (change: Partial<ActSubject> = {}): ActSubject => ({
  ...{
    rights: DEFAULT_REQUEST_RIGHTS,
    ownerId: 'owner',
    isInScope: true,
    requestedById: 'asker',
    verdictsBy: [],
  },
  ...change,
});
const operator = (change: Partial<Extract<Standing, { kind: 'operator' }>> = {}): Standing => ({
  ...{ kind: 'operator', personId: 'operator', role: 'helpdesk', isActive: true },
  ...change,
});
const WHO: Readonly<Record<string, Standing>> = {
  command: { kind: 'command' },
  owner: { kind: 'holder', personId: 'owner' },
  'somebody else': { kind: 'holder', personId: 'else' },
  helpdesk: operator(),
  administrator: operator({ role: 'administrator' }),
  'the asker': operator({ personId: 'asker' }),
  'the owner as operator': operator({ personId: 'owner' }),
  'no operator': operator({ role: null }),
  'a disabled operator': operator({ isActive: false }),
};
const YES = null;
const OUT = 'KR-03-out-of-scope';
const NO = 'KR-03-no-right';
const NONE = 'ID-05-not-an-operator';
const OFF = 'ID-05-operator-disabled';
type Expected = Record<'see' | 'request' | 'approve' | 'reject' | 'cancel' | 'collect', ActRefusal | null>;
type Row = readonly [who: string, scope: 'in' | 'out', expected: Expected];
const row = (
  who: string,
  scope: 'in' | 'out',
  see: ActRefusal | null,
  request: ActRefusal | null,
  verdict: ActRefusal | null,
  cancel: ActRefusal | null,
  collect: ActRefusal | null,
): Row => [who, scope, { see, request, approve: verdict, reject: verdict, cancel, collect }];

describe('with the rights that a profile has by default', () => {
  //                              see  request verdict            cancel collect
  test.each<Row>([
    row('command', 'in', YES, YES, NONE, YES, YES),
    row('command', 'out', YES, YES, NONE, YES, YES),
    row('owner', 'out', YES, NO, NONE, YES, YES),
    row('somebody else', 'out', OUT, OUT, NONE, OUT, OUT),
    row('helpdesk', 'in', YES, YES, YES, YES, YES),
    row('helpdesk', 'out', OUT, OUT, OUT, OUT, OUT),
    row('administrator', 'in', YES, YES, YES, YES, YES),
    row('administrator', 'out', OUT, OUT, OUT, OUT, OUT),
    row('the asker', 'in', YES, YES, 'KR-04-own-request', YES, YES),
    row('the asker', 'out', OUT, OUT, OUT, YES, OUT),
    row('the owner as operator', 'in', YES, YES, 'KR-04-own-keys', YES, 'KR-04-own-keys'),
    row('the owner as operator', 'out', YES, OUT, OUT, YES, 'KR-04-own-keys'),
    row('no operator', 'in', NONE, NONE, NONE, NONE, NONE),
    row('a disabled operator', 'in', OFF, OFF, OFF, OFF, OFF),
  ])('%s, %s scope, may as the table says', (who, scope, expected) => {
    const actions = Object.keys(expected) as RequestAction[];
    const said = actions.map((action) => [
      action,
      mayAct(WHO[who]!, action, subject({ isInScope: scope === 'in' })),
    ]);
    expect(Object.fromEntries(said)).toEqual(expected);
  });
});

describe('a profile', () => {
  const rights = { request: ['cardholder'], approve: ['administrator'], collect: ['administrator'] } as const;
  test.each<[string, RequestAction, ActRefusal | null]>([
    ['owner', 'request', YES],
    ['owner', 'collect', NO],
    ['helpdesk', 'request', NO],
    ['helpdesk', 'approve', NO],
    ['helpdesk', 'reject', NO],
    ['helpdesk', 'cancel', NO],
    ['helpdesk', 'collect', NO],
    ['administrator', 'request', NO],
    ['administrator', 'approve', YES],
    ['administrator', 'cancel', YES],
    ['administrator', 'collect', YES],
    ['the owner as operator', 'request', YES],
  ])('says whether %s may %s', (who, action, expected) => {
    expect(mayAct(WHO[who]!, action, subject({ rights }))).toBe(expected);
  });

  test('that wants two approvals gets them from two operators', () => {
    expect(mayAct(WHO.helpdesk!, 'approve', subject({ verdictsBy: ['operator'] }))).toBe(
      'KR-04-approved-before',
    );
    expect(mayAct(WHO.helpdesk!, 'approve', subject({ verdictsBy: ['another'] }))).toBe(YES);
  });
});

describe('a request', () => {
  const path = (...events: RequestEvent[]) =>
    events.reduce<RequestState | null>((state, event) => state && moveRequest(state, event), 'requested');

  test.each<[RequestState, RequestEvent[]]>([
    ['ready', ['approved', 'prepared']],
    ['ready', ['submitted', 'approved', 'prepared']],
    ['rejected', ['submitted', 'rejected']],
    ['ready', ['approved', 'prepared', 'begun', 'withdrawn']],
    ['awaitingApproval', ['approved', 'prepared', 'recalled']],
    ['completed', ['approved', 'prepared', 'begun', 'stopped', 'resumed', 'finished']],
    ['completed', ['approved', 'prepared', 'begun', 'stopped', 'finished']],
    ['failed', ['approved', 'prepared', 'begun', 'abandoned']],
    ['expired', ['submitted', 'expired']],
  ])('is %s after %j', (state, events) => {
    expect(path(...events)).toBe(state);
  });

  test('is collected only when it is ready, and called off only while nothing is being written', () => {
    const from = (event: RequestEvent) => REQUEST_STATES.filter((state) => moveRequest(state, event));
    expect(from('begun')).toEqual(['ready']);
    expect(from('cancelled')).toEqual(['requested', 'awaitingApproval', 'approved', 'ready']);
    expect(from('expired')).toEqual([...WAITING_REQUEST_STATES]);
    expect(OPEN_REQUEST_STATES).toEqual([...WAITING_REQUEST_STATES, 'collecting', 'interrupted']);
  });
});
