import type { DeskTexts } from '../desk-catalogue.ts';
import { deDeskDialogs } from './desk-dialogs.ts';
import { deskRefusals } from './desk-refusals.ts';
import { deDeskWords } from './desk-words.ts';

/** German: the operator's pages. */
export const deDesk: DeskTexts = {
  ...deDeskDialogs,
  desk: {
    ...deDeskWords,
    helpedBy: (name) => `Es hilft ${name}`,
    signInPage: 'Anmeldung als Operator',
    keys: {
      move: 'Wählen',
      open: 'Öffnen',
      nextTab: 'Reiter',
      nextView: 'Liste',
      takeBack: 'Zurücknehmen',
      staff: 'Operator',
      close: 'Schließen',
      marks: 'Markieren',
      typing: 'Tippen sucht',
      writing: 'Schreiben',
      stopTest: 'Test beenden',
      idle: (seconds) => `Ende in ${seconds} s`,
    },
    inHand: {
      none: 'Leser: keine Karte',
      looking: 'Leser: wird angesehen',
      blank: 'Leser: leere Karte',
      busy: 'Leser: in Arbeit',
      known: (name) => `Leser: ${name}`,
      refused: (code) => `Leser: ${code}`,
    },
    loading: 'Die Zentrale wird gefragt ...',
    none: '-',
    yes: 'ja',
    no: 'nein',
    home: {
      title: 'Was möchten Sie tun?',
      about: {
        search: 'Nach Name, Mailadresse oder Kartennummer',
        cardInReader: 'Was verzeichnet ist, und was darauf ist',
        requests: 'Zu genehmigen, wartend, erledigt',
        operations: 'Offen, hängend, aufgegeben',
        kiosk: 'Leser, Verbindung, Daten; Tests',
        audit: 'Was hier getan wurde',
      },
      cardInReader: 'Karte im Leser',
    },
    search: {
      label: 'Suche:',
      how: 'Tippen Sie einen Teil eines Namens, einer Mailadresse oder einer Kartennummer. Namen dürfen abgekürzt sein: "lov ad" findet Ada Lovelace.',
      nothing: 'Dazu findet sich niemand und keine Karte.',
      more: 'Es gibt noch mehr. Tippen Sie weiter.',
      offline: (age) => `Zentrale nicht erreicht: Stand vor ${age}.`,
      card: 'Karte',
    },
    person: {
      tabs: { cards: 'Karten', certificates: 'Zertifikate', requests: 'Anträge', history: 'Verlauf' },
      none: {
        cards: 'Keine Karte.',
        certificates: 'Kein Zertifikat.',
        requests: 'Es wurde nichts beantragt.',
        history: 'Es ist noch nichts geschehen.',
      },
      openOperation: 'nicht fertig',
      noPhoto: 'Die Zentrale hat kein Foto.',
      compareFace: 'Vergleichen Sie das Foto mit dem Gesicht vor Ihnen. Es wird hier nicht gespeichert.',
    },
    card: {
      onRecord: 'Verzeichnet',
      onCard: 'Auf der Karte',
      noSlots: 'Zu dieser Karte ist kein Zertifikat verzeichnet.',
      notRead: (key) => `${key} liest, was auf der Karte selbst ist, solange sie im Leser steckt.`,
      reading: 'Die Karte wird gelesen ...',
      verdicts: {
        same: 'Auf der Karte ist das Zertifikat, das verzeichnet ist.',
        other: 'Auf der Karte ist ein anderes Zertifikat als verzeichnet.',
        onlyRecord: 'Verzeichnet, aber nicht auf der Karte.',
        onlyCard: 'Auf der Karte, aber nicht verzeichnet.',
        unreadable: 'Auf der Karte ist etwas, was kein Zertifikat ist.',
        notRead: 'Noch nicht mit der Karte verglichen.',
      },
      allSame: 'Karte und Verzeichnis stimmen überein.',
      differences: (count) => (count === 1 ? '1 Unterschied.' : `${count} Unterschiede.`),
      operation: (kind, kiosk, age) => `Nicht fertig: ${kind}, begonnen an ${kiosk} vor ${age}.`,
      unreadable: 'nicht lesbar',
    },
    requests: {
      views: { toApprove: 'Von Ihnen zu genehmigen', waiting: 'Wartend', done: 'Erledigt' },
      none: {
        toApprove: 'Nichts wartet auf Ihre Genehmigung.',
        waiting: 'Es wartet nichts.',
        done: 'Es ist noch nichts erledigt.',
      },
      shown: (shown, total) => `Die neuesten ${shown} von ${total}.`,
    },
    request: {
      noCertificates: 'Es geht nicht um wiederhergestellte Schlüssel.',
      wanted: 'gewünscht',
      wasOnCard: 'bleibt',
      comesOff: 'entfällt',
      changes: {
        kept: 'bleibt',
        moved: 'rückt',
        added: 'neu',
        removed: '! entfällt',
        left: 'ausgelassen',
      },
      verdicts: { approved: 'Genehmigt von', rejected: 'Abgelehnt von', unknown: 'Angesehen von' },
    },
    operations: {
      none: 'Kein Vorgang ist offen, hängt oder ist aufgegeben.',
      shown: (shown, total) => `Die ersten ${shown} von ${total}.`,
    },
    audit: {
      none: 'Hier wurde noch nichts getan.',
      older: (lines) => `Die neuesten ${lines}. Pfeil ab auf der letzten Zeile holt ältere.`,
    },
    kiosk: {
      age: (time) => `vor ${time}`,
      reached: 'erreicht',
      notReached: 'nicht erreicht',
      refused: (code) => `lässt diesen Kiosk nicht zu (${code})`,
      running: 'läuft',
      stopped: 'läuft nicht',
      free: (amount) => `${amount} frei`,
      ahead: (time) => `geht ${time} vor`,
      behind: (time) => `geht ${time} nach`,
      exact: 'wie die Zentrale',
      withCard: 'Karte steckt',
      withoutCard: 'leer',
      noReaders: 'kein Leser',
      tests: 'Tests ändern nichts, weder hier noch auf einer Karte.',
      keyboard: {
        title: 'Tastaturtest',
        how: 'Drücken Sie jede Taste: Ihr Name erscheint hier. Esc beendet den Test.',
        none: 'Noch keine Taste.',
        keyNames: {
          confirm: 'Eingabe',
          erase: 'Rücktaste',
          up: 'Auf',
          down: 'Ab',
          nextTab: 'Tabulator',
          nextLanguage: 'Tabulator',
          toggle: 'Leertaste',
        },
      },
      colours: {
        title: 'Farbtest',
        how: 'Jede Zeile sagt, wie sie aussieht. Nichts hängt hier allein von Farben ab.',
        names: ['schwarz', 'rot', 'grün', 'gelb', 'blau', 'violett', 'türkis', 'weiß'],
      },
      reader: {
        title: 'Lesertest',
        how: 'Stecken Sie eine Karte ein und nehmen Sie sie heraus: Beides ist binnen einer Sekunde zu sehen.',
        isIn: (reader) => `Karte eingesteckt: ${reader}`,
        isOut: (reader) => `Karte herausgenommen: ${reader}`,
      },
      faults: {
        title: 'Fehler dieser Maschine',
        how: 'Was "recard doctor" findet, englisch, soweit der Kiosk selbst sehen darf. F sucht noch einmal.',
        looking: 'Suche ...',
        nothing: 'Es wurde nichts angesehen.',
        verdicts: { good: 'gut', note: 'Hinweis', wrong: '! Fehler' },
        sum: (wrong) =>
          wrong === 0
            ? 'Es ist nichts zu tun.'
            : wrong === 1
              ? 'Eines ist zu tun.'
              : `${wrong} Dinge sind zu tun, von oben nach unten.`,
        remedy: (text) => `Was zu tun ist: ${text}`,
      },
    },
    otherRefusal: { title: 'Das geht jetzt nicht.', why: 'Ein Administrator weiß, was der Code bedeutet.' },
    refusals: deskRefusals,
  },
};
