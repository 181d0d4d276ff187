import { eq } from 'drizzle-orm';
import { reasons } from '../../../db/central/schema.ts';
import type { Reason } from '../../domain/reason.ts';
import type { Database } from '../database.ts';

/** The reasons of a new central, for reprovision; from then on they are rows of its own (RP-12). */
const FIRST_REASONS: readonly Reason[] = [
  {
    code: 'profile-updated',
    titles: { en: 'The card profile was updated', de: 'Das Kartenprofil wurde geändert' },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'keep',
    encryptionKey: 'same',
    crlReason: 'superseded',
    position: 1,
  },
  {
    code: 'personal-data-changed',
    titles: { en: 'My name, mail or photo changed', de: 'Name, Mail oder Foto haben sich geändert' },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'replace',
    encryptionKey: 'same',
    crlReason: 'affiliationChanged',
    position: 2,
  },
  {
    code: 'card-content-faulty',
    titles: { en: 'The card does not work properly', de: 'Die Karte funktioniert nicht richtig' },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'keep',
    encryptionKey: 'same',
    crlReason: 'superseded',
    position: 3,
  },
  {
    code: 'certificate-revoked-elsewhere',
    titles: { en: 'A certificate was revoked elsewhere', de: 'Ein Zertifikat wurde anderswo gesperrt' },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'newIfRevoked',
    encryptionKey: 'newIfRevoked',
    crlReason: 'superseded',
    position: 4,
  },
  {
    code: 'pin-or-key-exposed',
    titles: { en: 'Somebody may know my PIN or key', de: 'Jemand könnte PIN oder Schlüssel kennen' },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'revoke',
    encryptionKey: 'new',
    crlReason: 'keyCompromise',
    position: 5,
  },
  {
    code: 'routine-key-rotation',
    titles: { en: 'Routine renewal of the keys', de: 'Regelmäßige Erneuerung der Schlüssel' },
    oldCertificates: 'leave',
    oldEncryptionCertificate: 'leave',
    encryptionKey: 'new',
    crlReason: null,
    position: 6,
  },
];

/** Puts the first reasons into a database that has none. */
export async function seedReasons(database: Database): Promise<void> {
  await database
    .insert(reasons)
    .values(FIRST_REASONS.map((reason) => ({ ...reason, titles: { ...reason.titles } })))
    .onConflictDoNothing();
}

export async function findReason(database: Database, code: string): Promise<Reason | undefined> {
  return (await database.select().from(reasons).where(eq(reasons.code, code)))[0];
}

export async function listReasons(database: Database): Promise<Reason[]> {
  return database.select().from(reasons).orderBy(reasons.position);
}
