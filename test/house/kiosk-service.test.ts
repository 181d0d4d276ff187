import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kioskTemplate } from '../../packaging/units.ts';
import { MAINTENANCE } from '../../src/kiosk/run-kiosk.ts';

const UNIT = readFileSync('kiosk.service', 'utf8');
/** Kept beside the unit it is of: systemd wants to find what it names. */
const PROGRAMS = ['usr/lib/recard/bin/node', 'usr/bin/printf'];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'recard-units-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The settings of one name, as they stand there. */
const settings = (unit: string, name: string) =>
  [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value);

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
  for (const name of ['-.slice', 'system.slice']) writeFileSync(join(units, name), target);
  writeFileSync(join(units, 'kiosk.service'), UNIT);
  writeFileSync(join(units, 'kiosk@.service'), kioskTemplate(UNIT));
  const args = ['verify', '--man=no', `--root=${root}`, 'kiosk.service', 'kiosk@tty2.service'];
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

test('systemd understands the unit, and the one for other terminals', () => {
  expect(complaints()).toBe('');
});

test('is started again however it ends, but where an administrator has left it: then a login prompt is there', () => {
  for (const [unit, getty] of [
    [UNIT, 'getty@tty1.service'],
    [kioskTemplate(UNIT), 'getty@%i.service'],
  ] as const) {
    expect(settings(unit, 'Restart')).toEqual(['always']);
    expect(settings(unit, 'RestartPreventExitStatus')).toEqual([`${MAINTENANCE}`]);
    expect(settings(unit, 'SuccessExitStatus')).toEqual([`${MAINTENANCE}`]);
    expect(settings(unit, 'OnSuccess')).toEqual([getty]);
    // It gives way when the kiosk is started again.
    expect(settings(unit, 'Conflicts').join(' ').split(' ')).toContain(getty);
  }
});
