import type { DeskTexts } from '../desk-catalogue.ts';

/** German: why an operator may not, of who they are and of requests. */
export const requestRefusals = {
  'ID-01-not-proved': {
    what: 'Die Karte hat nicht bewiesen, dass sie die verzeichnete ist.',
    next: 'Noch einmal; bleibt es so, mit einem anderen Operator ansehen.',
  },
  'ID-02-attended-only': {
    what: 'Das Profil verlangt einen Operator neben dem Inhaber.',
    next: 'Melden Sie sich an dem Kiosk an, an dem er steht.',
  },
  'ID-02-code-wanted': {
    what: 'Das Profil nimmt dafür nicht das Wort eines Operators.',
    next: 'Geben Sie dem Inhaber einen Einmalcode, und bleiben Sie bei ihm.',
  },
  'ID-02-not-signed': {
    what: 'Die Unterschrift ist nicht von dem verzeichneten Schlüssel.',
    next: 'Noch einmal, mit der Karte, mit der Sie angemeldet sind.',
  },
  'ID-02-other-card': {
    what: 'Mit dieser Karte sind Sie nicht angemeldet.',
    next: 'Stecken Sie die andere ein.',
  },
  'ID-02-pin-not-set': { what: 'Die PIN wurde nicht gesetzt.', next: 'Beginnen Sie noch einmal.' },
  'ID-04-pin-blocked': {
    what: 'Die PIN dieser Karte ist gesperrt.',
    next: 'Ein anderer Operator kann eine neue setzen.',
  },
  'ID-05-idle': { what: 'Es wurde zu lange nichts getan.', next: 'Melden Sie sich neu an.' },
  'ID-05-no-session': {
    what: 'Die Zentrale hat Ihre Anmeldung beendet.',
    next: 'Melden Sie sich neu an.',
  },
  'ID-05-not-an-operator': {
    what: 'Sie sind kein Operator.',
    next: 'Ein Administrator kann Sie dazu machen.',
  },
  'ID-05-operator-disabled': { what: 'Ihr Konto ist gesperrt.', next: 'Fragen Sie einen Administrator.' },
  'ID-05-other-card': {
    what: 'Diese Karte gehört jemand anderem.',
    next: 'Melden Sie sich mit Ihrer eigenen an.',
  },
  'ID-05-own-card-refused': {
    what: 'Ihre eigene Karte ist gesperrt, beendet oder abgelaufen.',
    next: 'Bitten Sie einen anderen Operator um eine neue.',
  },
  'KR-01-no-certificate': { what: 'Kein Schlüssel ist markiert.', next: 'Markieren Sie wenigstens einen.' },
  'KR-01-no-number': {
    what: 'Nur eine neue Karte wird mit einer Nummer abgeholt.',
    next: 'Dies wird anders abgeholt.',
  },
  'KR-01-no-such-certificate': {
    what: 'Einen der Schlüssel gibt es nicht mehr.',
    next: 'Beginnen Sie von vorn, und wählen Sie neu.',
  },
  'KR-01-no-such-request': {
    what: 'Diesen Antrag gibt es nicht mehr.',
    next: 'Gehen Sie zurück, und sehen Sie neu nach.',
  },
  'KR-01-nothing-to-do': {
    what: 'Auf der Karte würde sich nichts ändern.',
    next: 'Markieren Sie einen anderen Schlüssel.',
  },
  'KR-01-open-already': {
    what: 'Dasselbe ist schon beantragt.',
    next: 'Sehen Sie bei den Anträgen dieser Person nach.',
  },
  'KR-01-other-kind': {
    what: 'Es geht um keine neue Karte.',
    next: 'Gehen Sie zurück und sehen Sie sich den Antrag an.',
  },
  'KR-01-too-many': { what: 'Das sind zu viele Schlüssel für einen Antrag.', next: 'Markieren Sie weniger.' },
  'KR-02-cancelled': {
    what: 'Der Antrag wurde zurückgezogen.',
    next: 'Stellen Sie, wenn nötig, einen neuen.',
  },
  'KR-02-collected': { what: 'Der Antrag wurde abgeholt.', next: 'Stellen Sie, wenn nötig, einen neuen.' },
  'KR-02-collecting': {
    what: 'Es wird schon abgeholt.',
    next: 'Zu Ende geht es mit derselben Karte, an jedem Kiosk.',
  },
  'KR-02-expired': { what: 'Der Antrag ist abgelaufen.', next: 'Stellen Sie, wenn nötig, einen neuen.' },
  'KR-02-failed': { what: 'Das Abholen wurde aufgegeben.', next: 'Stellen Sie, wenn nötig, einen neuen.' },
  'KR-02-vouch-wanted': {
    what: 'Ihre Unterschrift, dass der Inhaber hier ist, fehlt.',
    next: 'Wählen Sie, dass Sie dafür unterschreiben.',
  },
  'KR-03-no-right': {
    what: 'Ihre Rolle darf das unter diesem Profil nicht.',
    next: 'Fragen Sie einen Administrator.',
  },
  'KR-03-out-of-scope': {
    what: 'Diese Person ist in keiner Gruppe, für die Sie handeln.',
    next: 'Fragen Sie einen Operator, der für sie handelt.',
  },
  'KR-04-approved-before': {
    what: 'Sie haben dazu schon Ja oder Nein gesagt.',
    next: 'Ein anderer Operator muss es tun.',
  },
  'KR-04-decided': {
    what: 'Darüber ist schon entschieden.',
    next: 'Es gibt nichts mehr zu genehmigen oder abzulehnen.',
  },
  'KR-04-not-approved': {
    what: 'Es ist noch nicht genehmigt.',
    next: 'Bitten Sie einen anderen Operator darum.',
  },
  'KR-04-over': { what: 'Dieser Antrag ist zu Ende.', next: 'Stellen Sie, wenn nötig, einen neuen.' },
  'KR-04-own-keys': {
    what: 'Es geht um Ihre eigenen Schlüssel.',
    next: 'Fragen Sie einen anderen Operator.',
  },
  'KR-04-own-request': {
    what: 'Sie haben es selbst beantragt.',
    next: 'Ein anderer Operator muss es genehmigen.',
  },
  'KR-04-rejected': { what: 'Es wurde abgelehnt.', next: 'Stellen Sie, wenn nötig, einen neuen Antrag.' },
  'KR-05-last-copy': {
    what: 'Ein Schlüssel ginge verloren, den es sonst nirgends gibt.',
    next: 'Lassen Sie ihn auf der Karte.',
  },
  'KR-05-not-on-card': {
    what: 'Ein zu entfernender Schlüssel ist nicht mehr auf der Karte.',
    next: 'Beginnen Sie von vorn, und wählen Sie neu.',
  },
  'KR-06-other-kind': {
    what: 'Dieser Antrag ist von anderer Art.',
    next: 'Gehen Sie zurück, und sehen Sie neu nach.',
  },
  'KR-06-wrong-card': {
    what: 'Um diese Karte geht es nicht.',
    next: 'Stecken Sie die richtige in den Leser.',
  },
  'KR-07-gap': {
    what: 'Diese Karte kann die Lücke nicht schließen, die bliebe.',
    next: 'Lassen Sie diesen Schlüssel auf der Karte.',
  },
  'KR-07-too-few-slots': {
    what: 'Die Karte hat für so viele Schlüssel keinen Platz.',
    next: 'Markieren Sie weniger, oder geben Sie den Rest als Datei.',
  },
  'KR-11-cannot-import': {
    what: 'Diese Karte nimmt keine Schlüssel von außen.',
    next: 'Geben Sie sie als Datei, oder ersetzen Sie die Karte.',
  },
  'KR-11-not-archived': {
    what: 'Die Zentrale hat diesen Schlüssel nicht.',
    next: 'Er ist nur auf der Karte, auf der er entstand.',
  },
  'KR-11-not-theirs': {
    what: 'Einer der Schlüssel gehört jemand anderem.',
    next: 'Beginnen Sie von vorn, und wählen Sie neu.',
  },
} satisfies Partial<DeskTexts['desk']['refusals']>;
