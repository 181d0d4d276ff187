import type { Authority } from './authority/certificate-authority.ts';
import type { Database } from './database.ts';

/** What central's work needs: passed in, so that routes, commands and the demo share it. */
export interface Central {
  readonly database: Database;
  readonly authority: Authority;
  readonly now: () => Date;
}
