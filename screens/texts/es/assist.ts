import type { AssistTexts } from '../assist-catalogue.ts';

/** Spanish: help, a new PIN, terms. */
export const esAssist: AssistTexts = {
  terms: {
    title: 'Lea y acepte primero estas condiciones',
    text: 'Antes no se graba nada. Con Esc las rechaza: su tarjeta no cambia.',
    more: (count) => (count === 1 ? '1 línea más abajo' : `${count} líneas más abajo`),
  },
  pinWarning: {
    title: 'Un PIN nuevo para esta tarjeta',
    resumeTitle: 'Termine el PIN nuevo de esta tarjeta',
    resume: 'La última vez no se terminó. Se sigue desde donde se quedó.',
    keepsPin: 'El PIN que acaba de escribir es el nuevo, y se queda.',
    newPin: 'Elegirá un PIN nuevo. El anterior dejará de servir.',
    nothingElse: 'No cambia nada más: los certificados y las claves se quedan como están.',
    told: 'Se avisa por correo al titular de la tarjeta.',
    of: (name, card) => `La tarjeta es de ${name} (${card}).`,
  },
  pinSet: {
    title: 'Su PIN ya está cambiado.',
    text: 'No se ha cambiado nada más en su tarjeta.',
    writing: 'Se está cambiando su PIN',
    written: 'Su PIN nuevo está en la tarjeta. La central lo registra sola, con la tarjeta o sin ella.',
    putInAgain: 'Inserte otra vez la tarjeta, aquí o en otro quiosco, para terminar el PIN nuevo.',
  },
  softHanded: {
    leaveIn: 'No retire la memoria USB hasta que se le indique.',
    stopped: 'Las claves siguen esperando: el operador puede empezar otra vez.',
    saved: 'Sus claves están guardadas. Puede retirar la memoria USB.',
  },
  provingOperator: {
    title: 'Consultando a la central',
    text: 'El operador ha confirmado de quién es esta tarjeta. No la retire.',
  },
  waitsForCard: {
    rewritten: (name) => `Inserte la tarjeta de ${name}: se grabará de nuevo.`,
    newPin: (name) => `Inserte la tarjeta de ${name}: se le pondrá un PIN nuevo.`,
    keys: (name) => `Inserte la tarjeta de ${name}: se pondrán claves en ella.`,
    newCard: (name) => `Inserte una tarjeta vacía: será la de ${name}.`,
    first: 'No se cambia nada hasta que usted lo diga. No se toca ninguna otra tarjeta.',
    takeBack: 'Con O se anula.',
  },
  turn: (name) => `Ahora le toca a ${name}:`,
  assistWarning: {
    title: 'Antes de grabar de nuevo esta tarjeta',
    resume: 'La última vez no se terminó. Se sigue desde donde se quedó.',
    belongs: (name, card) => `La tarjeta es de ${name} (${card}).`,
    erased: 'Se borra y se graba de nuevo por completo, con certificados nuevos.',
    oldRevoked: 'Los certificados antiguos dejan de servir al comprobarse los nuevos.',
    oldLeft: 'Los certificados antiguos siguen siendo válidos hasta que caduquen.',
    sameKey: 'La clave de cifrado se queda: los mensajes antiguos se podrán leer.',
    newKey: 'Hay una clave de cifrado nueva. La antigua se queda para los mensajes antiguos.',
    newKeyOldArchived: 'Hay una clave de cifrado nueva. La antigua queda bien guardada.',
    newKeyIfRevoked: 'La clave de cifrado se queda, salvo que esté revocada.',
    keyLost: 'La clave de cifrado se pierde, como se ha confirmado.',
    account: 'La cuenta del titular no cambia.',
    turn: (name) => `Después, ${name} escribe el PIN nuevo. No se retira la tarjeta.`,
  },
};
