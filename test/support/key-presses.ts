/** The keys from card in to card out, flow by flow: docs/screens/README.md tells them, and test/flows plays them. */

/** Characters of what is typed in secret, by its name among the keys. */
const SECRETS: Readonly<Record<string, number>> = { PIN: 6, code: 8, number: 14, password: 12 };

interface KeyPresses {
  readonly to: string;
  /** As they are written on the keyboard, and secrets by their name. */
  readonly keys: readonly string[];
}

const NEW_PIN = ['PIN', 'Enter', 'PIN', 'Enter'];
const WITH_PIN = ['Enter', 'PIN', 'Enter'];

const LINES: readonly KeyPresses[] = [
  // The reason, what becomes of each key, the warning.
  { to: 'rewrite a card, with its PIN', keys: [...WITH_PIN, 'Enter', 'Enter', 'Enter', ...NEW_PIN] },
  {
    to: 'rewrite a card, with a one-time code',
    keys: ['Enter', 'N', 'code', 'Enter', 'Enter', 'Enter', 'Enter', ...NEW_PIN],
  },
  {
    to: 'rewrite a card, with terms to be accepted',
    keys: [...WITH_PIN, 'Enter', 'Enter', 'Enter', 'Enter', ...NEW_PIN],
  },
  {
    to: 'finish a card that was cut off, with the PIN that it has set',
    keys: [...WITH_PIN, 'Enter', 'Enter'],
  },
  { to: 'collect recovered keys onto a card', keys: [...WITH_PIN, 'Enter', 'Enter', 'Enter'] },
  {
    to: 'collect recovered keys as a file with a password',
    keys: [...WITH_PIN, 'Enter', 'Enter', 'Enter', 'password', 'Enter', 'password', 'Enter'],
  },
  {
    to: 'make an empty card one’s own, with a number',
    keys: ['Enter', 'number', 'Enter', 'Enter', 'Enter', ...NEW_PIN],
  },
  { to: 'empty a cancelled card', keys: ['Enter', 'Y'] },
  { to: 'set a new PIN, an operator beside', keys: ['Enter', ...NEW_PIN] },
  { to: 'see what is on a card', keys: ['W'] },
];

/** How many keys are pressed, and how many characters of secrets are typed between them. */
export function countKeys(keys: readonly string[]): { readonly presses: number; readonly typed: number } {
  return {
    presses: keys.filter((key) => !(key in SECRETS)).length,
    typed: keys.reduce((sum, key) => sum + (SECRETS[key] ?? 0), 0),
  };
}

/** In Markdown, line by line. */
export const KEY_PRESSES: readonly string[] = [
  '## Key presses',
  '',
  'From the card that is put in to the card that may be taken out, by whoever does nothing wrong. `PIN` stands for six digits, `code` for eight,',
  '`number` for fourteen, and `password` for twelve characters; they are counted apart. The first reason and the first of what waits are taken.',
  '',
  '| to | keys | presses | digits and characters |',
  '| --- | --- | --- | --- |',
  ...LINES.map(({ to, keys }) => {
    const { presses, typed } = countKeys(keys);
    return `| ${to} | ${keys.map((key) => `\`${key}\``).join(' ')} | ${presses} | ${typed} |`;
  }),
];
