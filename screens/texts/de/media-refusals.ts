import type { RefusalTexts } from '../catalogue.ts';

/** German: why keys could not be saved as a file on a USB stick. */
export const mediaRefusals = {
  'KR-08-card-removed': {
    title: 'Ihre Karte wurde herausgenommen.',
    why: 'Sie zeigt, dass Sie noch da sind. Nichts wurde gespeichert, und nichts ist verloren.',
    next: 'Stecken Sie Ihre Karte wieder ein, und lassen Sie sie stecken, bis die Datei gespeichert ist.',
  },
  'KR-08-medium-failed': {
    title: 'Der Stick nimmt die Datei nicht an.',
    why: 'Er hat das Geschriebene abgelehnt. Nichts wurde gespeichert, und nichts ist verloren.',
    next: 'Versuchen Sie es mit einem anderen Stick noch einmal.',
  },
  'KR-08-medium-full': {
    title: 'Der Stick ist voll.',
    why: 'Der Platz darauf reicht nicht. Nichts wurde gespeichert, und nichts ist verloren.',
    next: 'Löschen Sie etwas darauf, oder nehmen Sie einen anderen Stick.',
  },
  'KR-08-medium-gone': {
    title: 'Der Stick wurde abgezogen.',
    why: 'Das geschah, bevor die Datei vollständig war. Nichts ist verloren.',
    next: 'Stecken Sie ihn wieder ein, lassen Sie ihn stecken, und versuchen Sie es noch einmal.',
  },
  'KR-08-medium-read-only': {
    title: 'Der Stick ist schreibgeschützt.',
    why: 'Darauf lässt sich nichts speichern.',
    next: 'Schieben Sie den kleinen Schalter daran um, oder nehmen Sie einen anderen Stick.',
  },
  'KR-08-no-medium': {
    title: 'Es steckt kein USB-Stick.',
    why: 'Ihre Schlüssel werden als Datei auf einem Stick gespeichert, den Sie mitbringen.',
    next: 'Stecken Sie einen USB-Stick ein.',
  },
  'KR-08-not-a-file-system': {
    title: 'Dieser Stick lässt sich hier nicht lesen.',
    why: 'Er ist nicht formatiert, beschädigt, gesperrt oder für eine andere Art von Computer gemacht.',
    next: 'Nehmen Sie einen Stick mit FAT oder exFAT, wie es die meisten beim Kauf haben.',
  },
  'KR-08-not-nss': {
    title: 'Diese Schlüssel werden jetzt als Datei gespeichert.',
    why: 'Die Regeln dafür wurden eben geändert: Sie kommen nicht mehr auf Ihren eigenen Computer.',
    next: 'Wählen Sie sie noch einmal aus der Liste.',
  },
  'KR-08-nss-only': {
    title: 'Diese Datei wird nicht an einem Kiosk gespeichert.',
    why: 'Ihre Schlüssel kommen in den Zertifikatsspeicher Ihres eigenen Computers.',
    next: 'Fragen Sie den Helpdesk, wie sie dorthin kommen.',
  },
  'KR-08-pfx-content': {
    title: 'Die Datei konnte nicht erstellt werden.',
    why: 'Ein Schlüssel und sein Zertifikat gehören nicht zusammen. Nichts wurde gespeichert.',
    next: 'Nennen Sie dem Helpdesk den Code hier unten.',
  },
  'KR-08-pfx-not-made': {
    title: 'Die Datei konnte nicht erstellt werden.',
    why: 'Dieser Kiosk kam damit nicht zu Ende. Nichts wurde gespeichert, und nichts ist verloren.',
    next: 'Versuchen Sie es noch einmal. Geschieht es wieder, nennen Sie dem Helpdesk den Code hier unten.',
  },
  'KR-08-pfx-password': {
    title: 'Dieses Passwort geht nicht.',
    why: 'Es ist leer oder hat Zeichen, die andere Computer nicht eingeben können.',
    next: 'Wählen Sie ein anderes Passwort.',
  },
  'KR-08-read-back-differs': {
    title: 'Der Stick ist beschädigt.',
    why: 'Was zurückgelesen wurde, ist nicht das Geschriebene. Die Datei wurde entfernt.',
    next: 'Versuchen Sie es mit einem anderen Stick noch einmal.',
  },
  'KR-08-rules-changed': {
    title: 'Die Regeln für diese Datei haben sich gerade geändert.',
    why: 'Ihr Passwort oder die ältere Verschlüsselung ist nicht mehr erlaubt. Nichts wurde gespeichert.',
    next: 'Beginnen Sie noch einmal: Sie sehen die Regeln, wie sie jetzt sind.',
  },
  'KR-08-several-media': {
    title: 'Es steckt mehr als ein Stick.',
    why: 'Es wäre nicht klar, auf welchem Ihre Schlüssel sind.',
    next: 'Lassen Sie nur Ihren eigenen Stick stecken.',
  },
} satisfies Partial<RefusalTexts>;
