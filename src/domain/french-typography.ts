/** What French wants of a line of text, and neither its texts nor Intl give. */

const NO_BREAK = '\u00a0';

/** Nothing breaks a line before ; : ! ? and », nor behind «: a space that holds stands there. */
function frenchSpaces(text: string): string {
  return text.replace(/ (?=[;:!?»])/g, NO_BREAK).replace(/(?<=«) /g, NO_BREAK);
}

/** The same of all texts in it, also of those that are made when they are said. */
export function withFrenchSpaces<T>(texts: T): T {
  return spaced(texts) as T;
}

/** The first of a month is not the one: 1er janvier, and 2 janvier. @param date as Intl writes it */
export function frenchDate(date: string): string {
  return date.replace(/\b1 (?=\p{L})/u, '1er ');
}

function spaced(part: unknown): unknown {
  if (typeof part === 'string') return frenchSpaces(part);
  if (typeof part === 'function') return (...values: readonly unknown[]) => spaced(part(...values));
  if (Array.isArray(part)) return part.map(spaced);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, spaced(one)]));
}
