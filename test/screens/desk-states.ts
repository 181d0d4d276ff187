import type {
  CardPage,
  HistoryLine,
  OperationLine,
  PersonPage,
  RequestLine,
  SignedInOperator,
  SlotOnCard,
} from '../../src/domain/desk-pages.ts';
import type { ListedCertificate } from '../../src/domain/difference.ts';
import type { FoundLine, KioskPage, MachineFinding, RequestPage } from '../../src/flows/desk-data.ts';
import type { DeskDialog, DeskPage, DeskState, DeskStep } from '../../src/flows/desk-state.ts';
import type { DeskView } from '../../src/flows/kiosk-view.ts';

const HELGA: SignedInOperator = {
  id: 'p-helga',
  displayName: 'Helga Huber',
  role: 'helpdesk',
  group: 'Headquarters',
};
const ADA = { id: 'p-ada', displayName: 'Ada Lovelace' };
const ADAS_CARD = { id: 'c-ada', name: 'HQ-0042' };
const ASKED = { attempt: null, refused: null } as const;

function aListed(changes: Partial<ListedCertificate> = {}): ListedCertificate {
  return {
    serialNumber: '4f00aa31bc',
    subject: 'CN=Ada Lovelace, O=Example',
    notBefore: '2024-01-15T00:00:00Z',
    notAfter: '2027-12-31T23:59:59Z',
    state: 'active',
    isArchived: true,
    ...changes,
  };
}

const OLD = aListed({
  serialNumber: '17ab22cd',
  notBefore: '2019-06-01T00:00:00Z',
  notAfter: '2022-05-31T23:59:59Z',
  state: 'superseded',
});
const LOCAL = aListed({ serialNumber: '0d0e0f10', isArchived: false, state: 'revoked' });

export function aRequestLine(changes: Partial<RequestLine> = {}): RequestLine {
  return {
    id: 'r-1',
    kind: 'existingCard',
    state: 'awaitingApproval',
    owner: ADA,
    card: ADAS_CARD,
    reason: null,
    note: 'Old mail from 2021 cannot be read any more',
    requestedBy: 'operator:horst',
    requestedAt: '2026-11-20T08:00:00Z',
    expiresAt: '2026-12-20T08:00:00Z',
    approvals: 0,
    approvalsWanted: 1,
    certificates: 2,
    ...changes,
  };
}

const HISTORY: readonly HistoryLine[] = [
  {
    at: '2026-11-22T10:41:00Z',
    type: 'request.refused',
    actor: 'operator:horst',
    kiosk: 'hall',
    note: 'OP-02-own-card',
  },
  {
    at: '2026-11-20T08:00:00Z',
    type: 'request.made',
    actor: 'operator:horst',
    kiosk: 'hall',
    note: 'Old mail',
  },
  { at: '2026-10-02T09:30:00Z', type: 'operation.completed', actor: 'kiosk:hall', kiosk: 'hall', note: null },
  { at: '2026-10-02T09:28:00Z', type: 'something.new', actor: 'command', kiosk: null, note: null },
];

export const PERSON_PAGE: PersonPage = {
  person: {
    ...ADA,
    login: 'ada',
    mail: 'ada.lovelace@example.org',
    group: 'Engines',
    state: 'active',
    approvedUntil: '2027-05-31T00:00:00Z',
    hasPhoto: true,
  },
  cards: [
    {
      ...ADAS_CARD,
      serial: '1093741',
      state: 'issued',
      profileTitle: 'Staff card',
      expiresAt: '2032-12-31T23:59:59Z',
      hasOpenOperation: false,
    },
    {
      id: 'c-old',
      name: 'HQ-0007',
      serial: '1093702',
      state: 'disabled',
      profileTitle: 'Staff card',
      expiresAt: '2026-01-31T23:59:59Z',
      hasOpenOperation: true,
    },
    {
      id: 'c-new',
      name: 'HQ-0099',
      serial: null,
      state: 'planned',
      profileTitle: 'Recovered keys',
      expiresAt: '2029-12-31T23:59:59Z',
      hasOpenOperation: false,
    },
  ],
  certificates: [aListed(), OLD, LOCAL].map((one, i) => ({
    ...{ ...one, card: ADAS_CARD },
    slot: (['9D', '82', '9A'] as const)[i]!,
  })),
  requests: [
    aRequestLine(),
    aRequestLine({ id: 'r-2', kind: 'cardUpdate', state: 'completed', approvalsWanted: 0 }),
  ],
  history: HISTORY,
  may: { request: null },
  profiles: [
    { name: 'staff', title: 'Staff card' },
    { name: 'recovered', title: 'Recovered keys' },
  ],
};

const REASONS = [
  {
    reason: {
      code: 'profileUpdated',
      oldCertificates: 'revoke',
      oldEncryptionCertificate: 'revoke',
      titles: {
        en: 'The rules for the card have changed',
        de: 'Die Regeln für die Karte haben sich geändert',
        fr: 'Les règles de la carte ont changé',
        es: 'Han cambiado las reglas de la tarjeta',
      },
    },
    refusal: null,
  },
  {
    reason: {
      code: 'faulty',
      titles: {
        en: 'The content of the card is faulty',
        de: 'Der Inhalt der Karte ist fehlerhaft',
        fr: 'Le contenu de la carte est défectueux',
        es: 'El contenido de la tarjeta está dañado',
      },
    },
    refusal: null,
  },
  {
    reason: {
      code: 'exposed',
      titles: {
        en: 'PIN or key exposed',
        de: 'PIN oder Schlüssel bekannt geworden',
        fr: 'PIN ou clé connus',
        es: 'PIN o clave conocidos',
      },
    },
    refusal: 'OP-02-no-right',
  },
] as const;

export const CARD_PAGE: CardPage = {
  witness: [],
  isCodeSigned: true,
  card: {
    ...PERSON_PAGE.cards[0]!,
    guid: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    reason: null,
    profileName: 'staff',
  },
  holder: { ...ADA, state: 'active' },
  slots: (['9A', '9C', '9D', '9E', '82', '83'] as const).map((slot, i) => ({
    slot,
    serialNumber: `4f00aa31b${i}`,
    subject: 'CN=Ada Lovelace, O=Example',
    notAfter: i < 4 ? '2027-12-31T23:59:59Z' : '2022-05-31T23:59:59Z',
    state: i < 4 ? 'active' : 'superseded',
    isArchived: i === 2 || i > 3,
  })),
  history: HISTORY,
  operation: null,
  requests: [aRequestLine()],
  may: {
    reprovision: REASONS,
    cancel: REASONS,
    disable: REASONS,
    enable: null,
    pinReset: null,
    replace: [],
    giveCode: null,
    request: null,
  },
};

const ON_CARD: readonly SlotOnCard[] = [
  {
    slot: '9A',
    serialNumber: '004F00AA31B0',
    subject: 'CN=Ada Lovelace, O=Example',
    notAfter: '2027-12-31T23:59:59Z',
  },
  {
    slot: '9C',
    serialNumber: '99887766',
    subject: 'CN=Ada King, O=Example',
    notAfter: '2025-01-31T23:59:59Z',
  },
  { slot: '9D', serialNumber: null, subject: null, notAfter: null },
  { slot: '9E', serialNumber: '4f00aa31b3', subject: 'CN=Ada Lovelace', notAfter: '2027-12-31T23:59:59Z' },
  { slot: '84', serialNumber: 'abcdef', subject: 'CN=Somebody', notAfter: '2020-12-31T23:59:59Z' },
];

export function anOperationLine(changes: Partial<OperationLine> = {}): OperationLine {
  return {
    id: 'o-1',
    kind: 'reprovision',
    state: 'stuck',
    card: ADAS_CARD,
    holder: ADA,
    kiosk: 'hall',
    reason: 'profileUpdated',
    startedAt: '2026-11-22T08:00:00Z',
    lastWordAt: '2026-11-22T08:01:00Z',
    mayAbandon: null,
    ...changes,
  };
}

const DIFFERENCE = {
  entries: [
    { change: 'kept', from: '9D', to: '9D', certificate: aListed() },
    { change: 'moved', from: '84', to: '82', certificate: OLD },
    { change: 'added', from: null, to: '83', certificate: aListed({ serialNumber: 'aa01' }) },
    { change: 'removed', from: '82', to: null, certificate: OLD },
    { change: 'left', from: null, to: null, certificate: LOCAL },
  ],
  problem: null,
} as const;

const REQUEST_PAGE: RequestPage = {
  ...aRequestLine(),
  profileName: 'staff',
  list: [
    { ...aListed(), wasOnCard: true, isWanted: true },
    { ...OLD, wasOnCard: false, isWanted: true },
    { ...LOCAL, wasOnCard: true, isWanted: false },
  ],
  verdicts: [
    {
      by: { id: 'p-otto', displayName: 'Otto Ober' },
      verdict: 'approved',
      note: 'asked by phone',
      givenAt: '2026-11-21T08:00:00Z',
    },
  ],
  difference: DIFFERENCE,
  may: { approve: null, reject: null, cancel: 'KR-03-no-right', collect: null },
  history: HISTORY,
};

const FOUND: readonly FoundLine[] = [
  {
    kind: 'person',
    personId: 'p-ada',
    displayName: 'Ada Lovelace',
    mail: 'ada.lovelace@example.org',
    login: 'ada',
    state: 'active',
  },
  {
    kind: 'person',
    personId: 'p-adam',
    displayName: 'Adam Riese',
    mail: null,
    login: null,
    state: 'disabled',
  },
  { kind: 'card', cardId: 'c-ada', name: 'HQ-0042', serial: '1093741', state: 'issued', holder: ADA },
  { kind: 'card', cardId: 'c-old', name: 'HQ-0007', serial: '1093702', state: 'cancelled', holder: ADA },
];

const MACHINE: KioskPage = {
  version: '0.1.0',
  kioskName: 'Lobby, ground floor',
  isCentralReached: true,
  refusedAs: null,
  dataAgeSeconds: 3,
  dataRevision: 48_213,
  diskFreeMiB: 20_480,
  clockOffsetMs: 120,
  unsentEvents: 0,
  unsentBecause: null,
  isCardServiceUp: true,
  readers: [
    { reader: 0, name: 'Virtual PCD 00 00', hasCard: true, trouble: null },
    { reader: 1, name: 'Virtual PCD 00 01', hasCard: false, trouble: 'UX-06-reader-busy' },
  ],
};

/** A face of two colours, larger than any terminal. */
const PHOTO = {
  width: 120,
  height: 160,
  rgb: Uint8Array.from({ length: 120 * 160 * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % 120, Math.floor(i / 360)];
    const isFace = ((x - 60) / 38) ** 2 + ((y - 80) / 55) ** 2 < 1;
    const isEye = Math.hypot(x - 45, y - 65) < 7 || Math.hypot(x - 75, y - 65) < 7;
    return isEye ? 20 : isFace ? [230, 190, 160][i % 3]! : [40, 60, 110][i % 3]!;
  }),
};

const HOME: DeskPage = { kind: 'home', selected: 0, said: null };
const SEARCH = {
  kind: 'search',
  query: 'ad',
  result: { query: 'ad', lines: FOUND, hasMore: true },
  selected: 0,
  opensFirst: false,
  ...ASKED,
} as const;
const PERSON = {
  kind: 'person',
  personId: 'p-ada',
  page: PERSON_PAGE,
  tab: 'cards',
  selected: 0,
  photo: null,
  said: null,
  ...ASKED,
} as const;
const CARD = {
  kind: 'card',
  cardId: 'c-ada',
  page: CARD_PAGE,
  onCard: null,
  selected: 0,
  said: null,
  ...ASKED,
} as const;
const REQUESTS: Extract<DeskPage, { kind: 'requests' }> = {
  ...{ kind: 'requests', view: 'toApprove', lines: PERSON_PAGE.requests, total: 2, selected: 0, said: null },
  ...ASKED,
};
const REQUEST = {
  kind: 'request',
  requestId: 'r-1',
  page: REQUEST_PAGE,
  selected: 0,
  said: null,
  ...ASKED,
} as const;
const OPERATIONS: Extract<DeskPage, { kind: 'operations' }> = {
  ...{
    kind: 'operations',
    lines: [
      anOperationLine(),
      anOperationLine({
        id: 'o-2',
        state: 'abandoned',
        mayAbandon: 'RP-17-closed',
        kind: 'empty',
        reason: '',
      }),
    ],
    selected: 0,
    said: null,
  },
  ...ASKED,
};
/** As the doctor has them: more than there is room for. */
const FINDINGS: readonly MachineFinding[] = [
  {
    subject: 'readers',
    verdict: 'wrong',
    says: 'OMNIKEY 00: the card does not answer',
    remedy: 'take it out, look at its chip, put it in the right way up',
  },
  {
    subject: 'card-rights',
    verdict: 'wrong',
    says: 'every program may use the readers',
    remedy:
      'systemctl daemon-reload; systemctl stop pcscd.service pcscd.socket; systemctl start pcscd.socket; and look whether another package has a drop-in for it as well',
  },
  ...(Array.from({ length: 14 }, (_, i) => ({
    ...{ subject: `check-${i}`, verdict: 'note', says: `it cannot be seen from here (${i})` },
    remedy: 'run recard doctor as root',
  })) as MachineFinding[]),
  { subject: 'runtime', verdict: 'good', says: 'Node v24.21.0', remedy: null },
];
const KIOSK = { kind: 'kiosk', test: null, said: null } as const;
const AUDIT: Extract<DeskPage, { kind: 'audit' }> = {
  ...{
    kind: 'audit',
    lines: HISTORY.map((line) => ({ ...line, holder: 'Ada Lovelace', card: 'HQ-0042' })),
    selected: 0,
    said: null,
  },
  ...ASKED,
};

/** Every page as it is, as it is waited for, and with a no. */
const PAGES: Readonly<Record<string, DeskPage>> = {
  home: HOME,
  'home, a no': { ...HOME, selected: 1, said: 'OP-01-no-card' },
  'search, nothing typed': { ...SEARCH, query: '', result: null },
  'search, typed': SEARCH,
  'search, nobody': { ...SEARCH, query: 'zzz', result: { query: 'zzz', lines: [], hasMore: false } },
  'search, a no': { ...SEARCH, refused: 'OP-01-no-copy' },
  'person, cards': PERSON,
  'person, certificates': { ...PERSON, tab: 'certificates', selected: 2 },
  'person, requests': { ...PERSON, tab: 'requests' },
  'person, history': { ...PERSON, tab: 'history' },
  'person, photo': { ...PERSON, photo: { picture: PHOTO, ...ASKED } },
  'person, photo waited for': { ...PERSON, photo: { picture: null, attempt: 3, refused: null } },
  'person, no photo': { ...PERSON, photo: { picture: null, attempt: null, refused: 'OP-01-no-photo' } },
  'person, waited for': { ...PERSON, page: null, attempt: 2 },
  'person, a no': { ...PERSON, page: null, refused: 'SY-03-central-not-reached' },
  'person, with nothing': {
    ...PERSON,
    page: { ...PERSON_PAGE, cards: [], may: { request: 'KR-03-out-of-scope' } },
  },
  'card, not read': CARD,
  'card, being read': { ...CARD, onCard: { slots: null, attempt: 4, refused: null } },
  'card, not to be read': {
    ...CARD,
    onCard: { slots: null, attempt: null, refused: 'UX-06-card-unresponsive' },
  },
  'card, read': { ...CARD, onCard: { slots: ON_CARD, ...ASKED }, selected: 1 },
  'card, the same': {
    ...CARD,
    onCard: { slots: CARD_PAGE.slots.map((one) => ({ ...one, slot: one.slot as '9A' })), ...ASKED },
  },
  'card, disabled and unfinished': {
    ...CARD,
    page: {
      ...CARD_PAGE,
      card: { ...CARD_PAGE.card, state: 'disabled', reason: 'faulty', expiresAt: '2026-01-01T00:00:00Z' },
      holder: { ...ADA, state: 'disabled' },
      operation: anOperationLine(),
    },
    said: 'OP-02-own-card',
  },
  'card, waited for': { ...CARD, page: null, attempt: 2 },
  'card, a no': { ...CARD, page: null, refused: 'OP-02-out-of-scope' },
  'requests, to approve': REQUESTS,
  'requests, waiting, some of many': { ...REQUESTS, view: 'waiting', total: 340 },
  'requests, done, none': { ...REQUESTS, view: 'done', lines: [] },
  'requests, waited for': { ...REQUESTS, lines: null, attempt: 1 },
  'request, keys onto card': { ...REQUEST, selected: 1 },
  'request, a no': { ...REQUEST, said: 'KR-04-own-request' },
  'request, file': {
    ...REQUEST,
    page: { ...REQUEST_PAGE, kind: 'softCertificate', card: null, difference: null },
  },
  'request, card update': {
    ...REQUEST,
    page: {
      ...REQUEST_PAGE,
      kind: 'cardUpdate',
      reason: 'profileUpdated',
      list: [],
      difference: null,
      verdicts: [],
    },
  },
  'request, waited for': { ...REQUEST, page: null, attempt: 1 },
  operations: OPERATIONS,
  'operations, the first of many': { ...OPERATIONS, total: 1_204 },
  'operations, none': { ...OPERATIONS, lines: [] },
  'operations, a no': { ...OPERATIONS, lines: null, refused: 'SY-03-central-not-reached' },
  kiosk: KIOSK,
  'kiosk, keyboard': { ...KIOSK, test: { kind: 'keyboard', keys: ['A', 'ß', ' ', 'confirm', 'up', '7'] } },
  'kiosk, keyboard, no key': { ...KIOSK, test: { kind: 'keyboard', keys: [] } },
  'kiosk, colours': { ...KIOSK, test: { kind: 'colours' } },
  'kiosk, faults': {
    ...KIOSK,
    test: { kind: 'faults', findings: FINDINGS, selected: 1, attempt: null, refused: null },
  },
  'kiosk, faults, looked for': {
    ...KIOSK,
    test: { kind: 'faults', findings: null, selected: 0, attempt: 7, refused: null },
  },
  'kiosk, faults, none': {
    ...KIOSK,
    test: { kind: 'faults', findings: FINDINGS.slice(-3), selected: 2, attempt: null, refused: null },
  },
  'kiosk, faults, a no': {
    ...KIOSK,
    test: { kind: 'faults', findings: null, selected: 0, attempt: null, refused: 'UX-09-internal' },
  },
  'kiosk, reader': {
    ...KIOSK,
    test: {
      kind: 'reader',
      seen: [
        { reader: 0, isIn: true },
        { reader: 9, isIn: false },
      ],
    },
  },
  audit: AUDIT,
  'audit, with older lines': { ...AUDIT, older: 17 },
  'audit, none': { ...AUDIT, lines: [] },
};

const CHOSEN = {
  ...{
    reason: null,
    profile: null,
    code: null,
    proof: null,
    certificates: [],
    without: [],
    difference: null,
  },
  ...{ note: null, statementId: null, plannedCardId: null, witnessId: null },
} as const;

export function aDialog(step: DeskStep, changes: Partial<DeskDialog> = {}): DeskDialog {
  return {
    action: 'disable',
    subject: {
      ...{ personId: ADA.id, personName: ADA.displayName, cardId: ADAS_CARD.id, cardName: ADAS_CARD.name },
      ...{ requestId: null, operationId: null },
    },
    chosen: CHOSEN,
    step,
    past: [],
    ...changes,
  };
}

const reasonOptions = REASONS.map(({ reason, refusal }) => ({
  value: reason.code,
  titles: reason.titles,
  refusal,
}));
const plain = (values: readonly string[]) => values.map((value) => ({ value, titles: null, refusal: null }));
const RECOVERABLE = [
  { ...aListed(), issuedFor: ADAS_CARD, isOn: [{ ...ADAS_CARD, slot: '9D' as const }] },
  { ...OLD, issuedFor: ADAS_CARD, isOn: [] },
  { ...LOCAL, issuedFor: ADAS_CARD, isOn: [{ id: 'c-old', name: 'HQ-0007', slot: '9D' as const }] },
];
const SIGN: Extract<DeskStep, { kind: 'sign' }> = {
  ...{ kind: 'sign', who: 'witness', reader: 1, cardId: 'c-otto', holderName: 'Otto Ober', triesLeft: 3 },
  ...{ length: 0, error: null, asksForLastTry: false },
};
const said = (outcome: Extract<DeskStep, { kind: 'said' }>['outcome']) => aDialog({ kind: 'said', outcome });
const GIVEN = { expiresAt: '2026-11-22T10:44:00Z', sentTo: null } as const;

/** Every step of a dialog. */
const DIALOGS: Readonly<Record<string, DeskDialog>> = {
  reason: aDialog({ kind: 'choose', what: 'reason', options: reasonOptions, selected: 0, said: null }),
  'reason, a no': aDialog({
    kind: 'choose',
    what: 'reason',
    options: reasonOptions,
    selected: 2,
    said: 'OP-02-no-right',
  }),
  'no reason': aDialog({ kind: 'choose', what: 'reason', options: [], selected: 0, said: null }),
  profile: aDialog(
    {
      kind: 'choose',
      what: 'profile',
      options: [{ value: 'staff', titles: { en: 'Staff card', de: 'Staff card' }, refusal: null }],
      selected: 0,
      said: null,
    },
    { action: 'requestNewCard' },
  ),
  code: aDialog(
    {
      kind: 'choose',
      what: 'code',
      options: plain(['short-shown', 'short-sent', 'long-shown', 'long-sent']),
      selected: 1,
      said: null,
    },
    { action: 'giveCode' },
  ),
  'code, none by mail': aDialog(
    {
      kind: 'choose',
      what: 'code',
      options: plain(['short-shown', 'short-sent', 'long-shown', 'long-sent']).map((option) => ({
        ...{ ...option, refusal: option.value.endsWith('sent') ? 'OP-02-no-mail' : null },
      })),
      selected: 1,
      said: 'OP-02-no-mail',
    },
    { action: 'giveCode' },
  ),
  proof: aDialog(
    {
      kind: 'choose',
      what: 'proof',
      options: plain(['pin', 'operator', 'code', 'number']),
      selected: 0,
      said: null,
    },
    { action: 'reprovision' },
  ),
  'asking for keys': aDialog(
    { kind: 'asking', what: 'recoverable', attempt: 1 },
    { action: 'requestExisting' },
  ),
  'asking for the difference': aDialog(
    { kind: 'asking', what: 'difference', attempt: 1 },
    { action: 'requestExisting' },
  ),
  pick: aDialog(
    {
      kind: 'pick',
      certificates: RECOVERABLE,
      cardId: ADAS_CARD.id,
      wanted: [OLD.serialNumber],
      without: [aListed().serialNumber],
      row: 1,
      said: null,
    },
    { action: 'requestExisting' },
  ),
  'pick, a no': aDialog(
    {
      kind: 'pick',
      certificates: RECOVERABLE,
      cardId: null,
      wanted: [],
      without: [],
      row: 2,
      said: 'KR-11-not-archived',
    },
    { action: 'requestSoft' },
  ),
  difference: aDialog({ kind: 'difference', difference: DIFFERENCE, row: 0 }, { action: 'requestExisting' }),
  'difference, a no': aDialog(
    { kind: 'difference', difference: { ...DIFFERENCE, problem: 'KR-07-too-few-slots' }, row: 4 },
    { action: 'requestExisting' },
  ),
  removal: aDialog({ kind: 'removal', certificates: [OLD, LOCAL], row: 0 }, { action: 'requestExisting' }),
  write: aDialog({
    kind: 'write',
    text: 'Called by phone, 22 November, and ',
    isDemanded: false,
    error: null,
  }),
  'write, nothing': aDialog(
    { kind: 'write', text: '', isDemanded: true, error: 'empty' },
    { action: 'reject' },
  ),
  'write, much': aDialog({ kind: 'write', text: 'many words '.repeat(45), isDemanded: true, error: null }),
  lookingAtWitness: aDialog({ kind: 'lookingAtWitness', reader: 1, attempt: 1 }),
  witnessCard: aDialog({ kind: 'witnessCard', said: null }),
  'witnessCard, a no': aDialog({ kind: 'witnessCard', said: 'OP-02-witness-is-operator' }),
  sign: aDialog(SIGN),
  'sign for a reason': aDialog(
    { ...SIGN, error: 'wrong', length: 6, triesLeft: 1 },
    { chosen: { ...CHOSEN, reason: reasonOptions[0]! } },
  ),
  'sign oneself, wrong': aDialog({ ...SIGN, who: 'operator', error: 'wrong', length: 6, triesLeft: 2 }),
  'sign for a code': aDialog(
    { ...SIGN, who: 'operator', cardId: 'c-helga', holderName: 'Helga Huber' },
    { action: 'giveCode', chosen: { ...CHOSEN, code: 'short-shown' } },
  ),
  'sign, last try': aDialog({ ...SIGN, triesLeft: 1, length: 6, error: 'wrong', asksForLastTry: true }),
  signing: aDialog({
    kind: 'signing',
    who: 'witness',
    reader: 1,
    cardId: 'c-otto',
    holderName: 'Otto Ober',
    attempt: 1,
  }),
  'card back': aDialog({ kind: 'cardBack', wants: { kind: 'card', cardId: ADAS_CARD.id } }),
  'empty card back': aDialog(
    { kind: 'cardBack', wants: { kind: 'blank', cardId: null } },
    { action: 'collect' },
  ),
  working: aDialog({ kind: 'working', attempt: 1 }),
  refused: said({ kind: 'refused', code: 'OP-02-witness-wanted' }),
  'stopped at the cardholder’s turn': said({ kind: 'stopped', code: 'RP-17-card-removed' }),
  'without an answer': said({ kind: 'unanswered', code: 'SY-03-central-not-reached' }),
  'refused without words': said({ kind: 'refused', code: 'ZZ-99-something-new' }),
  'card out': said({ kind: 'cardOut', code: 'OP-02-card-out' }),
  requested: said({ kind: 'requested', requestId: 'r-1', isToBeApproved: true }),
  'requested, ready': said({ kind: 'requested', requestId: 'r-1', isToBeApproved: false }),
  approved: said({ kind: 'approved' }),
  rejected: said({ kind: 'rejected' }),
  cancelled: said({ kind: 'cancelled' }),
  abandoned: said({ kind: 'abandoned' }),
  left: aDialog({ kind: 'said', outcome: { kind: 'left' } }, { action: 'leaveKiosk' }),
  'leave?': aDialog({ kind: 'confirm' }, { action: 'leaveKiosk' }),
  'short code': said({ kind: 'given', given: { ...GIVEN, digits: '40719382' } }),
  'long number': said({ kind: 'given', given: { ...GIVEN, digits: '000042123456789012' } }),
  'sent code': said({ kind: 'given', given: { ...GIVEN, digits: null, sentTo: 'a..@example.org' } }),
  changed: said({ kind: 'changed', revoked: ['1', '2'], held: ['3'], released: [] }),
  enabled: said({ kind: 'changed', revoked: [], held: [], released: ['3', '4'] }),
};
const CONFIRMS = [
  ...['reprovision', 'requestUpdate', 'requestExisting', 'requestReplacement', 'giveCode', 'unblockPin'],
  ...['disable', 'enable', 'cancelCard', 'requestNewCard', 'requestSoft', 'approve', 'reject'],
  ...['cancelRequest', 'collect', 'giveNumber', 'abandon'],
] as const;

export function atDesk(
  pages: readonly DeskPage[],
  dialog: DeskDialog | null = null,
): Extract<DeskState, { kind: 'open' }> {
  return {
    kind: 'open',
    operator: HELGA,
    cardId: 'c-helga',
    sessionIdleSeconds: 600,
    pages: [HOME, ...pages],
    dialog,
  };
}

/** As one comes to it. */
function atPage(page: DeskPage): DeskState {
  if (page.kind === 'home') return { ...atDesk([]), pages: [page] };
  const below =
    page.kind === 'person' || page.kind === 'card' ? [SEARCH] : page.kind === 'request' ? [REQUESTS] : [];
  return atDesk([...below, page]);
}

const ENTER_PIN: Extract<DeskState, { kind: 'enterOperatorPin' }> = {
  ...{ kind: 'enterOperatorPin', reader: 1, cardId: 'c-helga', holderName: 'Helga Huber', triesLeft: 3 },
  ...{ length: 0, error: null, asksForLastTry: false },
};
const SIGN_IN: Readonly<Record<string, DeskState>> = {
  askCard: { kind: 'askCard' },
  lookingAtOperator: { kind: 'lookingAtOperator', reader: 1, attempt: 1 },
  enterOperatorPin: ENTER_PIN,
  'enterOperatorPin, wrong': { ...ENTER_PIN, triesLeft: 2, error: 'wrong' },
  'enterOperatorPin, last try': {
    ...ENTER_PIN,
    triesLeft: 1,
    length: 6,
    error: 'wrong',
    asksForLastTry: true,
  },
  signingIn: { kind: 'signingIn', reader: 1, cardId: 'c-helga', holderName: 'Helga Huber', attempt: 1 },
  signInRefused: { kind: 'signInRefused', reader: 1, code: 'ID-05-not-an-operator' },
  signedOut: { kind: 'signedOut', code: 'ID-05-idle' },
};

const confirms = CONFIRMS.map((action): readonly [string, DeskState] => {
  const chosen = {
    ...CHOSEN,
    reason: reasonOptions[0]!,
    note: 'Asked for by phone',
    certificates: ['1', '2'],
  };
  return [`confirm ${action}`, atDesk([CARD], aDialog({ kind: 'confirm' }, { action, chosen }))];
});

/** Every state in which the desk is seen, by a name. */
export const DESK_STATES: readonly (readonly [string, DeskState])[] = [
  ...Object.entries(SIGN_IN),
  ...Object.entries(PAGES).map(([name, page]): readonly [string, DeskState] => [name, atPage(page)]),
  ...Object.entries(DIALOGS).map(([name, dialog]): readonly [string, DeskState] => [
    `step ${name}`,
    atDesk([PERSON, CARD], dialog),
  ]),
  ...confirms,
];

export function aDeskView(state: DeskState, changes: Partial<DeskView> = {}): DeskView {
  return {
    state,
    inHand: { kind: 'known', reader: 0, cardId: 'c-ada', holderName: 'Ada Lovelace', serial: '1093741' },
    reader: 1,
    occupied: [1, 0],
    machine: MACHINE,
    ...changes,
  };
}
