import type { Central } from '../central.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import { type Actor, actorDetail } from '../request/actor.ts';

/**
 * An administrator ends the kiosk at which they are signed in, to look after its machine (SE-06). It is on record before the kiosk
 * gives its terminal away; what they do there is the machine's to record.
 * @throws RefusedError `OP-02-no-right`
 */
export async function leaveForMaintenance(central: Central, actor: Actor): Promise<void> {
  const { standing } = actor;
  if (standing.kind !== 'operator' || standing.role !== 'administrator') {
    throw new RefusedError(403, 'OP-02-no-right', 'leave kiosk for maintenance: only an administrator may');
  }
  const entry = { type: 'kiosk.maintenance', actor: actor.name, detail: actorDetail(actor) };
  await central.database.transaction((transaction) =>
    recordAudit(central, transaction, entry, central.now()),
  );
}
