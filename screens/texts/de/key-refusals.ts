import type { RefusalTexts } from '../catalogue.ts';

/** German: what keeps a recovered or archived key from a card, or a request from being carried out. */
export const keyRefusals = {
  'KR-01-card-is-somebodys': {
    title: 'Diese Karte gehört schon jemandem.',
    why: 'Eine neue Karte wird nur auf eine leere geschrieben.',
    next: 'Nehmen Sie eine andere leere Karte, und geben Sie diese dem Helpdesk.',
  },
  'KR-01-needs-blank-card': {
    title: 'Das kommt auf eine leere Karte.',
    why: 'Man holt es mit einer leeren Karte und einer Nummer ab.',
    next: 'Bitten Sie den Helpdesk um beides. Dann stecken Sie die leere Karte ein.',
  },
  'KR-01-not-blank': {
    title: 'Diese Karte ist nicht so, wie sie hergestellt wurde.',
    why: 'Sie sieht leer aus, aber ihr Schloss wurde geändert.',
    next: 'Nehmen Sie eine andere leere Karte, und geben Sie diese dem Helpdesk.',
  },
  'KR-01-other-kind': {
    title: 'Diese Nummer ist nicht für eine neue Karte.',
    why: 'Wofür sie steht, das holt man anders ab.',
    next: 'Fragen Sie den Helpdesk.',
  },
  'KR-01-elsewhere': {
    title: 'Das wird woanders abgeholt.',
    why: 'Es kommt auf eine eigene Karte oder in eine Datei.',
    next: 'Fragen Sie den Helpdesk, wo Sie es bekommen.',
  },
  'KR-01-no-such-request': {
    title: 'Das wartet nicht mehr auf Sie.',
    why: 'Es wurde inzwischen abgeholt, zurückgezogen oder ist abgelaufen.',
    next: 'Stecken Sie die Karte neu ein, um zu sehen, was jetzt wartet.',
  },
  'KR-02-cancelled': {
    title: 'Das wurde zurückgezogen.',
    why: 'Jemand hat es abgesagt, bevor es abgeholt wurde.',
    next: 'Fragen Sie den Helpdesk, falls Sie es noch brauchen.',
  },
  'KR-02-collected': {
    title: 'Das wurde schon abgeholt.',
    why: 'Jedes wird einmal abgeholt.',
    next: 'Fehlt etwas auf Ihrer Karte, fragen Sie den Helpdesk.',
  },
  'KR-02-collecting': {
    title: 'Das wird schon abgeholt.',
    why: 'Es wurde mit einer Karte begonnen und ist nicht fertig.',
    next: 'Stecken Sie diese Karte ein, hier oder an einem anderen Kiosk, dann wird es fertig.',
  },
  'KR-02-expired': {
    title: 'Das ist abgelaufen.',
    why: 'Niemand hat es rechtzeitig abgeholt.',
    next: 'Bitten Sie den Helpdesk, es neu zu beantragen.',
  },
  'KR-02-failed': {
    title: 'Das wurde aufgegeben.',
    why: 'Es wurde begonnen, nicht fertig, und dann vom Helpdesk beendet.',
    next: 'Bitten Sie den Helpdesk, es neu zu beantragen.',
  },
  'KR-02-not-collecting': {
    title: 'Das wurde begonnen und läuft nicht mehr.',
    why: 'Die Zentrale hat es zu dem zurückgelegt, was wartet.',
    next: 'Stecken Sie die Karte neu ein, und wählen Sie es noch einmal.',
  },
  'KR-02-pin-needed': {
    title: 'Dafür wird Ihre PIN gebraucht.',
    why: 'Wiederhergestellte Schlüssel kommen nur mit der PIN auf eine Karte: Ein Einmalcode genügt nicht.',
    next: 'Stecken Sie die Karte neu ein, und geben Sie die PIN ein. Wissen Sie sie nicht, lassen Sie die Karte zuerst neu schreiben, oder fragen Sie den Helpdesk.',
  },
  'KR-03-no-right': {
    title: 'Das dürfen Sie nicht abholen.',
    why: 'Nach den Regeln für Ihre Karte tut das jemand anderes, oder zurzeit niemand.',
    next: 'Bitten Sie den Helpdesk, es mit Ihnen abzuholen.',
  },
  'KR-03-out-of-scope': {
    title: 'Das dürfen Sie nicht abholen.',
    why: 'Es gehört jemand anderem.',
    next: 'Fragen Sie den Helpdesk.',
  },
  'KR-04-not-approved': {
    title: 'Das ist noch nicht genehmigt.',
    why: 'Nach den Regeln für Ihre Karte muss es erst jemand genehmigen.',
    next: 'Kommen Sie später wieder, oder fragen Sie den Helpdesk, wie weit es ist.',
  },
  'KR-04-rejected': {
    title: 'Das wurde abgelehnt.',
    why: 'Wer es genehmigen musste, hat nein gesagt.',
    next: 'Fragen Sie den Helpdesk, warum.',
  },
  'KR-05-confirm-removal': {
    title: 'Was von Ihrer Karte entfernt wird, hat sich geändert.',
    why: 'Es ist nicht mehr dasselbe, was Sie bestätigt haben.',
    next: 'Mit Enter sehen Sie es noch einmal an.',
  },
  'KR-05-last-copy': {
    title: 'Ein Schlüssel, den es nur einmal gibt, ginge verloren.',
    why: 'Er ist nur auf dieser Karte, und was es sonst nirgends gibt, wird nicht entfernt.',
    next: 'Bitten Sie den Helpdesk, den Antrag zu ändern.',
  },
  'KR-05-not-on-card': {
    title: 'Ihre Karte ist nicht mehr, wie sie war.',
    why: 'Was entfernt werden sollte, ist nicht mehr darauf.',
    next: 'Bitten Sie den Helpdesk, es neu zu beantragen.',
  },
  'KR-06-other-kind': {
    title: 'Das kommt nicht auf eine solche Karte.',
    why: 'Die Zentrale kennt es anders als dieser Kiosk.',
    next: 'Stecken Sie die Karte neu ein, und wählen Sie noch einmal.',
  },
  'KR-06-wrong-card': {
    title: 'Das ist für eine andere Karte.',
    why: 'Es kommt nur auf die eine, für die es beantragt wurde.',
    next: 'Stecken Sie diese Karte ein. Haben Sie sie nicht mehr, fragen Sie den Helpdesk.',
  },
  'KR-07-gap': {
    title: 'Diese Karte lässt sich so nicht ändern.',
    why: 'Ihre Schlüssel müssten an andere Plätze rücken, und das kann diese Art von Karte nicht.',
    next: 'Bitten Sie den Helpdesk, den Antrag zu ändern, um eine andere Karte oder um die Schlüssel als Datei.',
  },
  'KR-07-too-few-slots': {
    title: 'Auf dieser Karte ist zu wenig Platz.',
    why: 'Sie hat Platz für 21 Schlüssel zum Entschlüsseln, und alle zusammen sind mehr.',
    next: 'Drücken Sie Enter, und wählen Sie, welche ein anderes Mal folgen.',
  },
  'KR-11-not-archived': {
    title: 'Ein Schlüssel lässt sich nicht wiederherstellen.',
    why: 'Er ist nicht bei denen, die die Zentrale verwahrt.',
    next: 'Nennen Sie dem Helpdesk den Code hier unten.',
  },
  'KR-11-not-theirs': {
    title: 'Ein Schlüssel wurde nicht herausgegeben.',
    why: 'Er gehört jemand anderem.',
    next: 'Nennen Sie dem Helpdesk den Code hier unten.',
  },
  'RP-20-key-would-be-lost': {
    title: 'Ein Schlüssel zum Entschlüsseln ginge verloren.',
    why: 'Es gibt ihn nur auf dieser Karte, sie kann ihn nicht behalten, und er darf nicht verloren gehen.',
    next: 'Fragen Sie den Helpdesk. Bis dahin funktioniert Ihre Karte wie bisher.',
  },
  'KR-11-cannot-import': {
    title: 'Diese Karte kann Ihren Schlüssel zum Entschlüsseln nicht aufnehmen.',
    why: 'Ihr Schlüssel wird bei der Zentrale sicher verwahrt und auf die Karte gebracht. Diese Art von Karte nimmt keine Schlüssel von außen an.',
    next: 'Bitten Sie den Helpdesk um eine Karte, die das kann, etwa einen YubiKey, oder um den Schlüssel als Datei.',
  },
  'KR-11-no-such-key': {
    title: 'Ein Schlüssel wurde nicht herausgegeben.',
    why: 'Die Zentrale hat keinen für diesen Platz auf Ihrer Karte.',
    next: 'Stecken Sie die Karte noch einmal ein. Wenn es wieder geschieht, sagen Sie dem Helpdesk Bescheid.',
  },
  'KR-11-signing-key': {
    title: 'Ein Schlüssel wurde nicht herausgegeben.',
    why: 'Schlüssel zum Unterschreiben verwahrt die Zentrale nie.',
    next: 'Nennen Sie dem Helpdesk den Code hier unten.',
  },
  'KR-11-wrong-key': {
    title: 'Ein Schlüssel wurde nicht herausgegeben.',
    why: 'Nach den Unterlagen der Zentrale gehören Schlüssel, Zertifikat und Sie nicht zusammen.',
    next: 'Nennen Sie dem Helpdesk den Code hier unten.',
  },
  'SE-04-no-archive-key': {
    title: 'Ihr Schlüssel zum Entschlüsseln kann nicht geholt werden.',
    why: 'Die Zentrale kann ihr Schlüsselarchiv nicht öffnen.',
    next: 'Sagen Sie dem Helpdesk Bescheid. Stecken Sie die Karte wieder ein, wenn es so weit ist: Sie wird dann fertig.',
  },
} as const satisfies Partial<RefusalTexts>;
