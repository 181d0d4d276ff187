/** What a dialog ends with, from what was chosen in it: an action of central's, or the cardholder's turn. */
import type { DeskAct, HandedProof, HandOverWish, RequestWish } from './desk-event.ts';
import { codeOf, proofOf } from './desk-scripts.ts';
import type { DeskDialog, DeskPage } from './desk-state.ts';

/** What the dialog ends with; null where something is missing, which its steps do not let happen. */
export function endOf(
  dialog: DeskDialog,
  page: DeskPage,
): { readonly act: DeskAct } | { readonly wish: HandOverWish } | null {
  const { action, subject, chosen } = dialog;
  const { cardId, requestId, operationId } = subject;
  const { note, statementId, witnessId } = chosen;
  const reason = chosen.reason?.value ?? null;
  switch (action) {
    case 'requestUpdate':
    case 'requestExisting':
    case 'requestReplacement':
    case 'requestNewCard':
    case 'requestSoft': {
      const request = requestOf(dialog, page);
      return request && { act: { name: 'makeRequest', request } };
    }
    case 'approve':
      return requestId === null ? null : { act: { name: 'approve', requestId } };
    case 'reject':
      return requestId === null || note === null ? null : { act: { name: 'reject', requestId, note } };
    case 'cancelRequest':
      return requestId === null ? null : { act: { name: 'cancelRequest', requestId, note } };
    case 'giveCode':
      return cardId === null ? null : { act: { name: 'giveCode', cardId, ...codeOf(chosen), statementId } };
    case 'giveNumber':
      return requestId === null
        ? null
        : { act: { name: 'giveNumber', requestId, ...codeOf(chosen), statementId } };
    case 'disable':
    case 'cancelCard':
      if (cardId === null || reason === null) return null;
      return { act: { name: action, cardId, reason, note, witnessId } };
    case 'enable':
      return cardId === null ? null : { act: { name: 'enable', cardId, note, witnessId } };
    case 'abandon':
      return operationId === null || note === null ? null : { act: { name: 'abandon', operationId, note } };
    case 'leaveKiosk':
      return { act: { name: 'leaveKiosk' } };
    default: {
      const wish = wishOf(dialog, page);
      return wish && { wish };
    }
  }
}

function requestOf({ action, subject, chosen }: DeskDialog, page: DeskPage): RequestWish | null {
  const { cardId, personId } = subject;
  const { certificates, without, note, profile } = chosen;
  const reason = chosen.reason?.value;
  switch (action) {
    case 'requestUpdate':
      return cardId === null || !reason ? null : { kind: 'cardUpdate', cardId, reason, note };
    case 'requestExisting': {
      const lists = { certificates, without, confirmedRemovals: without };
      return cardId === null ? null : { kind: 'existingCard', cardId, ...lists, note };
    }
    case 'requestReplacement': {
      if (cardId === null || personId === null || !reason || page.kind !== 'card' || !page.page) return null;
      const { profileName } = page.page.card;
      const inPlaceOf = { cardId, reason };
      return { kind: 'newCard', ownerId: personId, profileName, certificates, note, inPlaceOf };
    }
    case 'requestNewCard':
    case 'requestSoft': {
      if (personId === null || profile === null) return null;
      const asked = { ownerId: personId, profileName: profile.value, certificates, note };
      if (action === 'requestSoft') return { kind: 'softCertificate', ...asked };
      return { kind: 'newCard', ...asked, inPlaceOf: null };
    }
    default:
      return null;
  }
}

function wishOf(dialog: DeskDialog, page: DeskPage): HandOverWish | null {
  const { action, subject, chosen } = dialog;
  const { cardId, requestId } = subject;
  const { witnessId } = chosen;
  const proof = handedProof(dialog, page);
  if (proof === null) return null;
  if (action === 'reprovision') {
    if (cardId === null || !chosen.reason) return null;
    const { value: reason, titles } = chosen.reason;
    const said = titles ? { reasonTitles: titles } : {};
    return { kind: 'reprovision', cardId, reason, ...said, requestId: null, proof, witnessId };
  }
  if (action === 'unblockPin') {
    return cardId === null ? null : { kind: 'pinReset', cardId, proof, witnessId };
  }
  if (action !== 'collect' || requestId === null || page.kind !== 'request' || !page.page) return null;
  const { kind, reason } = page.page;
  if (kind === 'newCard') return { kind: 'issue', requestId, proof, witnessId };
  if (kind === 'softCertificate') return { kind: 'soft', requestId, proof };
  if (cardId === null) return null;
  if (kind === 'existingCard') return { kind: 'collection', cardId, requestId };
  return kind === 'cardUpdate' && reason !== null
    ? { kind: 'reprovision', cardId, reason, requestId, proof, witnessId }
    : null;
}

function handedProof(dialog: DeskDialog, page: DeskPage): HandedProof | null {
  const by = proofOf(dialog, page);
  if (by === 'pin' || by === 'code' || by === 'number') return { by };
  const { statementId } = dialog.chosen;
  return by === 'operator' && statementId !== null ? { by, statementId } : null;
}
