/** Mails by SMTP, each on a connection of its own. */
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { MailServer } from './mail-settings.ts';
import { MailError, type MailTransport } from './mail-transport.ts';

/** Of one answer each; whoever sends bounds the whole. */
const TIMEOUTS = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  // Nothing is waited for once the mail was taken or refused.
  socketCloseTimeout: 0,
} as const;
/** The steps at which the server speaks of this mail, and not of central. */
const ABOUT_THIS_MAIL = ['RCPT TO', 'DATA'];

/** What nodemailer says of a failure. */
interface Failure {
  readonly message: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/** Certificate and name of the server are checked, always. */
export function serverTransport(server: MailServer): MailTransport {
  return {
    async send({ from, to, subject, text, messageId, date }, signal) {
      const transport = createTransport(connectionOptions(server));
      const headers = { 'Auto-Submitted': 'auto-generated' };
      const message = { from, to, subject, text, messageId, date, headers };
      const envelope = { from, to: [to] };
      try {
        const closed = { disableFileAccess: true, disableUrlAccess: true, xMailer: false } as const;
        const { response } = await transport.sendMail({ ...message, ...closed, envelope, signal });
        return response;
      } catch (error) {
        // Whatever was being waited for at that moment.
        if (signal.aborted)
          throw new MailError('away', 'the server did not answer in time', { cause: error });
        throw asMailError(error as Failure);
      } finally {
        transport.close();
      }
    },
  };
}

/** @throws MailError when a file cannot be read */
function connectionOptions({ host, port, security, login, caFile }: MailServer) {
  return {
    ...{ host, port, ...TIMEOUTS, secure: security === 'tls' },
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(login && { auth: { user: login.user, pass: read(login.passwordFile).trimEnd() } }),
    tls: { minVersion: 'TLSv1.2' as const, ...(caFile !== null && { ca: read(caFile) }) },
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MailError('away', `read ${path}: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
}

function asMailError(error: Failure): MailError {
  const { responseCode = 0, response, command = '' } = error;
  // nodemailer's own message may begin with what it wanted; the server's words are enough.
  const words = response ?? error.message;
  const isOfThisMail = ABOUT_THIS_MAIL.includes(command) && responseCode >= 400 && responseCode !== 421;
  if (!isOfThisMail) return new MailError('away', command ? `${command}: ${words}` : words, { cause: error });
  return new MailError(responseCode >= 500 ? 'refused' : 'deferred', words, { cause: error });
}
