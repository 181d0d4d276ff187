import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  abandonRequest,
  auditPage,
  auditQuery,
  cardPage,
  maintenanceRequest,
  operationsPage,
  personPage,
  personPhoto,
} from '../../protocol/desk.ts';
import { SESSION_HEADER } from '../../protocol/operator.ts';
import { id } from '../../protocol/values.ts';
import type { Central } from '../central.ts';
import { abandonAtDesk } from '../desk/abandon-operation.ts';
import { atDesk } from '../desk/at-desk.ts';
import { showCard } from '../desk/card-page.ts';
import { readKioskAudit } from '../desk/kiosk-audit.ts';
import { leaveForMaintenance } from '../desk/leave-for-maintenance.ts';
import { listOperations } from '../desk/operation-lines.ts';
import { showPerson } from '../desk/person-page.ts';
import { lookAtPhoto } from '../desk/photo.ts';
import { findOperation } from '../repositories/operations.ts';
import type { Actor } from '../request/actor.ts';
import type { Attempt } from '../request/on-record.ts';
import { type App, answers, asking, nothing } from './contract.ts';

/** The pages of an operator who has signed in at a kiosk (OP-01, OP-05), and the way out of it (SE-06). */
export function deskRoutes(app: App, central: Central): void {
  const on = <T>(request: FastifyRequest, attempt: Attempt, work: (actor: Actor) => Promise<T>) =>
    atDesk(central, asking(request), request.headers[SESSION_HEADER], attempt, work);
  const params = z.object({ id });
  const headers = z.looseObject({ [SESSION_HEADER]: z.string().optional() });

  const person = { headers, params, response: answers(personPage) };
  app.get('/desk/people/:id', { schema: person }, (request) => {
    const { id: owner } = request.params;
    return on(request, { action: 'seePerson', owner }, (actor) => showPerson(central, actor, owner));
  });
  const photo = { headers, params, response: answers(personPhoto) };
  app.get('/desk/people/:id/photo', { schema: photo }, async (request) => {
    const { id: owner } = request.params;
    const look = (actor: Actor) => lookAtPhoto(central, actor, owner);
    return { jpeg: await on(request, { action: 'seePhoto', owner }, look) };
  });
  const card = { headers, params, response: answers(cardPage) };
  app.get('/desk/cards/:id', { schema: card }, (request) => {
    const { id: cardId } = request.params;
    return on(request, { action: 'seeCard', cardId }, (actor) => showCard(central, actor, cardId));
  });
  const list = { headers, response: answers(operationsPage) };
  app.get('/desk/operations', { schema: list }, (request) =>
    on(request, { action: 'seeOperations' }, (actor) => listOperations(central, actor)),
  );
  const abandon = { headers, params, body: abandonRequest, response: answers(nothing) };
  app.post('/desk/operations/:id/abandon', { schema: abandon }, async (request) => {
    const { id: operation } = request.params;
    const { note } = request.body;
    const cardId = (await findOperation(central.database, operation))?.cardId;
    await on(request, { action: 'abandon', operation, note, cardId }, (actor) =>
      abandonAtDesk(central, actor, operation, note),
    );
    return {};
  });
  const maintenance = { headers, body: maintenanceRequest, response: answers(nothing) };
  app.post('/desk/maintenance', { schema: maintenance }, async (request) => {
    await on(request, { action: 'leaveKiosk' }, (actor) => leaveForMaintenance(central, actor));
    return {};
  });
  const audit = { headers, querystring: auditQuery, response: answers(auditPage) };
  app.get('/desk/audit', { schema: audit }, (request) =>
    on(request, { action: 'seeAudit' }, (actor) =>
      readKioskAudit(central, asking(request), actor, request.query.before ?? null),
    ),
  );
}
