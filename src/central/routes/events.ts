import { eventsRequest, eventsResponse } from '../../protocol/event.ts';
import type { Central } from '../central.ts';
import { recordAudit } from '../repositories/audit.ts';
import { acknowledgeEvents, lockKiosk, takeEvent } from '../repositories/kiosks.ts';
import { type App, answers, asking } from './contract.ts';

/** What happened at a kiosk: each event once, with its audit entry, however often it is sent (SY-02). */
export function eventRoutes(app: App, central: Central): void {
  const schema = { body: eventsRequest, response: answers(eventsResponse) };
  app.post('/events', { schema }, async (request) => {
    const kiosk = asking(request);
    const acknowledged = await central.database.transaction(async (transaction) => {
      const known = await lockKiosk(transaction, kiosk.id);
      for (const event of request.body.events) {
        if (!(await takeEvent(transaction, kiosk.id, event))) continue;
        const { type, cardId, operationId, n, at, detail } = event;
        const entry = { type: `kiosk.${type}`, actor: `kiosk:${kiosk.name}`, cardId, operationId };
        await recordAudit(central, transaction, { ...entry, detail: { ...detail, n, at } }, central.now());
      }
      return acknowledgeEvents(transaction, kiosk.id, known);
    });
    return { acknowledged };
  });
}
