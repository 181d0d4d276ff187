import type { FastifyRequest } from 'fastify';
import { SESSION_HEADER } from '../../protocol/operator.ts';
import { PROTOCOL_PATH } from '../../protocol/version.ts';
import type { Central } from '../central.ts';
import type { Actor } from '../request/actor.ts';
import { type Attempt, refusedOnRecord } from '../request/on-record.ts';
import { findOperatorOf, type OperatorOfSession } from '../session/find-operator.ts';
import { asking } from './contract.ts';

/** Of what kind the thing is that a path names. */
const NAMED: Readonly<Record<string, string>> = { cards: 'cardId', requests: 'request', people: 'owner' };

/** The operator in whose session a kiosk asks; who is none any more is in the audit, with what they asked. @throws as `findOperatorOf` */
export function askingOperator(central: Central, request: FastifyRequest): Promise<OperatorOfSession> {
  return findOperatorOf(central, asking(request), request.headers[SESSION_HEADER], attemptOf(request));
}

/** The same of what is only looked at: what they may not see is in the audit as well (SE-05). @throws of the work, too */
export async function lookingOperator<T>(
  central: Central,
  request: FastifyRequest,
  work: (actor: Actor) => Promise<T>,
): Promise<T> {
  const { actor } = await askingOperator(central, request);
  return refusedOnRecord(central, actor, attemptOf(request), 'desk.refused', () => work(actor));
}

function attemptOf({ method, routeOptions, params, body }: FastifyRequest): Attempt {
  const path = (routeOptions.url ?? '').replace(PROTOCOL_PATH, '');
  const kind = NAMED[path.split('/')[1] ?? ''];
  const { id } = (params ?? {}) as { readonly id?: string };
  const { cardId, ownerId: owner } = (body ?? {}) as { readonly cardId?: string; readonly ownerId?: string };
  const named = { ...(cardId && { cardId }), ...(owner && { owner }), ...(kind && id && { [kind]: id }) };
  return { action: `${method} ${path}`, ...named };
}
