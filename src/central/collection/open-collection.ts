/** Opening the operation that brings recovered keys onto a card, with its image frozen. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Difference } from '../../domain/difference.ts';
import type { CollectRequest } from '../../protocol/request.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { type Acting, detailOf, nameOf } from '../operation/acting.ts';
import { readAftermath } from '../operation/aftermath.ts';
import type { Subject } from '../operation/may-begin.ts';
import { planSecrets } from '../operation/new-operation.ts';
import { newOperationKey } from '../operation/operation-key.ts';
import { demandTerms } from '../operation/terms.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import { findCardSecret } from '../repositories/card-secrets.ts';
import {
  addOperation,
  addOperationKeys,
  type OperationKeyRow,
  type OperationRow,
} from '../repositories/operations.ts';
import { findPhoto } from '../repositories/people.ts';
import { personOf } from '../request/actor.ts';
import { buildCollectionObjects } from './card-objects.ts';
import type { CollectionFacts } from './find-difference.ts';
import { planCollection } from './plan-collection.ts';

/** What is to be done, and for which request. */
export interface CollectionOrder {
  readonly requestId: string;
  readonly request: CollectRequest;
  readonly facts: CollectionFacts;
  readonly difference: Difference;
}

/**
 * @param entries what is told here is recorded at the end of the transaction
 * @throws RefusedError `RP-19-accept-terms`
 */
export async function openCollection(
  central: Central,
  transaction: Database,
  acting: Acting,
  { card, holder, profile }: Subject,
  { requestId, request, facts, difference }: CollectionOrder,
  entries: AuditEntry[],
): Promise<OperationRow> {
  const now = central.now();
  const { kiosk, operator } = acting;
  const { capabilities, recipientKey } = request;
  const who = { actor: `kiosk:${kiosk.name}`, cardId: card.id, holderId: holder.id, requestId };
  const agreed = demandTerms(profile, request, who);
  const image = planCollection(facts, difference, capabilities);
  const retiredKeys = image.retiredCount;
  const objects = await buildCollectionObjects(central, transaction, {
    card,
    holder,
    readPhoto: () => findPhoto(transaction, holder.id),
    profile,
    retiredKeys,
    now,
  });
  const secrets = planSecrets(card, profile, capabilities, {
    ...(await readAftermath(transaction, card)),
    isImported: (await findCardSecret(transaction, card.id, 'managementKey', 0)) !== undefined,
  });
  const operation: OperationRow = {
    ...{ id: randomUUID(), cardId: card.id, kioskId: kiosk.id, state: 'open' },
    ...{ kind: 'collection', requestId, reason: '' },
    ...{ profileName: profile.name, profileRevision: profile.revision },
    image: {
      objects: objects.map(({ tag, content }) => ({ tag, content: Buffer.from(content).toString('base64') })),
      ...{ emptiedCertificates: image.emptiedCertificates, removedKeys: image.removedKeys },
      // No secret of the card changes: the PIN that the holder has proven stays.
      managementKeyBefore: secrets.managementKeyBefore,
      ...{ managementKeyNext: null, pukBefore: card.pukVersion, pukNext: card.pukVersion },
    },
    ...{ nonce: new Uint8Array(randomBytes(32)), recipientKey, proofKind: 'card', acceptsKeyLoss: false },
    operatorId: operator && personOf(operator),
    ...{ startedAt: now, endedAt: null, refusedWith: null, result: null },
  };
  await addOperation(transaction, operation);
  const rows: OperationKeyRow[] = [];
  for (const [position, key] of image.keys.entries()) {
    const holding = { card, holder, kiosk, entries };
    rows.push(await newOperationKey(central, transaction, operation, holding, key, position));
  }
  await addOperationKeys(transaction, rows);
  entries.push(...agreed.map((entry) => ({ ...entry, operationId: operation.id })));
  entries.push({
    ...{ type: 'operation.begun', actor: nameOf(acting), cardId: card.id, operationId: operation.id },
    detail: {
      ...detailOf(acting, holder),
      ...{ kind: 'collection', proof: 'card', request: requestId, ...changesOf(difference) },
    },
  });
  return operation;
}

/** As the audit has them. */
function changesOf({ entries }: Difference): Record<string, string[]> {
  const changes: Record<string, string[]> = {};
  for (const { change, from, to, certificate } of entries) {
    if (change === 'kept') continue;
    const slot = change === 'moved' ? `${from} to ${to}` : (to ?? from ?? '-');
    changes[change] = [...(changes[change] ?? []), `${slot} ${certificate.serialNumber}`];
  }
  return changes;
}
