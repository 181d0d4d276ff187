import { createHash } from 'node:crypto';
import { z } from 'zod';
import { copy, lookupRequest, lookupResponse } from '../../protocol/copy.ts';
import { problem } from '../../protocol/problem.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { checkServed } from '../kiosk-scope.ts';
import { findCardBySight, toCard } from '../repositories/cards.ts';
import { copyRevision, readCopy } from '../repositories/copy.ts';
import { findOpenOperation } from '../repositories/operations.ts';
import { findPerson, toPerson } from '../repositories/people.ts';
import { type App, answers, asking } from './contract.ts';

/** Changed whenever a copy says more than before: kiosks fetch it anew then, though nothing else has changed. */
const COPY_FORM = '2';

/** `GET /copy`, polled by kiosks, and the look-up of a card that a copy lacks (RP-07). */
export function copyRoutes(app: App, central: Central): void {
  const house = createHash('sha256')
    .update(central.authority.ca.rootCertificate)
    .update(COPY_FORM)
    .digest('hex')
    .slice(0, 8);
  const name = (revision: number) => `${house}-${revision}`;
  const response = { 200: copy, 304: z.null(), '4xx': problem, '5xx': problem };

  app.get('/copy', { schema: { response } }, async (request, reply) => {
    const known = request.headers['if-none-match'];
    if (known !== undefined && known === `"${name(await copyRevision(central.database))}"`) {
      return reply.code(304).send(null);
    }
    const content = await readCopy(central.database);
    const revision = name(content.revision);
    reply.header('etag', `"${revision}"`);
    return { ...content, revision, madeAt: toInstant(central.now()) };
  });

  const lookup = { body: lookupRequest, response: answers(lookupResponse) };
  app.post('/cards/lookup', { schema: lookup }, async (request) => {
    const { serial, guid } = request.body;
    const card = await findCardBySight(central.database, serial, guid);
    if (card) await checkServed(central.database, asking(request), card);
    const holder = card && (await findPerson(central.database, card.holderId));
    const open = card && (await findOpenOperation(central.database, card.id));
    return { card: card ? toCard(card, open !== undefined) : null, holder: holder ? toPerson(holder) : null };
  });
}
