import type { SupportTexts } from '../support-catalogue.ts';

/** English: what the helpdesk is told. */
export const enSupport: SupportTexts = {
  support: {
    line: (code) => `For the helpdesk: ${code}`,
    key: 'Show code',
    title: 'For the helpdesk',
    how: 'Read this code to the helpdesk. They see from it what went wrong, and what helps.',
    picture: 'Or take a picture of the square with a telephone, and send it to them.',
    holds: 'It holds no name, no PIN, and no number of your card.',
  },
};
