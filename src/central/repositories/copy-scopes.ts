import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/**
 * Makes every kiosk fetch its copy anew: after central's data were put back to what they were (a backup), revisions are given
 * out again that kiosks know already.
 */
export async function replaceEpochs(database: Database): Promise<void> {
  await database.execute(sql`select copy_replace_epochs()`);
}
