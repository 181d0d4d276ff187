import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Recard keeps its state: RECARD_HOME, else /var/lib/recard for root, else a folder of the user's own. */
export function recardHome(): string {
  const named = process.env.RECARD_HOME;
  if (named) return named;
  return process.getuid?.() === 0 ? '/var/lib/recard' : join(homedir(), '.local', 'state', 'recard');
}
