import type { ExplainTexts } from '../explain-catalogue.ts';

/** German: what `recard explain` says. */
export const deExplain: ExplainTexts = {
  labels: {
    cause: 'Ursache',
    remedy: 'Abhilfe',
    atDesk: 'Am Schalter',
    step: 'Wo',
    answer: 'Karte sagte',
    reader: 'Leser',
    card: 'Karte',
    kiosk: 'Kiosk',
  },
  isFinished:
    'Nichts ist verloren: Sobald die Karte wieder steckt, an diesem Kiosk oder einem anderen, geht es dort weiter, wo es aufgehört hat. Eine neue Karte fragt noch einmal nach ihrer Nummer.',
  isStep: 'Hier ist nichts falsch: Es ist ein Schritt, kein Fehler.',
  noCode:
    'Ein Code, der in keinen Hilfecode passt. Fragen Sie nach dem, der auf dem Schirm unten rechts steht.',
  notKnown: 'nicht bekannt',
  none: 'keiner',
  other: 'ein anderes Fabrikat',
  otherAnswer: 'keine übliche Antwort einer Karte',
  contactless: 'kontaktlos',
  virtual: 'virtuell',
  malformed: (typed) =>
    `"${typed}" ist kein Code: Ein Hilfecode hat zwölf Buchstaben und Ziffern (7K2M-9QPX-41TD), der Code unten rechts sieht aus wie RP-06-disabled.`,
  mistyped: (typed) =>
    `In "${typed}" ist ein Zeichen falsch, oder zwei sind vertauscht. Lassen Sie ihn noch einmal vorlesen.`,
  newer: (typed) =>
    `"${typed}" stammt von einem neueren Recard als diesem. Lassen Sie ihn dort erklären, wo das installiert ist.`,
  statusWords: {
    '6700': 'die Länge war falsch',
    '6982': 'eine Anmeldung fehlte',
    '6983': 'die PIN ist gesperrt',
    '6985': 'nicht jetzt, in dem Zustand, in dem die Karte ist',
    '6A80': 'was geschickt wurde, ist nicht, was sie erwartet',
    '6A82': 'so etwas ist nicht auf der Karte',
    '6A84': 'die Karte ist voll',
    '6D00': 'sie kennt diesen Befehl nicht',
    '6F00': 'es ging schief, ohne dass sie sagt, warum',
  },
  steps: {
    'ID-01-enter-pin': 'Nach der PIN der Karte wird gefragt.',
    'ID-01-proving': 'Die Karte weist mit ihrer PIN nach, wem sie gehört.',
    'ID-02-ask-helpdesk': 'Jemand hat weder PIN noch Code und soll den Helpdesk fragen.',
    'ID-02-enter-code': 'Nach einem Einmalcode anstelle der PIN wird gefragt.',
    'ID-02-new-pin': 'Nur die PIN soll neu gesetzt werden.',
    'ID-02-proving':
      'Die Zentrale prüft einen Einmalcode, eine Nummer oder wofür sich ein Operator verbürgt hat.',
    'ID-02-unblock-pin': 'Ein Operator lässt eine PIN neu setzen.',
    'ID-02-vouch': 'Ein Operator verbürgt sich mit der eigenen Karte für jemanden.',
    'ID-03-give-code': 'Ein Operator gibt jemandem einen Einmalcode.',
    'ID-03-give-number': 'Ein Operator gibt jemandem die Nummer für eine neue Karte.',
    'ID-05-sign-in': 'Nach der PIN eines Operators wird gefragt.',
    'ID-05-signing-in': 'Ein Operator wird angemeldet.',
    'ID-05-walk-up': 'Der Karteninhaber ist an der Reihe, für das, was ein Operator übergeben hat.',
    'ID-05-your-card': 'Auf die eigene Karte eines Operators wird gewartet.',
    'KR-01-enter-number': 'Eine leere Karte steckt, und nach ihrer Nummer wird gefragt.',
    'KR-01-plan': 'Was auf eine neue Karte kommt, wird Schlüssel für Schlüssel gezeigt.',
    'KR-01-planning': 'Die Zentrale stellt fest, was auf eine neue Karte kommt.',
    'KR-01-request-existing': 'Ein Operator beantragt Schlüssel für eine Karte, die jemand hat.',
    'KR-01-request-new-card': 'Ein Operator beantragt eine neue Karte.',
    'KR-01-request-replacement': 'Ein Operator beantragt eine Karte anstelle einer anderen.',
    'KR-01-request-soft': 'Ein Operator beantragt Schlüssel als Datei.',
    'KR-01-waiting': 'Was auf diese Person wartet, wird gezeigt.',
    'KR-01-warning': 'Letzte Warnung, bevor eine neue Karte geschrieben wird.',
    'KR-02-collect': 'Ein Operator lässt einen Antrag abholen.',
    'KR-04-approve': 'Ein Operator genehmigt einen Antrag.',
    'KR-04-cancel': 'Ein Operator zieht einen Antrag zurück.',
    'KR-04-queue': 'Die Liste der Anträge, die auf eine Entscheidung warten.',
    'KR-04-reject': 'Ein Operator lehnt einen Antrag ab.',
    'KR-04-request': 'Ein Antrag, und was damit getan werden kann.',
    'KR-05-comparing': 'Die Zentrale stellt fest, was sich auf der Karte ändern würde.',
    'KR-05-difference': 'Was sich auf der Karte ändern würde, wird gezeigt, vorher und nachher.',
    'KR-05-warning': 'Letzte Warnung, bevor Schlüssel auf die Karte kommen.',
    'KR-07-choose': 'Jemand wählt, welche Schlüssel für ein andermal bleiben.',
    'KR-08-asking-token': 'Die Zentrale macht das Token, mit dem Schlüssel an einem Rechner abgeholt werden.',
    'KR-08-choose-medium': 'Ein USB-Stick wird gewählt.',
    'KR-08-done': 'Die Datei mit den Schlüsseln ist auf dem Stick.',
    'KR-08-offering': 'Die Zentrale wird gefragt, was in eine Datei kommt.',
    'KR-08-password': 'Ein Passwort für die Datei wird gewählt.',
    'KR-08-repeat-password': 'Das Passwort wird noch einmal getippt.',
    'KR-08-saving': 'Die Datei wird gemacht und gespeichert.',
    'KR-08-token': 'Ein Token wird gezeigt, nur dieses eine Mal.',
    'KR-09-encryption': 'Die Verschlüsselung der Datei wird gewählt.',
    'OP-01-card': 'Die Seite einer Karte am Schalter.',
    'OP-01-home': 'Die erste Seite des Schalters.',
    'OP-01-on-my-card': 'Was wirklich auf der Karte ist, wird dem gezeigt, der sie hat.',
    'OP-01-people': 'Personen und Karten werden gesucht.',
    'OP-01-person': 'Die Seite einer Person am Schalter.',
    'OP-01-reading-card': 'Was auf der Karte ist, wird gelesen.',
    'OP-02-action': 'Ein Operator tut etwas am Schalter.',
    'OP-02-cancel-card': 'Ein Operator beendet eine Karte.',
    'OP-02-card-back': 'Die eigene Karte des Operators soll wieder eingesteckt werden.',
    'OP-02-disable': 'Ein Operator sperrt eine Karte.',
    'OP-02-enable': 'Ein Operator entsperrt eine Karte.',
    'OP-02-witness': 'Ein zweiter Operator unterschreibt.',
    'OP-02-witness-card': 'Auf die Karte eines zweiten Operators wird gewartet.',
    'OP-04-kiosk': 'Die Seite über diesen Kiosk.',
    'OP-05-abandon': 'Ein Operator gibt einen Vorgang auf, der nicht fertig wurde.',
    'OP-05-operations': 'Die Liste der Vorgänge.',
    'RP-06-empty': 'Letzte Warnung, bevor eine beendete Karte geleert wird.',
    'RP-10-reprovision': 'Ein Operator lässt eine Karte neu schreiben.',
    'RP-11-card-found': 'Eine Karte wurde gefunden, die neu geschrieben werden kann.',
    'RP-11-insert-card': 'Der erste Bildschirm: Auf eine Karte wird gewartet.',
    'RP-11-looking': 'Die Karte wird angesehen.',
    'RP-12-checking': 'Die Zentrale stellt fest, was das Neuschreiben bedeuten würde.',
    'RP-12-choose-reason': 'Der Grund für das Neuschreiben wird gewählt.',
    'RP-13-plan': 'Was aus jedem Schlüssel wird, wird gezeigt.',
    'RP-13-warning': 'Letzte Warnung, bevor die Karte neu geschrieben wird.',
    'RP-14-new-pin': 'Eine neue PIN wird gewählt.',
    'RP-14-repeat-pin': 'Die neue PIN wird noch einmal getippt.',
    'RP-15-request-update': 'Ein Operator beantragt, dass eine Karte erneuert wird.',
    'RP-17-unfinished': 'Eine Karte wurde gefunden, die noch nicht fertig ist, und es geht weiter.',
    'RP-19-terms': 'Die Nutzungsbedingungen sollen angenommen werden.',
    'RP-20-confirm-loss': 'Der Verlust eines Schlüssels zum Entschlüsseln soll bestätigt werden.',
    'SE-05-audit': 'Was das Protokoll von einer Karte oder Person weiß.',
    'SE-06-maintenance': 'Ein Administrator beendet den Kiosk zur Wartung.',
    'SY-03-written-waiting':
      'Alles ist auf der Karte; auf das Wort der Zentrale wird gewartet. Die Karte darf heraus.',
    'UX-03-writing': 'Die Karte wird geschrieben.',
    'UX-07-done': 'Die Karte ist fertig.',
  },
  errors: {
    'ID-03-wrong-code': {
      what: 'Der getippte Einmalcode oder die Nummer ist nicht richtig. Ein Versuch ist weg.',
      next: 'Lassen Sie ihn noch einmal tippen, und lesen Sie ihn Ziffer für Ziffer vor. Ist kein Versuch mehr da, geben Sie einen neuen: recard central code give CARD.',
    },
    'ID-04-last-try': {
      what: 'Die PIN war so oft falsch, dass ein Versuch bleibt.',
      next: 'Besser nicht versuchen: N drücken und einen Einmalcode benutzen. Eine falsche PIN sperrt jetzt die Karte.',
    },
    'ID-04-wrong-pin': {
      what: 'Die Karte sagt, dass die PIN falsch ist. Ein Versuch ist weg.',
      next: 'Noch einmal versuchen, solange Versuche da sind. Wer sie nicht weiß, drückt N und benutzt einen Einmalcode.',
    },
    'KR-08-nss-database-locked': {
      what: 'Die NSS-Datenbank hat ein anderes Passwort als das getippte.',
      next: 'Das Passwort der Datenbank tippen, nicht das einer Datei.',
    },
    'KR-08-nss-failed': {
      what: 'NSS konnte die Schlüssel nicht aufnehmen.',
      next: 'Die Programme schließen, die die Datenbank benutzen (Browser, Mail), und recard collect noch einmal starten.',
    },
    'KR-08-nss-not-found': {
      what: 'NSS nennt danach nicht alle Schlüssel.',
      next: 'recard collect noch einmal starten. Bleibt es so, eine neue Datenbank anlegen und die Schlüssel neu beantragen.',
    },
    'KR-08-nss-not-installed': {
      what: 'Auf dem Rechner fehlen certutil und pk12util.',
      next: 'libnss3-tools installieren.',
    },
    'KR-08-nss-password-unusable': {
      what: 'Das Passwort ist leer oder hat mehr als eine Zeile.',
      next: 'Ein anderes tippen.',
    },
    'KR-08-nss-pfx-refused': {
      what: 'NSS nimmt die Datei nicht: Sie hat ein anderes Passwort oder ist keine PFX-Datei.',
      next: 'recard collect noch einmal starten.',
    },
    'KR-08-token-expired': {
      what: 'Das Token wurde nicht rechtzeitig benutzt.',
      next: 'An einem Kiosk ein neues zeigen lassen: dort mit der Karte anmelden und denselben Antrag wählen.',
    },
    'KR-08-token-unknown': {
      what: 'Die Zentrale kennt dieses Token nicht: vertippt, oder von einer anderen Zentrale.',
      next: 'Noch einmal vom Schirm abschreiben oder ein neues zeigen lassen.',
    },
    'KR-08-token-used': {
      what: 'Das Token wurde schon benutzt.',
      next: 'War es nicht der Eigentümer, sagen Sie es einem Administrator. Sonst ein neues zeigen lassen.',
    },
    'RP-01-no-such-slot': {
      what: 'Der Kiosk fragte nach einem Slot, der nicht im Plan dieses Vorgangs steht.',
      next: 'Die Karte noch einmal einstecken. Kommt es wieder, nachsehen, ob Kiosk und Zentrale dieselbe Version haben.',
    },
    'RP-18-not-issued': {
      what: 'Der Kiosk sagt, dass alles getan ist, aber ein Schlüssel hat noch kein Zertifikat.',
      next: 'Die Karte noch einmal einstecken: Es geht weiter, wo es aufgehört hat.',
    },
    'SE-01-certification-request': {
      what: 'Was der Rechner zum Aufnehmen geschickt hat, ist kein guter Zertifikatsantrag.',
      next: 'recard kiosk enrol noch einmal starten, mit derselben Version von Recard wie die Zentrale.',
    },
    'SE-01-no-tls': {
      what: 'Etwas hat die Zentrale ohne TLS angerufen.',
      next: 'Die Adresse im Protokoll ansehen. Ein Kiosk ruft nur https:// an; etwas anderes ist falsch eingestellt.',
    },
    'SE-01-token-expired': {
      what: 'Das Aufnahme-Token wurde nicht rechtzeitig benutzt.',
      next: 'Ein neues machen: recard central kiosk add NAME.',
    },
    'SE-01-token-unknown': {
      what: 'Die Zentrale kennt dieses Aufnahme-Token nicht.',
      next: 'Noch einmal abschreiben oder ein neues machen: recard central kiosk add NAME.',
    },
    'SE-01-token-used': {
      what: 'Das Aufnahme-Token wurde schon benutzt.',
      next: 'Waren Sie das nicht, widerrufen Sie den Kiosk, der damit entstand. Ein neues machen: recard central kiosk add NAME.',
    },
    'SE-03-card-not-authenticated': {
      what: 'Nach einem Geheimnis wurde gefragt, bevor die Karte in diesem Lauf gezeigt hat, welche sie ist.',
      next: 'Die Karte noch einmal einstecken. Kommt es wieder, sagen Sie es einem Administrator: Ein heiler Kiosk fragt nicht so.',
    },
    'SE-03-no-such-exchange': {
      what: 'Es kam eine Antwort auf eine Frage, die die Zentrale nicht gestellt hat oder vor zu langer Zeit.',
      next: 'Die Karte noch einmal einstecken.',
    },
    'SE-03-no-such-intent': {
      what: 'Der Kiosk meldet die Änderung eines Geheimnisses, die er nicht angekündigt hatte.',
      next: 'Die Karte noch einmal einstecken. Kommt es wieder, sagen Sie es einem Administrator.',
    },
    'SE-03-no-such-key': {
      what: 'Der Kiosk fragte nach einem Verwaltungsschlüssel, den der Plan nicht nennt.',
      next: 'Die Karte noch einmal einstecken. Kommt es wieder, nachsehen, ob Kiosk und Zentrale dieselbe Version haben.',
    },
    'SE-03-not-changed': {
      what: 'Der Kiosk fragte nach einem neuen Geheimnis in einem Vorgang, der es so lässt.',
      next: 'Die Karte noch einmal einstecken. Kommt es wieder, sagen Sie es einem Administrator.',
    },
    'SE-03-secret-pending': {
      what: 'Der Kiosk sagt, dass alles getan ist, aber die Änderung eines Geheimnisses ist nicht gemeldet.',
      next: 'Die Karte noch einmal einstecken: Es geht weiter, wo es aufgehört hat.',
    },
    'SE-05-chain-broken': {
      what: 'Ein Ereignis eines Kiosks setzt dessen Kette nicht fort: Etwas fehlt oder wurde geändert.',
      next: 'Den Kiosk außer Betrieb nehmen, seinen Zustandsordner aufheben und den Verantwortlichen für Sicherheit Bescheid sagen.',
    },
    'SE-05-event-changed': {
      what: 'Ein Ereignis kam ein zweites Mal mit anderem Inhalt.',
      next: 'Den Kiosk außer Betrieb nehmen, seinen Zustandsordner aufheben und den Verantwortlichen für Sicherheit Bescheid sagen.',
    },
    'SE-05-not-signed': {
      what: 'Ein Ereignis eines Kiosks hat keine gute Unterschrift.',
      next: 'Nachsehen, ob der Kiosk neu aufgenommen oder kopiert wurde. Sonst den Verantwortlichen für Sicherheit Bescheid sagen.',
    },
    'SE-07-no-such-page': {
      what: 'Die Zentrale wurde nach etwas gefragt, das sie nicht hat: meist ein neuerer Kiosk an einer älteren Zentrale.',
      next: 'Die Zentrale vor den Kiosken aktualisieren.',
    },
    'SE-07-too-large': {
      what: 'Der Zentrale wurde mehr geschickt, als sie auf einmal nimmt.',
      next: 'Im Protokoll nachsehen, welcher Kiosk es war und ob er dieselbe Version hat.',
    },
    'SE-07-event-share-used': {
      what: 'Ein Kiosk schickt mehr Ereignisse, als die Zentrale von einem Kiosk aufhebt.',
      next: 'Er hebt den Rest auf und schickt ihn von selbst später. Nachsehen, was er so viel aufzeichnet; erklärt es nichts, ihn aussperren.',
    },
    'SE-07-too-many-chains': {
      what: 'Ein Kiosk hat mehr Ketten von Ereignissen begonnen, als einer das tut.',
      next: 'Nachsehen, ob sein Zustandsordner bei jedem Start verloren geht (eine Platte, die nichts behält).',
    },
    'SE-07-too-many-connections': {
      what: 'Von einer Adresse kamen mehr Verbindungen, als die Zentrale nimmt.',
      next: 'Es geht von selbst weiter. Stehen viele Kioske hinter einer Adresse, die Grenze der Zentrale anheben.',
    },
    'SE-07-too-many-events': {
      what: 'Ein Kiosk schickt mehr Ereignisse, als die Zentrale in der Zeit nimmt.',
      next: 'Er schickt sie von selbst später. Dauert es lange, sein Protokoll ansehen.',
    },
    'SE-07-too-many-renewals': {
      what: 'Ein Kiosk hat sein Zertifikat zu oft erneuert.',
      next: 'Nachsehen, ob seine Uhr stimmt und ob er seine Identität speichern kann.',
    },
    'SE-07-too-many-requests': {
      what: 'Ein Kiosk hat die Zentrale zu viel auf einmal gefragt.',
      next: 'Er versucht es von selbst wieder. Kommt es oft, das Protokoll dieses Kiosks ansehen.',
    },
    'SE-07-too-many-tries': {
      what: 'Codes oder Token wurden zu oft versucht.',
      next: 'Eine Viertelstunde warten. Hat es keiner von Ihnen versucht, den Verantwortlichen für Sicherheit Bescheid sagen.',
    },
    'SE-07-wrong-key': {
      what: 'Der öffentliche Schlüssel, den die Karte erzeugt hat, kann hier nicht zertifiziert werden.',
      next: 'Die Karte noch einmal einstecken. Kommt es wieder, erzeugt diese Karte nicht die Schlüssel, die ihr Profil verlangt.',
    },
    'SY-01-not-your-scope': {
      what: 'Ein Kiosk fragte nach Personen, für die er nicht da ist.',
      next: 'Die Gruppen dieses Kiosks ansehen: recard central kiosk list.',
    },
    'SY-02-event-missing': {
      what: 'Zwischen zwei Ereignissen, die ein Kiosk geschickt hat, fehlt eines.',
      next: 'Der Kiosk schickt von dort an noch einmal. Dauert es lange, sein Protokoll ansehen.',
    },
    'SY-03-waiting-for-central': {
      what: 'Die Karte wird geschrieben, und die Zentrale ist nicht erreichbar.',
      next: 'Es geht von selbst weiter. Die Karte darf heraus: Sie wird später fertig.',
    },
    'SY-06-copy-gone': {
      what: 'Dem die Kopie des Kiosks folgt, das gibt es bei der Zentrale nicht mehr.',
      next: 'Er holt von selbst eine ganze Kopie.',
    },
    'SY-06-no-such-snapshot': {
      what: 'Die ganze Kopie, die der Kiosk gerade holte, gibt es nicht mehr.',
      next: 'Er beginnt von selbst mit einer anderen.',
    },
    'SY-06-snapshot-under-way': {
      what: 'Die Zentrale macht die ganze Kopie noch, die der Kiosk haben will.',
      next: 'Er fragt von selbst wieder.',
    },
    'SY-06-unknown-schema': {
      what: 'Kiosk und Zentrale haben keine Form der Kopie gemeinsam: Ihre Versionen liegen zu weit auseinander.',
      next: 'Die ältere von beiden aktualisieren.',
    },
  },
  helpdesk: {
    'ID-01-key-compromised':
      'Ihr Schlüssel wurde als bekannt gemeldet. Lassen Sie sich zeigen, wer es ist, und geben Sie einen Einmalcode: recard central code give CARD. Das Neuschreiben gibt der Karte neue Schlüssel.',
    'ID-02-pin-not-set':
      'Lassen Sie die Karte noch einmal einstecken: mit der PIN, wenn sie bekannt ist, sonst mit einem neuen Einmalcode. Kommt es wieder, ersetzen Sie die Karte.',
    'ID-03-code-dead':
      'Geben Sie einen neuen Code: recard central code give CARD; für eine neue Karte recard central code give --request ID. Er gilt einmal und nicht lange.',
    'KR-01-card-is-somebodys':
      'Lassen Sie eine andere leere Karte nehmen. Sehen Sie nach, wem diese gehört: recard central card show NAME.',
    'KR-01-elsewhere':
      'Sehen Sie den Antrag an (recard central request show ID): Sein Profil sagt, ob er am Kiosk oder am eigenen Rechner abgeholt wird.',
    'KR-01-needs-blank-card':
      'Geben Sie eine leere Karte und die Nummer dazu: recard central code give --request ID.',
    'KR-01-not-blank':
      'Ihre Geheimnisse sind nicht die ab Werk. Geben Sie eine andere leere Karte; setzen Sie diese mit dem Werkzeug des Herstellers zurück, oder vernichten Sie sie.',
    'KR-01-other-kind': 'Sehen Sie den Antrag an: recard central request show ID.',
    'KR-02-pin-needed':
      'Ein Code genügt hier nicht: Die PIN zeigt, dass es der Eigentümer ist. Wer sie nicht weiß, lässt erst die Karte neu schreiben oder eine neue PIN setzen.',
    'KR-05-not-on-card': 'Stellen Sie einen neuen Antrag: Die Karte hat sich seither geändert.',
    'KR-08-nss-only':
      'Nach dem Profil werden die Schlüssel am eigenen Rechner abgeholt: recard collect, mit dem Token, das ein Kiosk oder recard central request token ID zeigt.',
    'KR-08-pfx-content':
      'Was die Zentrale gab, ergibt keine ganze Datei. Sehen Sie das Protokoll des Kiosks an, und geben Sie es einem Administrator.',
    'KR-08-pfx-not-made':
      'Lassen Sie es noch einmal versuchen. Kommt es wieder, steht im Protokoll des Kiosks, warum: Geben Sie es einem Administrator.',
    'KR-11-no-such-key':
      'Der Kiosk fragte nach einem Schlüssel, der nicht zu diesem Vorgang gehört. Kommt es wieder, sehen Sie nach, ob Kiosk und Zentrale dieselbe Version haben.',
    'KR-11-not-theirs': 'Sehen Sie den Antrag an, und stellen Sie einen ohne dieses Zertifikat.',
    'KR-11-signing-key':
      'Nur Schlüssel zum Verschlüsseln werden herausgegeben. Sehen Sie den Antrag an, und stellen Sie einen ohne dieses Zertifikat.',
    'KR-11-wrong-key':
      'Der archivierte Schlüssel ist nicht der zum Zertifikat. Geben Sie den Code einem Administrator: Das Archiv muss angesehen werden.',
    'RP-06-cannot-empty': 'Nehmen Sie die Karte an, und vernichten Sie sie.',
    'RP-06-not-cancelled':
      'Wird sie nicht mehr gebraucht, beenden Sie sie: recard central card cancel NAME --reason REASON. Dann kann sie geleert werden.',
    'RP-12-no-reasons':
      'An dieser Zentrale steht Karteninhabern kein Grund offen. Geben Sie es einem Administrator; ein Operator kann die Karte am Schalter neu schreiben lassen.',
    'RP-15-unknown-reason':
      'Die Kopie des Kiosks kennt den Grund noch nicht; er kommt von selbst. Bleibt es so, sehen Sie nach, ob der Kiosk der Zentrale folgt (seine Seite am Schalter).',
    'RP-17-card-full':
      'Eine andere Karte wird gebraucht: recard central request new new-card PERSON --profile NAME --in-place-of CARD --reason REASON.',
    'RP-17-card-too-small':
      'Die Karte ist, wie sie war. Beantragen Sie weniger frühere Schlüssel, frühere Schlüssel als Datei oder eine Karte mit mehr Platz.',
    'RP-17-closed':
      'Lassen Sie die Karte noch einmal einstecken: Es beginnt neu. Kommt es wieder, sagt recard central operation list, was offen ist.',
    'RP-18-verify-failed':
      'Lassen Sie sie noch einmal einstecken. Kommt es mit dieser Karte wieder und mit anderen nicht, ist die Karte defekt: Ersetzen Sie sie.',
    'RP-21-no-management-key':
      'Die Zentrale hat keinen Verwaltungsschlüssel für sie. Importieren Sie ihn (recard central import card-secrets FILE), oder ersetzen Sie die Karte.',
    'SE-01-certificate-expired':
      'Er war zu lange aus, oder eine Uhr geht falsch. Stellen Sie die Uhr; oder recard central kiosk add NAME, und dort recard kiosk enrol mit --replace.',
    'SE-01-foreign-certificate':
      'Der Kiosk ist bei einer anderen Zentrale aufgenommen. Sehen Sie seine kiosk.toml an, oder nehmen Sie ihn hier auf: recard central kiosk add NAME.',
    'SE-01-kiosk-revoked':
      'Jemand hat ihn widerrufen (recard central audit list sagt, wer). Soll er arbeiten: recard central kiosk add NAME, und neu aufnehmen.',
    'SE-01-no-certificate':
      'Er ruft ohne sein Zertifikat an: Etwas dazwischen bricht TLS auf, oder seine Identität ist weg. Sehen Sie den Weg zur Zentrale an, sonst nehmen Sie ihn neu auf.',
    'SE-01-not-a-kiosk':
      'Die Zentrale hat keinen solchen Kiosk: eine andere Datenbank, oder er wurde nie aufgenommen. recard central kiosk list; dann aufnehmen.',
    'SE-03-management-key':
      'Kein Schlüssel, den die Zentrale kennt, öffnet sie: eine andere Karte, oder woanders geändert. Importieren Sie ihren Schlüssel (recard central import card-secrets FILE), oder ersetzen Sie sie.',
    'SE-03-no-master-key':
      'Ein Hauptschlüssel fehlt, aus dem die Schlüssel dieser Karte folgen. Geben Sie es einem Administrator: recard central master-key list.',
    'SE-04-no-archive-key':
      'Der Schlüssel des Archivs fehlt. Ein Administrator holt ihn aus der Sicherung zurück; dann wird die Karte noch einmal eingesteckt.',
    'SE-07-attestation':
      'Das eigene Wort der Karte zu ihrem neuen Schlüssel stimmt nicht. Behalten Sie die Karte, und sagen Sie den Verantwortlichen für Sicherheit Bescheid; geben Sie eine andere.',
    'SE-07-bad-request':
      'Kiosk und Zentrale verstehen einander nicht: meist zwei Versionen, die nicht passen. Erst die Zentrale aktualisieren, dann den Kiosk.',
    'SE-07-card-answer':
      'Lassen Sie dort eine andere Karte versuchen: Geht die, ist diese schmutzig oder defekt; geht sie nicht, ist es der Leser.',
    'SY-02-no-room':
      'Die Platte dieses Kiosks ist voll. Schaffen Sie dort Platz; recard doctor sagt, was ihn braucht. Karten können an einem anderen Kiosk fertig werden.',
    'SY-06-other-protocol':
      'Ihre Versionen liegen zu weit auseinander. Aktualisieren Sie die ältere von beiden.',
    'UX-06-reader-gone': 'Stecken Sie den Leser wieder an.',
    'UX-09-internal':
      'Lassen Sie es noch einmal versuchen. Kommt es wieder, steht im Protokoll des Kiosks, warum: Geben Sie es einem Administrator.',
  },
};
