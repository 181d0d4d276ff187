/** What each role may do, in scope, out of it and to whom it is about themselves: central's answer; null: it is done. */

export const WHO = ['helpdesk', 'administrator', 'no operator any more', 'a disabled account'] as const;
export type Who = (typeof WHO)[number];
export const WHOSE = ['in scope', 'out of scope', 'their own'] as const;
export type Whose = (typeof WHOSE)[number];

/** Of somebody whose right has gone since they signed in; they have no scope any more either. */
export const GONE: ReadonlyMap<Who, string> = new Map([
  ['no operator any more', 'ID-05-not-an-operator'],
  ['a disabled account', 'ID-05-operator-disabled'],
]);

type Codes = readonly [inScope: string | null, outOfScope: string | null, own: string | null];
const OTHERS_CARD: Codes = [null, 'OP-02-out-of-scope', 'OP-02-own-card'];
const OTHERS_KEYS: Codes = [null, 'KR-03-out-of-scope', 'KR-04-own-keys'];
/** What is done with a card by asking for it. */
const OWN_CARD: Codes = [null, 'KR-03-out-of-scope', 'OP-02-own-card'];
/** Asked for or looked at by anybody in scope, who may be themselves: what has to be approved is approved by another one. */
const IN_SCOPE: Codes = [null, 'KR-03-out-of-scope', null];
const NOBODYS: Codes = [null, null, null];
const NO_RIGHT: Codes = ['OP-02-no-right', 'OP-02-no-right', 'OP-02-no-right'];

const HELPDESK = {
  reprovision: OTHERS_CARD,
  requestUpdate: OWN_CARD,
  requestExisting: IN_SCOPE,
  requestReplacement: OWN_CARD,
  giveCode: OTHERS_CARD,
  unblockPin: OTHERS_CARD,
  disable: OTHERS_CARD,
  enable: OTHERS_CARD,
  cancelCard: OTHERS_CARD,
  'cancelCard as a leaver': ['OP-02-no-right', 'OP-02-out-of-scope', 'OP-02-own-card'],
  showPhoto: IN_SCOPE,
  requestNewCard: IN_SCOPE,
  requestSoft: IN_SCOPE,
  approve: OTHERS_KEYS,
  'approve what they asked for': ['KR-04-own-request', 'KR-03-out-of-scope', 'KR-04-own-keys'],
  reject: OTHERS_KEYS,
  cancelRequest: IN_SCOPE,
  'collect a new card': OTHERS_KEYS,
  'collect a file': OTHERS_KEYS,
  'collect keys': OTHERS_KEYS,
  'collect an update': OTHERS_CARD,
  giveNumber: OTHERS_CARD,
  abandon: OTHERS_CARD,
  leaveKiosk: NO_RIGHT,
} satisfies Readonly<Record<string, Codes>>;
export type Action = keyof typeof HELPDESK;
export const ACTIONS = Object.keys(HELPDESK) as Action[];

const ADMINISTRATOR: Readonly<Record<Action, Codes>> = {
  ...HELPDESK,
  'cancelCard as a leaver': OTHERS_CARD,
  leaveKiosk: NOBODYS,
};

export interface Row {
  readonly action: Action;
  readonly who: Who;
  readonly whose: Whose;
  /** Null: it is done. */
  readonly code: string | null;
}

export const TABLE: readonly Row[] = ACTIONS.flatMap((action) =>
  WHO.flatMap((who) =>
    WHOSE.map((whose, column) => {
      const codes: Codes = (who === 'administrator' ? ADMINISTRATOR : HELPDESK)[action];
      return { action, who, whose, code: GONE.get(who) ?? codes[column]! };
    }).filter(({ whose }) => !GONE.has(who) || whose === 'in scope'),
  ),
);
