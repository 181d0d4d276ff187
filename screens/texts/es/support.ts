import type { SupportTexts } from '../support-catalogue.ts';

/** Spanish: what the helpdesk is told. */
export const esSupport: SupportTexts = {
  support: {
    line: (code) => `Para el soporte: ${code}`,
    key: 'Código',
    title: 'Para el soporte',
    how: 'Lea este código al soporte. Les dice qué ha fallado y qué se puede hacer.',
    picture: 'O haga una foto del cuadrado con un teléfono y envíesela.',
    holds: 'No contiene ningún nombre, ni PIN, ni número de su tarjeta.',
  },
};
