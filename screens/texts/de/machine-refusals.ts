import type { RefusalTexts } from '../catalogue.ts';

/** German: what is wrong with this kiosk, central or the reader. */
export const machineRefusals = {
  'SE-01-certificate-expired': {
    title: 'Das Zertifikat dieses Kiosks gilt nicht.',
    why: 'Er war zu lange ausgeschaltet, oder seine Uhr geht falsch. Die Zentrale lässt ihn nicht zu.',
    next: 'Benutzen Sie einen anderen Kiosk und sagen Sie dem Helpdesk Bescheid.',
  },
  'SE-01-foreign-certificate': {
    title: 'Dieser Kiosk gehört zu einer anderen Zentrale.',
    why: 'Sein Zertifikat hat nicht die Zentrale ausgestellt, die er fragt.',
    next: 'Benutzen Sie einen anderen Kiosk und sagen Sie dem Helpdesk Bescheid.',
  },
  'SE-01-kiosk-revoked': {
    title: 'Dieser Kiosk ist ausgeschlossen.',
    why: 'Die Zentrale lässt ihn nicht mehr zu.',
    next: 'Benutzen Sie einen anderen Kiosk. Soll dieser gehen, sagen Sie dem Helpdesk Bescheid.',
  },
  'SE-01-no-certificate': {
    title: 'Dieser Kiosk ist nicht zugelassen.',
    why: 'Er zeigt der Zentrale kein Zertifikat.',
    next: 'Benutzen Sie einen anderen Kiosk und sagen Sie dem Helpdesk Bescheid.',
  },
  'SE-01-not-a-kiosk': {
    title: 'Die Zentrale kennt diesen Kiosk nicht.',
    why: 'Er wurde ausgeschlossen oder nie zugelassen.',
    next: 'Gehen Sie an einen anderen Kiosk, und sagen Sie dem Helpdesk Bescheid.',
  },
  'SE-03-management-key': {
    title: 'Diese Karte lässt sich nicht zum Schreiben öffnen.',
    why: 'Die Zentrale hat den Schlüssel nicht, den diese Karte vor jeder Änderung verlangt.',
    next: 'Fragen Sie den Helpdesk. Ihre Karte funktioniert wie bisher.',
  },
  'SE-03-no-master-key': {
    title: 'Der Zentrale fehlt ein Schlüssel für diese Karte.',
    why: 'Die gefragte Zentrale hat den Schlüssel nicht, aus dem die Geheimnisse dieser Karte entstehen.',
    next: 'Nennen Sie dem Helpdesk den Code hier unten.',
  },
  'SE-07-attestation': {
    title: 'Ein neuer Schlüssel stammt nicht von dieser Karte.',
    why: 'Was die Karte über den Schlüssel sagt, den sie erzeugt hat, passt nicht zu diesem Schlüssel.',
    next: 'Versuchen Sie es hier nicht noch einmal. Fragen Sie den Helpdesk.',
  },
  'SE-07-bad-request': {
    title: 'Die Zentrale hat diesen Kiosk nicht verstanden.',
    why: 'Das sollte nicht vorkommen: Vielleicht braucht eines von beiden ein Update.',
    next: 'Nennen Sie dem Helpdesk den Code hier unten.',
  },
  'SE-07-card-answer': {
    title: 'Die Antworten dieser Karte ergeben keinen Sinn.',
    why: 'Was sie sagt, ist beschädigt oder unvollständig.',
    next: 'Nehmen Sie sie heraus, wischen Sie den Chip trocken ab, und versuchen Sie es noch einmal. Bleibt es so, fragen Sie den Helpdesk.',
  },
  'SY-02-no-room': {
    title: 'Dieser Kiosk hat keinen Platz mehr.',
    why: 'Seine Platte ist voll oder nicht beschreibbar, und hier wird nichts begonnen, was sich nicht festhalten lässt.',
    next: 'Gehen Sie an einen anderen Kiosk, und sagen Sie dem Helpdesk Bescheid. Eine unfertige Karte kann dort fertig werden.',
  },
  'SY-03-central-failed': {
    title: 'In der Zentrale ist etwas schiefgegangen.',
    why: 'Das ist unser Fehler, nicht Ihrer.',
    next: 'Versuchen Sie es in ein paar Minuten noch einmal. Bleibt es so, sagen Sie dem Helpdesk Bescheid.',
  },
  'SY-03-central-not-reached': {
    title: 'Die Zentrale ist nicht erreicht.',
    why: 'Eine Karte wird nur zusammen mit der Zentrale neu geschrieben, und es gibt keine Verbindung.',
    next: 'Versuchen Sie es in ein paar Minuten noch einmal.',
  },
  'SY-03-central-refused': {
    title: 'Die Zentrale hat abgelehnt.',
    why: 'Sie weiß etwas über diese Karte oder ihren Inhaber, das dieser Kiosk noch nicht weiß.',
    next: 'Fragen Sie den Helpdesk.',
  },
  'SY-06-newer-kiosk': {
    title: 'Dieser Kiosk ist zu alt für diese Karte.',
    why: 'Die Zentrale sagt von ihr etwas, was das Programm dieses Kiosks noch nicht kennt.',
    next: 'Benutzen Sie einen anderen Kiosk und nennen Sie dem Helpdesk den Code hier unten.',
  },
  'SY-06-other-protocol': {
    title: 'Dieser Kiosk und die Zentrale passen nicht zusammen.',
    why: 'Ihre Programme sind zu verschieden alt. Eines von beiden muss erneuert werden.',
    next: 'Benutzen Sie einen anderen Kiosk und sagen Sie dem Helpdesk Bescheid.',
  },
  'UX-06-card-unresponsive': {
    title: 'Die Karte antwortet nicht.',
    why: 'Vielleicht steckt sie verkehrt herum, oder der Chip ist verschmutzt.',
    next: 'Nehmen Sie sie heraus, und stecken Sie sie mit dem Chip voran und nach oben wieder ein.',
  },
  'UX-06-reader-busy': {
    title: 'Der Kartenleser ist belegt.',
    why: 'Ein anderes Programm auf diesem Kiosk benutzt ihn.',
    next: 'Versuchen Sie es gleich noch einmal. Bleibt es so, sagen Sie dem Helpdesk Bescheid.',
  },
  'UX-06-reader-gone': {
    title: 'Der Kartenleser ist weg.',
    why: 'Er wurde abgezogen oder geht nicht mehr.',
    next: 'Stecken Sie ihn wieder an, oder sagen Sie dem Helpdesk Bescheid.',
  },
  'UX-06-service-gone': {
    title: 'Der Kartendienst dieses Kiosks ist ausgefallen.',
    why: 'Ohne ihn lässt sich keine Karte lesen. Er wird von selbst neu gestartet.',
    next: 'Warten Sie einen Moment. Bleibt es so, sagen Sie dem Helpdesk Bescheid.',
  },
  'UX-09-internal': {
    title: 'In diesem Kiosk ist etwas schiefgegangen.',
    why: 'Das ist unser Fehler, nicht Ihrer.',
    next: 'Versuchen Sie es noch einmal. Bleibt es so, nennen Sie dem Helpdesk den Code hier unten.',
  },
} as const satisfies Partial<RefusalTexts>;
