import type { CollectTexts } from '../collect-catalogue.ts';

/** German: what waits, and recovered keys onto a card. */
export const deCollect: CollectTexts = {
  tasks: {
    title: 'Was auf Sie wartet',
    text: 'Wählen Sie mit den Pfeiltasten oder einer Ziffer, dann drücken Sie Enter.',
    rewrite: 'Diese Karte neu schreiben',
    rewriteText: 'Ihre Karte wird gelöscht und neu geschrieben. Den Grund wählen Sie als Nächstes.',
    addKeys: (count) =>
      count === 1
        ? '1 wiederhergestellten Schlüssel auf diese Karte bringen'
        : `${count} wiederhergestellte Schlüssel auf diese Karte bringen`,
    changeKeys: 'Schlüssel zum Entschlüsseln auf dieser Karte ändern',
    otherCard: 'Wiederhergestellte Schlüssel für eine andere Karte',
    newCard: 'Eine neue Karte',
    newCardWithKeys: 'Wiederhergestellte Schlüssel auf einer neuen Karte',
    file: 'Wiederhergestellte Schlüssel als Datei',
    update: (reason) => `Karte erneuern: ${reason}`,
    unknown: 'Etwas, was dieser Kiosk noch nicht kennt',
    notNow: '(jetzt nicht)',
    updateText: 'Ihre Karte wird aus diesem Grund gelöscht und neu geschrieben.',
    keysText: 'Sie sehen zuerst, was sich ändert. Alles andere auf Ihrer Karte bleibt, und auch Ihre PIN.',
    until: (date) => `Es wartet bis ${date}.`,
    note: (words) => `Bemerkung: ${words}`,
  },
  comparing: {
    title: 'Die Zentrale wird gefragt',
    text: 'Sie stellt zusammen, was sich auf Ihrer Karte ändert.',
  },
  difference: {
    title: 'Was sich auf Ihrer Karte ändert',
    certificate: 'Schlüssel von - bis',
    change: 'Änderung',
    before: 'Bisher',
    after: 'Künftig',
    changes: { kept: 'bleibt', moved: 'rückt', added: 'neu', removed: 'entfällt', left: 'später' },
    inUse: 'in Gebrauch',
    place: (number, of) => `Nr. ${number} von ${of}`,
    nowhere: 'nicht darauf',
    sums: {
      kept: (count) => (count === 1 ? '1 Schlüssel bleibt' : `${count} Schlüssel bleiben`),
      moved: (count) =>
        count === 1 ? '1 bekommt einen anderen Platz' : `${count} bekommen einen anderen Platz`,
      added: (count) => (count === 1 ? '1 kommt dazu' : `${count} kommen dazu`),
      removed: (count) => (count === 1 ? '1 entfällt' : `${count} entfallen`),
      left: (count) => (count === 1 ? '1 folgt später' : `${count} folgen später`),
    },
    others: 'Schlüssel für Anmeldung, Unterschrift und Türen werden nicht angerührt.',
  },
  chooseLeft: {
    title: 'Für alle Schlüssel ist nicht genug Platz',
    text: (count) =>
      `Markieren Sie ${count === 1 ? 'einen, der' : `${count}, die`} erst ein anderes Mal auf die Karte ${count === 1 ? 'kommt' : 'kommen'}. Nichts geht verloren: Der Helpdesk kann sie Ihnen als Datei geben.`,
    stillTooFew: 'Das reicht noch nicht. Bitte markieren Sie mehr.',
    none: 'Bitte markieren Sie wenigstens einen (Leertaste oder Ziffer).',
  },
  removal: {
    title: (count) =>
      count === 1
        ? 'Ein Schlüssel wird von der Karte entfernt'
        : `${count} Schlüssel werden von der Karte entfernt`,
    text: () =>
      'Alte Nachrichten, die dafür verschlüsselt wurden, lassen sich dann mit dieser Karte nicht mehr lesen.',
    confirm:
      'Drücken Sie J nur, wenn Sie auf dieser Karte darauf verzichten können. Esc geht zurück, und nichts wird geändert.',
  },
  collectWarning: {
    title: 'Bevor die Schlüssel auf Ihrer Karte geändert werden',
    resumeTitle: 'Ihre Karte fertigstellen',
    resume:
      'Ihre Karte wurde letztes Mal nicht fertig. Es geht dort weiter, wo es aufgehört hat, wie Sie es gewählt haben.',
    added: (count) =>
      count === 1
        ? '1 Schlüssel zum Entschlüsseln kommt auf Ihre Karte.'
        : `${count} Schlüssel zum Entschlüsseln kommen auf Ihre Karte.`,
    removed: (count) =>
      count === 1
        ? '1 wird entfernt, wie Sie bestätigt haben.'
        : `${count} werden entfernt, wie Sie bestätigt haben.`,
    pinStays: 'Ihre PIN bleibt, wie sie ist.',
    others: 'Ihre anderen Schlüssel und Zertifikate bleiben, wie sie sind.',
  },
  collected: {
    title: 'Ihre Karte ist auf dem neuesten Stand.',
    removed: (count) =>
      count === 1
        ? '1 früherer Schlüssel wurde von Ihrer Karte entfernt.'
        : `${count} frühere Schlüssel wurden von Ihrer Karte entfernt.`,
    pinStays: 'Ihre PIN bleibt, wie sie ist.',
    next: 'Es wartet noch etwas auf Sie: Mit Enter geht es weiter. Sie werden noch einmal nach der PIN gefragt.',
  },
};
