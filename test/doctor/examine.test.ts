import { describe, expect, test } from 'vitest';
import { examine } from '../../src/doctor/examine.ts';
import { isFine, reportJson, reportText } from '../../src/doctor/report.ts';
import { IdentityError } from '../../src/kiosk/identity.ts';
import { aMachine, type Different, NOW } from './a-machine.ts';

const CONFIGURATION = '/etc/recard/kiosk.toml';

async function wrongOf(different: Different): Promise<readonly string[]> {
  const findings = await examine(aMachine(different), CONFIGURATION);
  return findings.filter(({ verdict }) => verdict === 'wrong').map(({ subject }) => subject);
}

function later(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

describe('the doctor', () => {
  test('finds nothing on a machine on which all is well, and says so', async () => {
    const findings = await examine(aMachine(), CONFIGURATION);
    expect(findings.filter(({ verdict }) => verdict !== 'good')).toEqual([]);
    expect(isFine(findings)).toBe(true);
    expect(reportText(findings)).toMatch(/This machine is fine\.\n$/);
  });

  test.each<[string, Different, readonly string[]]>([
    ['another Node', { nodeVersion: 'v20.20.2' }, ['runtime']],
    [
      'a small terminal',
      { terminal: () => ({ columns: 79, rows: 24, colourDepth: 4, name: 'linux' }) },
      ['terminal-size'],
    ],
    [
      'a console without UTF-8',
      { texts: { '/sys/module/vt/parameters/default_utf8': '0\n' } },
      ['terminal-characters'],
    ],
    ['no pcscd', { connect: async () => 'ENOENT', files: { '/usr/sbin/pcscd': null } }, ['card-service']],
    ['a pcscd that does not run', { connect: async () => 'ENOENT' }, ['card-service']],
    ['a pcscd that hangs', { connect: async () => 'ECONNREFUSED' }, ['card-service']],
    ['a user who may not use cards', { connect: async () => 'EACCES' }, ['card-service']],
    [
      'a pcscd that is open to all',
      { files: { '/run/pcscd/pcscd.comm': { kind: 'socket', mode: 0o666, uid: 0, gid: 0 } } },
      ['card-rights'],
    ],
    ['no group for pcscd', { texts: { '/etc/group': 'root:x:0:\n' } }, ['card-rights']],
    [
      'no polkit rule',
      { files: { '/usr/share/polkit-1/rules.d/50-recard-pcsc.rules': null } },
      ['card-polkit'],
    ],
    ['no reader', { readers: async () => [] }, ['readers']],
    ['a service that goes away', { readers: async () => null }, ['readers']],
    ['a card upside down', { readers: async () => [{ name: 'R', card: 'mute' as const }] }, ['readers']],
    ['another program at the readers', { programsWith: () => ['gpg-agent (17)'] }, ['reader-users']],
    [
      'no swap limit',
      {
        files: { '/sys/fs/cgroup/cgroup.controllers': null },
        texts: { '/proc/swaps': 'Filename\n/dev/sda2 partition 1 0 -2\n' },
      },
      ['swap'],
    ],
    [
      'a collector of core dumps',
      { texts: { '/proc/sys/kernel/core_pattern': '|/usr/bin/collect %p' } },
      ['core-dumps'],
    ],
    [
      'a unit that is not there',
      { answers: { 'systemctl is-enabled kiosk.service': 'not-found\n' } },
      ['unit'],
    ],
    [
      'a unit that is not enabled',
      { answers: { 'systemctl is-enabled kiosk.service': 'disabled\n' } },
      ['unit'],
    ],
    ['a unit that ends', { answers: { 'systemctl is-active kiosk.service': 'activating\n' } }, ['unit']],
    [
      'a getty beside the kiosk',
      { answers: { 'systemctl is-active getty@tty1.service': 'active\n' } },
      ['getty'],
    ],
    [
      'Ctrl-Alt-Del',
      { answers: { 'systemctl is-enabled ctrl-alt-del.target': 'alias\n' } },
      ['ctrl-alt-del'],
    ],
    ['SysRq', { texts: { '/proc/sys/kernel/sysrq': '438\n' } }, ['sysrq']],
    [
      'central not reached',
      { central: async () => ({ unreachable: 'ECONNREFUSED', refusedAs: null, now: null }) },
      ['central'],
    ],
    [
      'a kiosk that was shut out',
      { central: async () => ({ unreachable: null, refusedAs: 'SE-01-kiosk-revoked', now: NOW }) },
      ['central'],
    ],
    [
      'a slow clock',
      { central: async () => ({ unreachable: null, refusedAs: null, now: later(7200) }) },
      ['clock'],
    ],
    ['a full disk', { freeMiB: () => 12 }, ['disk']],
    [
      'a key that others can read',
      { files: { '/var/lib/recard/kiosk/identity.pem': { kind: 'file', mode: 0o644, uid: 996, gid: 996 } } },
      ['state-rights'],
    ],
    [
      'files of root from a run by hand',
      { files: { '/var/lib/recard/kiosk/own.sqlite': { kind: 'file', mode: 0o644, uid: 0, gid: 0 } } },
      ['state-rights'],
    ],
    [
      'a damaged database',
      { database: (path) => (path.endsWith('own.sqlite') ? 'malformed' : 'ok') },
      ['database'],
    ],
    ['an expired certificate', { now: () => new Date('2027-03-01T00:00:00Z') }, ['certificate']],
    ['a clock before the certificate', { now: () => new Date('2020-01-01T00:00:00Z') }, ['certificate']],
  ])('finds %s, and nothing else', async (_, different, subjects) => {
    expect(await wrongOf(different)).toEqual(subjects);
  });

  test('tells a bare machine all that is missing at once, each with what to do', async () => {
    const missing = () => {
      throw new IdentityError('read identity: ENOENT', 'enrol it');
    };
    const bare = aMachine({
      ...{ connect: async () => 'ENOENT', files: { '/usr/sbin/pcscd': null, '/var/lib/recard/kiosk': null } },
      ...{ identity: missing, answers: { 'systemctl is-enabled kiosk.service': 'not-found\n' } },
    });
    const findings = await examine(bare, CONFIGURATION);
    const wrong = findings.filter(({ verdict }) => verdict === 'wrong');
    expect(wrong.map(({ subject }) => subject)).toEqual(['card-service', 'certificate', 'unit']);
    expect(wrong.every(({ remedy }) => remedy !== null && remedy !== '')).toBe(true);
    expect(reportText(findings)).toMatch(/3 things have to be done, from top to bottom\.\n$/);
    expect(JSON.parse(reportJson(findings))).toEqual({ isFine: false, findings });
  });

  test.each([
    ['/etc/recard/kiosk.toml', ' --drop-in /etc/systemd/system/kiosk.service.d/central.conf'],
    [
      '/etc/recard/kiosk@tty2.toml',
      ' --config /etc/recard/kiosk@tty2.toml --drop-in /etc/systemd/system/kiosk@tty2.service.d/central.conf',
    ],
    ['my kiosks/kiosk.toml', " --config 'my kiosks/kiosk.toml'"],
  ])('tells how to enrol the kiosk of %s, and no other', async (file, options) => {
    const identity = (path: string, line: string) => {
      throw new IdentityError(`read identity ${path}: ENOENT`, line);
    };
    const central = async () => ({ unreachable: null, refusedAs: 'SE-01-kiosk-revoked', now: NOW });
    const line = 'recard kiosk enrol https://central.example:8443 --token -';
    const remedyOf = async (different: Different, subject: string) =>
      (await examine(aMachine(different), file)).find((one) => one.subject === subject)?.remedy;
    expect(await remedyOf({ identity }, 'certificate')).toBe(`${line}${options}`);
    const config = options.replace(/ --drop-in.*/, '');
    expect(await remedyOf({ central }, 'central')).toContain(`here: ${line}${config} --replace`);
  });

  test('finds no fault where its unit lets it see nothing, and says of what that is so', async () => {
    const findings = await examine(
      aMachine({
        ...{ uid: 996, programsWith: () => null },
        files: {
          '/run/pcscd/pcscd.comm': { kind: 'socket', mode: 0o660, uid: 65_534, gid: 65_534 },
          '/usr/share/polkit-1/rules.d/50-recard-pcsc.rules': null,
        },
        texts: { '/proc/swaps': null, '/proc/sys/kernel/core_pattern': null },
        answers: { 'systemctl is-enabled kiosk.service': null },
      }),
      CONFIGURATION,
    );
    expect(findings.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    const unseen = findings.filter(({ verdict }) => verdict === 'note');
    expect(unseen.map(({ subject }) => subject)).toEqual([
      ...['card-polkit', 'reader-users', 'unit', 'swap', 'core-dumps'],
    ]);
    expect(unseen.every(({ remedy }) => remedy?.endsWith('as root'))).toBe(true);
  });

  test('leaves out what hangs on a configuration that cannot be read', async () => {
    const configuration = () => {
      throw new Error('kiosk.toml: line 2: write a name');
    };
    expect(await wrongOf({ configuration, central: () => Promise.reject(new Error('asked')) })).toEqual([
      'configuration',
    ]);
  });
});
