/** What an operator can do on each page, by which key, and why not (OP-02, OP-03). */
import type { CardPage, ReasonChoice, Refusal, SignedInOperator } from '../domain/desk-pages.ts';
import type { RequestState } from '../domain/request.ts';
import type { CardInHand, RequestPage } from './desk-data.ts';
import { type Page, readerOf } from './desk-moves.ts';
import type { DeskAction, DeskActionName, DeskPage, DeskState } from './desk-state.ts';

/** Nothing is known of what the page is about yet. */
const NOT_LOADED = 'OP-01-loading';
/** The card has to be in the other reader for it. */
export const CARD_NOT_IN = 'OP-02-card-not-in-reader';
/** Somebody is at work with the other reader. */
const READER_BUSY = 'OP-02-reader-busy';
const BLANK_NOT_IN = 'OP-02-blank-not-in-reader';

type Line = readonly [key: string, name: DeskActionName, refusal: string | null];

/** What the page in sight offers; nothing where no page is. What may not be done is there, with its reason (OP-03). */
export function actionsOf({
  state,
  inHand,
}: {
  readonly state: DeskState;
  readonly inHand: CardInHand;
}): readonly DeskAction[] {
  if (state.kind !== 'open') return [];
  const page = state.pages.at(-1);
  if (!page) return [];
  return linesOf(page, inHand, state.operator).map(([key, name, refusal]) => ({ key, name, refusal }));
}

function linesOf(page: DeskPage, inHand: CardInHand, { role }: SignedInOperator): readonly Line[] {
  switch (page.kind) {
    case 'home':
      return [['X', 'signOut', null]];
    case 'person':
      return personLines(page);
    case 'card':
      return cardLines(page, inHand);
    case 'request':
      return requestLines(page, inHand);
    case 'operations':
      return operationLines(page);
    case 'kiosk':
      return [
        ['K', 'testKeyboard', null],
        ['C', 'testColours', null],
        ['R', 'testReader', null],
        ['F', 'findFaults', null],
        ['M', 'leaveKiosk', leaveRefusal(role, inHand)],
      ];
    default:
      return [];
  }
}

/** Central decides; and no card is left half written for it. */
function leaveRefusal(role: SignedInOperator['role'], { kind }: CardInHand): string | null {
  if (role !== 'administrator') return 'OP-02-no-right';
  return kind === 'busy' ? READER_BUSY : null;
}

function personLines({ page, refused }: Page<'person'>): readonly Line[] {
  const missing = page === null ? (refused ?? NOT_LOADED) : null;
  const request = page?.may.request ?? (page?.profiles.length === 0 ? 'KR-03-no-right' : null);
  const noPhoto = page?.person.hasPhoto === false ? 'OP-01-no-photo' : null;
  return [
    ['F', 'showPhoto', missing ?? noPhoto],
    ['N', 'requestNewCard', missing ?? request],
    ['S', 'requestSoft', missing ?? request],
  ];
}

function cardLines({ page, refused, cardId }: Page<'card'>, inHand: CardInHand): readonly Line[] {
  const missing = page === null ? (refused ?? NOT_LOADED) : null;
  const may = page?.may;
  const inReader = cardInReader(inHand, cardId);
  const isHere = readerOf(inHand, cardId) === null ? CARD_NOT_IN : null;
  const line = (key: string, name: DeskActionName, refusal: string | null | undefined): Line => [
    key,
    name,
    missing ?? refusal ?? null,
  ];
  return [
    line('R', 'reprovision', may && (choiceRefusal(may.reprovision) ?? inReader)),
    line('U', 'requestUpdate', may && (may.request ?? choiceRefusal(reasonsOf(page, 'requestUpdate')))),
    line('K', 'requestExisting', may?.request),
    line('N', 'requestReplacement', may && choiceRefusal(may.replace)),
    line('O', 'giveCode', may?.giveCode),
    line('P', 'unblockPin', may && (may.pinReset ?? inReader)),
    line('D', 'disable', may && choiceRefusal(may.disable)),
    line('E', 'enable', may?.enable),
    line('C', 'cancelCard', may && choiceRefusal(may.cancel)),
    line('W', 'readCard', isHere),
    line('H', 'openHolder', null),
  ];
}

/** Of the card in hand nothing can be begun that the walk-up has refused: the same code says why. */
function cardInReader(inHand: CardInHand, cardId: string): string | null {
  const reader = readerOf(inHand, cardId);
  if (reader === 'busy') return READER_BUSY;
  if (reader === null) return CARD_NOT_IN;
  return inHand.kind === 'refused' ? inHand.code : null;
}

/** Null where one of the reasons can be chosen. */
function choiceRefusal(choices: readonly ReasonChoice[]): Refusal {
  const refusals = choices.map(({ refusal }) => refusal);
  return refusals.includes(null) ? null : (refusals[0] ?? 'OP-02-no-right');
}

const OVER: readonly (RequestState | 'unknown')[] = [
  'rejected',
  'completed',
  'failed',
  'cancelled',
  'expired',
];
const COLLECTABLE: readonly (RequestState | 'unknown')[] = ['ready', 'collecting', 'interrupted'];

function requestLines({ page, refused }: Page<'request'>, inHand: CardInHand): readonly Line[] {
  const missing = page === null ? (refused ?? NOT_LOADED) : null;
  const line = (key: string, name: DeskActionName, refusal: string | null | undefined): Line => [
    key,
    name,
    missing ?? refusal ?? null,
  ];
  const isOver = page && OVER.includes(page.state) ? 'KR-04-over' : null;
  const isUndecided = page?.state === 'requested' || page?.state === 'awaitingApproval';
  const decided = isOver ?? (isUndecided ? null : 'KR-04-decided');
  return [
    line('A', 'approve', decided ?? page?.may.approve),
    line('R', 'reject', decided ?? page?.may.reject),
    line('C', 'cancelRequest', isOver ?? page?.may.cancel),
    line('L', 'collect', isOver ?? (page && collectRefusal(page, inHand))),
    line('O', 'giveNumber', isOver ?? (page && numberRefusal(page))),
    line('H', 'openHolder', null),
    line('K', 'openCard', page?.card === null ? 'OP-01-no-card' : null),
  ];
}

function collectRefusal(page: RequestPage, inHand: CardInHand): string | null {
  if (!COLLECTABLE.includes(page.state)) return 'KR-04-not-approved';
  if (page.may.collect !== null) return page.may.collect;
  switch (page.kind) {
    case 'softCertificate':
      return null;
    case 'newCard':
      return blankInReader(inHand);
    case 'unknown':
      return 'SY-06-newer-kiosk';
    default:
      return page.card === null ? CARD_NOT_IN : cardInReader(inHand, page.card.id);
  }
}

function blankInReader({ kind }: CardInHand): string | null {
  if (kind === 'busy' || kind === 'looking') return READER_BUSY;
  return kind === 'blank' ? null : BLANK_NOT_IN;
}

function numberRefusal({ kind, state, may }: RequestPage): string | null {
  if (kind !== 'newCard') return 'KR-01-no-number';
  if (!COLLECTABLE.includes(state)) return 'KR-04-not-approved';
  return may.giveNumber === undefined ? may.collect : may.giveNumber;
}

function operationLines({ lines, selected, refused }: Page<'operations'>): readonly Line[] {
  const line = lines?.[selected];
  const missing = lines === null ? (refused ?? NOT_LOADED) : null;
  const none = line === undefined ? 'OP-05-none' : null;
  return [
    ['A', 'abandon', missing ?? none ?? (line?.mayAbandon || null)],
    ['H', 'openHolder', missing ?? none],
  ];
}

/** Why a card may be dealt with in that way, with what stands against each. */
export function reasonsOf(page: CardPage | null, name: DeskActionName): readonly ReasonChoice[] {
  switch (name) {
    case 'reprovision':
      return page?.may.reprovision ?? [];
    case 'requestUpdate':
      // Asked for, and carried out by the holder: what keeps an operator from doing it does not count, but for who they are.
      return (page?.may.reprovision ?? []).map(({ reason, refusal }) => ({
        ...{ reason, refusal: refusal === 'OP-02-no-right' || refusal === 'OP-02-own-card' ? refusal : null },
      }));
    case 'disable':
      return page?.may.disable ?? [];
    case 'cancelCard':
      return page?.may.cancel ?? [];
    case 'requestReplacement':
      return page?.may.replace ?? [];
    default:
      return [];
  }
}
