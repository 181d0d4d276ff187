import { type Finding, good, note, wrong } from '../finding.ts';
import type { Machine } from '../machine.ts';

const UNIT = 'kiosk.service';
const TERMINAL = 'tty1';

/** The unit, and whatever else could have its terminal. */
export async function checkUnits(machine: Machine): Promise<readonly Finding[]> {
  const enabled = await machine.run('systemctl', 'is-enabled', UNIT);
  if (enabled === null && machine.file('/run/systemd/system') !== null) {
    return [note('unit', 'systemd cannot be asked from here', 'run recard doctor as root')];
  }
  if (enabled === null || machine.file('/run/systemd/system') === null) {
    return [note('unit', 'systemd does not run here: nothing starts the kiosk again when it ends', null)];
  }
  if (/not-found|No such file/.test(enabled.text) || enabled.text.trim() === '') {
    return [wrong('unit', `${UNIT} is not installed`, 'apt install ./recard_VERSION_ARCHITECTURE.deb')];
  }
  const active = await answer(machine, 'is-active', UNIT);
  const getty = await answer(machine, 'is-active', `getty@${TERMINAL}.service`);
  return [
    unit(enabled.text.trim(), active),
    terminal(active, getty),
    ...console(machine, await ctrlAltDel(machine)),
  ];
}

async function answer(machine: Machine, verb: string, name: string): Promise<string> {
  return (await machine.run('systemctl', verb, name))?.text.trim() ?? '';
}

function unit(enabled: string, active: string): Finding {
  if (enabled !== 'enabled') {
    return wrong(
      'unit',
      `${UNIT} does not start with the machine (${enabled})`,
      `systemctl enable --now ${UNIT}`,
    );
  }
  if (active === 'active') return good('unit', `${UNIT} runs, and starts with the machine`);
  return wrong(
    'unit',
    `${UNIT} is ${active}`,
    `systemctl start ${UNIT}; journalctl -u ${UNIT} says why it ended`,
  );
}

function terminal(active: string, getty: string): Finding {
  if (getty !== 'active') return good('getty', `no login prompt on ${TERMINAL}`);
  if (active !== 'active') return note('getty', `a login prompt has ${TERMINAL} until the kiosk starts`);
  return wrong(
    'getty',
    `a login prompt runs on ${TERMINAL} beside the kiosk`,
    `systemctl disable --now getty@${TERMINAL}`,
  );
}

function ctrlAltDel(machine: Machine): Promise<string> {
  return answer(machine, 'is-enabled', 'ctrl-alt-del.target');
}

/** Keys that the kernel and systemd keep from the kiosk. */
function console(machine: Machine, ctrlAltDelState: string): readonly Finding[] {
  const sysrq = machine.read('/proc/sys/kernel/sysrq')?.trim() ?? '0';
  return [
    ctrlAltDelState === 'masked'
      ? good('ctrl-alt-del', 'it does nothing')
      : wrong(
          'ctrl-alt-del',
          'whoever presses it restarts the machine',
          'systemctl mask ctrl-alt-del.target',
        ),
    sysrq === '0'
      ? good('sysrq', "the kernel's own keys do nothing")
      : wrong(
          'sysrq',
          `the kernel's own keys work (kernel.sysrq = ${sysrq})`,
          'echo kernel.sysrq=0 >/etc/sysctl.d/60-kiosk.conf; sysctl --system',
        ),
  ];
}
