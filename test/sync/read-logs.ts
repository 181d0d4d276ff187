import { readFileSync } from 'node:fs';

/** What no program may ever have to say, whatever happens to machines, networks, databases and copies. */
const NEVER: readonly string[] = [
  // Of kiosks: what central had acknowledged, or they had recorded, is gone or was changed.
  'central has lost events, they are sent again',
  'events of this kiosk are lost',
  'events go on in another chain',
  'events cannot be sent',
  'the audit of this kiosk is broken',
  "the kiosk's own database was set aside",
  // Of their copies: what came of central made no sense.
  'MissingRowsError',
  'NonsenseRowError',
  'BadSnapshotError',
  'a message of the thread of sync failed',
  'the thread of sync has died',
  'the copy of central cannot be opened',
  // Of centrals: something that is no trouble of the database's.
  'a request failed',
];

/** Every such line of a log. */
export function complaints(path: string): string[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.filter((line) => {
    const { msg, name } = read(line);
    return NEVER.includes(msg) || NEVER.includes(name);
  });
}

/** The last line of a program that was killed may be half of one. */
function read(line: string): { readonly msg: string; readonly name: string } {
  try {
    return JSON.parse(line);
  } catch {
    return { msg: '', name: '' };
  }
}
