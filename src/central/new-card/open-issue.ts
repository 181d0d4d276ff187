/** Opening the operation that makes a blank card somebody's, with its image frozen. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { ManagementKeyAlgorithm } from '../../domain/slot.ts';
import { RETIRED_SLOTS } from '../../domain/slot.ts';
import type { IssueRequest } from '../../protocol/new-card.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { detailOf, nameOf } from '../operation/acting.ts';
import { type Aftermath, readAftermath } from '../operation/aftermath.ts';
import type { NewRun } from '../operation/begin.ts';
import { planSecrets } from '../operation/new-operation.ts';
import { newOperationKey } from '../operation/operation-key.ts';
import { buildCardObjects } from '../planner/card-objects.ts';
import { RefusedError } from '../refused.ts';
import { findCardSecret } from '../repositories/card-secrets.ts';
import { type CardRow, changeCard } from '../repositories/cards.ts';
import {
  addOperation,
  addOperationKeys,
  type OperationKeyRow,
  type OperationRow,
} from '../repositories/operations.ts';
import { findPhoto } from '../repositories/people.ts';
import { personOf } from '../request/actor.ts';
import type { HeldIssue, IssueSubject } from './hold-issue.ts';
import { refuseProblem } from './issue-problem.ts';
import { planFor } from './plan-for.ts';
import { lifeFrom } from './planned-card.ts';

/** What is to be issued, to whom, where. */
export interface IssueOrder {
  readonly subject: IssueSubject;
  readonly wish: IssueRequest;
  readonly run: NewRun;
}

/** Of most cards as they leave the factory. */
const FACTORY_ALGORITHMS: readonly ManagementKeyAlgorithm[] = ['3DES', 'AES-192'];

/**
 * From here on the chip is that of this record, and the card's life has begun (RP-04).
 * @throws RefusedError with a code of COLLECTION_PROBLEMS; `KR-01-not-blank`
 */
export async function openIssue(
  central: Central,
  transaction: Database,
  held: HeldIssue,
  { subject, wish, run: { acting, proofKind, entries } }: IssueOrder,
): Promise<OperationRow> {
  const { kiosk, operator } = acting;
  const now = central.now();
  const { holder, profile } = subject;
  const aftermath = await readAftermath(transaction, held.card);
  demandFactoryKey(held.card, aftermath, wish);
  const { plan } = await planFor(transaction, held, subject, wish);
  if (plan.problem !== null) throw refuseProblem(plan.problem);
  const born = {
    ...{ serial: wish.serial, profileRevision: profile.revision },
    ...lifeFrom(profile, now),
  };
  await changeCard(transaction, held.card.id, born);
  const card: CardRow = { ...held.card, ...born };
  const retiredKeys = plan.keys.filter(({ slot }) =>
    (RETIRED_SLOTS as readonly string[]).includes(slot),
  ).length;
  const readPhoto = () => findPhoto(transaction, holder.id);
  const objects = await buildCardObjects(central, { card, holder, readPhoto, profile, retiredKeys, now });
  const isImported = (await findCardSecret(transaction, card.id, 'managementKey', 0)) !== undefined;
  const operation: OperationRow = {
    ...{ id: randomUUID(), cardId: card.id, kioskId: kiosk.id, state: 'open' },
    ...{ kind: 'issue', requestId: held.request.id, reason: '' },
    ...{ profileName: profile.name, profileRevision: profile.revision },
    image: {
      objects: objects.map(({ tag, content }) => ({ tag, content: Buffer.from(content).toString('base64') })),
      ...{ emptiedCertificates: plan.emptiedCertificates, removedKeys: plan.removedKeys },
      ...planSecrets(card, profile, wish.capabilities, { ...aftermath, isImported }),
    },
    ...{ nonce: new Uint8Array(randomBytes(32)), recipientKey: wish.recipientKey, proofKind },
    operatorId: operator && personOf(operator),
    ...{ acceptsKeyLoss: false, startedAt: now, endedAt: null, refusedWith: null, result: null },
  };
  await addOperation(transaction, operation);
  const rows: OperationKeyRow[] = [];
  for (const [position, key] of plan.keys.entries()) {
    const holding = { card, holder, kiosk, entries };
    rows.push(await newOperationKey(central, transaction, operation, holding, key, position));
  }
  await addOperationKeys(transaction, rows);
  entries.push({
    ...{ type: 'operation.begun', actor: nameOf(acting), cardId: card.id, operationId: operation.id },
    detail: {
      ...detailOf(acting, holder),
      ...{ kind: 'issue', proof: proofKind, request: held.request.id, serial: wish.serial },
      ...{ profile: profile.name, revision: profile.revision },
      restored: plan.keys.flatMap(({ slot, record }) => (record ? [`${slot} ${record.serialNumber}`] : [])),
      left: plan.left.map(({ serialNumber }) => serialNumber),
    },
  });
  return operation;
}

/** A card that says of itself that somebody has changed its management key. Whether the key is another one only the card tells. */
function demandFactoryKey(
  { managementKeyVersion }: CardRow,
  { managementKeys }: Aftermath,
  { capabilities: { managementKeyAlgorithm: told } }: IssueRequest,
): void {
  if (managementKeyVersion > 0 || managementKeys.length > 0 || told === null) return;
  if (FACTORY_ALGORITHMS.includes(told)) return;
  const why = 'somebody has changed its management key; have it reset, or take another blank card';
  throw new RefusedError(409, 'KR-01-not-blank', `collect card: ${why}`);
}
