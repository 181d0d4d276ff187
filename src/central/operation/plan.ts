import type { ImageKey, OperationPlan } from '../../protocol/operation.ts';
import type { Database } from '../database.ts';
import { findCertificate } from '../repositories/certificates.ts';
import { listOperationKeys, type OperationKeyRow, type OperationRow } from '../repositories/operations.ts';
import { challengeOf } from './key-challenge.ts';
import { managementKeyCandidates } from './management-key.ts';

/** An operation's plan as it is now: the frozen image, with what was issued meanwhile filled in. */
export async function readPlan(
  database: Database,
  operation: OperationRow,
  isResumed: boolean,
): Promise<OperationPlan> {
  const { image } = operation;
  const keys: ImageKey[] = [];
  for (const key of await listOperationKeys(database, operation.id)) {
    keys.push(await imageKey(database, key));
  }
  return {
    operationId: operation.id,
    cardId: operation.cardId,
    isResumed,
    nonce: operation.nonce,
    managementKey: {
      candidates: await managementKeyCandidates(database, operation),
      next: image.managementKeyNext,
    },
    replacesPuk: true,
    keys,
    objects: image.objects.map(({ tag, content }) => ({
      tag,
      content: new Uint8Array(Buffer.from(content, 'base64')),
    })),
    emptiedCertificates: [...image.emptiedCertificates],
    removedKeys: [...image.removedKeys],
  };
}

async function imageKey(database: Database, key: OperationKeyRow): Promise<ImageKey> {
  const { slot, algorithm, publicKey } = key;
  const issued = key.certificate ? await findCertificate(database, key.certificate) : undefined;
  const challenge = challengeOf(key);
  return { slot, algorithm, source: keySource(key), publicKey, certificate: issued?.der ?? null, challenge };
}

function keySource({ source, movedFrom }: OperationKeyRow): ImageKey['source'] {
  return source === 'move' && movedFrom
    ? { kind: 'move', from: movedFrom }
    : { kind: source === 'keep' ? 'keep' : 'generate' };
}
