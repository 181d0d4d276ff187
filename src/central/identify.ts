/** Who asks: the one place where central finds out which kiosk a request comes from. */
import type { FastifyRequest } from 'fastify';
import type { Kiosk } from './repositories/kiosks.ts';

/** @returns null for nobody that central knows. May throw a RefusedError that says why not. */
export type Identify = (request: FastifyRequest) => Promise<Kiosk | null>;
