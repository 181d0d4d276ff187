/** How the central of a state folder tells people, as it was started last: its commands put mails down as it does. */
import { z } from 'zod';
import { rememberedText } from '../remembered.ts';
import { MAIL_LANGUAGES, type MailSettings } from './mail-settings.ts';

const FILE = 'mail.json';

const settings: z.ZodType<MailSettings> = z.object({
  to: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('folder'), folder: z.string() }),
    z.object({
      kind: z.literal('server'),
      server: z.object({
        ...{ host: z.string(), port: z.int(), security: z.enum(['starttls', 'tls', 'none']) },
        login: z.object({ user: z.string(), passwordFile: z.string() }).nullable(),
        caFile: z.string().nullable(),
      }),
    }),
  ]),
  ...{ from: z.string(), helpdesk: z.string().nullable(), languages: z.array(z.enum(MAIL_LANGUAGES)) },
});

/** @param mail null: nobody is told */
export function rememberMail(stateDir: string, mail: MailSettings | null): void {
  rememberedText(stateDir, FILE, JSON.stringify(mail));
}

/** Null where nobody is told, or no central was started yet. */
export function rememberedMail(stateDir: string): MailSettings | null {
  const known = rememberedText(stateDir, FILE, null);
  if (known === null) return null;
  try {
    return settings.safeParse(JSON.parse(known)).data ?? null;
  } catch {
    // Cut off by a power failure; the next start writes it anew.
    return null;
  }
}
