/** Who may rewrite a card, and for which reason (RP-10, RP-12). */
import { type CardRefusal, type CardSubject, mayChangeCard } from './card-life.ts';
import type { Standing } from './may-act.ts';

/** Why somebody may not: each is a stable code of its own. */
export type ReprovisionRefusal = CardRefusal | 'RP-12-not-for-cardholders';

/**
 * A cardholder: the card that they have proved themselves for, with a reason that cardholders may choose. An operator: any card of
 * somebody in scope, never their own, with a reason of their role.
 * @param isAsked an operator has asked for it with that reason, and the cardholder carries it out (RP-15)
 * @returns null when it is allowed, as far as it depends on who acts
 */
export function mayReprovision(
  who: Standing,
  subject: CardSubject,
  { isAsked }: { readonly isAsked: boolean } = { isAsked: false },
): ReprovisionRefusal | null {
  if (who.kind !== 'holder') return mayChangeCard(who, subject);
  return isAsked || subject.chosenBy.includes('cardholder') ? null : 'RP-12-not-for-cardholders';
}
