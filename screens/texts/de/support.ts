import type { SupportTexts } from '../support-catalogue.ts';

/** German: what the helpdesk is told. */
export const deSupport: SupportTexts = {
  support: {
    line: (code) => `Für den Helpdesk: ${code}`,
    key: 'Code zeigen',
    title: 'Für den Helpdesk',
    how: 'Lesen Sie dem Helpdesk diesen Code vor. Dort sieht man daran, was schiefging und was hilft.',
    picture: 'Oder fotografieren Sie das Quadrat mit dem Telefon, und schicken Sie es dorthin.',
    holds: 'Darin steht kein Name, keine PIN und keine Nummer Ihrer Karte.',
  },
};
