/** Where mails go, as a port: a server, a folder. */
import type { WrittenMail } from './write-mail.ts';

export interface MailTransport {
  /**
   * @param signal ends it at once; whether the mail was taken is not known then
   * @returns what the other side said
   * @throws MailError
   */
  send(mail: WrittenMail, signal: AbortSignal): Promise<string>;
}

/**
 * refused: this mail will never be taken. deferred: this mail, not now. away: no mail is taken at present. The message has the
 * server's words, on one line, and no password.
 */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly outcome: 'refused' | 'deferred' | 'away';

  constructor(outcome: MailError['outcome'], words: string, options?: ErrorOptions) {
    super(words.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, MAX_WORDS), options);
    this.outcome = outcome;
  }
}

const MAX_WORDS = 300;
