import type { IssueTexts } from '../issue-catalogue.ts';

/** German: a new card. */
export const deIssue: IssueTexts = {
  blank: {
    title: 'Diese Karte ist leer.',
    text: 'Holen Sie eine neue Karte ab? Dann drücken Sie Enter und geben die Nummer ein, die der Helpdesk Ihnen gegeben hat.',
    unfinishedTitle: 'Diese neue Karte fertigstellen',
    unfinished:
      'Sie wurde angefangen und nicht fertig. Drücken Sie Enter und geben Sie die Nummer vom Helpdesk noch einmal ein: Es geht dort weiter, wo es aufgehört hat.',
    otherwise:
      'Haben Sie keine Nummer, so fragen Sie den Helpdesk danach. Bis dahin wird an der Karte nichts geändert.',
    helpTitle: 'Keine Nummer?',
    help: 'Um eine neue Karte bittet man beim Helpdesk. Rufen Sie dort an oder gehen Sie hin: Man fragt Sie, wer Sie sind, und gibt Ihnen eine Nummer dafür.',
    helpNext: 'Sie können die Karte herausnehmen und später wiederkommen.',
  },
  enterNumber: {
    title: 'Geben Sie die Nummer für Ihre neue Karte ein',
    text: 'Sie hat 14 oder 18 Ziffern. Geben Sie sie ohne Zwischenräume ein und drücken Sie Enter.',
    wrong: 'Diese Nummer war falsch. Bitte versuchen Sie es noch einmal.',
    length: 'Eine Nummer hat 14 oder 18 Ziffern.',
  },
  checkingNumber: {
    title: 'Ihre Nummer wird geprüft',
    text: 'Die Zentrale sieht nach, was auf Ihre neue Karte kommt. Bitte lassen Sie sie stecken.',
  },
  issueWarning: {
    title: 'Bevor Ihre neue Karte geschrieben wird',
    resumeTitle: 'Ihre neue Karte fertigstellen',
    resume: 'Sie wurde letztes Mal nicht fertig. Es geht dort weiter, wo es aufgehört hat.',
    belongs: (holder, kind) => `Die Karte wird Ihre: ${holder}, ${kind}.`,
    validUntil: (date) => `Sie wird bis ${date} gelten.`,
    replaces: (card) => `Sie tritt an die Stelle Ihrer Karte ${card}, die danach nicht mehr gilt.`,
    choosesPin: 'Als Nächstes wählen Sie eine PIN dafür. Niemand sonst kennt sie.',
  },
  issued: {
    title: 'Ihre neue Karte ist fertig.',
    cardValid: (date) => `Ihre Karte gilt bis ${date}.`,
    recovered: (count) =>
      count === 1 ? '1 früherer Schlüssel ist darauf.' : `${count} frühere Schlüssel sind darauf.`,
    putInAgain:
      'Stecken Sie sie hier oder an einem anderen Kiosk wieder hinein und geben Sie Ihre Nummer noch einmal ein, um sie fertigzustellen.',
  },
};
