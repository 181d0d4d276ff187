import { lookupRequest, lookupResponse } from '../../protocol/copy.ts';
import type { Central } from '../central.ts';
import { checkServed } from '../kiosk-scope.ts';
import { findCardBySight, toCard } from '../repositories/cards.ts';
import { findOpenOperation } from '../repositories/operations.ts';
import { findPerson, toPerson } from '../repositories/people.ts';
import { type App, answers, asking } from './contract.ts';

/** The look-up of a card that a kiosk's copy lacks (RP-07). */
export function lookupRoutes(app: App, { database }: Central): void {
  const lookup = { body: lookupRequest, response: answers(lookupResponse) };
  app.post('/cards/lookup', { schema: lookup }, async (request) => {
    const { serial, guid } = request.body;
    const card = await findCardBySight(database, serial, guid);
    if (card) await checkServed(database, asking(request), card);
    const holder = card && (await findPerson(database, card.holderId));
    const open = card && (await findOpenOperation(database, card.id));
    return { card: card ? toCard(card, open !== undefined) : null, holder: holder ? toPerson(holder) : null };
  });
}
