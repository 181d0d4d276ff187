import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The package as it is built from this very source; `npm run test:package` installs and starts it. */

const ROOT = resolve(import.meta.dirname, '../..');
const UNITS = 'usr/lib/systemd/system';
let folder: string;
let tree: string;
let deb: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-package-test-'));
  tree = join(folder, 'tree');
  const build = [join(ROOT, 'packaging/build.ts'), '--quick', '--to', folder];
  deb = execFileSync(process.execPath, build, { encoding: 'utf8' }).trim();
  execFileSync('dpkg-deb', ['--raw-extract', deb, tree]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(path: string): string {
  return readFileSync(join(tree, path), 'utf8');
}

function field(name: string): string {
  return execFileSync('dpkg-deb', ['--field', deb, name], { encoding: 'utf8' }).trim();
}

function sources(): readonly string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
}

describe('the Debian package', () => {
  test('says what it is, of this version and machine, and what it needs', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(field('Package')).toBe('recard');
    expect(field('Version')).toBe(version);
    expect(field('Architecture')).toBe(
      execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim(),
    );
    expect(field('Depends')).toMatch(/libpcsclite1.*systemd \(>= 252\)/);
    const [synopsis, ...more] = field('Description').split('\n');
    expect(synopsis!.length).toBeLessThanOrEqual(80);
    expect(more.every((line) => /^ \S/.test(line) && line.length <= 80)).toBe(true);
  });

  test('installs nothing that anybody but root can change, nothing setuid, and programs only where they belong', () => {
    const list = execFileSync('dpkg-deb', ['--contents', deb], { encoding: 'utf8' }).trim().split('\n');
    expect(list.length).toBeGreaterThan(60);
    const rows = list.map((line) => {
      const [mode, owner, , , , path] = line.split(/\s+/);
      return { mode: mode!, owner: owner!, path: path! };
    });
    expect(rows.filter(({ owner }) => owner !== 'root/root')).toEqual([]);
    expect(rows.filter(({ mode }) => /^.(....w|.......w|.*[sStT])/.test(mode))).toEqual([]);
    const programs = rows.filter(({ mode }) => /^-.*x/.test(mode)).map(({ path }) => path);
    expect(programs).toEqual(['./usr/bin/recard', './usr/lib/recard/bin/node']);
    const places =
      /^\.\/(etc\/logrotate\.d|usr\/(bin|lib\/(recard|systemd|sysusers\.d|tmpfiles\.d|udev)|share\/(doc|man|polkit-1)))/;
    expect(rows.filter(({ mode, path }) => mode.startsWith('-') && !places.test(path))).toEqual([]);
  });

  test('has every process and thread of the program in it, no virtual card, and no place of the machine that built it', () => {
    const program = readdirSync(join(tree, 'usr/lib/recard/program')).filter((name) => name.endsWith('.js'));
    const entries = sources()
      .filter((path) => !path.startsWith('demo/'))
      .flatMap((path) => [
        ...readFileSync(join(ROOT, 'src', path), 'utf8').matchAll(/'(?:\.\/)?([\w-]+)\.ts', import\.meta/g),
      ])
      .map((found) => `${found[1]}.js`);
    expect(entries.length).toBeGreaterThan(2);
    expect(program).toEqual(expect.arrayContaining(['recard.js', ...entries]));
    const texts = program.map((name) => read(`usr/lib/recard/program/${name}`));
    expect(texts.filter((text) => text.includes(ROOT) || text.includes('vpcd'))).toEqual([]);
  });

  test('starts: its own Node, its bundle, its native modules, the files it reads', () => {
    const node = join(tree, 'usr/lib/recard/bin/node');
    const recard = join(tree, 'usr/lib/recard/program/recard.js');
    const help = spawnSync(node, [recard, '--help'], { encoding: 'utf8', env: {} });
    expect(help.stdout).toContain('usage: recard demo');
    const doctor = spawnSync(node, [recard, 'doctor', '--json', '--config', '/nowhere'], {
      encoding: 'utf8',
      env: {},
    });
    expect(JSON.parse(doctor.stdout)).toMatchObject({ isFine: false });
    const central = spawnSync(node, [recard, 'central', '--help'], { encoding: 'utf8', env: {} });
    expect(central.stdout).toContain('usage: recard central start');
    const database = "new (require('better-sqlite3'))(':memory:').pragma('user_version')";
    const native = spawnSync(node, ['-e', database], {
      cwd: join(tree, 'usr/lib/recard'),
      encoding: 'utf8',
      env: {},
    });
    expect(native.stderr).toBe('');
    expect(existsSync(join(tree, 'usr/lib/recard/db/kiosk/own/migrations/meta/_journal.json'))).toBe(true);
    expect(existsSync(join(tree, 'usr/lib/recard/db/central/migrations/meta/_journal.json'))).toBe(true);
  });

  test('has no document that points to what is not installed', () => {
    const documents = 'usr/share/doc/recard';
    const texts = ['README.md', 'SECURITY.md', 'install.md', 'operator.md', 'screens/README.md'];
    const targets = texts.flatMap((name) => {
      const links = [...read(`${documents}/${name}`).matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)];
      return links.map(([, target]) => join(dirname(name), target!));
    });
    expect(targets).toEqual(expect.arrayContaining(['screens/en/desk-card-read.svg', 'SECURITY.md']));
    expect(targets.filter((path) => !existsSync(join(tree, documents, path)))).toEqual([]);
  });

  test('has units that systemd understands and counts as exposed by 1.2 at most', () => {
    const units = ['kiosk.service', 'kiosk@.service', 'central.service'];
    for (const unit of units) {
      const args = ['security', '--offline=true', '--no-pager', '--threshold=12', join(tree, UNITS, unit)];
      expect(execFileSync('systemd-analyze', args, { encoding: 'utf8', stdio: 'pipe' })).toContain(
        'Overall exposure level',
      );
      expect(read(`${UNITS}/${unit}`)).toMatch(
        /^ExecStart=\/usr\/lib\/recard\/bin\/node (--\S+ )*\/usr\/lib\/recard\/program\/recard\.js /m,
      );
    }
    expect(read(`${UNITS}/kiosk@.service`)).not.toContain('tty1');
    for (const name of readdirSync(join(ROOT, 'systemd')).filter((file) => file.endsWith('.service'))) {
      expect(existsSync(join(tree, UNITS, name)), name).toBe(true);
    }
  });

  test('has scripts that a shell understands, and that stop at the first failure', () => {
    for (const name of ['postinst', 'prerm', 'postrm']) {
      const script = join(tree, 'DEBIAN', name);
      expect(spawnSync('sh', ['-n', script], { encoding: 'utf8' }).stderr).toBe('');
      expect(readFileSync(script, 'utf8')).toMatch(/^#!\/bin\/sh\n(#.*\n)*set -e$/m);
    }
    expect(
      read('DEBIAN/conffiles')
        .trim()
        .split('\n')
        .every((path) => existsSync(join(tree, path))),
    ).toBe(true);
  });

  test('deletes nothing of central, whatever is done with the package', () => {
    const deleting = ['postinst', 'prerm', 'postrm']
      .flatMap((name) => read(`DEBIAN/${name}`).split('\n'))
      .filter((line) => /\brm /.test(line));
    expect(deleting.length).toBeGreaterThan(0);
    expect(deleting.filter((line) => line.includes('recard-central') && !line.includes('echo'))).toEqual([]);
  });

  test('names the licence of everything that is in it', () => {
    const path = join(tree, 'usr/share/doc/recard/third-party-licences.gz');
    const text = execFileSync('zcat', [path], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    for (const name of ['ink', 'better-sqlite3', 'pcsclite', 'fastify', 'node-linux-'])
      expect(text).toMatch(new RegExp(`^${name}`, 'm'));
  });
});
