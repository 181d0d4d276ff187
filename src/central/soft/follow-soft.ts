/** What a kiosk could not say of a soft certificate at once comes as an event, once central is there again (SY-02). */
import type { KioskEvent } from '../../protocol/event.ts';
import { SOFT_EVENTS, softSaved } from '../../protocol/soft-certificate.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { findSoftCollection } from '../repositories/soft-collections.ts';
import { type HeldAttempt, holdAttempt, recordSaved, recordStopped } from './end-soft.ts';

type Told = Pick<KioskEvent, 'type' | 'operationId' | 'detail'>;
const TYPES: readonly string[] = Object.values(SOFT_EVENTS);
const told = softSaved.omit({ run: true });

/** What does not fit any more changes nothing. @returns what the audit is to have of it */
export async function followSoft(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  events: readonly Told[],
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const event of events.filter(({ type }) => TYPES.includes(type))) {
    const held = event.operationId ? await hold(transaction, kiosk, event.operationId) : undefined;
    if (held) entries.push(...(await follow(central, transaction, kiosk, held, event)));
  }
  return entries;
}

async function hold(
  transaction: Database,
  kiosk: Kiosk,
  collectionId: string,
): Promise<HeldAttempt | undefined> {
  const collection = await findSoftCollection(transaction, collectionId);
  return collection && holdAttempt(transaction, kiosk, collection.requestId, collection.run);
}

async function follow(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  held: HeldAttempt,
  { type, detail }: Told,
): Promise<AuditEntry[]> {
  if (type === SOFT_EVENTS.stopped) {
    const code = typeof detail.code === 'string' ? detail.code : 'unknown';
    return recordStopped(central, transaction, held, `kiosk:${kiosk.name}`, code);
  }
  const { data: saved } = told.safeDecode({
    ...{ fileName: String(detail.fileName), medium: detail.medium === null ? null : String(detail.medium) },
    sha256: Buffer.from(String(detail.sha256), 'hex').toString('base64'),
  });
  if (!saved) return [];
  try {
    return await recordSaved(central, transaction, kiosk, held, saved);
  } catch (error) {
    // It was given up meanwhile; that the file is there is in the audit as the kiosk's own word.
    if (error instanceof RefusedError) return [];
    throw error;
  }
}
