/** Cards and reasons to make walk-up states of. */
import type { CertificateSummary } from '../../src/domain/card.ts';
import type { Reason } from '../../src/domain/reason.ts';
import type { CardView } from '../../src/flows/walk-up-state.ts';

export function aCertificate(changes: Partial<CertificateSummary> = {}): CertificateSummary {
  return {
    cardId: 'c1',
    slot: '9A',
    serialNumber: '01ab',
    notAfter: '2028-05-31T12:00:00Z',
    state: 'active',
    ...changes,
  };
}

export function aCard(changes: Partial<CardView> = {}): CardView {
  return {
    cardId: 'c1',
    serial: '17482910',
    holderName: 'Ada Lovelace',
    profileTitle: 'Staff card',
    expiresAt: '2032-12-31T23:59:59Z',
    certificates: [
      aCertificate(),
      aCertificate({ slot: '9C', serialNumber: '02', state: 'revoked' }),
      aCertificate({ slot: '9D', serialNumber: '03' }),
      aCertificate({ slot: '9E', serialNumber: '04', notAfter: '2024-01-01T00:00:00Z' }),
    ],
    triesLeft: 3,
    hasOpenOperation: false,
    ...changes,
  };
}

export function aReason(changes: Partial<Reason> = {}): Reason {
  return {
    code: 'profile-updated',
    titles: {
      en: 'The rules for my card have changed',
      de: 'Die Regeln für meine Karte haben sich geändert',
    },
    oldCertificates: 'revoke',
    oldEncryptionCertificate: 'keep',
    encryptionKey: 'same',
    crlReason: 'superseded',
    position: 1,
    ...changes,
  };
}

export const REASONS: readonly Reason[] = [
  aReason({
    titles: {
      en: 'The rules for my card have changed',
      de: 'Die Regeln für meine Karte haben sich geändert',
      fr: 'Les règles de ma carte ont changé',
      es: 'Han cambiado las reglas de mi tarjeta',
    },
  }),
  aReason({
    code: 'data',
    titles: {
      en: 'My name or other details have changed',
      de: 'Mein Name oder andere Angaben haben sich geändert',
      fr: "Mon nom ou d'autres données ont changé",
      es: 'Ha cambiado mi nombre u otro dato',
    },
  }),
  aReason({
    code: 'faulty',
    titles: {
      en: 'My card does not work properly',
      de: 'Meine Karte funktioniert nicht richtig',
      fr: 'Ma carte ne fonctionne pas bien',
      es: 'Mi tarjeta no funciona bien',
    },
  }),
  aReason({
    code: 'revoked',
    titles: {
      en: 'A certificate was revoked',
      de: 'Ein Zertifikat wurde gesperrt',
      fr: 'Un certificat a été révoqué',
      es: 'Se revocó un certificado',
    },
    encryptionKey: 'newIfRevoked',
  }),
  aReason({
    code: 'exposed',
    titles: {
      en: 'Somebody may know my PIN or have used my card',
      de: 'Jemand kennt vielleicht meine PIN oder hat meine Karte benutzt',
      fr: "Quelqu'un connaît peut-être mon PIN ou s'est servi de ma carte",
      es: 'Alguien puede saber mi PIN o haber usado mi tarjeta',
    },
    encryptionKey: 'new',
  }),
  aReason({
    code: 'rotation',
    titles: {
      en: 'New keys, as a matter of routine',
      de: 'Neue Schlüssel, wie es regelmäßig geschieht',
      fr: 'De nouvelles clés, comme il se fait régulièrement',
      es: 'Claves nuevas, como se hace cada cierto tiempo',
    },
    oldCertificates: 'leave',
  }),
];
