import type { Database } from '../database.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import { listRequestCertificates, listVerdicts, type RequestRow } from '../repositories/requests.ts';
import type { SoftCollectionRow } from '../repositories/soft-collections.ts';
import { type Actor, actorDetail } from '../request/actor.ts';

/** A request for a soft certificate as it is now: who asked, approved, collects, at which kiosk, and onto what (KR-10). */
export async function tellOfSoft(
  transaction: Database,
  { id, kind, state, ownerId, requestedBy }: RequestRow,
  { id: collection, cardId, tokenId, fileName, sha256, medium }: SoftCollectionRow,
  actor: Pick<Actor, 'name'> & Partial<Actor>,
): Promise<AuditEntry> {
  const verdicts = await listVerdicts(transaction, id);
  const list = await listRequestCertificates(transaction, id);
  const file = sha256 && { fileName, medium, sha256: Buffer.from(sha256).toString('hex') };
  return {
    ...{ type: `request.${state}`, actor: actor.name, cardId },
    detail: {
      ...{ request: id, kind, owner: ownerId, requestedBy, collection },
      ...(actor.standing && actorDetail({ ...(actor as Actor) })),
      approvedBy: verdicts.filter((one) => one.verdict === 'approved').map(({ operatorId }) => operatorId),
      certificates: list.filter(({ isWanted }) => isWanted).map(({ certificate }) => certificate),
      ...file,
      ...(tokenId && { token: tokenId, machine: medium }),
    },
  };
}
