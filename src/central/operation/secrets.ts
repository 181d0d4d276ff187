/** Changing the secrets of a card: intent before the command, outcome after it, one at a time (operation.md A). */

import { sealTo } from '../../pki/hpke.ts';
import { type IntentResponse, type SealedSecret, sealContext } from '../../protocol/operation.ts';
import type { SecretKind } from '../../protocol/values.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { changeCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  findIntent,
  hasAuthenticatedCard,
  listIntents,
  type OperationRow,
  type SecretIntentRow,
  saveIntent,
} from '../repositories/operations.ts';
import { addRefusedPuks } from '../repositories/refused-puks.ts';
import { managementKey, puk } from './card-secrets.ts';
import { inOpenOperation } from './open-operation.ts';
import { pukCandidates } from './puk-candidates.ts';

/** Central counts PINs for the record only: it never sees one. */
const PIN_VERSION = 1;

/**
 * Records that a secret is about to change, durably, then gives out what the change needs, sealed to this run.
 * @throws RefusedError `SE-03-secret-pending` while another secret has no outcome, `SE-03-not-changed` when the plan
 * does not change it, `SE-03-card-not-authenticated` before the card has passed with its management key
 */
export async function intendSecret(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  secret: SecretKind,
): Promise<IntentResponse> {
  const { operation, version, mayBeNext, puksForPin } = await inOpenOperation(
    central,
    kiosk,
    operationId,
    (transaction, open) => recordIntent(central, transaction, open, secret),
  );
  const { pukBefore, managementKeyNext } = operation.image;
  const { masterKey } = central.authority;
  // All of one intent is sealed for the version that it leads to.
  const context = sealContext(operation.id, secret, version);
  const seal = (wanted: number) =>
    sealSecret(operation, context, () =>
      secret === 'managementKey'
        ? managementKey(masterKey, operation.cardId, wanted, managementKeyNext?.algorithm ?? 'AES-192')
        : puk(masterKey, operation.cardId, wanted),
    );
  if (secret === 'pin') return { version, next: null, current: await Promise.all(puksForPin.map(seal)) };
  const next = await seal(version);
  if (secret === 'managementKey') return { version, next, current: [] };
  const current = mayBeNext ? [next, await seal(pukBefore)] : [await seal(pukBefore)];
  return { version, next, current };
}

/**
 * Records what became of an intent; may be repeated.
 * @throws RefusedError `SE-03-no-such-intent`
 */
export async function decideSecret(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  request: { secret: SecretKind; version: number; outcome: Exclude<SecretIntentRow['state'], 'intended'> },
): Promise<void> {
  await inOpenOperation(central, kiosk, operationId, async (transaction, operation) => {
    const { secret, version, outcome } = request;
    const recorded = await findIntent(transaction, operationId, secret);
    // A card that cannot change it at all never gets as far as an intent.
    const intent =
      recorded ?? (outcome === 'notSupported' ? newIntent(central, operation, secret) : undefined);
    if (intent?.version !== version) {
      throw new RefusedError(409, 'SE-03-no-such-intent', `change ${secret}: no such intent was recorded`);
    }
    await saveIntent(transaction, { ...intent, state: outcome, decidedAt: central.now() });
    if (secret === 'pin' && outcome === 'unchanged') await recordRefusedPuks(central, transaction, operation);
    const change = recordedChange(operation, secret, outcome);
    if (change) await changeCard(transaction, operation.cardId, change);
  });
}

async function recordIntent(
  central: Central,
  transaction: Database,
  operation: OperationRow,
  secret: SecretKind,
): Promise<{
  operation: OperationRow;
  version: number;
  /** Of a PUK: an earlier run, or an abandoned operation, may have changed it already. */
  mayBeNext: boolean;
  /** With them a PIN is set where nobody has proved the one that is there. */
  puksForPin: readonly number[];
}> {
  const intents = await listIntents(transaction, operation.id);
  if (intents.some((intent) => intent.secret !== secret && intent.state === 'intended')) {
    throw new RefusedError(
      409,
      'SE-03-secret-pending',
      `change ${secret}: another change has no outcome yet`,
    );
  }
  const givesPuk = secret === 'pin' && operation.proofKind === 'code';
  const givesSecret = secret !== 'pin' || givesPuk;
  if (givesSecret && !(await hasAuthenticatedCard(transaction, operation.id))) {
    throw new RefusedError(
      409,
      'SE-03-card-not-authenticated',
      `change ${secret}: the card has not passed with its management key`,
    );
  }
  const before = intents.find((intent) => intent.secret === secret);
  const intent = newIntent(central, operation, secret);
  await saveIntent(transaction, intent);
  const mayBeNext = before !== undefined || operation.image.pukMayBeNext === true;
  const puksForPin = givesPuk ? await pukCandidates(transaction, operation) : [];
  return { operation, version: intent.version, mayBeNext, puksForPin };
}

/** With a code the old PIN is not in question: it stays as it is only where the card has refused its PUKs. */
async function recordRefusedPuks(
  central: Central,
  transaction: Database,
  operation: OperationRow,
): Promise<void> {
  if (operation.proofKind !== 'code') return;
  const versions = await pukCandidates(transaction, operation);
  await addRefusedPuks(transaction, operation.cardId, versions, central.now());
}

function newIntent(central: Central, operation: OperationRow, secret: SecretKind): SecretIntentRow {
  const version = nextVersion(operation, secret);
  const times = { intendedAt: central.now(), decidedAt: null };
  return { operationId: operation.id, secret, version, state: 'intended', ...times };
}

function nextVersion(operation: OperationRow, secret: SecretKind): number {
  const { managementKeyNext, pukNext } = operation.image;
  const versions = { pin: PIN_VERSION, puk: pukNext, managementKey: managementKeyNext?.version };
  const version = versions[secret];
  if (version === undefined) {
    throw new RefusedError(409, 'SE-03-not-changed', `change ${secret}: the plan leaves it as it is`);
  }
  return version;
}

/** What the card's record says from now on; an outcome that changed nothing leaves it. */
function recordedChange(operation: OperationRow, secret: SecretKind, outcome: string) {
  const { managementKeyNext, pukNext } = operation.image;
  if (secret === 'puk' && outcome === 'written') return { pukVersion: pukNext };
  if (secret !== 'managementKey' || !managementKeyNext) return null;
  if (outcome === 'notSupported') return { canChangeManagementKey: false };
  if (outcome !== 'written') return null;
  return {
    managementKeyVersion: managementKeyNext.version,
    managementKeyAlgorithm: managementKeyNext.algorithm,
    canChangeManagementKey: true,
  };
}

async function sealSecret(
  operation: OperationRow,
  context: Uint8Array,
  make: () => Uint8Array,
): Promise<SealedSecret> {
  const plaintext = make();
  try {
    return await sealTo(operation.recipientKey, context, plaintext);
  } finally {
    plaintext.fill(0);
  }
}
