import type { MyCardTexts } from '../my-card-catalogue.ts';

/** German: what is on a card. */
export const deMyCard: MyCardTexts = {
  myCard: {
    key: 'Ansehen',
    readingTitle: 'Diese Karte wird gelesen',
    reading: 'Einen Moment. Bitte lassen Sie die Karte stecken. Auf ihr wird nichts geändert.',
    title: 'Was auf dieser Karte ist',
    read: 'Das wurde eben von der Karte gelesen. Es wurde nichts geändert.',
    notAsItShouldBe: 'Hier ist etwas nicht so, wie es sein soll. Bitte fragen Sie den Helpdesk.',
    notFinished: 'Diese Karte ist nicht fertig. Was darauf ist, gilt, sobald sie es ist.',
    oldKeys: 'Frühere Verschlüsselung öffnet alte Nachrichten, auch abgelaufen.',
    certificateFor: 'Zertifikat für',
    until: 'Gültig bis',
    state: 'Zustand',
    noCertificates: 'Auf dieser Karte sind keine Zertifikate.',
    states: {
      works: 'in Ordnung',
      expired: 'abgelaufen',
      revoked: 'gesperrt',
      replaced: 'durch ein neueres ersetzt',
      unfinished: 'nicht fertig',
      notKnown: 'hier nicht bekannt',
      unreadable: 'nicht lesbar',
      missing: 'fehlt auf der Karte',
    },
    photo: 'Foto',
    details: 'Ihre Angaben',
    presence: { there: 'auf der Karte', absent: 'nicht auf der Karte', closed: 'nur mit der PIN zu sehen' },
    pinBlocked: 'gesperrt',
    pinNotTold: 'die Karte sagt nicht, wie viele Versuche bleiben',
    waits: 'Wartet etwas auf Sie? Gehen Sie zurück, drücken Sie Enter und geben Sie Ihre PIN ein.',
  },
};
