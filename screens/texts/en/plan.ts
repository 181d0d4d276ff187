import type { PlanTexts } from '../plan-catalogue.ts';

/** English: what becomes of each key. */
export const enPlan: PlanTexts = {
  plan: {
    title: 'What will be on your card',
    issueTitle: (holder) => `A new card for ${holder}`,
    text: 'Nothing has been written yet. This is what happens to each key:',
    resumeText: 'It goes on where it stopped. This is what happens to each key:',
    keyFor: 'Key for',
    change: 'What happens',
    until: 'Until',
    changes: {
      new: 'new',
      replaced: 'replaced by a new one',
      renewed: 'stays, with a new certificate',
      kept: 'stays',
      restored: 'is put on again',
      moved: 'stays, for your old messages',
      removed: 'taken off',
      lost: 'LOST',
      left: 'left for later',
      unknown: 'changes',
    },
    lost: (count) =>
      count === 1
        ? 'The key marked LOST exists nowhere else.'
        : `The ${count} keys marked LOST exist nowhere else.`,
    lostWithOld: (count) =>
      count === 1
        ? 'The key marked LOST is only on the old card, and does not come onto this one.'
        : `The ${count} keys marked LOST are only on the old card, and do not come onto this one.`,
    removed:
      'What is taken off for want of room stays in safe keeping. If you need it, ask the helpdesk for it as a file.',
    left: 'What is left for later stays in safe keeping. If you need it, ask the helpdesk for it as a file.',
    nothingLost: 'Nothing is lost.',
  },
};
