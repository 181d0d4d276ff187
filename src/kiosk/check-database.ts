import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * Looks whether a database of the kiosk is whole, also while the kiosk uses it. Nothing is changed.
 * @returns `ok`, what is wrong with it, or null where there is none
 */
export function checkDatabase(path: string): string | null {
  if (!existsSync(path)) return null;
  try {
    const database = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return String(database.pragma('quick_check(1)', { simple: true }));
    } finally {
      database.close();
    }
  } catch (error) {
    return (error as Error).message;
  }
}
