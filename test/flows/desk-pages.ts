import type { CardPage, OperationLine, PersonPage, RequestLine } from '../../src/domain/desk-pages.ts';
import type { ListedCertificate } from '../../src/domain/difference.ts';
import type { CardInHand, RecoverableLine, RequestPage, SearchResult } from '../../src/flows/desk-data.ts';
import { aDifference } from './collect-states.ts';

/** Pages of the desk as central answers them, of Anna, her card, and what is asked for. */

export const ANNA = { id: 'person-anna', displayName: 'Anna Beispiel' };
export const HELGA = {
  ...{ id: 'person-helga', displayName: 'Helga Klein' },
  ...({ role: 'administrator', group: 'North' } as const),
};
export const CARD = { id: 'card-anna', name: '10000001' };
/** Helga's own. */
export const HELGAS_CARD = 'card-helga';

const WHEN = '2026-11-23T09:00:00Z';
const LATER = '2029-11-23T09:00:00Z';

export function aCertificate(
  serialNumber: string,
  changes: Partial<ListedCertificate> = {},
): ListedCertificate {
  return {
    ...{ serialNumber, subject: 'CN=Anna Beispiel', notBefore: WHEN, notAfter: LATER },
    ...{ state: 'superseded', isArchived: true },
    ...changes,
  };
}

/** One that is on Anna's card, one that is not, and one whose key is nowhere else. */
export const RECOVERABLE: readonly RecoverableLine[] = [
  { ...aCertificate('0a', { state: 'active' }), issuedFor: CARD, isOn: [{ ...CARD, slot: '9D' }] },
  { ...aCertificate('0b'), issuedFor: CARD, isOn: [] },
  { ...aCertificate('0c', { isArchived: false }), issuedFor: CARD, isOn: [] },
];

export function aRequestLine(changes: Partial<RequestLine> = {}): RequestLine {
  return {
    ...{ id: 'request-1', kind: 'existingCard', state: 'awaitingApproval', owner: ANNA, card: CARD },
    ...{ reason: null, note: null, requestedBy: 'operator:otto', requestedAt: WHEN, expiresAt: LATER },
    ...{ approvals: 0, approvalsWanted: 1, certificates: 1 },
    ...changes,
  };
}

export function aRequestPage(changes: Partial<RequestPage> = {}): RequestPage {
  return {
    ...aRequestLine(),
    ...{ profileName: 'staff', verdicts: [], history: [], difference: aDifference() },
    list: [{ ...aCertificate('0b'), wasOnCard: false, isWanted: true }],
    may: { approve: null, reject: null, cancel: null, collect: null },
    isCodeSigned: true,
    ...changes,
  };
}

export function aPersonPage(changes: Partial<PersonPage> = {}): PersonPage {
  return {
    person: {
      ...ANNA,
      ...{ login: 'anna', mail: 'anna@example.org', group: 'North', state: 'active' },
      ...{ approvedUntil: null, hasPhoto: true },
    },
    cards: [
      {
        ...CARD,
        ...{ serial: '10000001', state: 'issued', profileTitle: 'Staff', expiresAt: LATER },
        hasOpenOperation: false,
      },
    ],
    certificates: [{ ...aCertificate('0a'), card: CARD, slot: '9D' }],
    requests: [aRequestLine()],
    history: [],
    may: { request: null },
    profiles: [{ name: 'staff', title: 'Staff' }],
    ...changes,
  };
}

const FAULTY = { code: 'faulty', titles: { en: 'Card content faulty' } };
const LOST = { code: 'lost', titles: { en: 'Lost' } };
const INVESTIGATED = { code: 'investigation', titles: { en: 'Under investigation' } };

export const MAY_ALL: CardPage['may'] = {
  reprovision: [{ reason: FAULTY, refusal: null }],
  cancel: [{ reason: LOST, refusal: null }],
  disable: [{ reason: INVESTIGATED, refusal: null }],
  replace: [{ reason: LOST, refusal: null }],
  ...{ enable: null, pinReset: null, giveCode: null, request: null },
};

export function aCardPage(changes: Partial<CardPage> = {}): CardPage {
  const [card] = aPersonPage().cards;
  return {
    card: { ...card!, guid: '00000000-0000-4000-8000-000000000001', reason: null, profileName: 'staff' },
    holder: { ...ANNA, state: 'active' },
    slots: [
      {
        ...{ slot: '9A', serialNumber: '01', subject: 'CN=Anna Beispiel', notAfter: LATER },
        ...{ state: 'active', isArchived: false },
      },
      {
        ...{ slot: '9D', serialNumber: '0a', subject: 'CN=Anna Beispiel', notAfter: LATER },
        ...{ state: 'active', isArchived: true },
      },
    ],
    ...{ history: [], operation: null, requests: [] },
    may: MAY_ALL,
    witness: [],
    isCodeSigned: true,
    ...changes,
  };
}

export function anOperationLine(changes: Partial<OperationLine> = {}): OperationLine {
  return {
    ...{ id: 'operation-1', kind: 'reprovision', state: 'stuck', card: CARD, holder: ANNA, kiosk: 'hall' },
    ...{ reason: 'faulty', startedAt: WHEN, lastWordAt: WHEN, mayAbandon: null },
    ...changes,
  };
}

export const FOUND: SearchResult = {
  query: 'ann',
  lines: [
    {
      ...{ kind: 'person', personId: ANNA.id, displayName: ANNA.displayName },
      ...{ mail: 'anna@example.org', login: 'anna', state: 'active' },
    },
    { kind: 'card', cardId: CARD.id, name: CARD.name, serial: '10000001', state: 'issued', holder: ANNA },
  ],
  hasMore: false,
};

/** Anna's card in the other reader. */
export const IN_HAND: CardInHand = {
  ...{ kind: 'known', reader: 1, cardId: CARD.id, holderName: ANNA.displayName, serial: '10000001' },
};
export const BLANK_IN_HAND: CardInHand = { kind: 'blank', reader: 1, cardId: null, serial: '10000002' };
