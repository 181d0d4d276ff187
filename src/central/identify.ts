/** Who asks: the one place where central finds out which kiosk a request comes from. */
import type { FastifyRequest } from 'fastify';
import type { Central } from './central.ts';
import { findKioskByToken, type Kiosk } from './repositories/kiosks.ts';

/** @returns null for nobody that central knows. May throw a RefusedError that says why not. */
export type Identify = (request: FastifyRequest) => Promise<Kiosk | null>;

/** By the token that a request carries. */
export function identifyByToken(central: Central): Identify {
  return async ({ headers }) => {
    const token = /^Bearer ([\w-]{20,100})$/.exec(headers.authorization ?? '')?.[1];
    return (token && (await findKioskByToken(central.database, token))) || null;
  };
}
