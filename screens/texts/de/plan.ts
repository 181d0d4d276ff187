import type { PlanTexts } from '../plan-catalogue.ts';

/** German: what becomes of each key. */
export const dePlan: PlanTexts = {
  plan: {
    title: 'Was auf Ihrer Karte sein wird',
    issueTitle: (holder) => `Eine neue Karte für ${holder}`,
    text: 'Noch ist nichts geschrieben. Das geschieht mit jedem Schlüssel:',
    resumeText: 'Es geht dort weiter, wo es aufgehört hat. Das geschieht mit jedem Schlüssel:',
    keyFor: 'Schlüssel für',
    change: 'Was geschieht',
    until: 'Bis',
    changes: {
      new: 'neu',
      replaced: 'wird durch einen neuen ersetzt',
      renewed: 'bleibt, Zertifikat wird neu',
      kept: 'bleibt',
      restored: 'kommt wieder darauf',
      moved: 'bleibt für alte Nachrichten',
      removed: 'entfällt',
      lost: 'GEHT VERLOREN',
      left: 'folgt später',
      unknown: 'ändert sich',
    },
    lost: (count) =>
      count === 1
        ? 'Den Schlüssel, der verloren geht, gibt es nirgends sonst.'
        : `Die ${count} Schlüssel, die verloren gehen, gibt es nirgends sonst.`,
    lostWithOld: (count) =>
      count === 1
        ? 'Den Schlüssel, der verloren geht, gibt es nur auf der alten Karte, und er kommt nicht auf diese.'
        : `Die ${count} Schlüssel, die verloren gehen, gibt es nur auf der alten Karte, und sie kommen nicht auf diese.`,
    removed:
      'Was aus Platzmangel entfällt, bleibt sicher verwahrt. Brauchen Sie es, so bitten Sie den Helpdesk um eine Datei.',
    left: 'Was später folgt, bleibt sicher verwahrt. Brauchen Sie es, so bitten Sie den Helpdesk um eine Datei.',
    nothingLost: 'Nichts geht verloren.',
  },
};
