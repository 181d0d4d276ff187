/** Who is told what, and what of it can be sent (OP-05, KR-10). */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readCentralConfiguration } from '../../src/central/central-configuration.ts';
import { folderTransport } from '../../src/central/mail/folder-transport.ts';
import { MAIL_KINDS } from '../../src/central/mail/mail-kinds.ts';
import { isAddress, MAIL_LANGUAGES, mailFolderSettings } from '../../src/central/mail/mail-settings.ts';
import { writeMail } from '../../src/central/mail/write-mail.ts';
import { ConfigurationError } from '../../src/configuration/toml-file.ts';

const AT = new Date('2026-11-22T21:50:00Z');
const SETTINGS = {
  from: 'recard@example.org',
  helpdesk: 'phone 4711, or helpdesk@example.org',
  languages: ['en', 'de'],
} as const;
const ANNA = { id: '0190', name: 'Anna Sommer', address: 'anna@example.org', madeAt: AT };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-mail-texts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a mail', () => {
  test.each(MAIL_KINDS)('of kind %s says in both languages what, when, where, and what to do', (kind) => {
    const facts = { kiosk: 'Lobby', card: '1234', keys: 3, onto: 'newCard', by: 'helpdesk' } as const;
    const { subject, text, to, messageId } = writeMail({ ...ANNA, kind, facts }, SETTINGS);
    expect({ to, messageId }).toEqual({ to: 'anna@example.org', messageId: '<recard-0190@example.org>' });
    expect(subject).toMatch(
      /^(Your|Handing out your|The number for your) .* \/ (Ihre?|Die Herausgabe Ihrer|Die Nummer für Ihre) /,
    );
    expect(text.split(/-{40}/)).toHaveLength(2);
    expect(text).toMatch(/Good day Anna Sommer,.*a helpdesk operator.*Guten Tag Anna Sommer,/s);
    for (const part of text.split(/-{40}/)) {
      expect(part).toContain('2026-11-22T21:50:00Z (');
      expect(part).toContain('Kiosk: Lobby');
      expect(part).toContain('1234');
      expect(part).toContain('phone 4711, or helpdesk@example.org');
    }
  });

  test.each(MAIL_KINDS)('of kind %s is there in French and Spanish too, and says the same', (kind) => {
    const facts = {
      kiosk: 'Lobby',
      machine: 'pc7',
      card: '1234',
      keys: 3,
      onto: 'newCard',
      by: 'owner',
    } as const;
    const until = '2026-11-23T08:00:00Z';
    const mail = { ...ANNA, kind, facts: { ...facts, until }, code: '12345678' };
    const all = writeMail(mail, { ...SETTINGS, languages: MAIL_LANGUAGES });
    expect(all.subject.split(' / ')).toHaveLength(MAIL_LANGUAGES.length);
    const parts = all.text.split(/-{40}/);
    expect(new Set(parts).size).toBe(MAIL_LANGUAGES.length);
    const [english, , french, spanish] = parts;
    expect(french).toMatch(/Bonjour Anna Sommer,\n\n[A-ZÀ].*\n\n {2}Quand\u00a0: .*lundi 23 novembre 2026/s);
    expect(spanish).toMatch(/Hola, Anna Sommer:\n\n[A-Z].*\n\n {2}Cuándo: .*lunes, 23 de noviembre de 2026/s);
    for (const part of [french!, spanish!]) {
      expect(part.trim().split('\n')).toHaveLength(english!.trim().split('\n').length);
      for (const said of ['Lobby', 'pc7', '1234', '12345678', until]) expect(part).toContain(said);
    }
  });

  test('is in one language where that is set, and leaves out what is not known', () => {
    const settings = { ...SETTINGS, helpdesk: null, languages: ['de'] } as const;
    const { subject, text } = writeMail({ ...ANNA, kind: 'rewritten', facts: {} }, settings);
    expect(subject).toBe('Ihre Karte wurde neu geschrieben');
    expect(text).not.toMatch(/Kiosk:|Karte:|undefined|null|Good day/);
  });

  test('has the headers that it should, whatever somebody, a kiosk or an address is called', async () => {
    const any = fc.string({ unit: 'binary', maxLength: 80 });
    const evil = fc.constantFrom(
      'x\r\nBcc: all@example.org',
      'a\n\nbody',
      'a\u2028To: b',
      '\0',
      '=?utf-8?q?a?=',
    );
    const word = fc.oneof(any, evil);
    await fc.assert(
      fc.asyncProperty(word, word, fc.string({ maxLength: 4 }), async (name, kiosk, card) => {
        const mail = writeMail({ ...ANNA, name, kind: 'rewritten', facts: { kiosk, card } }, SETTINGS);
        // Nobody's name makes a line of its own.
        expect(mail.text.split('\n')).toHaveLength(LINES);
        const path = await folderTransport(folder).send(mail, new AbortController().signal);
        expect(headersOf(readFileSync(path, 'utf8'))).toEqual(HEADERS);
      }),
      { numRuns: 50 },
    );
  });

  test('goes to nothing that could end a header, or be more than one address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (start) => {
        for (const address of [
          start,
          `${start}@example.org`,
          `a@example.org${start}`,
          `a${start}b@c.example`,
        ]) {
          if (isAddress(address)) expect(address).toMatch(/^[^\s@<>,;:"()[\]\\]+@[A-Za-z0-9.-]+$/);
        }
      }),
    );
    for (const good of ['anna@example.org', "o'neil+x@sub.example"]) expect(isAddress(good)).toBe(true);
    for (const bad of ['', 'a@b\r\nRCPT TO:<c@d>', 'a@b\n', 'a@b, c@d', 'a@b> SIZE=1', '<a@b>', 'a b@c'])
      expect(isAddress(bad)).toBe(false);
  });

  test('in a folder is whole, for its owner only, and a second copy takes its place', async () => {
    const own = join(folder, 'own');
    const mail = writeMail({ ...ANNA, kind: 'rewritten', facts: {} }, SETTINGS);
    for (let i = 0; i < 2; i += 1) await folderTransport(own).send(mail, new AbortController().signal);
    expect(readdirSync(own)).toEqual(['0190.eml']);
    expect(statSync(join(own, '0190.eml')).mode & 0o777).toBe(0o600);
    const source = readFileSync(join(own, '0190.eml'), 'utf8');
    expect(source).toContain('Message-ID: <recard-0190@example.org>\r\n');
    expect(source).toContain('Auto-Submitted: auto-generated\r\n');
  });
});

/** Of a text in two languages with a kiosk and a card. */
const LINES = 28;
const HEADERS = [
  ...['Auto-Submitted', 'Content-Transfer-Encoding', 'Content-Type', 'Date', 'From', 'MIME-Version'],
  ...['Message-ID', 'Subject', 'To'],
];

/** Their names, sorted. */
function headersOf(source: string): string[] {
  const head = source.slice(0, source.indexOf('\r\n\r\n'));
  return head
    .split('\r\n')
    .filter((line) => !/^\s/.test(line))
    .map((line) => line.split(':')[0]!)
    .sort();
}

describe('[mail] of central.toml', () => {
  let path: string;
  beforeEach(() => {
    path = join(folder, 'central.toml');
  });
  const read = (text: string, env = {}) => {
    writeFileSync(path, text);
    return readCentralConfiguration(path, env).mail;
  };
  const SERVER = `organisation = "Example Ltd"

[mail]
server = "mail.example"
user = "recard"
password_file = "mail-password"
from = "recard@example.org"
helpdesk = "phone 4711"
`;

  test('names a server, with STARTTLS and in English and German where nothing else is said', () => {
    expect(read(SERVER)).toEqual({
      to: {
        kind: 'server',
        server: {
          ...{ host: 'mail.example', port: 587, security: 'starttls', caFile: null },
          login: { user: 'recard', passwordFile: join(folder, 'mail-password') },
        },
      },
      ...{ from: 'recard@example.org', helpdesk: 'phone 4711', languages: ['en', 'de'] },
    });
  });

  test('takes the password that the unit hands over', () => {
    writeFileSync(join(folder, 'mail-password'), 'x');
    const env = { CREDENTIALS_DIRECTORY: folder };
    const mail = read(SERVER.replace(/password_file.*\n/, ''), env);
    expect(mail?.to).toMatchObject({ server: { login: { passwordFile: join(folder, 'mail-password') } } });
  });

  test('names a folder, or is not there', () => {
    const named = read('[mail]\nfile = "mails"\nlanguages = ["de"]\n');
    expect(named).toEqual({ ...mailFolderSettings(join(folder, 'mails')), languages: ['de'] });
    expect(read('[mail]\nfile = "mails"\nlanguages = ["fr", "es"]\n')?.languages).toEqual(['fr', 'es']);
    expect(read('port = 8443\n')).toBeUndefined();
  });

  test.each([
    [SERVER.replace('server', 'sever'), ', line 4: mail.sever is not known'],
    [`${SERVER}file = "x"\n`, ', line 4: mail.server: write either server, or file'],
    ['port = 1\n[mail]\n', ', line 2: mail.server: write either server, or file'],
    [`${SERVER}security = "none"\n`, ', line 9: mail.security: write "starttls" or "tls"'],
    [`${SERVER}port = "25"\n`, ', line 9: mail.port: write a port'],
    [SERVER.replace('recard@', 'recard '), ', line 7: mail.from: write the address of the sender'],
    [SERVER.replace('4711', '4711\\nBcc: x'), ', line 8: mail.helpdesk: write one line'],
    [`${SERVER}languages = ["it"]\n`, ', line 9: mail.languages: write languages of en, de, fr and es'],
    [SERVER.replace(/password_file.*\n/, ''), 'user has no password'],
    [SERVER.replace(/user.*\n/, ''), 'mail.user: write the name that belongs to password_file'],
  ])('that is wrong is refused with its line and a remedy: %j', (text, message) => {
    expect(() => read(text)).toThrow(ConfigurationError);
    expect(() => read(text)).toThrow(message);
  });
});
