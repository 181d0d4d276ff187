import type { Central } from '../central.ts';
import { recordAudit } from '../repositories/audit.ts';
import { findPhoto } from '../repositories/people.ts';
import { type Actor, actorDetail } from '../request/actor.ts';
import { findSeen } from '../request/find-seen.ts';

/**
 * The photo of one person, to be compared with a face: who looked at whose is on record before it is given out.
 * @returns JPEG; null where there is none
 * @throws RefusedError as `findSeen`
 */
export async function lookAtPhoto(
  central: Central,
  actor: Actor,
  personId: string,
): Promise<Uint8Array | null> {
  return central.database.transaction(async (transaction) => {
    const { id } = await findSeen(transaction, actor, personId);
    const photo = await findPhoto(transaction, id);
    if (photo === null) return null;
    const detail = { owner: id, ...actorDetail(actor) };
    const entry = { type: 'photo.viewed', actor: actor.name, detail };
    await recordAudit(central, transaction, entry, central.now());
    return photo;
  });
}
