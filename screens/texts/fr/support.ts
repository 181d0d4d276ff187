import type { SupportTexts } from '../support-catalogue.ts';

/** French: what the helpdesk is told. */
export const frSupport: SupportTexts = {
  support: {
    line: (code) => `Pour l'assistance : ${code}`,
    key: 'Voir le code',
    title: "Pour l'assistance",
    how: "Lisez ce code à l'assistance. Il lui dit ce qui n'a pas marché, et ce qui peut aider.",
    picture: 'Ou photographiez le carré avec un téléphone, et envoyez-lui la photo.',
    holds: 'Il ne contient ni nom, ni code PIN, ni numéro de votre carte.',
  },
};
