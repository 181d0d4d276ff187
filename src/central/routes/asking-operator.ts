import type { FastifyRequest } from 'fastify';
import { SESSION_HEADER } from '../../protocol/operator.ts';
import { PROTOCOL_PATH } from '../../protocol/version.ts';
import type { Central } from '../central.ts';
import type { Attempt } from '../request/on-record.ts';
import { findOperatorOf, type OperatorOfSession } from '../session/find-operator.ts';
import { asking } from './contract.ts';

/** Of what kind the thing is that a path names. */
const NAMED: Readonly<Record<string, string>> = { cards: 'cardId', requests: 'request', people: 'owner' };

/** The operator in whose session a kiosk asks; who is none any more is in the audit, with what they asked. @throws as `findOperatorOf` */
export function askingOperator(central: Central, request: FastifyRequest): Promise<OperatorOfSession> {
  return findOperatorOf(central, asking(request), request.headers[SESSION_HEADER], attemptOf(request));
}

function attemptOf({ method, routeOptions, params, body }: FastifyRequest): Attempt {
  const path = (routeOptions.url ?? '').replace(PROTOCOL_PATH, '');
  const kind = NAMED[path.split('/')[1] ?? ''];
  const { id } = (params ?? {}) as { readonly id?: string };
  const { cardId, ownerId: owner } = (body ?? {}) as { readonly cardId?: string; readonly ownerId?: string };
  const named = { ...(cardId && { cardId }), ...(owner && { owner }), ...(kind && id && { [kind]: id }) };
  return { action: `${method} ${path}`, ...named };
}
