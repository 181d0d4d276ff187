import { join } from 'node:path';
import type { KioskConfiguration } from '../../kiosk/configuration.ts';
import { identityPath } from '../../kiosk/identity-path.ts';
import { type Finding, good, note, wrong } from '../finding.ts';
import type { Machine } from '../machine.ts';

const USER = 'recard';
/** Inside of the folder, which nobody else may enter. */
const OWN = 'own.sqlite';
const FREE_MIB = 500;
const NOT_OWNER = 0o077;

/** What the kiosk keeps: room, rights, and whether its databases are whole. */
export function checkState(machine: Machine, { stateFolder }: KioskConfiguration): readonly Finding[] {
  const folder = machine.file(stateFolder);
  if (folder === null) {
    return [
      note(
        'state',
        `${stateFolder} is not there, or not yours to see`,
        'run the doctor as root; enrolling makes the folder',
      ),
    ];
  }
  return [
    checkRoom(machine, stateFolder),
    ...['', identityPath(''), OWN].flatMap((name) => checkRights(machine, join(stateFolder, name))),
    ...[OWN, 'replica.sqlite'].flatMap((name) => checkWhole(machine, join(stateFolder, name))),
  ];
}

function checkRoom(machine: Machine, stateFolder: string): Finding {
  const free = machine.freeMiB(stateFolder);
  if (free !== null && free >= FREE_MIB) return good('disk', `${free} MiB are free`);
  return wrong(
    'disk',
    `${free ?? 0} MiB are free, ${FREE_MIB} are needed`,
    `make room: du -xh --max-depth=2 ${stateFolder} /var | sort -h`,
  );
}

function checkRights(machine: Machine, path: string): readonly Finding[] {
  const file = machine.file(path);
  if (file === null) return [];
  const owner = userId(machine);
  const mode = file.kind === 'folder' ? '0700' : '0600';
  if ((file.mode & NOT_OWNER) !== 0 && !path.endsWith(OWN)) {
    const says = `${path} is open to others than its owner (${octal(file.mode)})`;
    return [wrong('state-rights', says, `chmod ${mode} ${path}`)];
  }
  if (owner !== null && file.uid !== owner) {
    return [wrong('state-rights', `${path} does not belong to ${USER}`, `chown ${USER}:${USER} ${path}`)];
  }
  return [good('state-rights', `${path} is its owner's alone`)];
}

/** Null on a machine where the kiosk has no user of its own. */
function userId(machine: Machine): number | null {
  const line = (machine.read('/etc/passwd') ?? '').split('\n').find((text) => text.startsWith(`${USER}:`));
  return line === undefined ? null : Number(line.split(':')[2]);
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function checkWhole(machine: Machine, path: string): readonly Finding[] {
  const said = machine.database(path);
  if (said === null) return [];
  if (said === 'ok') return [good('database', `${path} is whole`)];
  const remedy =
    'restart the kiosk: it sets a damaged file aside and begins a new one; then look at the disk (smartctl, dmesg)';
  return [wrong('database', `${path}: ${said}`, remedy)];
}
