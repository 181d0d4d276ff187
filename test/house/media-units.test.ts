import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = 'systemd';
const UNITS = readdirSync(FOLDER).filter((name) => /^recard-media.*\.service$/.test(name));
const MOUNTING = ['vfat', 'exfat', 'ext4'].map((kind) => [kind, `recard-media-${kind}@.service`] as const);
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
/** The mount command of a unit, as systemd would split it. */
const mountCommand = (unit: string) =>
  /^ExecStart=-(\/usr\/bin\/mount .*)$/m.exec(read(unit))![1]!.split(' ');

test('systemd takes every unit for removable media', () => {
  expect(UNITS).toHaveLength(4);
  for (const unit of UNITS)
    execFileSync('systemd-analyze', ['verify', `./${FOLDER}/${unit}`], { stdio: 'pipe' });
});

test.each(MOUNTING)(
  'a stick with %s is mounted as that and nothing else, without programs, devices or links',
  (kind, unit) => {
    const [, type, is, , options, device, place] = mountCommand(unit);
    expect([type, is, device, place]).toEqual(['-t', kind, '/dev/%i', '/run/recard-media/%i']);
    expect(options!.split(',')).toEqual(expect.arrayContaining(['nosuid', 'nodev', 'noexec', 'nosymfollow']));
    expect(read(unit)).toMatch(/^BindsTo=dev-%i\.device$/m);
    expect(read(unit)).toMatch(/^ExecStop=-\/usr\/bin\/umount --lazy \/run\/recard-media\/%i$/m);
  },
);

test('no unit has a mount namespace of its own, or the kiosk would not see what it mounts', () => {
  const separating =
    /^(Protect(System|Home|Proc|Kernel\w+|ControlGroups)|Private(Tmp|Devices|Mounts|Users)|DynamicUser|(NoExec|ReadOnly|ReadWrite|Inaccessible|Bind)Paths|RootDirectory|TemporaryFileSystem|MountFlags)=/m;
  for (const [, unit] of MOUNTING) expect(read(unit)).not.toMatch(separating);
});

test('no shell ever sees what is written on a stick: units get the name of the device alone', () => {
  for (const name of readdirSync(FOLDER))
    expect(read(name), name).not.toMatch(/\bsh\b|bash|RUN|PROGRAM|LABEL_ENC|%[fIjJ]/);
  const rules = read('90-recard-media.rules')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  for (const rule of rules) expect(rule).toMatch(/^([A-Z]+(\{\w+\})?(==|!=|\+=|=)"[^"]*"(, )?)+$/);
  const wanted = rules.flatMap((rule) =>
    [...rule.matchAll(/SYSTEMD_WANTS\}\+="([^"]*)"/g)].map((match) => match[1]!),
  );
  expect(wanted.map((unit) => unit.replace('@%k', '@')).sort()).toEqual(UNITS.sort());
});

test('what the unit for ext4 does mounts a real file system, safely, and takes it away again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recard-unit-'));
  const image = join(folder, 'image');
  // In a mount namespace of its own, so that nothing is left behind.
  const script = [
    'image=$1; shift',
    'mount -t tmpfs tmpfs /run; mkdir -p /run/recard-media/stick',
    '"$@" -o loop "$image" /run/recard-media/stick',
    'grep " /run/recard-media/stick " /proc/self/mountinfo',
    'umount --lazy /run/recard-media/stick',
    'if grep -q recard-media/stick /proc/self/mountinfo; then exit 1; fi',
  ].join('\n');
  try {
    writeFileSync(image, new Uint8Array(2 * 1024 * 1024));
    execFileSync('mkfs.ext4', ['-q', image], { stdio: 'pipe' });
    const command = mountCommand('recard-media-ext4@.service').slice(0, -2);
    const inside = ['--mount', '--propagation', 'private', 'sh', '-euc', script, 'sh', image, ...command];
    const mounted = execFileSync('unshare', inside, { encoding: 'utf8', stdio: 'pipe' });
    expect(mounted).toMatch(/ext4 \/dev\/loop\d+/);
    for (const option of ['nosuid', 'nodev', 'noexec', 'nosymfollow']) expect(mounted).toContain(option);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
