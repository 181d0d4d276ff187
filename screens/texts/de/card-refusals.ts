import type { RefusalTexts } from '../catalogue.ts';

/** German: what is wrong with a card, its holder or the work on it. */
export const cardRefusals = {
  'RP-04-expired': {
    title: 'Diese Karte ist abgelaufen.',
    why: 'Ihre Laufzeit ist vorbei, und darüber hinaus kann sie nicht neu geschrieben werden.',
    next: 'Bitten Sie den Helpdesk um eine neue Karte.',
  },
  'RP-06-cancelled': {
    title: 'Diese Karte wurde ungültig gemacht.',
    why: 'Was auf einer solchen Karte war, wird nie wieder verwendet.',
    next: 'Bitten Sie den Helpdesk um eine neue Karte, und geben Sie diese ab.',
  },
  'RP-06-cannot-empty': {
    title: 'Diese Karte kann nicht geleert werden.',
    why: 'Sie behielte einen Schlüssel oder eine PIN, die niemand zurücksetzen kann.',
    next: 'Geben Sie sie beim Helpdesk ab. Sie ist zu vernichten.',
  },
  'RP-06-not-cancelled': {
    title: 'Diese Karte wurde nicht ungültig gemacht.',
    why: 'Nur eine Karte, die ungültig gemacht wurde, wird geleert.',
    next: 'Fragen Sie den Helpdesk, wenn sie nicht mehr gebraucht wird.',
  },
  'RP-06-disabled': {
    title: 'Diese Karte ist gesperrt.',
    why: 'Jemand hat sie vorläufig gesperrt. So kann sie nicht neu geschrieben werden.',
    next: 'Fragen Sie den Helpdesk, warum, und ob sie entsperrt werden kann.',
  },
  'RP-06-holder-disabled': {
    title: 'Das Konto zu dieser Karte ist gesperrt.',
    why: 'Eine Karte kann nur neu geschrieben werden, solange das Konto des Inhabers in Gebrauch ist.',
    next: 'Fragen Sie den Helpdesk nach dem Konto.',
  },
  'RP-06-not-approved': {
    title: 'Der Inhaber dieser Karte ist nicht zugelassen.',
    why: 'Karten dieser Art verlangen, dass ihr Inhaber zugelassen ist. Die Zulassung fehlt oder ist abgelaufen.',
    next: 'Fragen Sie die Stelle, die solche Inhaber zulässt, oder den Helpdesk.',
  },
  'RP-07-contactless': {
    title: 'Das ist eine kontaktlose Karte.',
    why: 'Hier kann nur eine Karte neu geschrieben werden, die mit dem Chip eingesteckt wird.',
    next: 'Stecken Sie Ihre Chipkarte ein. Um kontaktlose Karten kümmert sich der Helpdesk.',
  },
  'RP-07-no-piv': {
    title: 'Das ist keine Karte für diesen Kiosk.',
    why: 'Sie ist lesbar, aber kein Ausweis der Art, die hier geschrieben wird.',
    next: 'Prüfen Sie, ob Sie die richtige Karte eingesteckt haben.',
  },
  'RP-07-blank': {
    title: 'Diese Karte ist leer.',
    why: 'Sie wurde noch an niemanden ausgegeben.',
    next: 'Bitten Sie den Helpdesk um eine Nummer dafür.',
  },
  'RP-07-unknown': {
    title: 'Diese Karte ist nicht bekannt.',
    why: 'Die Zentrale hat keinen Eintrag zu ihr.',
    next: 'Prüfen Sie, ob es die richtige Karte ist, oder fragen Sie den Helpdesk.',
  },
  'RP-07-not-known-here': {
    title: 'Diese Karte ist an diesem Kiosk nicht bekannt.',
    why: 'Ihre Daten sind noch nicht hier, und von der Zentrale gerade nicht zu bekommen.',
    next: 'Versuchen Sie es später oder an einem anderen Kiosk.',
  },
  'RP-07-not-served-here': {
    title: 'Diese Karte wird an diesem Kiosk nicht bedient.',
    why: 'Sie gehört zu einer Abteilung, die eigene Kioske hat.',
    next: 'Gehen Sie zu einem Kiosk Ihrer Abteilung oder fragen Sie den Helpdesk.',
  },
  'ID-01-key-compromised': {
    title: 'Diese Karte kann nicht mehr zeigen, dass sie Ihnen gehört.',
    why: 'Ihr Zertifikat wurde gesperrt, weil jemand anderes den Schlüssel kennen könnte, oder es ruht.',
    next: 'Fragen Sie den Helpdesk.',
  },
  'ID-01-not-proved': {
    title: 'Diese Karte konnte nicht zeigen, dass sie Ihnen gehört.',
    why: 'Ihre Antwort passt nicht zu dem, was die Zentrale von ihr weiß.',
    next: 'Versuchen Sie es noch einmal. Bleibt es so, fragen Sie den Helpdesk.',
  },
  'ID-02-pin-not-set': {
    title: 'Auf dieser Karte ließ sich keine neue PIN setzen.',
    why: 'Die Karte hat nicht angenommen, was die Zentrale dafür aufbewahrt.',
    next: 'Fragen Sie den Helpdesk. Falls Ihnen Ihre PIN einfällt, geht es damit weiter.',
  },
  'ID-03-code-dead': {
    title: 'Dieser Einmalcode gilt nicht mehr.',
    why: 'Er ist abgelaufen oder verbraucht, oder es wurde zu oft ein falscher eingegeben.',
    next: 'Bitten Sie den Helpdesk um einen neuen, und drücken Sie dann Enter.',
  },
  'ID-03-wait': {
    title: 'Es wurden zu viele falsche Codes eingegeben.',
    why: 'Der Code zu dieser Karte ist schon in Gebrauch und gegen Raten geschützt.',
    next: 'Warten Sie eine Minute, drücken Sie dann Enter und geben Sie ihn noch einmal ein.',
  },
  'ID-04-pin-blocked': {
    title: 'Die PIN dieser Karte ist gesperrt.',
    why: 'Es wurde zu oft eine falsche PIN eingegeben.',
    next: 'Bitten Sie den Helpdesk, sie zu entsperren.',
  },
  'RP-02-no-profile': {
    title: 'Für Karten dieser Art gibt es keine Vorgabe.',
    why: 'Die Zentrale weiß nicht mehr, was auf eine solche Karte gehört.',
    next: 'Sagen Sie dem Helpdesk Bescheid. Ihre Karte funktioniert wie bisher.',
  },
  'RP-12-no-reasons': {
    title: 'Es gibt keinen Grund zur Auswahl.',
    why: 'Eine Karte wird nur aus einem Grund neu geschrieben, und in der Zentrale steht zurzeit keiner.',
    next: 'Sagen Sie dem Helpdesk Bescheid.',
  },
  'RP-09-not-yours': {
    title: 'Das ist nicht Ihre Karte.',
    why: 'Sie können nur eine Karte neu schreiben lassen, die Ihnen gehört.',
    next: 'Stecken Sie Ihre eigene Karte ein.',
  },
  'RP-14-pin-not-set': {
    title: 'Diese Karte hat noch keine neue PIN.',
    why: 'Eine Karte wird nur mit einer neuen PIN fertig, denn die alte könnte jemand kennen.',
    next: 'Versuchen Sie es noch einmal, und wählen Sie eine neue PIN, wenn danach gefragt wird.',
  },
  'RP-15-other-reason': {
    title: 'Diese Erneuerung hat sich geändert.',
    why: 'Sie wurde inzwischen mit einem anderen Grund beantragt.',
    next: 'Stecken Sie die Karte neu ein, und wählen Sie noch einmal.',
  },
  'RP-15-unknown-reason': {
    title: 'Diese Erneuerung geht hier noch nicht.',
    why: 'Dieser Kiosk kennt ihren Grund noch nicht.',
    next: 'Kommen Sie in ein paar Minuten wieder. Bleibt es so, fragen Sie den Helpdesk.',
  },
  'RP-17-already-writing': {
    title: 'Diese Karte wird gerade woanders geschrieben.',
    why: 'Ein anderer Kiosk hat mit ihr angefangen und ist noch nicht fertig.',
    next: 'Warten Sie eine Minute, und versuchen Sie es noch einmal.',
  },
  'RP-17-cancelled': {
    title: 'Abgebrochen.',
    why: 'Sie haben aufgehört, bevor etwas geschrieben wurde.',
    next: 'Mit Enter fangen Sie neu an. Oder nehmen Sie Ihre Karte heraus.',
  },
  'RP-17-closed': {
    title: 'Das wurde anderswo beendet.',
    why: 'Was mit dieser Karte begonnen wurde, hat die Zentrale inzwischen beendet.',
    next: 'Versuchen Sie es noch einmal. Bleibt es so, fragen Sie den Helpdesk.',
  },
  'RP-17-elsewhere': {
    title: 'Diese Karte wird gerade woanders geschrieben.',
    why: 'Ein anderer Kiosk hat übernommen, was hier begonnen wurde.',
    next: 'Stellen Sie die Karte dort fertig, oder versuchen Sie es hier noch einmal.',
  },
  'RP-17-other-card': {
    title: 'Hier wird gerade eine andere Karte fertiggestellt.',
    why: 'Dieser Kiosk wartet auf eine Karte, die vorzeitig herausgenommen wurde.',
    next: 'Nehmen Sie diese Karte heraus. Die erste kann hier oder an jedem anderen Kiosk fertig werden.',
  },
  'RP-17-card-full': {
    title: 'Auf dieser Karte ist kein Platz mehr.',
    why: 'Sie fasst weniger als bisher. Deshalb ließ sich nicht alles schreiben.',
    next: 'Zeigen Sie diese Seite dem Helpdesk: Sie brauchen eine andere Karte.',
  },
  'RP-17-card-too-small': {
    title: 'Auf dieser Karte ist zu wenig Platz.',
    why: 'Was sie enthalten soll, passt nicht darauf. Es wurde nichts geändert.',
    next: 'Ihre Karte funktioniert wie vorher. Bitten Sie den Helpdesk um eine andere, oder um frühere Schlüssel als Datei.',
  },
  'RP-17-card-removed': {
    title: 'Die Karte wurde herausgenommen.',
    why: 'Sie steckte nicht mehr im Leser.',
    next: 'Stecken Sie sie wieder ein.',
  },
  'RP-17-finish-first': {
    title: 'Diese Karte ist nicht fertig.',
    why: 'Mit ihr wurde etwas anderes begonnen, und das kommt zuerst.',
    next: 'Drücken Sie Enter, und geben Sie Ihre PIN ein: Dann geht es dort weiter, wo es aufgehört hat.',
  },
  'RP-17-rewrite-first': {
    title: 'Diese Karte muss zuerst neu geschrieben werden.',
    why: 'Sie blieb halb geschrieben zurück. Deshalb kann nichts dazukommen.',
    next: 'Drücken Sie Enter, und wählen Sie, dass sie neu geschrieben wird. Danach geht das hier.',
  },
  'RP-17-interrupted': {
    title: 'Die Arbeit an dieser Karte wurde unterbrochen.',
    why: 'Die Verbindung zwischen Kiosk und Karte ist abgebrochen.',
    next: 'Versuchen Sie es noch einmal.',
  },
  'RP-18-certificate-revoked': {
    title: 'Ein neues Zertifikat wurde gesperrt.',
    why: 'Es wurde gesperrt, während diese Karte geschrieben wurde, und ist darum nicht gültig geworden.',
    next: 'Stecken Sie die Karte noch einmal ein: Sie bekommt ein anderes.',
  },
  'RP-18-verify-failed': {
    title: 'Auf der Karte steht nicht, was geschrieben wurde.',
    why: 'Sie wurde zurückgelesen, und etwas ist anders, oder ein neuer Schlüssel ging nicht.',
    next: 'Versuchen Sie es noch einmal. Bleibt es so, fragen Sie den Helpdesk: Die Karte kann defekt sein.',
  },
  'RP-21-foreign-card': {
    title: 'Diese Karte kommt aus einem anderen System.',
    why: 'Die Zentrale hat ihren Schlüssel zum Schreiben noch nicht. Darum kann sie hier nicht neu geschrieben werden.',
    next: 'Bitten Sie den Helpdesk, sie zu übernehmen. Bis dahin funktioniert sie wie bisher.',
  },
  'RP-21-no-management-key': {
    title: 'Diese Karte lässt sich nicht zum Schreiben öffnen.',
    why: 'Die Zentrale hat den Schlüssel nicht, den diese Karte vor jeder Änderung verlangt.',
    next: 'Fragen Sie den Helpdesk. Ihre Karte funktioniert wie bisher.',
  },
} as const satisfies Partial<RefusalTexts>;
