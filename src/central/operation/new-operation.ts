import { randomBytes, randomUUID } from 'node:crypto';
import type { FrozenImage } from '../../../db/central/operation-schema.ts';
import type { ManagementKeyVersion } from '../../domain/card.ts';
import type { Profile } from '../../domain/profile.ts';
import { isEncryptionSlot } from '../../domain/slot.ts';
import type { BeginRequest, CardCapabilities } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { buildCardObjects } from '../planner/card-objects.ts';
import { RefusedError } from '../refused.ts';
import { findCardSecret } from '../repositories/card-secrets.ts';
import type { CardRow } from '../repositories/cards.ts';
import {
  addOperation,
  addOperationKeys,
  type OperationKeyRow,
  type OperationRow,
} from '../repositories/operations.ts';
import { findPhoto } from '../repositories/people.ts';
import { personOf } from '../request/actor.ts';
import { detailOf, nameOf } from './acting.ts';
import { type Aftermath, readAftermath } from './aftermath.ts';
import type { NewRun } from './begin.ts';
import { planCardKeys, type Subject } from './may-begin.ts';
import { newOperationKey } from './operation-key.ts';

/** As the protocol allows. */
const MAX_MANAGEMENT_KEYS = 3;

/**
 * Opens an operation with its image frozen: from here on nothing of it changes, whatever changes at central.
 * @throws RefusedError `RP-12-no-such-reason`, `RP-20-key-would-be-lost`, `RP-20-confirm-loss`, `KR-11-cannot-import`
 */
export async function openOperation(
  central: Central,
  transaction: Database,
  { card, holder, profile }: Subject,
  request: BeginRequest,
  { acting, proofKind, entries }: NewRun,
): Promise<OperationRow> {
  const { kiosk, operator } = acting;
  const now = central.now();
  const keys = await planCardKeys(central, transaction, { card, holder, profile }, request);
  if (keys.encryptionKey === 'lose' && !request.acceptsKeyLoss) {
    throw new RefusedError(
      409,
      'RP-20-confirm-loss',
      'begin: the loss of the encryption key is not confirmed',
    );
  }
  const objects = await buildCardObjects(central, {
    ...{ card, holder, profile, now },
    readPhoto: () => findPhoto(transaction, holder.id),
    retiredKeys: keys.keys.filter((key) => key.slot !== '9D' && isEncryptionSlot(key.slot)).length,
  });
  const operation: OperationRow = {
    ...{ id: randomUUID(), cardId: card.id, kioskId: kiosk.id, state: 'open' },
    ...{ kind: 'reprovision', requestId: request.requestId ?? null, reason: request.reason },
    ...{ profileName: profile.name, profileRevision: profile.revision },
    image: {
      objects: objects.map(({ tag, content }) => ({ tag, content: Buffer.from(content).toString('base64') })),
      emptiedCertificates: keys.emptiedCertificates,
      removedKeys: keys.removedKeys,
      ...planSecrets(card, profile, request.capabilities, {
        ...(await readAftermath(transaction, card)),
        isImported: (await findCardSecret(transaction, card.id, 'managementKey', 0)) !== undefined,
      }),
    },
    ...{ nonce: new Uint8Array(randomBytes(32)), recipientKey: request.recipientKey },
    ...{ proofKind, operatorId: operator && personOf(operator) },
    ...{ acceptsKeyLoss: request.acceptsKeyLoss, startedAt: now },
    ...{ endedAt: null, refusedWith: null, result: null },
  };
  await addOperation(transaction, operation);
  const rows: OperationKeyRow[] = [];
  const holding = { card, holder, kiosk, entries };
  for (const [position, key] of keys.keys.entries()) {
    rows.push(await newOperationKey(central, transaction, operation, holding, key, position));
  }
  await addOperationKeys(transaction, rows);
  entries.push({
    ...{ type: 'operation.begun', actor: nameOf(acting), cardId: card.id, operationId: operation.id },
    detail: {
      ...detailOf(acting, holder),
      reason: request.reason,
      proof: proofKind,
      profile: profile.name,
      revision: profile.revision,
      encryptionKey: keys.encryptionKey,
    },
  });
  return operation;
}

type PlannedSecrets = Pick<
  FrozenImage,
  'managementKeyBefore' | 'managementKeyNext' | 'pukBefore' | 'pukNext' | 'pukMayBeNext'
>;

/**
 * Which secrets the card may have now, and which it shall have. A management key shows itself when the card passes, so the
 * next one is always new. Which PUK a card has can only be tried: where one was intended and never told of, the next is
 * that one, so that there are never more than two (operation.md A).
 */
export function planSecrets(
  card: CardRow,
  profile: Pick<Profile, 'managementKeyAlgorithm'>,
  capabilities: CardCapabilities,
  { managementKeys, pukVersion, isImported }: Aftermath & { readonly isImported: boolean },
): PlannedSecrets {
  const newest = Math.max(card.managementKeyVersion, ...managementKeys.map(({ version }) => version));
  const next = { version: newest + 1, algorithm: profile.managementKeyAlgorithm };
  return {
    managementKeyBefore: [
      ...managementKeys,
      ...recorded(card, capabilities, { isInDoubt: managementKeys.length > 0, isImported }),
    ].slice(0, MAX_MANAGEMENT_KEYS),
    managementKeyNext: capabilities.canSetManagementKey ? next : null,
    pukBefore: card.pukVersion,
    pukNext: pukVersion ?? card.pukVersion + 1,
    pukMayBeNext: pukVersion !== null,
  };
}

/**
 * The key on record. The factory's is the same 24 bytes for 3DES and AES-192: the card says which, or both are tried.
 * An imported one is of the algorithm that came with it.
 * @param isInDoubt the card may have another key by now, and what it says is the algorithm of that
 */
function recorded(
  card: CardRow,
  capabilities: CardCapabilities,
  { isInDoubt, isImported }: { readonly isInDoubt: boolean; readonly isImported: boolean },
): ManagementKeyVersion[] {
  const { managementKeyVersion: version, managementKeyAlgorithm } = card;
  if (version > 0 || isImported) return [{ version, algorithm: managementKeyAlgorithm }];
  const told = capabilities.managementKeyAlgorithm;
  const isFactorys = told === '3DES' || told === 'AES-192';
  if (isInDoubt && told !== null && !isFactorys) return [];
  if (told !== null) return [{ version: 0, algorithm: told }];
  return [
    { version: 0, algorithm: '3DES' },
    { version: 0, algorithm: 'AES-192' },
  ];
}
