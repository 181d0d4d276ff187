import { and, arrayContains, eq } from 'drizzle-orm';
import { reasons } from '../../../db/central/schema.ts';
import type { KeptReason, Reason, ReasonChooser, ReasonOperation } from '../../domain/reason.ts';
import type { Database } from '../database.ts';

const EVERYBODY: readonly ReasonChooser[] = ['cardholder', 'helpdesk', 'administrator'];
const OPERATORS: readonly ReasonChooser[] = ['helpdesk', 'administrator'];

/** Why a card is rewritten. */
const FOR_REPROVISION: readonly Reason[] = [
  {
    code: 'profile-updated',
    titles: {
      en: 'The card profile was updated',
      de: 'Das Kartenprofil wurde geändert',
      fr: 'Le profil de la carte a été modifié',
      es: 'El perfil de la tarjeta ha cambiado',
    },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'keep',
    encryptionKey: 'same',
    crlReason: 'superseded',
    position: 1,
  },
  {
    code: 'personal-data-changed',
    titles: {
      en: 'Name, mail or photo changed',
      de: 'Name, Mail oder Foto haben sich geändert',
      fr: "Le nom, l'adresse e-mail ou la photo a changé",
      es: 'Ha cambiado el nombre, el correo o la foto',
    },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'replace',
    encryptionKey: 'same',
    crlReason: 'affiliationChanged',
    position: 2,
  },
  {
    code: 'card-content-faulty',
    titles: {
      en: 'The card does not work properly',
      de: 'Die Karte funktioniert nicht richtig',
      fr: 'La carte ne fonctionne pas correctement',
      es: 'La tarjeta no funciona bien',
    },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'keep',
    encryptionKey: 'same',
    crlReason: 'superseded',
    position: 3,
  },
  {
    code: 'certificate-revoked-elsewhere',
    titles: {
      en: 'A certificate was revoked elsewhere',
      de: 'Ein Zertifikat wurde anderswo gesperrt',
      fr: 'Un certificat a été révoqué ailleurs',
      es: 'Se revocó un certificado en otro lugar',
    },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'newIfRevoked',
    encryptionKey: 'newIfRevoked',
    crlReason: 'superseded',
    position: 4,
  },
  {
    code: 'pin-or-key-exposed',
    titles: {
      en: 'Somebody may know the PIN or a key',
      de: 'Jemand könnte PIN oder Schlüssel kennen',
      fr: "Quelqu'un connaît peut-être le code PIN ou une clé",
      es: 'Alguien podría conocer el PIN o una clave',
    },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'revoke',
    encryptionKey: 'new',
    crlReason: 'keyCompromise',
    position: 5,
  },
  {
    code: 'routine-key-rotation',
    titles: {
      en: 'Routine renewal of the keys',
      de: 'Regelmäßige Erneuerung der Schlüssel',
      fr: 'Renouvellement régulier des clés',
      es: 'Renovación periódica de las claves',
    },
    oldCertificates: 'leave',
    oldEncryptionCertificate: 'leave',
    encryptionKey: 'new',
    crlReason: null,
    position: 6,
  },
];

/** A key that somebody else may have: as after pin-or-key-exposed. */
const EXPOSED = {
  oldCertificates: 'revoke',
  oldEncryptionCertificate: 'revoke',
  encryptionKey: 'new',
  crlReason: 'keyCompromise',
} as const;

/** Why a card is cancelled, replaced or disabled. */
const FOR_CARDS: readonly KeptReason[] = [
  {
    code: 'lost',
    titles: {
      en: 'The card was lost',
      de: 'Die Karte ist verloren',
      fr: 'La carte est perdue',
      es: 'La tarjeta se ha perdido',
    },
    ...EXPOSED,
    position: 7,
    operations: ['cancel', 'replace'],
    chosenBy: EVERYBODY,
  },
  {
    code: 'stolen',
    titles: {
      en: 'The card was stolen',
      de: 'Die Karte wurde gestohlen',
      fr: 'La carte a été volée',
      es: 'La tarjeta ha sido robada',
    },
    ...EXPOSED,
    position: 8,
    operations: ['cancel', 'replace'],
    chosenBy: EVERYBODY,
  },
  {
    code: 'damaged',
    titles: {
      en: 'The card is damaged',
      de: 'Die Karte ist beschädigt',
      fr: 'La carte est abîmée',
      es: 'La tarjeta está dañada',
    },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'keep',
    encryptionKey: 'same',
    crlReason: 'superseded',
    position: 9,
    operations: ['cancel', 'replace'],
    chosenBy: EVERYBODY,
  },
  {
    code: 'leaver',
    titles: {
      en: 'Its holder leaves',
      de: 'Ihr Inhaber scheidet aus',
      fr: "Son titulaire s'en va",
      es: 'Su titular se marcha',
    },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'revoke',
    encryptionKey: 'same',
    crlReason: 'cessationOfOperation',
    position: 10,
    operations: ['cancel'],
    chosenBy: ['administrator'],
  },
  {
    code: 'under-investigation',
    titles: {
      en: 'Something is being investigated',
      de: 'Etwas wird untersucht',
      fr: 'Une vérification est en cours',
      es: 'Se está investigando algo',
    },
    oldCertificates: 'hold',
    oldEncryptionCertificate: 'hold',
    encryptionKey: 'same',
    crlReason: 'certificateHold',
    position: 11,
    operations: ['disable'],
    chosenBy: OPERATORS,
  },
];

/** The reasons of a new central; from then on they are rows of its own (RP-12). */
const FIRST_REASONS: readonly KeptReason[] = [
  ...FOR_REPROVISION.map((one) => ({
    ...one,
    ...{ operations: ['reprovision'] as const, chosenBy: EVERYBODY },
  })),
  ...FOR_CARDS,
];

/** Puts the first reasons into a database that has none, and those into it that are younger than it. */
export async function seedReasons(database: Database): Promise<void> {
  const rows = FIRST_REASONS.map(({ titles, operations, chosenBy, ...reason }) => ({
    ...reason,
    ...{ titles: { ...titles }, operations: [...operations], chosenBy: [...chosenBy] },
  }));
  await database.insert(reasons).values(rows).onConflictDoNothing();
}

/**
 * The one way to a reason.
 * @param operation what it is chosen for; null: it was chosen before, and is carried out
 * @returns undefined where there is none, or none for that
 */
export async function findReason(
  database: Database,
  code: string,
  operation: ReasonOperation | null,
): Promise<KeptReason | undefined> {
  const isFor = operation === null ? undefined : arrayContains(reasons.operations, [operation]);
  return (
    await database
      .select()
      .from(reasons)
      .where(and(eq(reasons.code, code), isFor))
  )[0];
}

/** What each is called, by language. */
export async function titlesOfReasons(
  database: Database,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const rows = await database.select({ code: reasons.code, titles: reasons.titles }).from(reasons);
  return new Map(rows.map(({ code, titles }) => [code, titles]));
}

/** Those that may be chosen for something, as they are listed. */
export async function listReasons(database: Database, operation: ReasonOperation): Promise<KeptReason[]> {
  return database
    .select()
    .from(reasons)
    .where(arrayContains(reasons.operations, [operation]))
    .orderBy(reasons.position);
}
