import { type Finding, good, note, wrong } from '../finding.ts';
import type { Machine } from '../machine.ts';

const PROGRAM = '/usr/sbin/pcscd';
const SOCKET = '/run/pcscd/pcscd.comm';
const GROUP = 'recard-pcsc';
const POLICY = '/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy';
const RULE = '/usr/share/polkit-1/rules.d/50-recard-pcsc.rules';
const LIBRARY = 'libpcsclite.so';
const OTHERS = 0o007;
const NOBODY = 65_534;

/** pcscd: there, running, open to the kiosk and to nobody else; the readers that it has, and who else uses them. */
export async function checkCardService(machine: Machine): Promise<readonly Finding[]> {
  const status = await machine.connect(SOCKET);
  if (status === 'ENOENT') return [absent(machine)];
  if (status === 'ECONNREFUSED') {
    return [
      wrong(
        'card-service',
        'pcscd does not answer at its socket',
        'systemctl restart pcscd.socket pcscd.service',
      ),
    ];
  }
  const rights = [rightsOfSocket(machine), polkitRule(machine)];
  if (status !== 'ok') {
    const says = `this user may not speak to pcscd (${status})`;
    const remedy = `run the doctor as root, or let the user in: adduser NAME ${GROUP}, and sign in again`;
    return [wrong('card-service', says, remedy), ...rights];
  }
  return [
    good('card-service', 'pcscd answers'),
    ...rights,
    ...(await checkReaders(machine)),
    otherPrograms(machine),
  ];
}

function absent(machine: Machine): Finding {
  if (machine.file(PROGRAM) === null) {
    return wrong('card-service', 'pcscd is not installed', 'apt install pcscd libccid');
  }
  return wrong('card-service', 'pcscd does not run', 'systemctl enable --now pcscd.socket');
}

function rightsOfSocket(machine: Machine): Finding {
  const socket = machine.file(SOCKET);
  const group = /^(\d+)$/.exec(groupId(machine) ?? '')?.[1];
  if (group === undefined) {
    return wrong(
      'card-rights',
      `there is no group ${GROUP}`,
      'install the package again: apt install --reinstall recard',
    );
  }
  if (socket === null)
    return note('card-rights', 'the rights of its socket cannot be seen', 'run the doctor as root');
  if ((socket.mode & OTHERS) !== 0) {
    const remedy =
      'systemctl daemon-reload; systemctl stop pcscd.service pcscd.socket; systemctl start pcscd.socket';
    return wrong('card-rights', 'every program on this machine may use the readers', remedy);
  }
  // As a unit with users of its own sees the groups of others (PrivateUsers=yes).
  if (socket.gid === NOBODY) return good('card-rights', 'only one group may use the readers');
  if (socket.gid === Number(group)) return good('card-rights', `only ${GROUP} may use the readers`);
  const says = `its socket belongs to another group (${socket.gid}) than ${GROUP}`;
  return wrong('card-rights', says, 'look for another drop-in of pcscd.socket: systemctl cat pcscd.socket');
}

function groupId(machine: Machine): string | undefined {
  const line = (machine.read('/etc/group') ?? '').split('\n').find((text) => text.startsWith(`${GROUP}:`));
  return line?.split(':')[2];
}

function polkitRule(machine: Machine): Finding {
  if (machine.file(POLICY) === null) return good('card-polkit', 'pcscd does not ask polkit here');
  // The folder of rules is polkit's own: who is not root may not look into it.
  if (machine.file(RULE) !== null) return good('card-polkit', 'polkit has the rule for the kiosk');
  if (machine.uid !== 0)
    return note('card-polkit', 'polkit’s rules cannot be seen', 'run the doctor as root');
  return wrong('card-polkit', 'polkit has no rule that lets the kiosk in', 'apt install --reinstall recard');
}

/** Each reader, and what is in it. */
export async function checkReaders(machine: Machine): Promise<readonly Finding[]> {
  const readers = await machine.readers();
  if (readers === null) {
    return [
      wrong(
        'readers',
        'pcscd was reached and then did not answer',
        'systemctl restart pcscd.service; journalctl -u pcscd',
      ),
    ];
  }
  if (readers.length === 0) {
    return [
      wrong(
        'readers',
        'no reader is plugged in',
        'plug one in; lsusb names it, and it must be a CCID reader',
      ),
    ];
  }
  return readers.map(({ name, card }) => {
    if (card === 'mute') {
      return wrong(
        'readers',
        `${name}: the card in it does not answer`,
        'take it out, look at its chip, put it in the right way up',
      );
    }
    return good('readers', `${name}: ${card === 'none' ? 'empty' : 'a card is in it'}`);
  });
}

function otherPrograms(machine: Machine): Finding {
  const programs = machine.programsWith(LIBRARY);
  if (programs === null) {
    const says = 'whether another program uses the readers cannot be seen from here';
    return note('reader-users', says, 'run recard doctor as root');
  }
  const others = programs.filter((program) => !/^(pcscd|node|MainThread|recard)\b/.test(program));
  if (others.length === 0) return good('reader-users', 'no other program uses the readers');
  const says = `other programs use the readers, and can hold a card for themselves: ${others.join(', ')}`;
  return wrong('reader-users', says, 'end them and keep them from starting on this machine');
}
