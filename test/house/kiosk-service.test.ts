import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kioskTemplate } from '../../packaging/units.ts';
import { MAINTENANCE } from '../../src/kiosk/run-kiosk.ts';
import { isSigusr1Caught } from '../support/caught-signals.ts';

const UNIT = readFileSync('kiosk.service', 'utf8');
/** Kept beside the unit it is of: systemd wants to find what it names. */
const PROGRAMS = ['usr/lib/recard/bin/node', 'usr/bin/printf', 'usr/bin/setfont', 'usr/bin/systemctl'];
/** Of root, for large letters on the console of a kiosk. */
const FONT_UNITS = ['large', 'usual'].flatMap((letters) =>
  ['path', 'service'].map((kind) => `recard-font-${letters}@tty2.${kind}`),
);

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'recard-units-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The settings of one name, as they stand there. */
const settings = (unit: string, name: string) =>
  [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value);

/** Whether a Node that is started so has a handler for SIGUSR1. */
function startedWith(flags: readonly string[]): boolean {
  const status = "require('node:fs').readFileSync('/proc/self/status', 'utf8')";
  const args = [...flags, '-p', status];
  return isSigusr1Caught(execFileSync(process.execPath, args, { encoding: 'utf8', env: {} }));
}

/** What systemd complains of, in a root that has nothing else. */
function complaints(): string {
  const units = join(root, 'etc/systemd/system');
  mkdirSync(units, { recursive: true });
  for (const program of PROGRAMS) {
    mkdirSync(join(root, program, '..'), { recursive: true });
    writeFileSync(join(root, program), '');
    chmodSync(join(root, program), 0o755);
  }
  const target = '[Unit]\nDescription=there\n';
  for (const name of ['sysinit', 'basic', 'shutdown', 'multi-user', 'getty', 'network-online'])
    writeFileSync(join(units, `${name}.target`), target);
  for (const name of ['pcscd.socket', 'systemd-user-sessions.service']) {
    const [what] = name.endsWith('socket') ? ['[Socket]\nListenStream=/run/x\n'] : [''];
    const service = name.endsWith('service') ? '[Service]\nExecStart=/usr/bin/printf\n' : '';
    writeFileSync(join(units, name), `${target}${what}${service}`);
  }
  writeFileSync(join(units, 'pcscd.service'), `${target}[Service]\nExecStart=/usr/bin/printf\n`);
  for (const name of ['getty@.service', 'serial-getty@.service'])
    writeFileSync(join(units, name), `${target}[Service]\nExecStart=/usr/bin/printf\n`);
  for (const name of readdirSync('systemd').filter((one) => one.startsWith('recard-font')))
    writeFileSync(join(units, name), readFileSync(join('systemd', name)));
  for (const name of ['-.slice', 'system.slice']) writeFileSync(join(units, name), target);
  writeFileSync(join(units, 'kiosk.service'), UNIT);
  writeFileSync(join(units, 'kiosk@.service'), kioskTemplate(UNIT));
  const args = ['verify', '--man=no', `--root=${root}`, 'kiosk.service', 'kiosk@tty2.service', ...FONT_UNITS];
  const { stderr, status } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  return status === 0 ? stderr.trim() : `${status}: ${stderr}`;
}

test('the unit of the kiosk is exposed by 1.2 at most, as systemd counts', () => {
  const args = ['security', '--offline=true', '--no-pager', '--threshold=12', './kiosk.service'];
  const report = execFileSync('systemd-analyze', args, { encoding: 'utf8', stdio: 'pipe' });
  expect(report).toMatch(/Overall exposure level for kiosk\.service: [01]\.[0-9]/);
});

test('the heaps of the kiosk end well below what systemd lets it have', () => {
  const heap = Number(/--max-old-space-size=(\d+)/.exec(settings(UNIT, 'ExecStart')[0]!)![1]);
  // Its own, and that of each thread that can be there at once: copy, search, a file or a photo.
  expect(settings(UNIT, 'MemoryMax')).toEqual(['1G']);
  expect(heap * 3).toBeLessThan(1024);
});

test('neither the kiosk nor central opens a debugger when it is sent SIGUSR1', () => {
  for (const unit of [UNIT, kioskTemplate(UNIT), readFileSync('central.service', 'utf8')]) {
    const flags = /^\S+ ((?:--\S+ )*)/.exec(settings(unit, 'ExecStart')[0]!)![1]!.trim().split(' ');
    expect(startedWith(flags)).toBe(false);
    expect(startedWith([])).toBe(true);
  }
});

test('systemd understands the unit, and the one for other terminals', () => {
  expect(complaints()).toBe('');
});

test('large letters are asked for by a file, which nobody reads, in the folder that goes with the kiosk', () => {
  for (const [unit, name] of [
    [UNIT, 'tty1'],
    [kioskTemplate(UNIT), '%i'],
  ] as const) {
    const file = `/run/recard/large-font-${name}`;
    expect(settings(unit, 'Environment').join(' ')).toContain(`RECARD_LARGE_FONT=${file}`);
    expect(settings(unit, 'RuntimeDirectory')).toEqual(['recard']);
    for (const letters of ['large', 'usual']) {
      expect(settings(unit, 'Wants').join(' ')).toContain(`recard-font-${letters}@${name}.path`);
      const path = readFileSync(`systemd/recard-font-${letters}@.path`, 'utf8');
      expect(settings(path, 'PathChanged')).toEqual(['/run/recard/large-font-%i']);
      const service = readFileSync(`systemd/recard-font-${letters}@.service`, 'utf8');
      const isThere = letters === 'large' ? '' : '!';
      expect(settings(service, 'ConditionPathExists')).toEqual([`${isThere}/run/recard/large-font-%i`]);
      expect(settings(service, 'Exec.*').join(' ')).not.toContain('/run/recard/');
    }
  }
});

test.each(['large', 'usual'])('what root runs for %s letters is hardened, too', (letters) => {
  const unit = join(root, `recard-font-${letters}@tty1.service`);
  writeFileSync(unit, readFileSync(`systemd/recard-font-${letters}@.service`));
  const args = ['security', '--offline=true', '--no-pager', '--threshold=30', unit];
  const report = execFileSync('systemd-analyze', args, { encoding: 'utf8', stdio: 'pipe' });
  expect(report).toMatch(/Overall exposure level for [^:]+: [0-2]\.[0-9]/);
});

test('is started again however it ends, but where an administrator has left it: then a login prompt is there', () => {
  for (const [unit, getty] of [
    [UNIT, 'getty@tty1.service'],
    [kioskTemplate(UNIT), 'getty@%i.service'],
  ] as const) {
    expect(settings(unit, 'Restart')).toEqual(['always']);
    expect(settings(unit, 'RestartPreventExitStatus')).toEqual([`${MAINTENANCE}`]);
    expect(settings(unit, 'SuccessExitStatus')).toEqual([`${MAINTENANCE}`]);
    const last = settings(unit, 'ExecStopPost').at(-1);
    expect(last).toMatch(new RegExp(`^-\\+/bin/sh .*!= ${MAINTENANCE} .* start ${getty}'$`));
    // It gives way when the kiosk is started again.
    expect(settings(unit, 'Conflicts').join(' ').split(' ')).toContain(getty);
  }
});
