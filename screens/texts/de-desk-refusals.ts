import type { DeskTexts } from './desk-catalogue.ts';

/** German: why an operator may not, or cannot now. */
export const deskRefusals: DeskTexts['desk']['refusals'] = {
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
  'ID-05-own-card-refused': {
    what: 'Ihre eigene Karte ist gesperrt, beendet oder abgelaufen.',
    next: 'Bitten Sie einen anderen Operator um eine neue.',
  },
  'KR-01-no-certificate': { what: 'Kein Schlüssel ist markiert.', next: 'Markieren Sie wenigstens einen.' },
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
  'KR-04-not-approved': {
    what: 'Es ist noch nicht genehmigt.',
    next: 'Bitten Sie einen anderen Operator darum.',
  },
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
  'OP-01-photo-unreadable': {
    what: 'Das Foto lässt sich nicht zeichnen.',
    next: 'Sehen Sie sich den Ausweis an.',
  },
  'OP-02-cancelled': { what: 'Die Karte ist endgültig beendet.', next: 'Beantragen Sie eine neue.' },
  'OP-02-no-address': {
    what: 'Es ist keine Mailadresse bekannt.',
    next: 'Zeigen Sie den Code an und sagen Sie ihn.',
  },
  'OP-02-no-mail': {
    what: 'Diese Zentrale verschickt keine Mails.',
    next: 'Zeigen Sie den Code an und sagen Sie ihn.',
  },
  'OP-02-no-right': { what: 'Ihre Rolle darf das nicht.', next: 'Fragen Sie einen Administrator.' },
  'OP-02-not-issued': {
    what: 'Die Karte wurde nie geschrieben.',
    next: 'Ziehen Sie stattdessen ihren Antrag zurück.',
  },
  'OP-02-out-of-scope': {
    what: 'Der Inhaber ist in keiner Gruppe, für die Sie handeln.',
    next: 'Fragen Sie einen Operator, der für ihn handelt.',
  },
  'OP-02-own-card': { what: 'Es ist Ihre eigene Karte.', next: 'Fragen Sie einen anderen Operator.' },
  'OP-02-witness-is-holder': {
    what: 'Die Karte gehört dem zweiten Operator selbst.',
    next: 'Fragen Sie einen anderen.',
  },
  'OP-02-witness-is-operator': {
    what: 'Niemand ist sein eigener Zeuge.',
    next: 'Fragen Sie einen anderen Operator.',
  },
  'OP-02-witness-other': {
    what: 'Der zweite Operator hat etwas anderes unterschrieben.',
    next: 'Beginnen Sie noch einmal.',
  },
  'OP-02-witness-out-of-scope': {
    what: 'Der zweite Operator handelt nicht für diesen Inhaber.',
    next: 'Fragen Sie einen, der es tut.',
  },
  'OP-02-witness-over': {
    what: 'Was unterschrieben wurde, ist zu alt oder verbraucht.',
    next: 'Beginnen Sie noch einmal.',
  },
  'OP-02-witness-wanted': {
    what: 'Das Profil verlangt, dass ein zweiter Operator es bestätigt.',
    next: 'Beginnen Sie noch einmal, mit ihm neben Ihnen.',
  },
  'RP-06-cancelled': { what: 'Die Karte ist beendet.', next: 'Beantragen Sie eine neue.' },
  'RP-06-disabled': { what: 'Die Karte ist gesperrt.', next: 'Entsperren Sie sie zuerst.' },
  'RP-06-holder-disabled': {
    what: 'Das Konto des Inhabers ist gesperrt.',
    next: 'Entsperrt wird es, wo Konten geführt werden.',
  },
  'RP-06-not-approved': {
    what: 'Der Inhaber ist für dieses Profil nicht oder nicht mehr zugelassen.',
    next: 'Er muss zuerst zugelassen werden.',
  },
  'RP-07-not-served-here': {
    what: 'Dieser Kiosk bedient die Gruppe dieser Person nicht.',
    next: 'Nehmen Sie einen, der es tut.',
  },
  'RP-07-unknown': { what: 'Die Zentrale kennt diese Karte nicht.', next: 'Sie ist nicht von hier.' },
  'RP-17-card-removed': {
    what: 'Die Karte wurde herausgenommen.',
    next: 'Stecken Sie sie ein, und beginnen Sie noch einmal.',
  },
  'RP-17-closed': { what: 'Das ist schon zu Ende.', next: 'Gehen Sie zurück, und sehen Sie neu nach.' },
  'SY-03-central-failed': { what: 'Die Zentrale konnte es nicht.', next: 'Gleich noch einmal versuchen.' },
  'SY-03-central-not-reached': {
    what: 'Die Zentrale ist nicht erreicht.',
    next: 'Suchen geht auch so; alles andere, sobald sie wieder da ist.',
  },
  'SY-03-central-refused': {
    what: 'Die Zentrale hat es verweigert.',
    next: 'Sagen Sie einem Administrator den Code.',
  },
  'UX-06-card-unresponsive': {
    what: 'Die Karte antwortet nicht.',
    next: 'Nehmen Sie sie heraus, und stecken Sie sie wieder ein.',
  },
  'UX-06-reader-busy': {
    what: 'Ein anderes Programm benutzt den Leser.',
    next: 'Es geht weiter, sobald er frei ist.',
  },
  'UX-06-reader-gone': {
    what: 'Der Leser wurde abgezogen.',
    next: 'Stecken Sie ihn ein, und beginnen Sie noch einmal.',
  },
  'UX-06-service-gone': {
    what: 'Der Kartendienst ist ausgefallen.',
    next: 'Er kommt von selbst wieder; warten Sie ein wenig.',
  },
  'ID-05-other-card': {
    what: 'Diese Karte gehört jemand anderem.',
    next: 'Melden Sie sich mit Ihrer eigenen an.',
  },
  'KR-01-no-number': {
    what: 'Nur eine neue Karte wird mit einer Nummer abgeholt.',
    next: 'Dies wird anders abgeholt.',
  },
  'KR-04-decided': {
    what: 'Darüber ist schon entschieden.',
    next: 'Es gibt nichts mehr zu genehmigen oder abzulehnen.',
  },
  'KR-04-over': { what: 'Dieser Antrag ist zu Ende.', next: 'Stellen Sie, wenn nötig, einen neuen.' },
  'KR-06-other-kind': {
    what: 'Dieser Antrag ist von anderer Art.',
    next: 'Gehen Sie zurück, und sehen Sie neu nach.',
  },
  'OP-01-loading': {
    what: 'Die Zentrale hat noch nicht geantwortet.',
    next: 'Gleich noch einmal versuchen.',
  },
  'OP-01-no-card': {
    what: 'Dazu gibt es keine Karte.',
    next: 'Stecken Sie eine in den anderen Leser, oder suchen Sie sie.',
  },
  'OP-01-no-copy': {
    what: 'Dieser Kiosk hat noch keine Daten.',
    next: 'Sie kommen von selbst von der Zentrale; warten Sie ein wenig.',
  },
  'OP-01-no-photo': {
    what: 'Die Zentrale hat kein Foto dieser Person.',
    next: 'Sehen Sie sich den Ausweis an.',
  },
  'OP-02-blank-not-in-reader': {
    what: 'Dafür wird eine leere Karte gebraucht.',
    next: 'Stecken Sie eine in den anderen Leser.',
  },
  'OP-02-card-not-in-reader': {
    what: 'Dafür wird die Karte selbst gebraucht.',
    next: 'Stecken Sie sie in den anderen Leser.',
  },
  'OP-02-card-out': {
    what: 'Die Karte wurde herausgenommen, oder eine andere steckt.',
    next: 'Stecken Sie sie ein, und beginnen Sie noch einmal.',
  },
  'OP-02-reader-busy': { what: 'Der andere Leser ist in Arbeit.', next: 'Warten Sie, bis er fertig ist.' },
  'OP-02-witness-out': {
    what: 'Der zweite Operator nahm seine Karte heraus, bevor sie unterschrieb.',
    next: 'Stecken Sie sie wieder ein.',
  },
  'OP-05-none': { what: 'Kein Vorgang ist gewählt.', next: 'In der Liste steht keiner.' },
  'RP-02-no-profile': { what: 'Dieses Profil gibt es nicht mehr.', next: 'Fragen Sie einen Administrator.' },
  'RP-07-blank': {
    what: 'Die Karte im Leser ist leer.',
    next: 'Holen Sie vom Antrag aus eine neue Karte darauf ab.',
  },
  'RP-07-no-piv': {
    what: 'Diese Karte kann hier nicht benutzt werden.',
    next: 'Stecken Sie eine andere ein.',
  },
  'SY-06-newer-kiosk': {
    what: 'Dieser Kiosk ist zu alt dafür.',
    next: 'Nehmen Sie einen mit neuerer Version.',
  },
  'UX-09-internal': {
    what: 'In diesem Kiosk ging etwas schief.',
    next: 'Beginnen Sie noch einmal; kommt es wieder, sagen Sie es einem Administrator.',
  },
  'RP-17-no-operation': {
    what: 'Diesen Vorgang gibt es nicht mehr.',
    next: 'Gehen Sie zurück, und sehen Sie neu nach.',
  },
  'KR-05-not-on-card': {
    what: 'Ein zu entfernender Schlüssel ist nicht mehr auf der Karte.',
    next: 'Beginnen Sie von vorn, und wählen Sie neu.',
  },
};
