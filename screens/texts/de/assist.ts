import type { AssistTexts } from '../assist-catalogue.ts';

/** German: help, a new PIN, terms. */
export const deAssist: AssistTexts = {
  terms: {
    title: 'Bitte lesen Sie das zuerst und stimmen Sie zu',
    text: 'Vorher wird nichts geschrieben. Mit Esc lehnen Sie ab: Nichts ändert sich.',
    more: (count) => (count === 1 ? '1 weitere Zeile darunter' : `${count} weitere Zeilen darunter`),
  },
  pinWarning: {
    title: 'Eine neue PIN für diese Karte',
    resumeTitle: 'Die neue PIN dieser Karte abschließen',
    resume: 'Beim letzten Mal wurde sie nicht fertig. Es geht dort weiter, wo es stehen blieb.',
    keepsPin: 'Die PIN, die Sie eben eingegeben haben, ist Ihre neue. Sie bleibt.',
    newPin: 'Sie wählen eine neue PIN. Die bisherige gilt dann nicht mehr.',
    nothingElse: 'Sonst ändert sich nichts: Zertifikate und Schlüssel bleiben, wie sie sind.',
    told: 'Wem die Karte gehört, bekommt darüber eine Mail.',
    of: (name, card) => `Die Karte gehört ${name} (${card}).`,
  },
  pinSet: {
    title: 'Ihre PIN ist gesetzt.',
    text: 'Sonst wurde auf Ihrer Karte nichts geändert.',
    writing: 'Ihre PIN wird gesetzt',
    written:
      'Ihre neue PIN ist auf der Karte. Die Zentrale vermerkt das von selbst, mit oder ohne Ihre Karte.',
    putInAgain:
      'Stecken Sie die Karte wieder ein, hier oder an einem anderen Kiosk, um ihre neue PIN abzuschließen.',
  },
  softHanded: {
    leaveIn: 'Lassen Sie den Stick stecken, bis Sie ihn herausnehmen sollen.',
    stopped: 'Die Schlüssel warten weiter: Der Operator kann noch einmal beginnen.',
    saved: 'Ihre Schlüssel sind gespeichert. Nehmen Sie den Stick heraus.',
  },
  provingOperator: {
    title: 'Rückfrage bei der Zentrale',
    text: 'Der Operator hat bestätigt, wem diese Karte gehört. Bitte lassen Sie sie stecken.',
  },
  waitsForCard: {
    rewritten: (name) => `Die Karte von ${name} einstecken: Sie wird neu geschrieben.`,
    newPin: (name) => `Die Karte von ${name} einstecken: Sie bekommt eine neue PIN.`,
    keys: (name) => `Die Karte von ${name} einstecken: Schlüssel kommen darauf.`,
    newCard: (name) => `Eine leere Karte einstecken: Sie wird die von ${name}.`,
    first: 'Nichts wird geändert, bevor Sie es sagen. An keiner anderen Karte wird gearbeitet.',
    takeBack: 'O nimmt es zurück.',
  },
  turn: (name) => `Jetzt ist ${name} an der Reihe:`,
  assistWarning: {
    title: 'Bevor diese Karte neu geschrieben wird',
    resume: 'Sie wurde nicht fertig; es geht dort weiter, wo es stehen blieb.',
    belongs: (name, card) => `Die Karte gehört ${name} (${card}).`,
    erased: 'Alles darauf wird gelöscht und neu geschrieben, mit neuen Zertifikaten.',
    oldRevoked: 'Die alten Zertifikate gelten nicht mehr, sobald die neuen geprüft sind.',
    oldLeft: 'Die alten Zertifikate laufen von selbst ab.',
    sameKey: 'Der Schlüssel zum Entschlüsseln bleibt: Alte Nachrichten sind weiter lesbar.',
    newKey: 'Der Schlüssel zum Entschlüsseln wird neu; der alte bleibt auf der Karte.',
    newKeyOldArchived: 'Der Schlüssel zum Entschlüsseln wird neu; der alte wird verwahrt.',
    newKeyIfRevoked: 'Der Schlüssel zum Entschlüsseln bleibt, sofern er nicht gesperrt wurde.',
    keyLost: 'Der Schlüssel zum Entschlüsseln geht verloren, wie bestätigt wurde.',
    account: 'Das Benutzerkonto wird nicht geändert.',
    turn: (name) => `Dann gibt ${name} die neue PIN ein. Die Karte bleibt stecken.`,
  },
};
