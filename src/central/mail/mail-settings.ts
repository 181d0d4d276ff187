/** `[mail]` of `central.toml`: how people are told of what is done to their cards and keys (OP-05, KR-10). */
import { resolve } from 'node:path';
import { z } from 'zod';
import { ConfigurationError } from '../../configuration/toml-file.ts';
import { checkMail } from '../person-fields.ts';

export const MAIL_LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];
/** Of an installation that does not say: in all four a mail would be four times as long. */
const DEFAULT_LANGUAGES: readonly MailLanguage[] = ['en', 'de'];

/** A mail server that takes mails from central. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** none: to a server on this machine only. */
  readonly security: 'starttls' | 'tls' | 'none';
  /** Null: central does not log in. The password is read anew for each mail. */
  readonly login: { readonly user: string; readonly passwordFile: string } | null;
  /** PEM; null: the authorities that Node knows. */
  readonly caFile: string | null;
}

export interface MailSettings {
  /** Sent to a server, or left as `.eml` files in a folder. */
  readonly to:
    | { readonly kind: 'server'; readonly server: MailServer }
    | { readonly kind: 'folder'; readonly folder: string };
  /** The sender's address. */
  readonly from: string;
  /** Whom to turn to, in the words of the organisation; one line. Null: the helpdesk, without more. */
  readonly helpdesk: string | null;
  /** One mail has its text in each of them, in this order. */
  readonly languages: readonly MailLanguage[];
}

/** Mails as files of a folder, in every language. */
export function mailFolderSettings(folder: string): MailSettings {
  const others = { from: 'recard@localhost', helpdesk: null, languages: MAIL_LANGUAGES };
  return { to: { kind: 'folder', folder }, ...others };
}

const LINE = 'write one line, such as "phone 4711, or helpdesk@example.org"';
const path = (what: string) => z.string(`write the path of ${what}`).min(1, `write the path of ${what}`);
const SECURITY = 'write "starttls", "tls", or "none" for a server on this machine';
const LANGUAGES = 'write languages of en, de, fr and es, such as ["de"]';

/** As it is written. */
export const mailTable = z
  .strictObject({
    server: z
      .string('write the name of the mail server, such as "mail.example"')
      .regex(/^[A-Za-z0-9._:-]+$/, 'write the name of the mail server, such as "mail.example"')
      .optional(),
    port: z
      .int('write a port, such as 587')
      .min(1, 'write 1 to 65535')
      .max(65_535, 'write 1 to 65535')
      .optional(),
    security: z.enum(['starttls', 'tls', 'none'], SECURITY).optional(),
    user: z.string('write the name that central logs in with').min(1).optional(),
    password_file: path('a file with the password').optional(),
    ca_file: path('a file with the certificate of the mail server’s authority').optional(),
    file: path('a folder').optional(),
    from: z
      .string('write the address of the sender, such as "recard@example.org"')
      .refine(isAddress, 'write the address of the sender, such as "recard@example.org"')
      .optional(),
    helpdesk: z
      .string(LINE)
      .max(300, LINE)
      .regex(/^\P{Cc}+$/u, LINE)
      .optional(),
    languages: z
      .array(z.enum(MAIL_LANGUAGES, LANGUAGES), LANGUAGES)
      .min(1, LANGUAGES)
      .refine((all) => new Set(all).size === all.length, LANGUAGES)
      .optional(),
  })
  .superRefine((table, context) => {
    const wrong = contradiction(table);
    if (wrong) context.addIssue({ code: 'custom', path: [wrong.key], message: wrong.remedy });
  });

type MailTable = z.output<typeof mailTable>;

function contradiction(table: MailTable): { readonly key: string; readonly remedy: string } | null {
  const { server, file, security, user } = table;
  if ((server === undefined) === (file === undefined)) {
    return { key: 'server', remedy: 'write either server, or file for a folder that mails are left in' };
  }
  if (server === undefined) return null;
  if (table.from === undefined) return { key: 'from', remedy: 'write the address of the sender' };
  if (security === 'none' && !isLoopback(server)) {
    return { key: 'security', remedy: 'write "starttls" or "tls": this server is not on this machine' };
  }
  if ((user === undefined) !== (table.password_file === undefined) && user === undefined) {
    return { key: 'user', remedy: 'write the name that belongs to password_file' };
  }
  return null;
}

/** An address that can stand in a header and in an SMTP command as it is. */
export function isAddress(text: string): boolean {
  try {
    // Beyond what certificates take: nothing that ends an address or begins another.
    return checkMail(text) === text && !/[<>()[\]\\,;:"]/.test(text);
  } catch {
    return false;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

const DEFAULT_PORTS = { starttls: 587, tls: 465, none: 25 } as const;

/**
 * @param beside the folder that relative paths begin at
 * @param passwordCredential the password as the unit hands it over; it goes before the file that is named
 * @throws ConfigurationError for a login without a password
 */
export function mailSettings(table: MailTable, beside: string, passwordCredential?: string): MailSettings {
  const { security = 'starttls', user } = table;
  const plain = mailFolderSettings(resolve(beside, table.file ?? ''));
  const { from = plain.from, helpdesk = null, languages = DEFAULT_LANGUAGES } = table;
  if (table.server === undefined) return { ...plain, from, helpdesk, languages };
  const named = table.password_file === undefined ? undefined : resolve(beside, table.password_file);
  const passwordFile = passwordCredential ?? named;
  if (user !== undefined && passwordFile === undefined) {
    throw new ConfigurationError('read [mail]: user has no password; name its file with password_file');
  }
  const server: MailServer = {
    ...{ host: table.server, port: table.port ?? DEFAULT_PORTS[security], security },
    login: user !== undefined && passwordFile !== undefined ? { user, passwordFile } : null,
    caFile: table.ca_file === undefined ? null : resolve(beside, table.ca_file),
  };
  return { to: { kind: 'server', server }, from, helpdesk, languages };
}
