import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { MailSettings } from '../../../src/central/mail/mail-settings.ts';
import { readableMail } from '../../support/readable-mail.ts';
import { found } from '../../support/test-line.ts';

/** How the server treats what is brought to it. */
export type Treatment =
  | { readonly kind: 'take' }
  | {
      readonly kind: 'answer';
      readonly at: 'recipient' | 'message';
      readonly code: number;
      readonly words: string;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'die' };

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came. */
  readonly source: string;
  /** Its subject and its text, decoded. */
  readonly readable: string;
  readonly isEncrypted: boolean;
}

const USER = 'recard';
export const MAIL_PASSWORD = 'Wortschatz-4711';

/** A mail server on loopback, with STARTTLS and a login. */
export class MailServer {
  readonly taken: TakenMail[] = [];
  /** Of whom: an address that is not named is taken. */
  readonly treatments = new Map<string, Treatment>();
  readonly folder: string;
  readonly #server: SMTPServer;
  readonly #sockets = new Set<Socket>();
  readonly #waiting = new Set<() => void>();
  tries = 0;

  private constructor(folder: string, key: string, cert: string) {
    this.folder = folder;
    this.#server = new SMTPServer({
      ...{ key, cert, authOptional: false, closeTimeout: 0, logger: false },
      onAuth: ({ username, password }, _session, done) => {
        if (username === USER && password === MAIL_PASSWORD) done(null, { user: username });
        else done(withCode(535, '5.7.8 these credentials are wrong'));
      },
      onRcptTo: ({ address }, _session, done) => {
        this.#note();
        const treatment = this.treatments.get(address);
        if (treatment?.kind === 'hang') return;
        if (treatment?.kind === 'answer' && treatment.at === 'recipient') {
          done(withCode(treatment.code, treatment.words));
        } else done();
      },
      onData: (stream, session, done) => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        const treatment = this.treatments.get(to[0]!);
        if (treatment?.kind === 'die') return this.drop();
        text(stream).then((source) => {
          if (treatment?.kind === 'answer') return done(withCode(treatment.code, treatment.words));
          const from = mailFrom ? mailFrom.address : '';
          this.taken.push({ from, to, source, readable: readableMail(source), isEncrypted: session.secure });
          done(null, 'taken as number 7');
        }, done);
      },
    });
    this.#server.on('error', () => {});
    this.#server.server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async open(): Promise<MailServer> {
    const folder = mkdtempSync(join(tmpdir(), 'recard-mail-'));
    const authority = await found();
    const { key, certificates } = await authority.issueServer(['127.0.0.1'], new Date());
    writeFileSync(join(folder, 'ca.pem'), new X509Certificate(authority.certificate).toString());
    writeFileSync(join(folder, 'password'), `${MAIL_PASSWORD}\n`);
    const server = new MailServer(folder, key, certificates);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  settings(more: Partial<MailSettings> = {}): MailSettings {
    const { port } = this.#server.server.address() as { port: number };
    return {
      to: {
        kind: 'server',
        server: {
          ...{ host: '127.0.0.1', port, security: 'starttls', caFile: join(this.folder, 'ca.pem') },
          login: { user: USER, passwordFile: join(this.folder, 'password') },
        },
      },
      ...{ from: 'recard@example.org', helpdesk: 'phone 4711', languages: ['en', 'de'] },
      ...more,
    };
  }

  /** Waits until it was asked to take that many mails, whatever became of them. */
  async untilTries(count: number): Promise<void> {
    while (this.tries < count) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  /** Breaks every connection. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise<void>((resolve) => this.#server.close(resolve));
    rmSync(this.folder, { recursive: true });
  }

  #note(): void {
    this.tries += 1;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

function withCode(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
