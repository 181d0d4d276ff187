import type { EmptyTexts } from '../empty-catalogue.ts';

/** German: a cancelled card that is emptied. */
export const deEmpty: EmptyTexts = {
  emptyWarning: {
    title: 'Diese ungültige Karte leeren?',
    resumeTitle: 'Das Leeren dieser Karte abschließen?',
    resume: 'Beim letzten Mal wurde es nicht fertig. Es geht dort weiter, wo es stehen blieb.',
    all: 'Alles darauf geht verloren: Zertifikate, Schlüssel, Name und Foto.',
    keys: 'Was nur ihre Schlüssel öffnen, lässt sich nicht mehr öffnen.',
    secrets: 'Ihre PIN wird wieder die ab Werk. Jemand anderes kann sie als neue Karte bekommen.',
    confirm: 'Das lässt sich nicht rückgängig machen. Nehmen Sie die Karte dabei nicht heraus.',
  },
  emptied: {
    title: 'Diese Karte ist jetzt leer.',
    text: 'Sie kann als neue Karte wieder verwendet werden. Geben Sie sie dem Helpdesk zurück.',
    putInAgain:
      'Stecken Sie die Karte wieder ein, hier oder an einem anderen Kiosk, um das Leeren abzuschließen.',
    written: 'Die Karte ist leer. Sobald die Zentrale geantwortet hat, kann sie wieder verwendet werden.',
    writing: 'Die Karte wird geleert',
  },
};
