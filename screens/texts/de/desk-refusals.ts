import type { DeskTexts } from '../desk-catalogue.ts';
import { requestRefusals } from './desk-request-refusals.ts';

/** German: why an operator may not, or cannot now. */
export const deskRefusals: DeskTexts['desk']['refusals'] = {
  ...requestRefusals,
  'OP-01-loading': {
    what: 'Die Zentrale hat noch nicht geantwortet.',
    next: 'Gleich noch einmal versuchen.',
  },
  'OP-01-no-card': {
    what: 'Dazu gibt es keine Karte.',
    next: 'Stecken Sie eine in den anderen Leser, oder suchen Sie sie.',
  },
  'OP-01-no-copy': {
    what: 'Dieser Kiosk hat noch keine Daten.',
    next: 'Sie kommen von selbst von der Zentrale; warten Sie ein wenig.',
  },
  'OP-01-no-photo': {
    what: 'Die Zentrale hat kein Foto dieser Person.',
    next: 'Sehen Sie sich den Ausweis an.',
  },
  'OP-01-photo-unreadable': {
    what: 'Das Foto lässt sich nicht zeichnen.',
    next: 'Sehen Sie sich den Ausweis an.',
  },
  'OP-02-blank-not-in-reader': {
    what: 'Dafür wird eine leere Karte gebraucht.',
    next: 'Stecken Sie eine in den anderen Leser.',
  },
  'OP-02-cancel-first': {
    what: 'Das würde die alte Karte beenden, wozu zwei Operatoren nötig sind.',
    next: 'Beenden Sie sie zu zweit, dann beantragen Sie die neue.',
  },
  'OP-02-cancelled': { what: 'Die Karte ist endgültig beendet.', next: 'Beantragen Sie eine neue.' },
  'OP-02-card-not-in-reader': {
    what: 'Dafür wird die Karte selbst gebraucht.',
    next: 'Stecken Sie sie in den anderen Leser.',
  },
  'OP-02-card-out': {
    what: 'Die Karte wurde herausgenommen, oder eine andere steckt.',
    next: 'Stecken Sie sie ein, und beginnen Sie noch einmal.',
  },
  'OP-02-disabled-already': {
    what: 'Die Karte ist schon gesperrt.',
    next: 'Entsperren Sie sie, oder beenden Sie sie endgültig.',
  },
  'OP-02-no-address': {
    what: 'Es ist keine Mailadresse bekannt.',
    next: 'Zeigen Sie den Code an und sagen Sie ihn.',
  },
  'OP-02-no-mail': {
    what: 'Diese Zentrale verschickt keine Mails.',
    next: 'Zeigen Sie den Code an und sagen Sie ihn.',
  },
  'OP-02-no-right': { what: 'Ihre Rolle darf das nicht.', next: 'Fragen Sie einen Administrator.' },
  'OP-02-not-disabled': { what: 'Die Karte ist nicht gesperrt.', next: 'Es gibt nichts zu entsperren.' },
  'OP-02-not-issued': {
    what: 'Die Karte wurde nie geschrieben.',
    next: 'Ziehen Sie stattdessen ihren Antrag zurück.',
  },
  'OP-02-out-of-scope': {
    what: 'Der Inhaber ist in keiner Gruppe, für die Sie handeln.',
    next: 'Fragen Sie einen Operator, der für ihn handelt.',
  },
  'OP-02-own-card': { what: 'Es ist Ihre eigene Karte.', next: 'Fragen Sie einen anderen Operator.' },
  'OP-02-reader-busy': { what: 'Der andere Leser ist in Arbeit.', next: 'Warten Sie, bis er fertig ist.' },
  'OP-02-witness-is-holder': {
    what: 'Die Karte gehört dem zweiten Operator selbst.',
    next: 'Fragen Sie einen anderen.',
  },
  'OP-02-witness-is-operator': {
    what: 'Niemand ist sein eigener Zeuge.',
    next: 'Fragen Sie einen anderen Operator.',
  },
  'OP-02-witness-no-card': {
    what: 'Es steckt keine Karte eines zweiten Operators.',
    next: 'Stecken Sie sie ein; die des Inhabers darf dafür heraus.',
  },
  'OP-02-witness-other': {
    what: 'Der zweite Operator hat etwas anderes unterschrieben.',
    next: 'Beginnen Sie noch einmal.',
  },
  'OP-02-witness-out': {
    what: 'Der zweite Operator nahm seine Karte heraus, bevor sie unterschrieb.',
    next: 'Stecken Sie sie wieder ein.',
  },
  'OP-02-witness-out-of-scope': {
    what: 'Der zweite Operator handelt nicht für diesen Inhaber.',
    next: 'Fragen Sie einen, der es tut.',
  },
  'OP-02-witness-over': {
    what: 'Was unterschrieben wurde, ist zu alt oder verbraucht.',
    next: 'Beginnen Sie noch einmal.',
  },
  'OP-02-witness-wanted': {
    what: 'Das Profil verlangt, dass ein zweiter Operator es bestätigt.',
    next: 'Beginnen Sie noch einmal, mit ihm neben Ihnen.',
  },
  'OP-05-none': { what: 'Kein Vorgang ist gewählt.', next: 'In der Liste steht keiner.' },
  'RP-02-no-profile': { what: 'Dieses Profil gibt es nicht mehr.', next: 'Fragen Sie einen Administrator.' },
  'RP-04-expired': { what: 'Die Karte ist abgelaufen.', next: 'Beantragen Sie eine neue.' },
  'RP-06-cancelled': { what: 'Die Karte ist beendet.', next: 'Beantragen Sie eine neue.' },
  'RP-06-disabled': { what: 'Die Karte ist gesperrt.', next: 'Entsperren Sie sie zuerst.' },
  'RP-06-holder-disabled': {
    what: 'Das Konto des Inhabers ist gesperrt.',
    next: 'Entsperrt wird es, wo Konten geführt werden.',
  },
  'RP-06-not-approved': {
    what: 'Der Inhaber ist für dieses Profil nicht oder nicht mehr zugelassen.',
    next: 'Er muss zuerst zugelassen werden.',
  },
  'RP-07-blank': {
    what: 'Die Karte im Leser ist leer.',
    next: 'Holen Sie vom Antrag aus eine neue Karte darauf ab.',
  },
  'RP-07-contactless': {
    what: 'Die Karte liegt auf einem kontaktlosen Leser.',
    next: 'Stecken Sie sie in einen mit Kontakten.',
  },
  'RP-07-no-piv': {
    what: 'Diese Karte kann hier nicht benutzt werden.',
    next: 'Stecken Sie eine andere ein.',
  },
  'RP-07-nobody': { what: 'Diese Person gibt es nicht mehr.', next: 'Gehen Sie zurück, und suchen Sie neu.' },
  'RP-07-not-known-here': {
    what: 'Die Karte ist an diesem Kiosk nicht bekannt.',
    next: 'Versuchen Sie es, wenn die Zentrale erreicht ist.',
  },
  'RP-07-not-served-here': {
    what: 'Dieser Kiosk bedient die Gruppe dieser Person nicht.',
    next: 'Nehmen Sie einen, der es tut.',
  },
  'RP-07-not-their-card': {
    what: 'Die Karte gehört jetzt jemand anderem.',
    next: 'Gehen Sie zurück, und suchen Sie neu.',
  },
  'RP-07-unknown': { what: 'Die Zentrale kennt diese Karte nicht.', next: 'Sie ist nicht von hier.' },
  'RP-12-no-such-reason': {
    what: 'Diesen Grund gibt es nicht mehr.',
    next: 'Gehen Sie zurück, und wählen Sie einen anderen.',
  },
  'RP-12-not-for-cardholders': {
    what: 'Diesen Grund dürfen Inhaber nicht selbst wählen.',
    next: 'Wählen Sie einen anderen, oder schreiben Sie die Karte hier neu.',
  },
  'RP-17-card-removed': {
    what: 'Die Karte wurde herausgenommen.',
    next: 'Stecken Sie sie ein, und beginnen Sie noch einmal.',
  },
  'RP-17-closed': { what: 'Das ist schon zu Ende.', next: 'Gehen Sie zurück, und sehen Sie neu nach.' },
  'RP-17-finish-first': {
    what: 'Die Karte ist nicht fertig.',
    next: 'Stellen Sie sie zuerst fertig: einstecken, hier oder an einem anderen Kiosk.',
  },
  'RP-17-no-operation': {
    what: 'Diesen Vorgang gibt es nicht mehr.',
    next: 'Gehen Sie zurück, und sehen Sie neu nach.',
  },
  'RP-20-key-would-be-lost': {
    what: 'Ihr Schlüssel zum Entschlüsseln ginge verloren; es gibt ihn sonst nirgends.',
    next: 'Beantragen Sie eine neue Karte.',
  },
  'RP-21-foreign-card': {
    what: 'Die Zentrale hat den Verwaltungsschlüssel dieser Karte nicht.',
    next: 'Ein Administrator kann ihn einlesen.',
  },
  'SY-03-central-failed': { what: 'Die Zentrale konnte es nicht.', next: 'Gleich noch einmal versuchen.' },
  'SY-03-central-not-reached': {
    what: 'Die Zentrale ist nicht erreicht.',
    next: 'Suchen geht auch so; alles andere, sobald sie wieder da ist.',
  },
  'SY-03-central-refused': {
    what: 'Die Zentrale hat es verweigert.',
    next: 'Sagen Sie einem Administrator den Code.',
  },
  'SY-06-newer-kiosk': {
    what: 'Dieser Kiosk ist zu alt dafür.',
    next: 'Nehmen Sie einen mit neuerer Version.',
  },
  'UX-06-card-unresponsive': {
    what: 'Die Karte antwortet nicht.',
    next: 'Nehmen Sie sie heraus, und stecken Sie sie wieder ein.',
  },
  'UX-06-reader-busy': {
    what: 'Ein anderes Programm benutzt den Leser.',
    next: 'Es geht weiter, sobald er frei ist.',
  },
  'UX-06-reader-gone': {
    what: 'Der Leser wurde abgezogen.',
    next: 'Stecken Sie ihn ein, und beginnen Sie noch einmal.',
  },
  'UX-06-service-gone': {
    what: 'Der Kartendienst ist ausgefallen.',
    next: 'Er kommt von selbst wieder; warten Sie ein wenig.',
  },
  'UX-09-internal': {
    what: 'In diesem Kiosk ging etwas schief.',
    next: 'Beginnen Sie noch einmal; kommt es wieder, sagen Sie es einem Administrator.',
  },
};
