import type { Collected } from './collect-into-nss.ts';

interface Printed {
  readonly stdout: { write(text: string): unknown };
  /** For what is not as it should be. */
  readonly output: { write(text: string): unknown };
}

/** What `recard collect` says at its end. @param folder of the database @returns 0 done, 1 central does not know of it */
export function tellCollected(collected: Collected, folder: string, { stdout, output }: Printed): number {
  const { keys, untold } = collected;
  stdout.write(`${keys.length === 1 ? '1 key is' : `${keys.length} keys are`} in ${folder} now:\n`);
  for (const { subject, notAfter } of keys)
    stdout.write(`  ${printable(subject)}, until ${notAfter.toISOString().slice(0, 10)}\n`);
  if (untold === null) return 0;
  const why = printable(untold.why);
  if (untold.isOver) output.write(`recard: central does not count this collection: ${why}\n`);
  else output.write(`recard: central does not know that they are there: ${why}; ${REMEDY}\n`);
  if (untold.isOver) output.write(howToDelete(collected, folder));
  return 1;
}

const REMEDY = 'collect it once more with another token, so that it is on record as completed';

/**
 * Nobody but the owner knows whether the other run had this same database: then its keys are these, and have to stay. So they are not
 * deleted here.
 */
function howToDelete({ keys }: Collected, folder: string): string {
  const ids = new Set(keys.filter(({ isNew }) => isNew).map(({ id }) => id));
  const database = `'sql:${folder.replaceAll("'", "'\\''")}'`;
  const commands = [...ids].map((id) => `  certutil -F -k ${id} -d ${database}\n`).join('');
  const tell = 'tell the helpdesk that this request was collected here, too';
  if (commands === '') return `They were in the database before, and may stay; ${tell}.\n`;
  return `They were collected in another place meanwhile, or are not wanted any more. ${DELETE}:\n${commands}Then ${tell}.\n`;
}

const DELETE = 'Delete what has come in here, unless that place is this same database';

/** A name in a certificate does nothing to a terminal. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, ' ');
}
