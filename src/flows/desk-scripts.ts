/** The steps of each dialog, in their order, and which of them are gone through. */
import type { Unknown } from '../domain/card.ts';
import type { WitnessedAction } from '../domain/profile.ts';
import type { CardInHand } from './desk-data.ts';
import type { SignedAction } from './desk-event.ts';
import type {
  DeskActionName,
  DeskChosen,
  DeskDialog,
  DeskOption,
  DeskPage,
  DeskStep,
  DeskSubject,
  WantedCard,
} from './desk-state.ts';
import { removalsOf } from './waiting-task.ts';

/** What a script is made of. vouch: the operator's card signs that the holder is here, or what is given to them. */
export type StepName =
  | 'reason'
  | 'profile'
  | 'code'
  | 'proof'
  | 'keys'
  | 'difference'
  | 'removal'
  | 'note'
  | 'confirm'
  | 'vouch'
  | 'witness'
  | 'cardBack';

const SCRIPTS: Partial<Record<DeskActionName, readonly StepName[]>> = {
  reprovision: ['reason', 'proof', 'confirm', 'vouch', 'witness', 'cardBack'],
  requestUpdate: ['reason', 'note'],
  requestExisting: ['keys', 'difference', 'removal', 'note'],
  requestReplacement: ['reason', 'keys', 'note'],
  requestNewCard: ['profile', 'keys', 'note'],
  requestSoft: ['profile', 'keys', 'note'],
  giveCode: ['code', 'vouch'],
  giveNumber: ['code', 'vouch'],
  // The holder is warned on their own screen, and the operator's PIN is a yes of its own.
  unblockPin: ['proof', 'vouch', 'witness', 'cardBack'],
  disable: ['reason', 'note', 'confirm', 'witness'],
  enable: ['note', 'confirm', 'witness'],
  cancelCard: ['reason', 'note', 'confirm', 'witness'],
  approve: ['confirm'],
  reject: ['note'],
  cancelRequest: ['confirm'],
  collect: ['proof', 'confirm', 'vouch', 'witness', 'cardBack'],
  abandon: ['note', 'confirm'],
  leaveKiosk: ['confirm'],
};

/** The steps of an action; none: it is no dialog. */
export function scriptOf(action: DeskActionName): readonly StepName[] {
  return SCRIPTS[action] ?? [];
}

/** Nobody goes on without saying why. */
export function demandsNote(action: DeskActionName): boolean {
  return action === 'reject' || action === 'abandon';
}

/** A first card, or one in the place of another, needs no recovered key. */
export function mayBeWithoutKeys(action: DeskActionName): boolean {
  return action === 'requestNewCard' || action === 'requestReplacement';
}

/** Nothing chosen yet. */
export function blankChosen(): DeskChosen {
  return {
    ...{ reason: null, profile: null, code: null, proof: null, certificates: [], without: [] },
    ...{ difference: null, note: null, statementId: null, plannedCardId: null, witnessId: null },
  };
}

/** Where in its script a step is; null: at the end of it. */
export function nameOfStep(step: DeskStep): StepName | null {
  switch (step.kind) {
    case 'choose':
      return step.what;
    case 'asking':
      return step.what === 'recoverable' ? 'keys' : 'difference';
    case 'pick':
      return 'keys';
    case 'write':
      return 'note';
    case 'difference':
    case 'removal':
    case 'confirm':
    case 'cardBack':
      return step.kind;
    case 'witnessCard':
    case 'lookingAtWitness':
      return 'witness';
    case 'sign':
    case 'signing':
      return step.who === 'operator' ? 'vouch' : 'witness';
    case 'working':
    case 'said':
      return null;
  }
}

/** Whether a step is to be gone through, as things are. @param page the one that the dialog is over */
export function isWanted(name: StepName, dialog: DeskDialog, page: DeskPage, inHand: CardInHand): boolean {
  const { chosen } = dialog;
  switch (name) {
    case 'proof':
      return proofsOf(dialog, page).length > 1;
    case 'removal':
      return chosen.difference !== null && removalsOf(chosen.difference).length > 0;
    case 'vouch':
      return givesCode(dialog) ? isCodeSigned(page) : proofOf(dialog, page) === 'operator';
    case 'witness':
      return chosen.witnessId === null && witnessed(dialog, page) !== null && wantsWitness(dialog, page);
    case 'cardBack': {
      const wanted = wantedCard(dialog, page);
      return wanted !== null && !isCardIn(inHand, wanted);
    }
    default:
      return true;
  }
}

const PROOFS: Readonly<Record<string, readonly string[]>> = {
  reprovision: ['pin', 'operator', 'code'],
  cardUpdate: ['pin', 'operator', 'code'],
  unblockPin: ['operator', 'code'],
  newCard: ['operator', 'number'],
  // The owner types the password of the file, and no PIN.
  softCertificate: ['operator'],
  // Keys come onto a card with its PIN alone (KR-02).
  existingCard: ['pin'],
};

/** How the holder can show who they are; none: nobody has to. */
export function proofsOf({ action }: DeskDialog, page: DeskPage): readonly DeskOption[] {
  const kind = action === 'collect' ? requestKind(page) : action;
  const values = PROOFS[kind] ?? [];
  // Of a card that is to be, the witness signs what only the operator's signature names.
  const isNamed = witnessOf(page).includes('issue');
  return values.map((value) => ({
    ...{ value, titles: null },
    refusal: value === 'number' && isNamed ? 'OP-02-witness-wanted' : null,
  }));
}

/** What was chosen, or the only one there is. */
export function proofOf(dialog: DeskDialog, page: DeskPage): string | null {
  const proofs = proofsOf(dialog, page);
  return proofs.length === 1 ? proofs[0]!.value : dialog.chosen.proof;
}

function requestKind(page: DeskPage): string {
  return page.kind === 'request' ? (page.page?.kind ?? '') : '';
}

/** What the page's profile wants a second operator for. */
function witnessOf(page: DeskPage): readonly (WitnessedAction | Unknown)[] {
  return page.kind === 'card' || page.kind === 'request' ? (page.page?.witness ?? []) : [];
}

/** What a second operator would have to sign; null: nothing. */
export function witnessed(dialog: DeskDialog, page: DeskPage): SignedAction | null {
  const { action, subject, chosen } = dialog;
  const reason = chosen.reason?.value ?? null;
  const about = (name: WitnessedAction, cardId: string | null, why: string | null): SignedAction | null =>
    cardId === null ? null : { kind: 'witness', action: name, cardId, reason: why };
  switch (action) {
    case 'reprovision':
      return about('reprovision', subject.cardId, reason);
    case 'unblockPin':
      return about('pinReset', subject.cardId, null);
    case 'disable':
      return about('disable', subject.cardId, reason);
    case 'cancelCard':
      return about('cancel', subject.cardId, reason);
    case 'enable':
      return about('enable', subject.cardId, null);
    case 'collect':
      if (page.kind !== 'request' || !page.page) return null;
      if (page.page.kind === 'cardUpdate') return about('reprovision', subject.cardId, page.page.reason);
      return page.page.kind === 'newCard' ? about('issue', chosen.plannedCardId, null) : null;
    default:
      return null;
  }
}

function wantsWitness(dialog: DeskDialog, page: DeskPage): boolean {
  const wish = witnessed(dialog, page);
  return wish?.kind === 'witness' && witnessOf(page).includes(wish.action);
}

/** Something is given out that stands for the holder's proof later. */
export function givesCode({ action }: Pick<DeskDialog, 'action'>): boolean {
  return action === 'giveCode' || action === 'giveNumber';
}

/** As central says: an older one wants no signature for it. */
function isCodeSigned(page: DeskPage): boolean {
  return (page.kind === 'card' || page.kind === 'request') && page.page?.isCodeSigned === true;
}

/** How it is given out, as it was chosen. */
export function codeOf({ code }: Pick<DeskChosen, 'code'>): {
  readonly code: 'short' | 'long';
  readonly isSent: boolean;
} {
  return { code: code?.startsWith('long') ? 'long' : 'short', isSent: code?.endsWith('sent') ?? false };
}

/** The ways of giving a code or number out; by mail only where that can be. */
export function codeOptions(page: DeskPage): readonly DeskOption[] {
  const send = page.kind === 'card' || page.kind === 'request' ? (page.page?.may.send ?? null) : null;
  return ['short-shown', 'short-sent', 'long-shown', 'long-sent'].map((value) => ({
    ...{ value, titles: null, refusal: value.endsWith('sent') ? send : null },
  }));
}

/** What the operator's own card signs: where it stands for the holder's proof, or what is given to them. */
export function vouched(dialog: DeskDialog, page: DeskPage): SignedAction | null {
  const { action, subject, chosen } = dialog;
  if (givesCode(dialog)) {
    const { code: length, isSent } = codeOf(chosen);
    const how = { length, handedOver: isSent ? 'mailed' : 'shown' } as const;
    const { cardId, requestId } = subject;
    if (action === 'giveCode') return cardId === null ? null : { kind: 'giveCode', cardId, ...how };
    return requestId === null ? null : { kind: 'giveNumber', requestId, ...how };
  }
  const kind = action === 'collect' ? requestKind(page) : action;
  if (kind === 'newCard' || kind === 'softCertificate') {
    return subject.requestId === null ? null : { kind: 'vouchRequest', requestId: subject.requestId };
  }
  return subject.cardId === null ? null : { kind: 'vouch', cardId: subject.cardId };
}

/** What has to be in the other reader all the time; null: nothing. */
export function wantedCard({ action, subject }: DeskDialog, page: DeskPage): WantedCard | null {
  if (action === 'collect' && requestKind(page) === 'newCard') return { kind: 'blank', cardId: null };
  const isNeeded =
    action === 'reprovision' ||
    action === 'unblockPin' ||
    (action === 'collect' && requestKind(page) !== 'softCertificate');
  return isNeeded && subject.cardId !== null ? { kind: 'card', cardId: subject.cardId } : null;
}

/** The card that is wanted is there, and can be worked on. */
export function isCardIn(inHand: CardInHand, wanted: WantedCard): boolean {
  if (wanted.kind === 'blank') return inHand.kind === 'blank';
  return inHand.kind === 'known' && inHand.cardId === wanted.cardId;
}

/** Who and what a page is about. @param line of the operations, the one chosen */
export function subjectOf(page: DeskPage): DeskSubject {
  const nothing: DeskSubject = {
    ...{ personId: null, personName: null, cardId: null, cardName: null, requestId: null, operationId: null },
  };
  switch (page.kind) {
    case 'person':
      return { ...nothing, personId: page.personId, personName: page.page?.person.displayName ?? null };
    case 'card': {
      const { card, holder } = page.page ?? {};
      const person = { personId: holder?.id ?? null, personName: holder?.displayName ?? null };
      return { ...nothing, ...person, cardId: page.cardId, cardName: card?.name ?? null };
    }
    case 'request': {
      const { owner, card } = page.page ?? {};
      const person = { personId: owner?.id ?? null, personName: owner?.displayName ?? null };
      return {
        ...{ ...nothing, ...person, cardId: card?.id ?? null, cardName: card?.name ?? null },
        requestId: page.requestId,
      };
    }
    case 'operations': {
      const line = page.lines?.[page.selected];
      if (!line) return nothing;
      const { holder, card, id } = line;
      return {
        ...{ personId: holder.id, personName: holder.displayName, cardId: card.id, cardName: card.name },
        ...{ requestId: null, operationId: id },
      };
    }
    default:
      return nothing;
  }
}
