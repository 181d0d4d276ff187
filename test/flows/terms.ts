/** Terms to be accepted, longer than any screen. */
import type { TermsView } from '../../src/flows/walk-up-state.ts';

export const TERMS: TermsView = {
  id: 'ab'.repeat(32),
  language: 'en',
  text: Array.from(
    { length: 40 },
    (_, i) =>
      `${i + 1}. Whoever holds this card keeps it with them, and tells nobody its PIN, and reports a loss at once.`,
  ).join('\n\n'),
};
