import { refuseSighting } from '../../domain/eligibility.ts';
import type { OperatorCard } from '../../flows/desk-event.ts';
import type { PivSession } from '../../piv/session.ts';
import { type Refused, refuse } from '../card-visit.ts';
import type { LookPorts } from '../look-at-card.ts';
import type { KnownCard } from '../replica.ts';
import { readTries } from '../sight-card.ts';
import { withCardIn } from '../with-card.ts';

/** Not the card that is to sign: it was swapped, or never was that one. */
const OTHER_CARD = 'ID-02-other-card';
/** As central says it of a card whose life is over, or stands still. */
const OWN_CARD_REFUSED = 'ID-05-own-card-refused';

/** What connecting to an operator's card needs. */
export interface OperatorCardPorts extends LookPorts {
  /** Whether what is in this reader came over the air. */
  isContactless(reader: number): boolean;
  /** Ends when a card that the walk-up has given up is free. */
  released(): Promise<void>;
}

/** Whose card this is, by the card and the copy; it is given back at once. No PIN is wanted. @throws AbortError */
export function lookAtOperatorCard(
  ports: OperatorCardPorts,
  reader: number,
  signal: AbortSignal,
): Promise<{ readonly kind: 'seen'; readonly card: OperatorCard } | Refused> {
  return withCardOfOperator(ports, reader, signal, async (session, { card, holder }) => {
    if (card.state !== 'issued' || Date.parse(card.expiresAt) <= ports.now().getTime()) {
      return refuse(OWN_CARD_REFUSED);
    }
    const triesLeft = await readTries(session);
    return { kind: 'seen', card: { cardId: card.id, holderName: holder.displayName, triesLeft } };
  });
}

/**
 * Uses the card of an operator for one thing, and gives it back (ID-05). What is in the reader may be another card by now: then nothing is
 * done with it, and no try of its PIN is spent.
 * @throws AbortError
 */
export function withOperatorCard<T>(
  ports: OperatorCardPorts,
  { reader, cardId }: { readonly reader: number; readonly cardId: string },
  signal: AbortSignal,
  use: (session: PivSession) => Promise<T>,
): Promise<T | Refused> {
  return withCardOfOperator(ports, reader, signal, async (session, { card }) =>
    card.id === cardId ? use(session) : refuse(OTHER_CARD),
  );
}

async function withCardOfOperator<T>(
  ports: OperatorCardPorts,
  reader: number,
  signal: AbortSignal,
  use: (session: PivSession, known: KnownCard) => Promise<T>,
): Promise<T | Refused> {
  const isContactless = ports.isContactless(reader);
  const nothingSeen = { hasPiv: true, serial: null, guid: null, isBlank: false };
  const overTheAir = isContactless ? refuseSighting({ ...nothingSeen, isContactless }) : null;
  if (overTheAir) return refuse(overTheAir);
  await ports.released();
  signal.throwIfAborted();
  return withCardIn(ports, reader, signal, use);
}
