import type { PersonsCard } from '../../domain/desk-pages.ts';
import type { Profile } from '../../domain/profile.ts';
import { toInstant } from '../instant.ts';
import type { CardRow } from '../repositories/cards.ts';

/** What people call a card. */
export function cardName({ label, serial, id }: Pick<CardRow, 'id' | 'label' | 'serial'>): string {
  return label ?? serial ?? id;
}

/** @param profiles those that there are; a withdrawn one is called by its name */
export function describeCard(
  card: CardRow,
  profiles: readonly Profile[],
  hasOpenOperation: boolean,
): PersonsCard {
  const { id, serial, state, profileName } = card;
  const profileTitle = profiles.find(({ name }) => name === profileName)?.title ?? profileName;
  const expiresAt = toInstant(card.expiresAt);
  return { id, name: cardName(card), serial, state, profileTitle, expiresAt, hasOpenOperation };
}
