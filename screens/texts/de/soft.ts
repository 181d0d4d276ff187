import type { SoftTexts } from '../soft-catalogue.ts';

/** German: recovered keys as a file on a stick. */
export const deSoft: SoftTexts = {
  fileText:
    'Sie werden als Datei mit Passwort auf einem USB-Stick gespeichert, den Sie mitbringen. Ihre Karte bleibt, wie sie ist.',
  storeTask: 'Wiederhergestellte Schlüssel auf Ihren eigenen Computer',
  storeText: 'Sie sehen ein Token, mit dem Sie sie dort abholen. Ihre Karte bleibt, wie sie ist.',
  softToken: {
    title: 'Ihre Schlüssel werden auf Ihrem eigenen Computer abgeholt',
    asking: 'Die Zentrale macht ein Token dafür. Einen Moment, bitte.',
    text: 'Auf diesem Computer, auf dem Recard installiert ist, tippen Sie in ein Terminal:',
    address: 'https://ZENTRALE:8443',
    folder: 'ORDNER',
    typeIt: 'ORDNER ist, wo Ihre Programme Zertifikate haben. Nach dem Token gefragt, tippen Sie:',
    once: 'Schreiben Sie es jetzt auf: Es ist nur dieses eine Mal zu sehen und gilt einmal, 15 Minuten lang. Wer es hat, kann Ihre Schlüssel abholen.',
  },
  chooseMedium: {
    title: 'Wo Ihre Schlüssel gespeichert werden',
    text: (count) =>
      count === 1
        ? '1 Schlüssel wird als Datei mit Passwort gespeichert.'
        : `${count} Schlüssel werden als eine Datei mit Passwort gespeichert.`,
    looking: 'USB-Sticks werden gesucht. Einen Moment bitte.',
    none: 'Stecken Sie einen USB-Stick ein. Er wird von selbst erkannt.',
    gone: 'Der Stick wurde abgezogen. Stecken Sie ihn wieder ein, oder wählen Sie einen anderen.',
    choose: 'Wählen Sie mit den Pfeiltasten oder einer Ziffer, dann drücken Sie Enter.',
    noName: 'USB-Stick ohne Namen',
    free: (amount) => `${amount} frei`,
  },
  softEncryption: {
    title: 'Wo werden Sie die Datei öffnen?',
    text: 'Wählen Sie mit den Pfeiltasten oder einer Ziffer.',
    usual: 'Auf einem Computer von heute',
    old: 'In einem alten Programm, das heutige Dateien nicht öffnet',
    usualText:
      'Starke Verschlüsselung. Windows 10 und macOS 15 oder neuer, Firefox und Thunderbird öffnen sie.',
    oldWarning:
      'Diese Verschlüsselung ist alt und schwächer: Wer die Datei findet, kann Passwörter viel schneller durchprobieren. Nehmen Sie sie nur, wenn man es Ihnen gesagt hat, und mit einem langen Passwort. Mit J nehmen Sie sie für diese Datei.',
  },
  softPassword: {
    title: 'Wählen Sie ein Passwort für die Datei',
    text: 'Wer Datei und Passwort hat, hat Ihre Schlüssel. Niemand kann es wiederherstellen.',
    repeatTitle: 'Geben Sie das Passwort noch einmal ein',
    repeatText: 'Damit kein Tippfehler die Datei verschließt.',
    typed: (count) => `${count} Zeichen`,
    rules: {
      length: (count) => `Wenigstens ${count} Zeichen`,
      kinds: (count) =>
        count === 1
          ? 'Beliebige Zeichen'
          : `${count} von: kleine Buchstaben, große Buchstaben, Ziffern, andere Zeichen`,
      different: (count) => `Wenigstens ${count} verschiedene Zeichen`,
    },
    policyError: 'Das Passwort erfüllt noch nicht alles.',
    mismatch: 'Die beiden waren nicht gleich. Bitte beginnen Sie noch einmal.',
    same: 'Gleich wie zuvor',
    notYetSame: 'Noch nicht gleich wie zuvor',
  },
  savingSoft: {
    title: 'Ihre Schlüssel werden gespeichert',
    phases: {
      fetch: 'Die Zentrale gibt Ihre Schlüssel heraus.',
      make: 'Die Datei wird erstellt und verschlüsselt.',
      save: 'Die Datei wird geschrieben und zurückgelesen.',
    },
    leaveIn: 'Lassen Sie Stick und Karte stecken, bis Sie sie herausnehmen sollen.',
  },
  softStopped: {
    title: 'Es wurde nichts gespeichert.',
    again:
      'Ihre Schlüssel warten weiter auf Sie: Mit Enter beginnen Sie noch einmal. Sie werden wieder nach der PIN gefragt.',
    putCardIn:
      'Ihre Schlüssel warten weiter auf Sie: Stecken Sie Ihre Karte ein, um noch einmal zu beginnen.',
  },
  softDone: {
    title: 'Ihre Schlüssel sind gespeichert. Nehmen Sie Stick und Karte heraus.',
    file: 'Datei',
    stick: 'Auf',
    keysOf: 'Schlüssel von - bis',
    password:
      'Merken Sie sich das Passwort: Niemand kann es wiederherstellen, und ohne es lässt sich die Datei nicht öffnen.',
    takeOut: 'Lassen Sie den Stick nicht zurück. Die Datei wurde zurückgelesen und ist vollständig.',
    next: 'Es wartet noch etwas auf Sie: Mit Enter geht es weiter.',
    more: (count) => `und ${count} weitere`,
  },
};
