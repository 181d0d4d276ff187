import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  collectionCompleteRequest,
  collectionOpenRequest,
  collectionOpenResponse,
  collectionStoppedRequest,
} from '../../protocol/collection-token.ts';
import type { Central } from '../central.ts';
import { RefusedError } from '../refused.ts';
import { openByToken } from '../soft/collect-by-token.ts';
import { completeByToken, stopByToken } from '../soft/end-by-token.ts';
import { type App, answers, nothing } from './contract.ts';
import { type EnrolmentPorts, tooOften } from './enrolment.ts';

/** For somebody without a certificate, who has a token that was given out for one request (KR-08): besides enrolment nobody else is let in so. */
export function collectionTokenRoutes(app: App, central: Central, { refusals, tries }: EnrolmentPorts): void {
  // As of a token of enrolment: one that is good is taken however many others were not.
  const guarded = async <T>({ ip: address }: FastifyRequest, reply: FastifyReply, work: () => Promise<T>) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      reply.header('connection', 'close');
      const refused = tries.take(address) ? error : tooOften('collect request');
      refusals.note({ code: refused.code, address });
      throw refused;
    }
  };
  const open = { body: collectionOpenRequest, response: answers(collectionOpenResponse) };
  app.post('/collections/open', { schema: open }, (request, reply) =>
    guarded(request, reply, () => openByToken(central, { ...request.body, address: request.ip })),
  );
  const complete = { body: collectionCompleteRequest, response: answers(nothing) };
  app.post('/collections/complete', { schema: complete }, (request, reply) =>
    guarded(request, reply, async () => {
      await completeByToken(central, request.body);
      return {};
    }),
  );
  const stopped = { body: collectionStoppedRequest, response: answers(nothing) };
  app.post('/collections/stopped', { schema: stopped }, (request, reply) =>
    guarded(request, reply, async () => {
      await stopByToken(central, request.body);
      return {};
    }),
  );
}
