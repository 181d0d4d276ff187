/** What people are told of, each in the transaction that does it. */
import type { ProofKind } from '../../../db/central/operation-schema.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { countReleasedBefore, findArchivedKey } from '../repositories/archived-keys.ts';
import { type CardRow, findCard } from '../repositories/cards.ts';
import { findKioskName } from '../repositories/kiosk-register.ts';
import type { OperationKeyRow, OperationRow } from '../repositories/operations.ts';
import { findRequest, listRequestCertificates, type RequestRow } from '../repositories/requests.ts';
import type { SoftCollectionRow } from '../repositories/soft-collections.ts';
import { cardFact, type MailKind } from './mail-kinds.ts';
import { tell } from './tell.ts';

type Teller = Pick<Central, 'mail' | 'now'>;

/** An operation that is completed, and where. */
export interface Completion {
  readonly operation: Pick<OperationRow, 'id' | 'kind' | 'proofKind'>;
  readonly card: Pick<CardRow, 'holderId' | 'serial'>;
  readonly keys: readonly Pick<OperationKeyRow, 'source' | 'publicKey'>[];
  readonly kiosk: string;
}

const REWRITTEN: Readonly<Record<ProofKind, MailKind>> = {
  ...{ card: 'rewritten', code: 'rewrittenByCode', operator: 'rewrittenByOperator' },
};

/** The holder is told of every reprovision, of every PIN that was set by a code, and of every recovery. */
export async function tellOfCompletion(
  central: Teller,
  transaction: Database,
  { operation, card, keys, kiosk }: Completion,
): Promise<void> {
  const facts = { kiosk, ...cardFact(card.serial) };
  const imported = keys.filter(({ source }) => source === 'import').length;
  if (operation.kind === 'collection' && imported > 0) {
    await tell(central, transaction, card.holderId, 'keysRecovered', { ...facts, keys: imported });
    return;
  }
  if (operation.kind === 'issue') {
    const restored = await countRestored(transaction, operation.id, keys);
    const restoredFact = restored > 0 ? { keys: restored } : {};
    await tell(central, transaction, card.holderId, 'cardIssued', { ...facts, ...restoredFact });
    return;
  }
  await tell(central, transaction, card.holderId, REWRITTEN[operation.proofKind], facts);
}

/** Keys that came out of the archive; those that were made for this operation are new. */
async function countRestored(
  transaction: Database,
  operationId: string,
  keys: Completion['keys'],
): Promise<number> {
  let count = 0;
  for (const { source, publicKey } of keys) {
    const archived =
      source === 'import' && publicKey ? await findArchivedKey(transaction, publicKey) : undefined;
    if (archived && archived.operationId !== operationId) count += 1;
  }
  return count;
}

/**
 * The owner is told of keys that an operation was given which ends uncompleted: whoever has the kiosk may have kept them (KR-10). What was made
 * for it is nobody's yet.
 */
export async function tellOfGivenOut(
  central: Teller,
  transaction: Database,
  { id, cardId, kioskId, requestId }: Pick<OperationRow, 'id' | 'cardId' | 'kioskId' | 'requestId'>,
): Promise<void> {
  if (central.mail === null) return;
  const keys = await countReleasedBefore(transaction, id);
  const card = keys === 0 ? undefined : await findCard(transaction, cardId);
  if (!card) return;
  const onto = requestId === null ? undefined : (await findRequest(transaction, requestId))?.kind;
  const kiosk = await findKioskName(transaction, kioskId);
  const facts = { ...cardFact(card.serial), keys, ...(kiosk && { kiosk }), ...(onto && { onto }) };
  await tell(central, transaction, card.holderId, 'keysGivenOut', facts);
}

/** The same of an attempt at a soft certificate that has stopped, or fallen silent, or in whose place another one began. */
export async function tellOfStopped(
  central: Teller,
  transaction: Database,
  { id, ownerId }: Pick<RequestRow, 'id' | 'ownerId'>,
  { kioskId, medium }: Pick<SoftCollectionRow, 'kioskId' | 'medium'>,
): Promise<void> {
  if (central.mail === null) return;
  const list = await listRequestCertificates(transaction, id);
  const keys = list.filter(({ isWanted }) => isWanted).length;
  const kiosk = kioskId === null ? null : await findKioskName(transaction, kioskId);
  const place = kiosk ? { kiosk } : medium === null ? {} : { machine: medium };
  await tell(central, transaction, ownerId, 'keysGivenOut', { ...place, keys, onto: 'softCertificate' });
}

/**
 * The owner is told before anything is handed out, so that a recovery nobody wanted can be stopped. Of a request that is about
 * no archived keys nobody is told.
 * @param kiosk where it was asked for or approved; null: at central
 */
export async function tellOfRequest(
  central: Teller,
  transaction: Database,
  kind: 'keysRequested' | 'keysApproved',
  { id, kind: onto, ownerId, requestedById, cardId }: RequestRow,
  kiosk: { readonly name: string } | null,
): Promise<void> {
  if (central.mail === null || onto === 'cardUpdate') return;
  const list = await listRequestCertificates(transaction, id);
  const keys = list.filter(({ isWanted, wasOnCard }) => isWanted && !wasOnCard).length;
  if (keys === 0) return;
  // Of a new card it is the one that it takes the place of.
  const card = onto === 'existingCard' && cardId ? await findCard(transaction, cardId) : undefined;
  const others = requestedById === null ? 'administrator' : 'helpdesk';
  await tell(central, transaction, ownerId, kind, {
    ...(kiosk && { kiosk: kiosk.name }),
    ...cardFact(card?.serial ?? null),
    ...{ keys, onto, by: requestedById === ownerId ? 'owner' : others },
  });
}

/** The owner is told of a soft certificate that was saved, whoever has collected it. */
export async function tellOfSaved(
  central: Teller,
  transaction: Database,
  { id, ownerId }: RequestRow,
  kiosk: { readonly name: string },
): Promise<void> {
  const list = await listRequestCertificates(transaction, id);
  const keys = list.filter(({ isWanted }) => isWanted).length;
  const facts = { kiosk: kiosk.name, keys, onto: 'softCertificate' as const };
  await tell(central, transaction, ownerId, 'keysSaved', facts);
}

/** The same of keys that went into an NSS database. @param machine as it calls itself */
export async function tellOfStored(
  central: Teller,
  transaction: Database,
  { id, ownerId }: RequestRow,
  machine: string | null,
): Promise<void> {
  const list = await listRequestCertificates(transaction, id);
  const keys = list.filter(({ isWanted }) => isWanted).length;
  const facts = { ...(machine !== null && { machine }), keys };
  await tell(central, transaction, ownerId, 'keysStored', facts);
}
