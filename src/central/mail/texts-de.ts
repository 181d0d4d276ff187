import type { MailTexts } from './mail-texts.ts';

export const GERMAN: MailTexts = {
  locale: 'de-DE',
  subjects: {
    rewritten: 'Ihre Karte wurde neu geschrieben',
    rewrittenByCode: 'Ihre Karte hat eine neue PIN und wurde neu geschrieben',
    rewrittenByOperator: 'Ihre Karte hat eine neue PIN und wurde neu geschrieben',
    pinReset: 'Ihre Karte hat eine neue PIN',
    cardIssued: 'Ihre neue Karte wurde geschrieben',
    keysRequested: 'Ihre Schlüssel wurden angefordert',
    keysApproved: 'Die Herausgabe Ihrer Schlüssel wurde genehmigt',
    keysRecovered: 'Ihre Schlüssel wurden auf eine Karte gebracht',
    keysSaved: 'Ihre Schlüssel wurden als Datei gespeichert',
    keysStored: 'Ihre Schlüssel wurden auf einem Computer gespeichert',
    keysGivenOut: 'Ihre Schlüssel wurden ausgegeben',
    cardCancelled: 'Ihre Karte wurde ungültig gemacht',
    cardDisabled: 'Ihre Karte wurde vorübergehend gesperrt',
    cardEnabled: 'Ihre Karte wurde entsperrt',
    codeGiven: 'Ihr Einmalcode',
    numberGiven: 'Die Nummer für Ihre neue Karte',
    test: 'Test',
  },
  happened: {
    rewritten:
      'Ihre Karte wurde an einem Kiosk neu geschrieben, nachdem sich die Karte mit ihrer PIN ausgewiesen hatte.',
    rewrittenByCode:
      'für Ihre Karte wurde an einem Kiosk ein Einmalcode des Helpdesks benutzt: Sie hat jetzt eine neue PIN und wurde neu geschrieben.',
    pinReset:
      'für Ihre Karte wurde an einem Kiosk eine neue PIN gesetzt, mit einem Einmalcode des Helpdesks oder im Beisein eines Operators. Sonst wurde an ihr nichts geändert.',
    rewrittenByOperator:
      'ein Operator des Helpdesks hat an einem Kiosk für Sie gebürgt: Ihre Karte hat jetzt eine neue PIN und wurde neu geschrieben.',
    cardIssued:
      'für Sie wurde an einem Kiosk eine neue Karte geschrieben, mit einer Nummer, die der Helpdesk ausgegeben hatte.',
    keysRequested:
      'jemand hat archivierte Schlüssel (zum Entschlüsseln) von Ihnen angefordert. Herausgegeben wurde noch nichts.',
    keysApproved:
      'eine Anforderung archivierter Schlüssel (zum Entschlüsseln) von Ihnen wurde genehmigt. Sie können ab jetzt abgeholt werden.',
    keysRecovered: 'archivierte Schlüssel (zum Entschlüsseln) von Ihnen wurden auf eine Karte gebracht.',
    keysSaved:
      'archivierte Schlüssel (zum Entschlüsseln) von Ihnen wurden an einem Kiosk als Datei mit Passwort auf einem Wechseldatenträger gespeichert.',
    keysStored:
      'archivierte Schlüssel (zum Entschlüsseln) von Ihnen wurden mit einem dafür ausgegebenen Token auf einem Computer abgeholt und liegen dort in einem Zertifikatsspeicher.',
    keysGivenOut:
      'archivierte Schlüssel (zum Entschlüsseln) von Ihnen wurden zum Abholen ausgegeben, und niemand hat gemeldet, dass sie auf eine Karte gekommen sind oder gespeichert wurden. Vielleicht wurde das Abholen unterbrochen: dann warten sie noch auf Sie oder können neu beantragt werden.',
    cardCancelled:
      'Ihre Karte wurde endgültig ungültig gemacht. Sie kann nicht mehr benutzt werden; vom Helpdesk können Sie eine neue bekommen.',
    cardDisabled: 'Ihre Karte wurde gesperrt. Sie kann nicht benutzt werden, bis sie entsperrt ist.',
    cardEnabled: 'Ihre Karte wurde entsperrt. Sie kann benutzt werden wie zuvor.',
    codeGiven:
      'der Helpdesk hat Ihnen einen Einmalcode gegeben. Gehen Sie an einen Kiosk, stecken Sie Ihre Karte ein, sagen Sie, dass Sie die PIN nicht wissen, und geben Sie den Code ein. Geben Sie ihn niemandem: Wer ihn hat, kann für Ihre Karte eine neue PIN setzen.',
    numberGiven:
      'der Helpdesk hat Ihnen die Nummer für Ihre neue Karte gegeben. Gehen Sie mit einer leeren Karte an einen Kiosk, stecken Sie sie ein und geben Sie die Nummer ein. Geben Sie sie niemandem.',
    test: 'dies ist ein Test: Mails von Recard erreichen Sie.',
  },
  labelled: (label, value) => `${label}: ${value}`,
  labels: {
    ...{ code: 'Code', until: 'Einzugeben bis' },
    ...{ when: 'Wann', kiosk: 'Kiosk', machine: 'Computer (nennt sich)', card: 'Karte', keys: 'Schlüssel' },
    ...{ onto: 'Für', by: 'Angefordert von' },
  },
  card: (lastFour) => `Seriennummer endet auf ${lastFour}`,
  onto: {
    newCard: 'eine neue Karte',
    softCertificate: 'eine Datei mit Passwort',
    existingCard: 'eine vorhandene Karte',
    cardUpdate: 'das Neuschreiben einer Karte',
  },
  by: { owner: 'Ihnen', helpdesk: 'einem Helpdesk-Operator', administrator: 'einem Administrator' },
  greeting: (name) => `Guten Tag ${name},`,
  ifNotYou: {
    done: 'Waren Sie das nicht? Sagen Sie es sofort dem Helpdesk.',
    waiting: 'Wissen Sie nichts davon? Sagen Sie es sofort dem Helpdesk: Es lässt sich noch anhalten.',
    byOthers: 'Wissen Sie nichts davon? Fragen Sie den Helpdesk.',
    code: 'Haben Sie nicht darum gebeten? Sagen Sie es sofort dem Helpdesk, und benutzen Sie ihn nicht.',
  },
  end: 'Geschrieben von Recard, das Ihre Karte verwaltet. Antworten auf diese Mail liest niemand.',
};
