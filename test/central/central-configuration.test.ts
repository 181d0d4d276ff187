import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { centralPlaces, readCentralConfiguration } from '../../src/central/central-configuration.ts';
import { centralCommand } from '../../src/central/command/central-command.ts';
import { ConfigurationError } from '../../src/configuration/toml-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-configuration-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const DATABASE = 'postgresql://recard:geheim@db.example/recard';
const GOOD = `listen = "0.0.0.0"
port = 8443
http_port = 8080
names = ["central.example"]
published_url = "http://pki.example/"
kiosk_url = "https://central.example:443/"
database_url_file = "database-url"
authority_folder = "/srv/recard/authority"
pool_size = 20
organisation = "Example Ltd"
`;

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function complaint(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.replaceAll(folder, '');
    throw error;
  }
  return 'none';
}

describe('central.toml', () => {
  test('says where central listens and keeps things, paths being beside it', () => {
    write('database-url', `${DATABASE}\n`);
    const configuration = readCentralConfiguration(write('central.toml', GOOD));
    expect(configuration).toMatchObject({
      ...{ listen: '0.0.0.0', port: 8443, httpPort: 8080, names: ['central.example'] },
      ...{ publishedUrl: 'http://pki.example', kioskUrl: 'https://central.example', logFile: undefined },
    });
    expect(centralPlaces(configuration, '/home', {})).toEqual({
      ...{ stateDir: '/home/central', databaseUrl: DATABASE, authorityDir: '/srv/recard/authority' },
      ...{ keyFile: undefined, organisation: 'Example Ltd', poolSize: 20 },
    });
  });

  test('gives way to DATABASE_URL, and to the credentials of the unit', () => {
    write('database-url', DATABASE);
    const configuration = readCentralConfiguration(write('central.toml', GOOD));
    const DATABASE_URL = 'postgresql://other.example/recard';
    expect(centralPlaces(configuration, '/home', { DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
    const credentials = join(folder, 'credentials');
    mkdirSync(credentials);
    write('credentials/database-url', 'postgresql://third.example/recard');
    write('credentials/authority.key', 'a secret of sixteen bytes or more');
    const places = centralPlaces(configuration, '/home', { CREDENTIALS_DIRECTORY: credentials });
    expect(places).toMatchObject({
      databaseUrl: 'postgresql://third.example/recard',
      keyFile: join(credentials, 'authority.key'),
    });
  });

  test.each([
    [
      `${GOOD}colour = "red"`,
      'read configuration /central.toml, line 11: colour is not known; known are listen,',
    ],
    [GOOD.replace('8443', '"8443"'), '/central.toml, line 2: port: write a port, such as 8443'],
    [GOOD.replace('8080', '80800'), '/central.toml, line 3: http_port: write 1 to 65535'],
    [GOOD.replace('["central.example"]', '"x"'), '/central.toml, line 4: names: write names'],
    [
      GOOD.replace('http:', 'https:'),
      '/central.toml, line 5: published_url: write an address without a path',
    ],
    [GOOD.replace('example/"', 'example/crl"'), '/central.toml, line 5: published_url: write an address'],
    [GOOD.replace('central.example:443', ''), '/central.toml, line 6: kiosk_url: write an address'],
    [GOOD.replace('20', '1'), '/central.toml, line 9: pool_size: write 2 or more'],
    ['port = ', 'read configuration /central.toml, line 1: '],
  ])('that is wrong is refused with its line and a remedy: %j', (text, message) => {
    const path = write('central.toml', text);
    expect(complaint(() => readCentralConfiguration(path))).toContain(message);
  });

  test('never shows what is in the file with the address of the database', () => {
    const configuration = readCentralConfiguration(write('central.toml', GOOD));
    expect(complaint(() => centralPlaces(configuration, '/home', {}))).toContain(
      'read database address /database-url: ENOENT; put the address into it',
    );
    write('database-url', 'recard:geheim@db.example');
    const said = complaint(() => centralPlaces(configuration, '/home', {}));
    expect(said).toContain('read database address /database-url: that is none');
    expect(said).not.toContain('geheim');
  });

  test('is named with --config by every command, wherever that stands', async () => {
    const path = write('central.toml', 'colour = "red"');
    let error = '';
    const io = { stdout: { write: () => {} }, stderr: { write: (more: string) => (error += more) } };
    expect(await centralCommand(['kiosk', '--config', path, 'list'], folder, io)).toBe(1);
    expect(await centralCommand([`--config=${path}`, 'start'], folder, io)).toBe(1);
    expect(error.match(/line 1: colour is not known/g)).toHaveLength(2);
  });
});
