import type { ImageKey, OperationPlan } from '../../protocol/operation.ts';
import type { Database } from '../database.ts';
import { isCompromised, PROVING_SLOTS } from '../proving-keys.ts';
import { type CertificateRow, certificatesOnCard, findCertificate } from '../repositories/certificates.ts';
import { listOperationKeys, type OperationKeyRow, type OperationRow } from '../repositories/operations.ts';
import { challengeOf } from './key-challenge.ts';
import { managementKeyCandidates } from './management-key.ts';
import { isPinSet } from './unfinished.ts';

/** An operation's plan as it is now: the frozen image, with what was issued meanwhile filled in. */
export async function readPlan(
  database: Database,
  operation: OperationRow,
  isResumed: boolean,
): Promise<OperationPlan> {
  const { image } = operation;
  const keys: ImageKey[] = [];
  // What an abandoned issue has left proves nobody.
  const onCard =
    operation.kind === 'issue' ? new Map() : await certificatesOnCard(database, operation.cardId);
  for (const key of await listOperationKeys(database, operation.id)) {
    keys.push(await imageKey(database, key, onCard.get(key.slot)));
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
    isPinSet: await isPinSet(database, operation),
    changesPin: operation.kind !== 'collection',
    replacesPuk: operation.kind !== 'collection',
    keys,
    objects: image.objects.map(({ tag, content }) => ({
      tag,
      content: new Uint8Array(Buffer.from(content, 'base64')),
    })),
    emptiedCertificates: [...image.emptiedCertificates],
    removedKeys: [...image.removedKeys],
  };
}

async function imageKey(
  database: Database,
  key: OperationKeyRow,
  onCard: CertificateRow | undefined,
): Promise<ImageKey> {
  const { slot, algorithm, publicKey } = key;
  const issued = key.certificate ? await findCertificate(database, key.certificate) : undefined;
  const challenge = challengeOf(key);
  const source = keySource(key);
  const isProving = source.kind === 'generate' && PROVING_SLOTS.includes(slot);
  return {
    ...{ slot, algorithm, source, publicKey, certificate: issued?.der ?? null, challenge },
    recordedPublicKey: isProving && onCard && !isCompromised(onCard) ? onCard.publicKey : null,
  };
}

function keySource({ source, movedFrom }: OperationKeyRow): ImageKey['source'] {
  if (source === 'import') return { kind: 'import', from: movedFrom };
  return source === 'move' && movedFrom
    ? { kind: 'move', from: movedFrom }
    : { kind: source === 'keep' ? 'keep' : 'generate' };
}
