import type { Texts } from './catalogue.ts';
import { deAssist } from './de/assist.ts';
import { deCardLine } from './de/card-line.ts';
import { deCollect } from './de/collect.ts';
import { deDesk } from './de/desk.ts';
import { deEmpty } from './de/empty.ts';
import { deIssue } from './de/issue.ts';
import { deMyCard } from './de/my-card.ts';
import { dePlan } from './de/plan.ts';
import { refusals, unknownRefusal } from './de/refusals.ts';
import { deSeeing } from './de/seeing.ts';
import { deSoft } from './de/soft.ts';
import { deSupport } from './de/support.ts';

/** German. */
export const de: Texts = {
  ...deAssist,
  ...deCardLine,
  ...deCollect,
  ...deSoft,
  ...deSupport,
  ...deDesk,
  ...deEmpty,
  ...deIssue,
  ...deMyCard,
  ...dePlan,
  ...deSeeing,
  languageName: 'Deutsch',
  steps: {
    card: 'Karte',
    pin: 'PIN',
    number: 'Nummer',
    reason: 'Grund',
    choice: 'Auswahl',
    stick: 'Stick',
    password: 'Passwort',
    saving: 'Sichern',
    confirm: 'Prüfen',
    newPin: 'Neue PIN',
    writing: 'Schreiben',
    done: 'Fertig',
  },
  keys: {
    goOn: 'Weiter',
    back: 'Zurück',
    changeCard: 'Andere Karte',
    tryAgain: 'Noch einmal',
    choose: 'Auswählen',
    erase: 'Löschen',
    digits: 'Eingeben',
    otherWay: 'Habe ich nicht',
    noNumber: 'Keine Nummer',
    forgotPin: 'PIN vergessen',
    yesKey: 'J',
    useLastTry: 'Letzten Versuch nutzen',
    leaveForLater: 'Später',
    startOver: 'Neu beginnen',
    cancel: 'Abbrechen',
    leave: 'Ich muss weg',
    understood: 'Verstanden',
    acceptTerms: 'Ich stimme zu',
    declineTerms: 'Ich lehne ab',
    acceptLoss: 'Ich kann darauf verzichten',
    acceptRemoval: 'Entfernen',
    takeOld: 'Die alte nehmen',
    emptyCard: 'Karte leeren',
    empty: 'Karte leeren',
    mark: 'Markieren',
    space: 'Leertaste',
    enter: 'Enter',
    control: 'Strg',
    arrows: 'Auf/Ab',
    scroll: 'Blättern',
    next: 'Nächstes',
    takeCardOut: 'Karte herausnehmen',
    putCardIn: 'Karte einstecken',
    pleaseWait: 'Bitte warten',
    idle: (seconds) => `Neubeginn in ${seconds} s`,
    idleBrief: (seconds) => `Ende in ${seconds} s`,
  },
  status: {
    starting: 'Wird gestartet',
    centralReached: 'Zentrale erreicht',
    centralNotReached: 'Zentrale nicht erreicht',
    centralRefuses: 'Nicht zugelassen',
    dataAge: (age) => `Stand vor ${age}`,
    noData: 'noch keine Daten',
    cardsReady: 'Leser bereit',
    cardsDown: 'Kartendienst aus',
    noReader: 'Kein Leser',
    noRoom: 'Platte im Kiosk voll',
  },
  labelled: (label, text) => `${label}: ${text}`,
  seconds: (count) => (count === 1 ? '1 Sekunde' : `${count} Sekunden`),
  minutes: (count) => (count === 1 ? '1 Minute' : `${count} Minuten`),
  hours: (count) => (count === 1 ? '1 Stunde' : `${count} Stunden`),
  tooSmall: {
    message: 'Fenster zu klein. Nötig sind 80 Spalten und 24 Zeilen.',
    leaveCardIn: 'Karte stecken lassen.',
  },
  insertCard: {
    title: 'Willkommen. Stecken Sie Ihre Karte in den Leser.',
    how: 'Mit dem Chip voran, bis zum Anschlag.',
    what: 'Ihre Karte wird angesehen. Geändert wird nichts, bevor Sie es sagen.',
    noReaderTitle: 'Hier kann zurzeit keine Karte gelesen werden.',
    passedOverTitle: 'Nehmen Sie Ihre Karte heraus, oder stecken Sie eine andere ein.',
    passedOver: 'Im Leser steckt noch eine Karte. Bitte lassen Sie sie nicht zurück.',
    passedOverAgain: 'Um mit dieser Karte zu arbeiten, drücken Sie Enter.',
    centralRefuses: (code) =>
      `Die Zentrale lässt diesen Kiosk nicht zu (${code}). Bitte benutzen Sie einen anderen und sagen Sie dem Helpdesk Bescheid.`,
    centralNotReached:
      'Die Zentrale ist zurzeit nicht erreichbar. Bis dahin können keine Karten neu geschrieben werden.',
    cardServiceDown: 'Der Kartendienst dieses Kiosks läuft nicht. Bitte sagen Sie dem Helpdesk Bescheid.',
    noReader: 'Es ist kein Kartenleser angeschlossen. Bitte sagen Sie dem Helpdesk Bescheid.',
  },
  looking: {
    title: 'Ihre Karte wird angesehen',
    text: 'Einen Moment. Bitte lassen Sie die Karte stecken.',
    goesOn: 'Es geht von selbst weiter, sobald der Leser frei ist. Sie können die Karte auch herausnehmen.',
  },
  refused: {
    nothingChanged: 'Auf dieser Karte wurde nichts geändert.',
    takeOut: 'Sie können sie herausnehmen.',
    nextStep: 'Was Sie tun können',
  },
  refusals,
  unknownRefusal,
  found: {
    title: 'Diese Karte kann neu geschrieben werden.',
    text: 'Wenn das Ihre Karte ist, drücken Sie Enter.',
    unfinishedTitle: 'Stellen Sie Ihre Karte fertig',
    unfinished: 'Sie wurde letztes Mal nicht fertig. Mit Enter geht es dort weiter, wo es aufgehört hat.',
    blockedTitle: 'Die PIN dieser Karte ist gesperrt.',
    blocked:
      'Es wurde zu oft eine falsche PIN eingegeben. Bitten Sie den Helpdesk um einen Einmalcode. Mit Enter können Sie ihn eingeben.',
    holder: 'Inhaber',
    profile: 'Art der Karte',
    validUntil: 'Gültig bis',
    serial: 'Kartennummer',
    certificateFor: 'Zertifikat für',
    certificateState: 'Zustand',
    noCertificates: 'Zu dieser Karte sind keine Zertifikate bekannt.',
    more: (count) => `und ${count} weitere`,
    centralNotReached: 'Die Zentrale ist nicht erreicht: Weiter geht es, sobald sie wieder da ist.',
  },
  uses: {
    signIn: 'Anmeldung',
    sign: 'Unterschrift',
    encrypt: 'Verschlüsselung',
    doors: 'Türen',
    oldEncrypt: 'frühere Verschlüsselung',
    other: 'anderes',
  },
  certificateStates: {
    held: 'noch nicht in Gebrauch',
    active: 'gültig',
    revoked: 'gesperrt',
    superseded: 'ersetzt',
    expired: 'abgelaufen',
    unfinished: 'nicht fertig',
  },
  enterPin: {
    title: 'Geben Sie die PIN Ihrer Karte ein',
    text: 'Die PIN zeigt, dass die Karte Ihnen gehört. Eingeben und Enter drücken.',
    unfinished:
      'Vielleicht gilt schon die neue, die Sie letztes Mal gewählt haben. Wird die alte abgelehnt, versuchen Sie die neue.',
    triesLeft: (count) => (count === 1 ? 'Noch 1 Versuch' : `Noch ${count} Versuche`),
    wrong: 'Diese PIN war falsch. Bitte versuchen Sie es noch einmal.',
    tooShort: 'Eine PIN hat mindestens 6 Ziffern.',
    lastTry:
      'Das ist der letzte Versuch. Ist auch diese PIN falsch, wird die Karte gesperrt, und nur der Helpdesk kann helfen.',
    confirmLastTry: 'Sind Sie sich sicher? J nutzt den letzten Versuch, Esc geht zurück.',
  },
  enterCode: {
    title: 'Geben Sie einen Einmalcode ein',
    text: 'Bitten Sie den Helpdesk um einen Einmalcode. Er gilt einmal anstelle der PIN. Eingeben und Enter drücken.',
    blocked:
      'Die PIN dieser Karte ist gesperrt. Bitten Sie den Helpdesk um einen Einmalcode, geben Sie ihn ein, und drücken Sie Enter.',
    wrong: 'Dieser Code war falsch. Bitte versuchen Sie es noch einmal.',
    length: 'Ein Code hat 8 oder 12 Ziffern.',
    helpTitle: 'Weder PIN noch Code?',
    help: 'Rufen Sie den Helpdesk an, oder gehen Sie hin, und bitten Sie um einen Einmalcode für diese Karte. Man wird Sie fragen, wer Sie sind.',
    helpOperator:
      'Oder bitten Sie jemanden vom Helpdesk her: Er steckt die eigene Karte in den anderen Leser und drückt O.',
    helpNext: 'Sie können Ihre Karte herausnehmen und später wiederkommen.',
  },
  proving: {
    title: 'Ihre PIN wird geprüft',
    text: 'Ihre Karte zeigt der Zentrale, dass sie Ihnen gehört. Bitte stecken lassen.',
  },
  provingCode: {
    title: 'Ihr Code wird geprüft',
    text: 'Die Zentrale prüft den Einmalcode. Bitte lassen Sie die Karte stecken.',
  },
  chooseReason: {
    title: 'Warum soll Ihre Karte neu geschrieben werden?',
    text: 'Wählen Sie mit den Pfeiltasten oder einer Ziffer, dann drücken Sie Enter.',
    none: 'Zurzeit steht kein Grund zur Auswahl. Bitte fragen Sie den Helpdesk.',
    moreAbove: (count) => `${count} weitere darüber`,
    moreBelow: (count) => `${count} weitere darunter`,
  },
  checking: { title: 'Die Zentrale wird gefragt', text: 'Sie prüft, was das für Ihre Karte bedeutet.' },
  warning: {
    title: 'Bevor Ihre Karte neu geschrieben wird',
    resumeTitle: 'Ihre Karte fertigstellen',
    resume: 'Ihre Karte wurde letztes Mal nicht fertig. Es geht dort weiter, wo es aufgehört hat.',
    keepsPin: 'Die eben eingegebene PIN ist Ihre neue. Sie bleibt.',
    choosesPin: 'Sie werden noch einmal nach einer neuen PIN gefragt.',
    reason: (title) => `Grund: ${title}`,
    erased: 'Alles auf Ihrer Karte wird gelöscht und neu geschrieben, mit neuen Zertifikaten.',
    oldRevoked: 'Ihre alten Zertifikate gelten nicht mehr, sobald die neuen geprüft sind.',
    oldLeft: 'Ihre alten Zertifikate laufen von selbst ab.',
    sameKey: 'Ihr Schlüssel zum Entschlüsseln bleibt: Alte Nachrichten bleiben lesbar.',
    newKey:
      'Sie bekommen einen neuen Schlüssel zum Entschlüsseln. Der alte bleibt für alte Nachrichten auf der Karte.',
    newKeyOldArchived:
      'Sie bekommen einen neuen Schlüssel zum Entschlüsseln. Der alte bleibt sicher verwahrt und kann wieder auf eine Karte kommen.',
    newKeyIfRevoked: 'Ihr Schlüssel zum Entschlüsseln bleibt, sofern er nicht gesperrt wurde.',
    keyLost: 'Ihr Schlüssel zum Entschlüsseln geht verloren, wie Sie bestätigt haben.',
    expiry: (date) => `Ihre Karte bleibt bis ${date} gültig. Daran ändert sich nichts.`,
    account: 'Ihr Konto wird nicht geändert.',
    leaveCardIn: 'Lassen Sie die Karte beim Schreiben stecken, bis hier anderes steht.',
  },
  keyLoss: {
    title: 'Ein Schlüssel geht verloren',
    text: 'Auf Ihrer Karte ist ein Schlüssel zum Entschlüsseln, den es sonst nirgends gibt. Er kann nicht behalten werden, wenn die Karte neu geschrieben wird.',
    consequence:
      'Nachrichten und Dateien, die für ihn verschlüsselt wurden, lassen sich dann nie mehr öffnen.',
    confirm:
      'Drücken Sie Enter nur, wenn Sie darauf verzichten können. Esc geht zurück, und nichts wird geändert.',
  },
  newPin: {
    title: 'Wählen Sie eine neue PIN',
    text: 'Eingeben und Enter drücken. Nehmen Sie keine, die jemand sonst kennt.',
    repeatTitle: 'Geben Sie die neue PIN noch einmal ein',
    repeatText: 'Damit ein Tippfehler Sie nicht aussperrt.',
    rules: {
      length: (min, max) => (min === max ? `${min} Ziffern` : `${min} bis ${max} Ziffern`),
      repeated: 'Nicht immer dieselbe Ziffer',
      sequence: 'Keine Reihe wie 1 2 3 4 5 6',
      current: 'Nicht die jetzige PIN',
    },
    policyError: 'Diese PIN erfüllt noch nicht alle Punkte.',
    mismatch: 'Die beiden PINs waren nicht gleich. Bitte noch einmal wählen.',
    same: 'Beide PINs sind gleich',
    notYetSame: 'Dieselben Ziffern wie eben',
  },
  writing: {
    title: 'Ihre Karte wird geschrieben',
    leaveCardIn: 'Lassen Sie Ihre Karte im Leser.',
    begin: 'Alles wird vorbereitet',
    phases: {
      inspect: () => 'Es wird nachgesehen, was auf der Karte ist',
      authenticate: () => 'Die Karte wird zum Schreiben geöffnet',
      pin: () => 'Ihre neue PIN wird gesetzt',
      key: (use) => `Neuer Schlüssel: ${use}`,
      import: (use) => `Schlüssel wird auf die Karte gebracht: ${use}`,
      certificate: (use) => `Zertifikat wird geschrieben: ${use}`,
      object: () => 'Ihre Angaben werden geschrieben',
      remove: () => 'Nicht mehr Benötigtes wird entfernt',
      secret: () => 'Der Schutz Ihrer Karte wird erneuert',
      verify: () => 'Das Geschriebene wird geprüft',
      complete: () => 'Ihre neuen Zertifikate werden in Kraft gesetzt',
    },
    otherPhase: 'An Ihrer Karte wird gearbeitet',
    soFar: (done, total) => `Schritt ${done} von ${total}`,
    remaining: (time) => `noch etwa ${time}`,
    aFewSeconds: 'noch einige Sekunden',
    waitingForCentral:
      'Es wird auf die Zentrale gewartet. Es geht von selbst weiter, sobald sie wieder erreicht ist.',
    waited: (time) => `Bisher gewartet: ${time}.`,
    mayLeave:
      'Ihre Karte kann stecken bleiben. Wenn Sie wegmüssen, nehmen Sie sie heraus: Sie wird später fertiggestellt, hier oder an einem anderen Kiosk.',
    leaving:
      'Sie können die Karte herausnehmen: Nichts geht verloren. Bis sie fertig ist, geht sie vielleicht nicht überall. Stecken Sie sie wieder ein, hier oder an einem anderen Kiosk, und es geht weiter.',
  },
  written: {
    title: 'Ihre Karte ist geschrieben. Es wird auf die Zentrale gewartet.',
    mayTake:
      'Alles ist auf der Karte und wurde geprüft. Sie muss nicht stecken bleiben: Nehmen Sie sie ruhig heraus.',
    isOut: 'Ihre Karte ist draußen, und das ist in Ordnung: Alles ist darauf und wurde geprüft.',
    until:
      'Die neuen Zertifikate gelten, sobald die Zentrale geantwortet hat. Das geschieht von selbst, mit oder ohne Karte.',
  },
  done: {
    title: 'Ihre Karte ist fertig.',
    cardIsOut: 'Sie haben sie schon herausgenommen.',
    takeCard: 'Nehmen Sie Ihre Karte jetzt heraus.',
    newPin: 'Ihre neue PIN gilt ab sofort.',
    newCertificates: 'Zertifikat für',
    oldRevoked: (count) =>
      count === 1 ? '1 altes Zertifikat gilt nicht mehr.' : `${count} alte Zertifikate gelten nicht mehr.`,
    cardValid: (date) => `Ihre Karte ist weiterhin bis ${date} gültig.`,
    leftover: (slots) =>
      `Ein alter Schlüssel ließ sich nicht von der Karte entfernen (${slots}). Sein Zertifikat gilt nicht mehr.`,
    notTaken: (things) => `Die Karte nahm nicht an: ${things}. Alles andere ist darauf.`,
    things: { photo: 'Ihr Foto', printed: 'Ihre gedruckten Angaben', fingerprints: 'Ihre Fingerabdrücke' },
  },
  interrupted: {
    title: 'Ihre Karte ist noch nicht fertig.',
    putInAgain:
      'Stecken Sie Ihre Karte wieder ein, hier oder an einem anderen Kiosk, um sie fertigzustellen.',
    takeOutAndIn:
      'Mit Enter geht es weiter. Oder stecken Sie die Karte neu ein, hier oder an einem anderen Kiosk.',
    notLost: 'Nichts ist verloren: Es geht dort weiter, wo es aufgehört hat.',
    notValidTitle: 'Ihre Karte ist geschrieben, aber nicht gültig.',
    notValid:
      'Die Zentrale hat die neuen Zertifikate nicht in Kraft gesetzt. Ist das geklärt, stecken Sie Ihre Karte wieder ein, hier oder an einem anderen Kiosk. Dann wird sie fertig.',
  },
};
