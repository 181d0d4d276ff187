import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RefusedError } from '../refused.ts';
import { MAX_PIPELINED } from './limits.ts';

/**
 * A hook before everything else that ends connections on which more is asked than was answered: Node takes as many requests
 * as come, and one connection could keep all of central busy.
 */
export function limitPipelining(): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const underWay = new WeakMap<Socket, number>();
  const count = (socket: Socket, change: number) => {
    const now = (underWay.get(socket) ?? 0) + change;
    underWay.set(socket, now);
    return now;
  };
  return async ({ raw: { socket } }, reply) => {
    reply.raw.once('close', () => count(socket, -1));
    if (count(socket, 1) <= MAX_PIPELINED) return;
    socket.destroy();
    throw new RefusedError(429, 'SE-07-too-many-requests', 'ask central: too many requests at once');
  };
}
