import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { emptyRequest } from '../../protocol/empty-card.ts';
import { operationPlan } from '../../protocol/operation.ts';
import {
  cardLife,
  changeCardRequest,
  changedCard,
  enableCardRequest,
  SESSION_HEADER,
} from '../../protocol/operator.ts';
import { pinResetRequest } from '../../protocol/pin-reset.ts';
import { id } from '../../protocol/values.ts';
import { emptyCard } from '../card-empty/empty-card.ts';
import { type ChangedCard, cancelCard, disableCard, enableCard } from '../card-life/change-card.ts';
import { describeLife } from '../card-life/describe-life.ts';
import type { Central } from '../central.ts';
import { resetPin } from '../pin-reset/reset-pin.ts';
import type { Actor } from '../request/actor.ts';
import { askingOperator, lookingOperator } from './asking-operator.ts';
import { type App, answers, asking } from './contract.ts';

/** What an operator who has signed in at a kiosk does with a card's life (OP-02); and what anybody does with a card that has ended. */
export function cardRoutes(app: App, central: Central): void {
  const operator = async (request: FastifyRequest): Promise<Actor> =>
    (await askingOperator(central, request)).actor;
  const describe = async (actor: Actor, { card, ...treated }: ChangedCard) => {
    const { revoked, held, released } = treated;
    const lists = { revoked: [...revoked], held: [...held], released: [...released] };
    return { ...(await describeLife(central, actor, card.id)), ...lists };
  };
  const params = z.object({ id });
  const headers = z.looseObject({ [SESSION_HEADER]: z.string().optional() });

  const see = { headers, params, response: answers(cardLife) };
  app.get('/cards/:id/life', { schema: see }, (request) =>
    lookingOperator(central, request, (actor) => describeLife(central, actor, request.params.id)),
  );
  const change = { headers, params, body: changeCardRequest, response: answers(changedCard) };
  app.post('/cards/:id/cancel', { schema: change }, async (request) => {
    const actor = await operator(request);
    return describe(actor, await cancelCard(central, actor, request.params.id, request.body));
  });
  app.post('/cards/:id/disable', { schema: change }, async (request) => {
    const actor = await operator(request);
    return describe(actor, await disableCard(central, actor, request.params.id, request.body));
  });
  const enable = { headers, params, body: enableCardRequest, response: answers(changedCard) };
  app.post('/cards/:id/enable', { schema: enable }, async (request) => {
    const actor = await operator(request);
    return describe(actor, await enableCard(central, actor, request.params.id, request.body));
  });
  const signedIn = async (request: FastifyRequest): Promise<Actor | null> =>
    request.headers[SESSION_HEADER] === undefined ? null : operator(request);
  const reset = { headers, params, body: pinResetRequest, response: answers(operationPlan) };
  app.post('/cards/:id/pin-reset', { schema: reset }, async (request) =>
    resetPin(central, asking(request), request.params.id, request.body, await signedIn(request)),
  );
  const empty = { params, body: emptyRequest, response: answers(operationPlan) };
  app.post('/cards/:id/empty', { schema: empty }, (request) =>
    emptyCard(central, asking(request), request.params.id, request.body),
  );
}
