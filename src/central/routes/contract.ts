/** What all routes have in common: who asks, and the form of what is answered. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RUN_HEADER } from '../../protocol/operation.ts';
import { problem } from '../../protocol/problem.ts';
import { RefusedError } from '../refused.ts';
import type { Kiosk } from '../repositories/kiosks.ts';

/** Fastify whose schemas are zod's. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that only kiosks may use. */
    kiosk: Kiosk | null;
  }
}

/** The answers of a route: this, or a problem. */
export function answers<T extends z.ZodType>(schema: T) {
  return { 200: schema, '4xx': problem, '5xx': problem };
}

export const nothing = z.object({});

/** Nobody that central knows asks for what only kiosks may have. */
export function notAKiosk(): RefusedError {
  return new RefusedError(401, 'SE-01-not-a-kiosk', 'ask central: it knows no such kiosk');
}

/** The kiosk that asks, and for which run. @throws RefusedError where the route let somebody else in */
export function asking(request: FastifyRequest): Kiosk {
  if (!request.kiosk) throw notAKiosk();
  const run = request.headers[RUN_HEADER];
  return typeof run === 'string' ? { ...request.kiosk, run } : request.kiosk;
}
