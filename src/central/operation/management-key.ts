/** Mutual authentication with the card's management key: the key itself never leaves central (SE-03). */
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import type { ManagementKeyVersion } from '../../domain/card.ts';
import type { cardResponseRequest, witnessRequest, witnessResponse } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  addExchange,
  decideExchange,
  findIntent,
  lockExchange,
  noteInImage,
  type OperationRow,
} from '../repositories/operations.ts';
import { blockLength, decryptBlock, encryptBlock } from './card-cipher.ts';
import { inOpenOperation } from './open-operation.ts';
import { readManagementKey } from './read-secret.ts';
import { settleEarlierIntents } from './settle-intents.ts';

/** Which management keys the card may have now, newest first; after an intent it may be either. */
export async function managementKeyCandidates(
  database: Database,
  operation: OperationRow,
): Promise<ManagementKeyVersion[]> {
  const { managementKeyBefore: before, managementKeyNext: next } = operation.image;
  if (!next || !(await findIntent(database, operation.id, 'managementKey'))) return [...before];
  return [next, ...before];
}

/**
 * Decrypts the card's witness and gives a challenge for the card.
 * @throws RefusedError `SE-03-no-such-key` for a key that the plan does not name, `SE-07-bad-request` for a wrong length
 */
export async function answerWitness(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  request: z.output<typeof witnessRequest>,
): Promise<z.output<typeof witnessResponse>> {
  const { version, algorithm, witness } = request;
  return inOpenOperation(central, kiosk, operationId, async (transaction, operation) => {
    const candidates = await managementKeyCandidates(transaction, operation);
    if (!candidates.some((one) => one.version === version && one.algorithm === algorithm)) {
      throw new RefusedError(409, 'SE-03-no-such-key', 'authenticate card: the plan names no such key');
    }
    const length = blockLength(algorithm);
    if (witness.length !== length) {
      throw new RefusedError(400, 'SE-07-bad-request', `authenticate card: a witness has ${length} bytes`);
    }
    const key = await readManagementKey(central, transaction, operation.cardId, { version, algorithm });
    const challenge = new Uint8Array(randomBytes(length));
    const exchangeId = randomUUID();
    await addExchange(transaction, {
      ...{ id: exchangeId, operationId, version, algorithm, challenge },
      ...{ isAuthenticated: null, startedAt: central.now() },
    });
    try {
      return { exchangeId, decryptedWitness: decryptBlock(algorithm, key, witness), challenge };
    } finally {
      key.fill(0);
    }
  });
}

/** Checks the card's answer to the challenge. The first answer counts. */
export async function checkCardResponse(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  request: z.output<typeof cardResponseRequest>,
): Promise<boolean> {
  return inOpenOperation(central, kiosk, operationId, async (transaction, operation) => {
    const exchange = await lockExchange(transaction, request.exchangeId);
    if (!exchange || exchange.operationId !== operation.id) {
      throw new RefusedError(404, 'SE-03-no-such-exchange', 'authenticate card: no challenge was given');
    }
    if (exchange.isAuthenticated !== null) return exchange.isAuthenticated;
    const { version, algorithm, challenge } = exchange;
    const key = await readManagementKey(central, transaction, operation.cardId, { version, algorithm });
    const expected = encryptBlock(algorithm, key, challenge);
    key.fill(0);
    const isRight =
      request.response.length === expected.length && timingSafeEqual(request.response, expected);
    await decideExchange(transaction, exchange.id, isRight);
    if (!isRight) return false;
    await settleEarlierIntents(transaction, operation, exchange, central.now());
    if (operation.kind === 'collection') await noteInImage(transaction, operation.id, { hasPassed: true });
    return true;
  });
}
