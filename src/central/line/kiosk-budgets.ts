import type { FastifyRequest } from 'fastify';
import type { SignedEvent } from '../../protocol/event.ts';
import { RefusedError } from '../refused.ts';
import { asking } from '../routes/contract.ts';
import { type BudgetSize, budget } from './budget.ts';
import { KIOSK_EVENT_BYTES, KIOSK_REQUESTS } from './limits.ts';
import type { Refusals } from './refusals.ts';

const TOO_MANY = 'SE-07-too-many-requests';
const TOO_MUCH = 'SE-07-too-many-events';

/** What one kiosk may have central write. Beyond it is told to ask again (429), which costs a card nothing: kiosks wait and go on. */
export interface KioskBudgets {
  /** @throws RefusedError `SE-07-too-many-requests` */
  chargeRequest(request: FastifyRequest): void;
  /** @throws RefusedError `SE-07-too-many-events` */
  chargeEvents(request: FastifyRequest, events: readonly SignedEvent[]): void;
}

/** @param sizes other ones than `limits.ts` has, for tests */
export function kioskBudgets(
  now: () => Date,
  refusals: Refusals,
  sizes: { readonly requests?: BudgetSize; readonly eventBytes?: BudgetSize } = {},
): KioskBudgets {
  const requests = budget(sizes.requests ?? KIOSK_REQUESTS, now);
  const eventBytes = budget(sizes.eventBytes ?? KIOSK_EVENT_BYTES, now);
  const refuse = (request: FastifyRequest, code: string, what: string) => {
    const { name: kioskName, certificateSerial: serialNumber } = asking(request);
    const shown = serialNumber === undefined ? {} : { serialNumber };
    refusals.note({ code, address: request.ip, kioskName, ...shown });
    return new RefusedError(429, code, `ask central: too many ${what} of this kiosk; ask again`);
  };
  return {
    chargeRequest(request) {
      // What is only read changes nothing; how much of it there is at once is limited by connections.
      if (request.method === 'GET') return;
      if (!requests.take(asking(request).id)) throw refuse(request, TOO_MANY, 'requests');
    },
    chargeEvents(request, events) {
      const bytes = events.reduce((sum, { body, signature }) => sum + body.length + signature.length, 0);
      if (!eventBytes.take(asking(request).id, bytes)) throw refuse(request, TOO_MUCH, 'events');
    },
  };
}
