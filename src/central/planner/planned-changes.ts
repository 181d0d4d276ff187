/** A plan of a card's keys as its holder is shown it before the first write (RP-13). A decision without I/O. */
import type { PlannedChange } from '../../domain/planned-change.ts';
import { isEncryptionSlot, SLOTS, type Slot } from '../../domain/slot.ts';
import { keyName, listed } from '../collection/find-difference.ts';
import { toInstant } from '../instant.ts';
import type { CertificateRow } from '../repositories/certificates.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A key that the card shall have. */
export interface ComingKey {
  readonly slot: Slot;
  /** SubjectPublicKeyInfo of a key that there is; null: it is made anew. */
  readonly publicKey: Uint8Array | null;
  /** Its certificate stays; else it gets a new one. */
  readonly certificate: CertificateRow | null;
  readonly lifetimeDays: number;
}

export interface ChangeFacts {
  readonly onCard: ReadonlyMap<Slot, CertificateRow>;
  /** Public keys in hex that central can give back. */
  readonly archived: ReadonlySet<string>;
  /** From when new certificates count, and when the card ends. */
  readonly now: Date;
  readonly cardExpiresAt: Date;
}

/** Key by key, in the order of the slots; what leaves the card comes last. */
export function plannedChanges(coming: readonly ComingKey[], facts: ChangeFacts): PlannedChange[] {
  const inOrder = [...coming].sort((a, b) => SLOTS.indexOf(a.slot) - SLOTS.indexOf(b.slot));
  const changes = inOrder.map((key) => changeOf(key, facts));
  const staying = new Set(coming.flatMap(({ publicKey }) => (publicKey ? [hex(publicKey)] : [])));
  const replaced = new Set(changes.flatMap(({ change, to }) => (change === 'replaced' ? [to] : [])));
  const gone = SLOTS.flatMap((slot) => {
    const row = facts.onCard.get(slot);
    return !row || replaced.has(slot) || staying.has(keyName(row)) ? [] : [leaving(slot, row, facts)];
  });
  return [...changes, ...gone];
}

function changeOf(key: ComingKey, { onCard, archived, now, cardExpiresAt }: ChangeFacts): PlannedChange {
  const { slot, publicKey, certificate, lifetimeDays } = key;
  const end = Math.min(now.getTime() + lifetimeDays * DAY_MS, cardExpiresAt.getTime());
  const notAfter = toInstant(certificate?.notAfter ?? new Date(end));
  const before = publicKey && [...onCard].find(([, row]) => keyName(row) === hex(publicKey));
  if (before) {
    const [from, row] = before;
    const change = from !== slot ? 'moved' : certificate ? 'kept' : 'renewed';
    return { change, from, to: slot, certificate: listed(row, archived), notAfter };
  }
  if (certificate) {
    return { change: 'restored', from: null, to: slot, certificate: listed(certificate, archived), notAfter };
  }
  const old = isEncryptionSlot(slot) ? undefined : onCard.get(slot);
  if (!old) return { change: 'new', from: null, to: slot, certificate: null, notAfter };
  return { change: 'replaced', from: slot, to: slot, certificate: listed(old, archived), notAfter };
}

/** Without an encryption key nothing that was encrypted for it can be read. */
function leaving(slot: Slot, row: CertificateRow, { archived }: ChangeFacts): PlannedChange {
  const isLost = isEncryptionSlot(slot) && !archived.has(keyName(row));
  const change = isLost ? 'lost' : 'removed';
  return { change, from: slot, to: null, certificate: listed(row, archived), notAfter: null };
}

function hex(publicKey: Uint8Array): string {
  return Buffer.from(publicKey).toString('hex');
}
