import { type CardContents, certificatesOnCard, type ObjectPresence } from '../domain/card-contents.ts';
import type { SlotOnCard } from '../domain/desk-pages.ts';
import type { WalkUpEffect, WalkUpEvent } from '../flows/walk-up-event.ts';
import { OBJECT_TAGS } from '../piv/reference.ts';
import type { PivSession } from '../piv/session.ts';
import { SecurityStatusError } from '../piv/status-word.ts';
import type { CardHand } from './card-hand.ts';
import { isNonsense } from './card-trouble.ts';
import { unfinishedSteps } from './journal.ts';
import type { LookPorts } from './look-at-card.ts';
import { refusedBy } from './questions.ts';
import type { KnownCard } from './replica.ts';
import { readTries } from './sight-card.ts';

type ContentPorts = Pick<LookPorts, 'replica' | 'own' | 'now'>;

/**
 * Reads what is on the card in a reader, through the one connection to it that there is, and holds it against the copy. Writes nothing,
 * and asks for no PIN. @throws what the connection throws; AbortError
 */
export async function readContents(
  hand: Pick<CardHand, 'lendNow'>,
  ports: ContentPorts,
  { reader, cardId, attempt }: Extract<WalkUpEffect, { run: 'readContents' }>,
  signal: AbortSignal,
): Promise<WalkUpEvent> {
  // Reading certificates is not needed before the first frame.
  const { readSlots } = await import('./read-slots.ts');
  const read = await hand.lendNow(reader, cardId, signal, async (session, known) => {
    const triesLeft = await readTries(session);
    const slots = await readSlots(session, signal);
    const photo = await presenceOf(session, OBJECT_TAGS.FACIAL_IMAGE);
    const printed = await presenceOf(session, OBJECT_TAGS.PRINTED_INFORMATION);
    return { certificates: compared(ports, known, slots), photo, printed, triesLeft } satisfies CardContents;
  });
  return 'kind' in read ? refusedBy(attempt, read) : { type: 'contentsRead', attempt, contents: read };
}

function compared(
  { replica, own, now }: ContentPorts,
  { card }: KnownCard,
  slots: readonly SlotOnCard[],
): CardContents['certificates'] {
  const numbers = slots.flatMap(({ serialNumber }) => serialNumber ?? []);
  // What this kiosk has begun it knows before its copy does.
  const isUnfinished = card.hasOpenOperation || unfinishedSteps(own).some(({ cardId }) => cardId === card.id);
  const records = replica.certificatesOf(card, numbers);
  return certificatesOnCard(records, slots, { id: card.id, isUnfinished }, now().toISOString());
}

/** Only whether it is there: what is in it stays on the card. */
async function presenceOf(session: PivSession, tag: number): Promise<ObjectPresence> {
  try {
    const content = await session.object(tag);
    content?.fill(0);
    return content === null ? 'absent' : 'there';
  } catch (error) {
    if (error instanceof SecurityStatusError) return 'closed';
    if (!isNonsense(error)) throw error;
    return 'there';
  }
}
