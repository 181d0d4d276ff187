/** Dates of a card, as eight digits (`20321202`) and in the form that Printed Information has (`2032DEC02`). */

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Whether eight digits are a day of the calendar. */
export function isCardDate(date: string): boolean {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(date);
  if (!match) return false;
  const iso = `${match[1]}-${match[2]}-${match[3]}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}

/** `20321202` → `2032DEC02`. @throws RangeError */
export function toPrintedDate(date: string): string {
  if (!isCardDate(date)) throw new RangeError('write a date: it is not eight digits of a day');
  return `${date.slice(0, 4)}${MONTHS[Number(date.slice(4, 6)) - 1]}${date.slice(6)}`;
}

/** `2032DEC02` → `20321202`; null when it is not a day. */
export function fromPrintedDate(text: string): string | null {
  const month = MONTHS.indexOf(text.slice(4, 7)) + 1;
  const date = `${text.slice(0, 4)}${String(month).padStart(2, '0')}${text.slice(7)}`;
  return isCardDate(date) ? date : null;
}
