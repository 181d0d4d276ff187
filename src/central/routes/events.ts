import { eventsRequest, eventsResponse } from '../../protocol/event.ts';
import type { Central } from '../central.ts';
import type { KioskBudgets } from '../line/kiosk-budgets.ts';
import { EVENTS_BODY_LIMIT } from '../line/limits.ts';
import { takeEvents } from '../take-events.ts';
import { type App, answers, asking } from './contract.ts';

/** What happened at a kiosk: each event once, however often it is sent (SY-02). */
export function eventRoutes(app: App, central: Central, budgets: KioskBudgets): void {
  const schema = { body: eventsRequest, response: answers(eventsResponse) };
  app.post('/events', { schema, bodyLimit: EVENTS_BODY_LIMIT }, async (request) => {
    const { chain, events } = request.body;
    budgets.chargeEvents(request, events);
    const acknowledged = await takeEvents(central, asking(request), chain, events);
    return { acknowledged, now: central.now().toISOString() };
  });
}
