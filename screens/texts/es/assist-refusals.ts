import type { RefusalTexts } from '../catalogue.ts';

/** Spanish: what somebody who helps may not do, and what a cardholder alone may not. */
export const assistRefusals = {
  'ID-02-attended-only': {
    title: 'Este código solo vale con un operador a su lado.',
    why: 'Aquí nadie pone un PIN nuevo a solas. Su código sigue sirviendo.',
    next: 'Pida a alguien de soporte que venga. Esa persona insertará su propia tarjeta en el otro lector y pulsará O; después, escriba usted su código.',
  },
  'ID-02-code-needed': {
    title: 'Usted sabe el PIN de esta tarjeta.',
    why: 'Solo se pone uno nuevo sin el anterior a quien lo ha olvidado.',
    next: 'Pulse Intro y escriba su PIN: al grabar de nuevo la tarjeta elegirá otro.',
  },
  'ID-02-code-wanted': {
    title: 'Para esta tarjeta no basta la palabra del operador.',
    why: 'Su tipo exige un código de un solo uso para poner un PIN nuevo.',
    next: 'Pida a soporte un código de un solo uso, con el operador a su lado.',
  },
  'ID-02-not-signed': {
    title: 'Lo que firmó el operador ya no vale.',
    why: 'Es demasiado antiguo, ya se usó o era para otra cosa.',
    next: 'El operador lo firma otra vez con su propia tarjeta.',
  },
  'ID-05-idle': {
    title: 'La sesión del operador se ha cerrado.',
    why: 'Ha pasado demasiado tiempo sin hacer nada.',
    next: 'Inicie sesión otra vez con su propia tarjeta y vuelva a empezar.',
  },
  'ID-05-no-session': {
    title: 'La sesión del operador se ha cerrado.',
    why: 'Se retiró su tarjeta, o ha iniciado sesión en otro quiosco.',
    next: 'Inicie sesión otra vez con su propia tarjeta y vuelva a empezar.',
  },
  'ID-05-not-an-operator': {
    title: 'Esto solo lo puede hacer un operador.',
    why: 'La persona que ha iniciado sesión ya no es operador.',
    next: 'Pídalo a alguien que lo sea.',
  },
  'ID-05-operator-disabled': {
    title: 'Este operador no puede actuar.',
    why: 'La central ha bloqueado a la persona que ha iniciado sesión.',
    next: 'Pídalo a otro operador.',
  },
  'ID-05-own-card-refused': {
    title: 'No se admite la tarjeta del operador.',
    why: 'Está bloqueada, anulada o caducada.',
    next: 'Pídalo a otro operador.',
  },
  'OP-02-no-right': {
    title: 'Este operador no puede hacer eso.',
    why: 'Su función no lo permite, o no por este motivo.',
    next: 'Elija otro motivo, o pídalo a un operador que pueda.',
  },
  'OP-02-out-of-scope': {
    title: 'Este operador no se ocupa de esta tarjeta.',
    why: 'Su titular pertenece a otra parte de la organización.',
    next: 'Pídalo a un operador que se ocupe de ella.',
  },
  'OP-02-own-card': {
    title: 'Nadie se atiende a sí mismo.',
    why: 'Esta es la tarjeta del operador que ha iniciado sesión.',
    next: 'Pídalo a otro operador, o úsela como todo el mundo, sin iniciar sesión.',
  },
  'OP-02-witness-other': {
    title: 'El segundo operador ha firmado otra cosa.',
    why: 'Lo que firma vale justo para esa tarjeta y ese motivo.',
    next: 'Vuelva a empezar y pídale que firme otra vez.',
  },
  'OP-02-witness-over': {
    title: 'Lo que firmó el segundo operador ya no vale.',
    why: 'Vale durante diez minutos y una sola vez.',
    next: 'Vuelva a empezar y pídale que firme otra vez.',
  },
  'OP-02-witness-wanted': {
    title: 'Esto lo tiene que firmar un segundo operador.',
    why: 'Las normas para este tipo de tarjeta piden dos.',
    next: 'Vuelva a empezar con otro operador a su lado.',
  },
  'RP-11-other-card': {
    title: 'Esta no es la tarjeta correcta.',
    why: 'Lo que se ha empezado es para otra.',
    next: 'Retire esta tarjeta, inserte la correcta y vuelva a empezar.',
  },
  'RP-12-not-for-cardholders': {
    title: 'Este motivo es para operadores.',
    why: 'Un motivo así lo elige soporte.',
    next: 'Elija otro, o pregunte a soporte.',
  },
  'RP-19-accept-terms': {
    title: 'No se han aceptado las condiciones.',
    why: 'Puede que hayan cambiado desde que las leyó.',
    next: 'Inténtelo otra vez: verá las que valen ahora.',
  },
} satisfies Partial<RefusalTexts>;
