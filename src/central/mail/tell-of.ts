/** What people are told of, each in the transaction that does it. */
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import type { CardRow } from '../repositories/cards.ts';
import type { OperationKeyRow, OperationRow } from '../repositories/operations.ts';
import type { RequestRow } from '../repositories/requests.ts';
import { cardFact, type MailKind } from './mail-kinds.ts';
import { tell } from './tell.ts';

type Teller = Pick<Central, 'mail' | 'now'>;

/** An operation that is completed, and where. */
export interface Completion {
  readonly operation: Pick<OperationRow, 'kind' | 'proofKind'>;
  readonly card: Pick<CardRow, 'holderId' | 'serial'>;
  readonly keys: readonly Pick<OperationKeyRow, 'source'>[];
  readonly kiosk: string;
}

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
  const kind: MailKind = operation.proofKind === 'code' ? 'rewrittenByCode' : 'rewritten';
  await tell(central, transaction, card.holderId, kind, facts);
}

/** Where a request stands when its owner is told of it. */
export interface RequestNews {
  readonly kind: 'keysRequested' | 'keysApproved';
  readonly request: Pick<RequestRow, 'kind' | 'ownerId' | 'requestedById'>;
  /** How many archived keys it is about; none: nobody is told. */
  readonly keys: number;
  /** Of the card that they are for; null: none, or not known. */
  readonly cardSerial: string | null;
  /** Null: at central. */
  readonly kiosk: string | null;
}

/** The owner is told before anything is handed out, so that a recovery nobody wanted can be stopped. */
export async function tellOfRequest(
  central: Teller,
  transaction: Database,
  { kind, request, keys, cardSerial, kiosk }: RequestNews,
): Promise<void> {
  if (keys === 0 || request.kind === 'cardUpdate') return;
  const { ownerId, requestedById } = request;
  const others = requestedById === null ? 'administrator' : 'helpdesk';
  await tell(central, transaction, ownerId, kind, {
    ...(kiosk !== null && { kiosk }),
    ...cardFact(cardSerial),
    ...{ keys, onto: request.kind, by: requestedById === ownerId ? 'owner' : others },
  });
}
