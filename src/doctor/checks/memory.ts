import { type Finding, good, note, wrong } from '../finding.ts';
import type { Machine } from '../machine.ts';

/** Where secrets in memory could reach a disk (SE-02): swap and core dumps. */
export function checkMemory(machine: Machine): readonly Finding[] {
  return [swap(machine), cores(machine)];
}

/** In a unit of its own (ProcSubset=pid). */
function unseen(subject: string): Finding {
  return note(subject, 'it cannot be seen from here', 'run recard doctor as root');
}

function swap(machine: Machine): Finding {
  const swaps = machine.read('/proc/swaps');
  if (swaps === null) return unseen('swap');
  const [, ...lines] = swaps.trim().split('\n');
  if (lines.length === 0) return good('swap', 'there is none');
  if (machine.file('/sys/fs/cgroup/cgroup.controllers') !== null) {
    return note('swap', 'there is some; the unit keeps the kiosk out of it (MemorySwapMax=0)', null);
  }
  const says = 'there is some, and without cgroup v2 the unit cannot keep the kiosk out of it';
  return wrong(
    'swap',
    says,
    'swapoff -a and take it out of /etc/fstab; or start with systemd.unified_cgroup_hierarchy=1',
  );
}

function cores(machine: Machine): Finding {
  const pattern = machine.read('/proc/sys/kernel/core_pattern')?.trim();
  if (pattern === undefined) return unseen('core-dumps');
  const isPiped = pattern.startsWith('|');
  // systemd's own collector keeps to the unit's LimitCORE=0; the kernel does not where it hands a dump to a program.
  if (!isPiped || pattern.includes('systemd-coredump'))
    return good('core-dumps', 'the kiosk leaves none (LimitCORE=0)');
  return wrong(
    'core-dumps',
    `they are handed to a program: ${pattern}`,
    'echo kernel.core_pattern=core >/etc/sysctl.d/60-core.conf; sysctl --system',
  );
}
