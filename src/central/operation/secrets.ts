/** Changing the secrets of a card: intent before the command, outcome after it, one at a time (operation.md A). */

import { sealTo } from '../../pki/hpke.ts';
import {
  type IntentResponse,
  type SealedSecret,
  type SecretOutcome,
  sealContext,
} from '../../protocol/operation.ts';
import type { SecretKind } from '../../protocol/values.ts';
import { saveFactorySecret } from '../card-empty/factory-secret.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { changeCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  findIntent,
  listIntents,
  type OperationRow,
  type SecretIntentRow,
  saveIntent,
} from '../repositories/operations.ts';
import { forgetRefusedPuks } from '../repositories/refused-puks.ts';
import { demandAuthenticatedCard } from './demand-card.ts';
import { demandServed } from './demand-served.ts';
import { inOpenOperation, inSoundOperation } from './open-operation.ts';
import { isPukInDoubt, pukCandidates, recordRefusedPuks } from './puk-candidates.ts';
import { chooseMasterKey, readManagementKey, readPuk } from './read-secret.ts';

/** Central counts PINs for the record only: it never sees one. */
const PIN_VERSION = 1;

/**
 * Records that a secret is about to change, durably, then gives out what the change needs, sealed to this run.
 * @throws RefusedError `SE-03-secret-pending` while another secret has no outcome, `SE-03-not-changed` when the plan
 * does not change it, `SE-03-card-not-authenticated` before the card has passed with its management key,
 * `SE-03-no-master-key` when this central lacks a key for it, `RP-07-not-served-here` in a run that is long over
 */
export async function intendSecret(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  secret: SecretKind,
): Promise<IntentResponse> {
  const { operation, version, puks } = await inSoundOperation(
    central,
    kiosk,
    operationId,
    (transaction, open) => recordIntent(central, transaction, kiosk, open, secret),
  );
  const { managementKeyNext } = operation.image;
  // All of one intent is sealed for the version that it leads to.
  const context = sealContext(operation.id, secret, version);
  const seal = (wanted: number) =>
    sealSecret(operation, context, () =>
      secret === 'managementKey' && managementKeyNext
        ? readManagementKey(central, central.database, operation.cardId, managementKeyNext)
        : readPuk(central, central.database, operation.cardId, wanted),
    );
  const current = await Promise.all(puks.map(seal));
  return { version, next: secret === 'pin' ? null : await seal(version), current };
}

/**
 * Records what became of an intent; may be repeated.
 * @throws RefusedError `SE-03-no-such-intent`; without an intent also `SE-03-card-not-authenticated`
 */
export async function decideSecret(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  request: { secret: SecretKind; version: number; outcome: SecretOutcome },
): Promise<void> {
  await inOpenOperation(central, kiosk, operationId, async (transaction, operation) => {
    const { secret, version, outcome } = request;
    const recorded = await findIntent(transaction, operationId, secret);
    if (!recorded) await demandAuthenticatedCard(transaction, operationId, `change ${secret}`);
    // A card that cannot change it at all never gets as far as an intent.
    const intent =
      recorded ?? (outcome === 'notSupported' ? newIntent(central, operation, secret) : undefined);
    if (intent?.version !== version) {
      throw new RefusedError(409, 'SE-03-no-such-intent', `change ${secret}: no such intent was recorded`);
    }
    const now = central.now();
    const state = outcome === 'refused' ? 'unchanged' : outcome;
    await saveIntent(transaction, { ...intent, state, decidedAt: now });
    if (outcome === 'refused') await recordRefusedPuks(transaction, operation, now);
    if (secret === 'puk' && outcome === 'written') await forgetRefusedPuks(transaction, operation.cardId);
    const change = recordedChange(operation, secret, outcome);
    if (change) await changeCard(transaction, operation.cardId, change);
  });
}

async function recordIntent(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  operation: OperationRow,
  secret: SecretKind,
): Promise<{
  operation: OperationRow;
  version: number;
  /** Which the card may have: what changes a PUK, or sets a PIN where nobody has proved the one that is there. */
  puks: readonly number[];
}> {
  demandSecretsChange(operation, secret);
  const intents = await listIntents(transaction, operation.id);
  if (intents.some((intent) => intent.secret !== secret && intent.state === 'intended')) {
    throw new RefusedError(
      409,
      'SE-03-secret-pending',
      `change ${secret}: another change has no outcome yet`,
    );
  }
  const givesPuk = secret === 'pin' && operation.proofKind !== 'card';
  if (givesPuk && (await isPukInDoubt(transaction, operation))) {
    throw new RefusedError(
      409,
      'SE-03-secret-pending',
      'change pin: which PUK the card has is not known yet',
    );
  }
  const givesSecret = secret !== 'pin' || givesPuk;
  if (givesSecret) {
    await demandAuthenticatedCard(transaction, operation.id, `change ${secret}`);
    await demandServed(central, transaction, kiosk, operation);
  }
  const puks = secret === 'puk' || givesPuk ? await pukCandidates(transaction, operation) : [];
  const intent = newIntent(central, operation, secret);
  if (secret !== 'pin' && operation.kind === 'empty') {
    await saveFactorySecret(central, transaction, operation, secret, intent.version);
  } else if (secret !== 'pin') {
    await chooseMasterKey(central, transaction, operation.cardId, secret, intent.version);
  }
  const isOver = secret === 'puk' && puks.length === 0;
  if (!isOver) await saveIntent(transaction, intent);
  // A PUK that is not known, or cannot be changed any more in this operation: what became of it stays known.
  else if (!intents.some((one) => one.secret === 'puk')) {
    await saveIntent(transaction, { ...intent, state: 'unchanged', decidedAt: intent.intendedAt });
  }
  return { operation, version: intent.version, puks };
}

function newIntent(central: Central, operation: OperationRow, secret: SecretKind): SecretIntentRow {
  const version = nextVersion(operation, secret);
  const times = { intendedAt: central.now(), decidedAt: null };
  return { operationId: operation.id, secret, version, state: 'intended', ...times };
}

function nextVersion(operation: OperationRow, secret: SecretKind): number {
  demandSecretsChange(operation, secret);
  const { managementKeyNext, pukNext } = operation.image;
  const versions = { pin: PIN_VERSION, puk: pukNext, managementKey: managementKeyNext?.version };
  const version = versions[secret];
  if (version === undefined) {
    throw new RefusedError(409, 'SE-03-not-changed', `change ${secret}: the plan leaves it as it is`);
  }
  return version;
}

/** A collection changes no secret: none is given out in it. @throws RefusedError `SE-03-not-changed` */
function demandSecretsChange({ kind }: OperationRow, secret: SecretKind): void {
  if (kind !== 'collection') return;
  throw new RefusedError(409, 'SE-03-not-changed', `change ${secret}: a collection leaves it as it is`);
}

/** What the card's record says from now on; an outcome that changed nothing leaves it. */
function recordedChange(operation: OperationRow, secret: SecretKind, outcome: SecretOutcome) {
  const { managementKeyNext, pukNext } = operation.image;
  if (secret === 'puk' && outcome === 'written') return { pukVersion: pukNext, isPukKnown: true };
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
  read: () => Promise<Uint8Array>,
): Promise<SealedSecret> {
  const plaintext = await read();
  try {
    return await sealTo(operation.recipientKey, context, plaintext);
  } finally {
    plaintext.fill(0);
  }
}
