import type { SupportTexts } from '../support-catalogue.ts';

/** Spanish: what the helpdesk is told. */
export const esSupport: SupportTexts = {
  support: {
    line: (code) => `Para soporte: ${code}`,
    key: 'Ver código',
    title: 'Para soporte',
    how: 'Lea este código a soporte. Así sabrán qué ha fallado y qué se puede hacer.',
    picture: 'O haga una foto del cuadrado con un teléfono y envíesela.',
    holds: 'No contiene ningún nombre, ni PIN, ni número de su tarjeta.',
  },
};
