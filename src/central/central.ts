import type { X509Certificate } from 'node:crypto';
import type { Authority } from './authority/certificate-authority.ts';
import type { Database } from './database.ts';
import type { MailSettings } from './mail/mail-settings.ts';

/** What central's work needs: passed in, so that routes, commands and the demo share it. */
export interface Central {
  readonly database: Database;
  readonly authority: Authority;
  readonly now: () => Date;
  /** Where kiosks find it, as it was started last; null: never yet. */
  readonly kioskUrl: string | null;
  /** Who vouches for what cards say of their keys; none: it is compared with the key only. */
  readonly attestationRoots: readonly X509Certificate[];
  /** How people are told of what is done to their cards and keys; null: they are not. */
  readonly mail: MailSettings | null;
}
