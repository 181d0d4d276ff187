import type { DeskDialogTexts } from '../desk-dialog-catalogue.ts';

/** German: an operator signs in, and the steps of what they do. */
export const deDeskDialogs: DeskDialogTexts = {
  deskSignIn: {
    askTitle: 'Stecken Sie Ihre eigene Karte in einen freien Leser.',
    ask: 'Sie bleibt dort, solange Sie hier arbeiten. Mit dem Herausnehmen sind Sie abgemeldet.',
    askSecond: 'Die Karte im anderen Leser kann bleiben: Sie gehört dem Karteninhaber.',
    looking: 'Ihre Karte wird angesehen',
    pinTitle: (name) => `PIN von ${name}`,
    pin: 'Die PIN Ihrer eigenen Karte. Sie meldet Sie an.',
    lastTry:
      'Das ist der letzte Versuch. Ist auch diese PIN falsch, wird die Karte gesperrt, und ein anderer Operator muss helfen.',
    signingIn: 'Sie werden angemeldet',
    refusedTitle: 'Mit dieser Karte können Sie sich nicht anmelden.',
    signedOutTitle: 'Sie wurden abgemeldet.',
  },
  deskDialog: {
    consequences: {
      reprovision: [
        'Die Karte wird gelöscht und nach den neuesten Regeln ihres Profils neu geschrieben.',
        'Der Inhaber muss hier sein: Er wählt die neue PIN selbst.',
      ],
      requestUpdate: [
        'Der Inhaber findet sie an jedem Kiosk vor und schreibt seine Karte allein neu.',
        'Bis dahin wird nichts geändert, weder Karte noch Konto.',
      ],
      requestExisting: [
        'Die Schlüssel kommen auf diese Karte, wenn ihr Inhaber sie mit seiner PIN abholt.',
        'Andere Schlüssel, PIN und Konto bleiben, wie sie sind.',
      ],
      requestReplacement: [
        'Eine neue Karte wird vorbereitet, mit den archivierten Schlüsseln der alten. Nicht archivierte kommen nicht mit.',
        'Eine alte Karte, die ein anderer haben kann, wird sofort beendet, sonst erst, wenn die neue abgeholt wird.',
      ],
      giveCode: [
        'Wer diese Karte und den Code hat, kann ihre PIN setzen. Geben Sie ihn nur dem Inhaber.',
        'Er ersetzt einen, der vorher ausgegeben wurde.',
      ],
      unblockPin: [
        'Der Inhaber tippt eine neue PIN. Schlüssel, Zertifikate und Konto bleiben, wie sie sind.',
        'Er erfährt davon durch eine Mail.',
      ],
      disable: ['Die Karte kann weder benutzt noch neu geschrieben werden, bis sie entsperrt wird.'],
      enable: [
        'Zertifikate, die mit der Karte angehalten wurden, gelten wieder.',
        'Die für sich allein angehalten waren, bleiben es.',
      ],
      cancelCard: ['Das ist endgültig: Eine beendete Karte wird nie wieder entsperrt.'],
      requestNewCard: ['Die Karte wird vorbereitet. Abgeholt wird sie mit einer leeren an jedem Kiosk.'],
      requestSoft: [
        'Die Schlüssel werden als Datei mit einem Passwort abgeholt, das ihr Inhaber selbst wählt.',
      ],
      approve: ['Sie genehmigen, dass es ausgeführt wird.'],
      reject: ['Es wird nicht ausgeführt. Wer es beantragt hat, liest Ihre Bemerkung.'],
      cancelRequest: ['Es wird nicht ausgeführt. Geändert wird nichts.'],
      collect: ['Es wird jetzt ausgeführt. Der Inhaber muss hier sein und tippt PIN oder Passwort selbst.'],
      giveNumber: [
        'Wer eine leere Karte und die Nummer hat, kann das abholen. Geben Sie sie nur dem Inhaber.',
        'Sie ersetzt eine, die vorher ausgegeben wurde.',
      ],
      abandon: [
        'Das Schreiben wird aufgegeben: Dafür erstellte Zertifikate werden sofort gesperrt.',
        'Die Karte ist vielleicht halb geschrieben. Sie kann neu geschrieben oder ersetzt werden.',
      ],
      leaveKiosk: [
        'Der Kiosk endet. Dieses Terminal zeigt dann eine Anmeldung: Sonst geht hier nichts mehr.',
        'So bleibt es, bis jemand, der die Maschine verwaltet, den Kiosk startet: systemctl start kiosk',
        'Die Zentrale hält fest, dass Sie es waren.',
      ],
    },
    fates: {
      certificates: {
        revoke: 'Ihre Zertifikate für Anmeldung, Unterschrift und Türen werden gesperrt.',
        leave: 'Ihre Zertifikate für Anmeldung, Unterschrift und Türen gelten bis zu ihrem Ablauf.',
        hold: 'Ihre Zertifikate für Anmeldung, Unterschrift und Türen ruhen bis zum Entsperren.',
        unknown: 'Was mit ihren Zertifikaten geschieht, bestimmt der Grund.',
      },
      encryption: {
        keep: 'Ihr Zertifikat zum Verschlüsseln bleibt, wie es ist.',
        leave: 'Ihr Zertifikat zum Verschlüsseln gilt bis zu seinem Ablauf.',
        replace: 'Ihr Zertifikat zum Verschlüsseln wird ersetzt, mit demselben Schlüssel.',
        revoke: 'Ihr Zertifikat zum Verschlüsseln wird gesperrt; ein archivierter Schlüssel bleibt.',
        newIfRevoked: 'Ihr Zertifikat zum Verschlüsseln bleibt, wenn es nicht schon gesperrt ist.',
        hold: 'Ihr Zertifikat zum Verschlüsseln ruht bis zum Entsperren.',
        unknown: null,
      },
      account: 'Das Konto des Inhabers bleibt, wie es ist.',
    },
    choose: {
      reason: 'Warum?',
      profile: 'Nach welchem Profil?',
      code: 'Für wie lange, und wie bekommt ihn der Inhaber?',
      proof: 'Wie weist sich der Inhaber aus?',
      codes: {
        'short-shown': 'Für einige Minuten, hier angezeigt',
        'short-sent': 'Für einige Minuten, per Mail',
        'long-shown': 'Für einige Wochen, hier angezeigt',
        'long-sent': 'Für einige Wochen, per Mail',
      },
      proofs: {
        pin: 'Er hat seine PIN',
        operator: 'Ich kenne ihn oder habe seinen Ausweis gesehen: Ich unterschreibe dafür',
        code: 'Er hat einen Einmalcode',
        number: 'Er hat die Nummer zum Abholen',
      },
      none: 'Es gibt nichts zur Auswahl.',
      notAllowed: '(nicht erlaubt)',
    },
    asking: {
      recoverable: 'Gefragt wird, welche Schlüssel es gibt',
      difference: 'Gefragt wird, was sich auf der Karte ändern würde',
    },
    pick: {
      title: 'Welche Schlüssel?',
      how: 'Was markiert ist, ist danach auf der Karte. Was darauf ist und nicht markiert, entfällt.',
      none: 'Die Zentrale hat keine Schlüssel dieser Person.',
      where: 'Ist auf',
      nowhere: 'keiner Karte',
      sum: (wanted, without) =>
        `Wiederhergestellt werden: ${wanted}.${without === 0 ? '' : ` Entfernt werden: ${without}.`}`,
    },
    difference: { title: 'Was sich auf der Karte ändert', none: 'Auf der Karte ändert sich nichts.' },
    removal: {
      title: (count) =>
        count === 1
          ? 'Ein Schlüssel wird von der Karte entfernt'
          : `${count} Schlüssel werden von der Karte entfernt`,
      confirm: (count) =>
        count === 1
          ? 'Was für ihn verschlüsselt wurde, ist mit dieser Karte nicht mehr lesbar. Mit J wird er entfernt.'
          : 'Was für sie verschlüsselt wurde, ist mit dieser Karte nicht mehr lesbar. Mit J werden sie entfernt.',
    },
    write: {
      title: 'Bemerkung',
      optional: 'Für alle, die dies später lesen. Kann leer bleiben.',
      demanded: 'Sagen Sie, warum. Es steht im Protokoll, und die Betroffenen lesen es.',
    },
    empty: 'Bitte schreiben Sie etwas.',
    confirm: {
      title: 'Ist das richtig?',
      reason: (title) => `Grund: ${title}`,
      keys: (count) => `${count} Schlüssel`,
      note: (words) => `Bemerkung: ${words}`,
    },
    witness: {
      title: 'Ein zweiter Operator muss das bestätigen.',
      text: 'Er steckt seine eigene Karte in den anderen Leser. Die Karte des Inhabers darf dafür herausgenommen werden und kommt danach zurück. Ihre eigene bleibt stecken.',
      looking: 'Die Karte des zweiten Operators wird angesehen',
      signTitle: (name) => `PIN von ${name}`,
      sign: 'Der zweite Operator tippt die PIN seiner eigenen Karte. Sie unterschreibt genau das, was oben steht, und nichts sonst.',
      ownSign:
        'Die PIN Ihrer eigenen Karte. Damit unterschreiben Sie, dass die oben genannte Person bei Ihnen ist.',
      ownSignCode: (how) =>
        `Die PIN Ihrer eigenen Karte. Damit unterschreiben Sie, dass dies einmal ausgegeben wird, für das oben Genannte. ${how}.`,
      signing: 'Die Karte unterschreibt',
    },
    cardBack: {
      title: 'Stecken Sie die andere Karte wieder in den Leser.',
      card: 'Der zweite Operator nimmt seine heraus; dafür kommt die Karte des Inhabers hinein.',
      blank: 'Der zweite Operator nimmt seine heraus; dafür kommt die leere Karte hinein.',
    },
    working: 'Die Zentrale führt es aus',
    said: {
      refused: 'Es wurde nichts getan.',
      unanswered: 'Ob es getan wurde, ist nicht bekannt. Schließen Sie, und sehen Sie nach.',
      stopped: 'Es wurde nicht fertig.',
      cardOut: 'Die Karte ist fort: Es wurde nichts getan.',
      requested: 'Der Antrag ist gestellt.',
      toBeApproved: 'Erst muss ihn ein anderer Operator genehmigen, unter Anträge.',
      ready: 'Niemand muss ihn genehmigen: Er ist bereit.',
      approved: 'Genehmigt.',
      rejected: 'Abgelehnt.',
      cancelled: 'Zurückgezogen.',
      abandoned: 'Aufgegeben.',
      left: 'Der Kiosk endet jetzt.',
      given: 'Geben Sie dies dem Inhaber und sonst niemandem.',
      once: 'Es wird nur dieses eine Mal gezeigt.',
      sentTo: (address) => `Gesendet an ${address}.`,
      until: (time) => `Es gilt bis ${time}.`,
      changed: 'Erledigt.',
      revoked: (count) =>
        count === 1 ? '1 Zertifikat ist gesperrt.' : `${count} Zertifikate sind gesperrt.`,
      held: (count) =>
        count === 1 ? '1 Zertifikat ist angehalten.' : `${count} Zertifikate sind angehalten.`,
      released: (count) =>
        count === 1 ? '1 Zertifikat gilt wieder.' : `${count} Zertifikate gelten wieder.`,
      untouched: 'Alle anderen Zertifikate sind, wie sie waren.',
      told: 'Der Inhaber erfährt davon durch eine Mail.',
    },
  },
};
