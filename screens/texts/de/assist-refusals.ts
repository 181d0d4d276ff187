import type { RefusalTexts } from '../catalogue.ts';

/** German: what somebody who helps may not do, and what a cardholder alone may not. */
export const assistRefusals = {
  'ID-02-attended-only': {
    title: 'Dieser Code gilt nur, wenn ein Operator dabei ist.',
    why: 'Allein setzt hier niemand eine neue PIN. Ihr Code ist nicht verbraucht.',
    next: 'Bitten Sie jemanden vom Helpdesk her. Er steckt die eigene Karte in den anderen Leser und drückt O; dann geben Sie den Code ein.',
  },
  'ID-02-code-needed': {
    title: 'Sie kennen die PIN dieser Karte.',
    why: 'Ohne die alte wird eine neue nur gesetzt, wenn sie vergessen wurde.',
    next: 'Drücken Sie Enter und geben Sie die PIN ein: Beim Neuschreiben wählen Sie eine neue.',
  },
  'ID-02-code-wanted': {
    title: 'Das Wort eines Operators genügt für diese Karte nicht.',
    why: 'Diese Art von Karte verlangt für eine neue PIN einen Einmalcode.',
    next: 'Lassen Sie sich vom Helpdesk einen Einmalcode geben, mit dem Operator neben Ihnen.',
  },
  'ID-02-not-signed': {
    title: 'Was der Operator unterschrieben hat, gilt nicht mehr.',
    why: 'Es ist zu alt, verbraucht oder galt etwas anderem.',
    next: 'Der Operator unterschreibt es noch einmal mit der eigenen Karte.',
  },
  'ID-05-idle': {
    title: 'Der Operator ist nicht mehr angemeldet.',
    why: 'Zu lange wurde nichts getan.',
    next: 'Melden Sie sich mit der eigenen Karte wieder an und beginnen Sie noch einmal.',
  },
  'ID-05-no-session': {
    title: 'Der Operator ist nicht mehr angemeldet.',
    why: 'Seine Karte wurde gezogen, oder er hat sich an einem anderen Kiosk angemeldet.',
    next: 'Melden Sie sich mit der eigenen Karte wieder an und beginnen Sie noch einmal.',
  },
  'ID-05-not-an-operator': {
    title: 'Das darf nur ein Operator.',
    why: 'Wer angemeldet ist, ist kein Operator mehr.',
    next: 'Fragen Sie einen anderen Operator.',
  },
  'ID-05-operator-disabled': {
    title: 'Dieser Operator darf nichts tun.',
    why: 'Die Zentrale hat den Angemeldeten gesperrt.',
    next: 'Fragen Sie einen anderen Operator.',
  },
  'ID-05-own-card-refused': {
    title: 'Die Karte des Operators wird abgelehnt.',
    why: 'Sie ist gesperrt, ungültig oder abgelaufen.',
    next: 'Fragen Sie einen anderen Operator.',
  },
  'OP-02-no-right': {
    title: 'Dieser Operator darf das nicht.',
    why: 'Seine Rolle erlaubt es nicht, oder nicht aus diesem Grund.',
    next: 'Wählen Sie einen anderen Grund, oder fragen Sie einen Operator, der es darf.',
  },
  'OP-02-out-of-scope': {
    title: 'Für diese Karte ist dieser Operator nicht zuständig.',
    why: 'Wem sie gehört, ist in einem anderen Teil der Organisation.',
    next: 'Fragen Sie einen Operator, der zuständig ist.',
  },
  'OP-02-own-card': {
    title: 'Niemand hilft sich selbst.',
    why: 'Das ist die Karte des angemeldeten Operators.',
    next: 'Fragen Sie einen anderen Operator, oder benutzen Sie sie ohne Anmeldung wie alle.',
  },
  'OP-02-witness-other': {
    title: 'Der zweite Operator hat etwas anderes unterschrieben.',
    why: 'Seine Unterschrift gilt für genau diese Karte und diesen Grund.',
    next: 'Beginnen Sie noch einmal und lassen Sie erneut unterschreiben.',
  },
  'OP-02-witness-over': {
    title: 'Die Unterschrift des zweiten Operators gilt nicht mehr.',
    why: 'Sie gilt zehn Minuten lang und einmal.',
    next: 'Beginnen Sie noch einmal und lassen Sie erneut unterschreiben.',
  },
  'OP-02-witness-wanted': {
    title: 'Ein zweiter Operator muss das unterschreiben.',
    why: 'Die Regeln für diese Art Karte verlangen zwei.',
    next: 'Beginnen Sie noch einmal, mit einem anderen Operator neben sich.',
  },
  'RP-11-other-card': {
    title: 'Das ist die falsche Karte.',
    why: 'Was begonnen wurde, ist für eine andere gedacht.',
    next: 'Nehmen Sie diese Karte heraus. Stecken Sie die richtige ein und beginnen Sie noch einmal.',
  },
  'RP-12-not-for-cardholders': {
    title: 'Diesen Grund wählen nur Operatoren.',
    why: 'Einen solchen Grund wählt der Helpdesk.',
    next: 'Wählen Sie einen anderen, oder fragen Sie den Helpdesk.',
  },
  'RP-19-accept-terms': {
    title: 'Den Bedingungen wurde nicht zugestimmt.',
    why: 'Sie können sich geändert haben, seit Sie sie gelesen haben.',
    next: 'Versuchen Sie es noch einmal: Gezeigt wird, was jetzt gilt.',
  },
} satisfies Partial<RefusalTexts>;
