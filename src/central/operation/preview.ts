/** What a begin would do to the keys of a card, told before anybody is warned (RP-13, RP-20). */
import type { PreviewRequest, PreviewResponse } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { type ComingKey, plannedChanges } from '../planner/planned-changes.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { certificatesOnCard, findCertificate } from '../repositories/certificates.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  findOpenOperation,
  listOperationKeys,
  type OperationKeyRow,
  type OperationRow,
} from '../repositories/operations.ts';
import type { Actor } from '../request/actor.ts';
import { actingAt, demandMayReprovision, isWitnessWanted, onRecordOf } from './acting.ts';
import { reprovisionOf } from './begin.ts';
import { checkProof, findSubject, planCardKeys, type Subject } from './may-begin.ts';
import { termsOf } from './terms.ts';

/**
 * What a begin with these choices would do; nothing is opened. Of an open operation: what it does.
 * @throws RefusedError as `beginOperation`
 */
export async function previewOperation(
  central: Central,
  kiosk: Kiosk,
  request: PreviewRequest,
  signedIn: Actor | null = null,
): Promise<PreviewResponse> {
  const acting = await actingAt(central, kiosk, signedIn, request.proofId);
  const { cardId, reason } = request;
  return onRecordOf(central, acting, { action: 'reprovision', cardId, reason }, async (transaction) => {
    const subject = await findSubject(central, transaction, kiosk, request.cardId);
    const unfinished = await findOpenOperation(transaction, request.cardId);
    const proof = await checkProof(central, transaction, kiosk, request, unfinished);
    const open = await reprovisionOf(transaction, kiosk, subject, unfinished, proof.kind);
    await demandMayReprovision(central, transaction, acting, subject, { open, reason });
    const wantsWitness = isWitnessWanted(acting, 'reprovision', { profile: subject.profile, open });
    if (open) return { ...(await previewOpen(transaction, subject, open)), wantsWitness };
    const { encryptionKey, keys, facts } = await planCardKeys(central, transaction, subject, request);
    const onCard = new Map(facts.onCard);
    if (facts.aftermath.isEncryptionKeyGone) onCard.delete('9D');
    const coming = keys.map(
      ({ slot, record, keepsCertificate, lifetimeDays }): ComingKey => ({
        ...{ slot, lifetimeDays, publicKey: record?.publicKey ?? null },
        certificate: keepsCertificate ? record : null,
      }),
    );
    const { now, cardExpiresAt } = facts;
    return {
      encryptionKey,
      changes: await changesOf(transaction, subject, coming, { onCard, now, cardExpiresAt }),
      terms: termsOf(subject.profile),
      wantsWitness,
    };
  });
}

/** Its keys as they were frozen; what was made meanwhile is as new as it was at the begin. */
async function previewOpen(
  transaction: Database,
  subject: Subject,
  open: OperationRow,
): Promise<PreviewResponse> {
  const keys = await listOperationKeys(transaction, open.id);
  const onCard = await certificatesOnCard(transaction, open.cardId);
  const coming: ComingKey[] = [];
  for (const { slot, lifetimeDays, publicKey, certificate, source } of keys) {
    const row = certificate ? await findCertificate(transaction, certificate) : undefined;
    const isOwn = row?.operationId === open.id;
    const isNew = source === 'generate' || (isOwn && !isOnRecord(publicKey, onCard));
    coming.push({
      ...{ slot, lifetimeDays, publicKey: isNew ? null : publicKey },
      certificate: row && !isOwn ? row : null,
    });
  }
  const dates = { now: open.startedAt, cardExpiresAt: subject.card.expiresAt };
  return {
    encryptionKey: encryptionKeyOf(keys, onCard),
    changes: await changesOf(transaction, subject, coming, { onCard, ...dates }),
    ...{ terms: null, wantsWitness: false },
  };
}

type OnCard = Awaited<ReturnType<typeof certificatesOnCard>>;

function isOnRecord(publicKey: Uint8Array | null, onCard: OnCard): boolean {
  return [...onCard.values()].some((row) => publicKey && Buffer.compare(row.publicKey, publicKey) === 0);
}

async function changesOf(
  transaction: Database,
  { holder }: Subject,
  coming: readonly ComingKey[],
  facts: { readonly onCard: OnCard; readonly now: Date; readonly cardExpiresAt: Date },
): Promise<PreviewResponse['changes']> {
  const publicKeys = [
    ...[...facts.onCard.values()].map(({ publicKey }) => publicKey),
    ...coming.flatMap(({ publicKey }) => (publicKey ? [publicKey] : [])),
  ];
  const archived = await archivedAmong(transaction, holder.id, publicKeys);
  return plannedChanges(coming, { ...facts, archived });
}

/** What an open operation does to the key in 9D. */
function encryptionKeyOf(keys: readonly OperationKeyRow[], onCard: OnCard): PreviewResponse['encryptionKey'] {
  if (keys.some((key) => key.movedFrom === '9D')) return 'move';
  const key = keys.find(({ slot }) => slot === '9D');
  if (key?.source === 'keep') return 'keep';
  const present = onCard.get('9D');
  const isSame = present && key?.publicKey && Buffer.compare(present.publicKey, key.publicKey) === 0;
  return key?.source === 'import' && isSame ? 'recover' : 'generate';
}
