import type { z } from 'zod';
import { confirmRequest, enrolmentResponse, enrolRequest, renewRequest } from '../../protocol/enrolment.ts';
import type { Central } from '../central.ts';
import { enrolKiosk } from '../enrolment/enrol.ts';
import { confirmKiosk, renewKiosk } from '../enrolment/renew.ts';
import type { RateLimit } from '../line/rate-limit.ts';
import type { Refusals } from '../line/refusals.ts';
import { RefusedError } from '../refused.ts';
import { type App, answers, asking, nothing } from './contract.ts';

const TOO_OFTEN = 'SE-07-too-many-tries';

/** What the route for strangers needs besides central. */
export interface EnrolmentPorts {
  readonly refusals: Refusals;
  /** That failed, by address. */
  readonly tries: RateLimit;
}

/** For somebody without a certificate, who has a token to become a kiosk (SE-01). */
export function enrolmentRoutes(app: App, central: Central, { refusals, tries }: EnrolmentPorts): void {
  const schema = { body: enrolRequest, response: answers(enrolmentResponse) };
  // A token that is good is taken however many others were not: behind a balancer all kiosks have one address.
  app.post('/kiosks/enrol', { schema }, async ({ body, ip: address }, reply) => {
    try {
      return await enrolKiosk(central, body);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      reply.header('connection', 'close');
      const { code } = error;
      const isTooOften = !tries.take(address);
      refusals.note({ code: isTooOften ? TOO_OFTEN : code, address });
      throw isTooOften ? tooOften('enrol kiosk') : error;
    }
  });
}

/** @param intent of whoever tries */
export function tooOften(intent: string): RefusedError {
  const why = 'too many tries from this address were refused; wait a minute';
  return new RefusedError(429, TOO_OFTEN, `${intent}: ${why}`);
}

/** For kiosks whose certificate is still good. */
export function renewalRoutes(app: App, central: Central): void {
  const renew = { body: renewRequest, response: answers(enrolmentResponse) };
  app.post('/kiosks/renew', { schema: renew }, (request) =>
    renewKiosk(central, asking(request), request.body.request),
  );
  const confirm = { body: confirmRequest, response: answers(nothing) };
  app.post('/kiosks/confirm', { schema: confirm }, async (request): Promise<z.output<typeof nothing>> => {
    await confirmKiosk(central, asking(request));
    return {};
  });
}
