import type { FileFacts, Machine } from '../../src/doctor/machine.ts';

/** Where everything is a kiosk's as it should be: readers, central, rights. */
const FILES: Readonly<Record<string, FileFacts>> = {
  '/usr/sbin/pcscd': { kind: 'file', mode: 0o755, uid: 0, gid: 0 },
  '/run/pcscd/pcscd.comm': { kind: 'socket', mode: 0o660, uid: 0, gid: 997 },
  '/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy': { kind: 'file', mode: 0o644, uid: 0, gid: 0 },
  '/usr/share/polkit-1/rules.d/50-recard-pcsc.rules': { kind: 'file', mode: 0o644, uid: 0, gid: 0 },
  '/run/systemd/system': { kind: 'folder', mode: 0o755, uid: 0, gid: 0 },
  '/sys/fs/cgroup/cgroup.controllers': { kind: 'file', mode: 0o444, uid: 0, gid: 0 },
  '/var/lib/recard/kiosk': { kind: 'folder', mode: 0o700, uid: 996, gid: 996 },
  '/var/lib/recard/kiosk/identity.pem': { kind: 'file', mode: 0o600, uid: 996, gid: 996 },
  '/var/lib/recard/kiosk/own.sqlite': { kind: 'file', mode: 0o600, uid: 996, gid: 996 },
};
const TEXTS: Readonly<Record<string, string>> = {
  '/etc/group': 'root:x:0:\nrecard-pcsc:x:997:recard\n',
  '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nrecard:x:996:996::/var/lib/recard:/usr/sbin/nologin\n',
  '/proc/sys/kernel/sysrq': '0\n',
  '/proc/sys/kernel/core_pattern': 'core\n',
  '/proc/swaps': 'Filename\tType\tSize\tUsed\tPriority\n',
};
const ANSWERS: Readonly<Record<string, string>> = {
  'systemctl is-enabled kiosk.service': 'enabled\n',
  'systemctl is-active kiosk.service': 'active\n',
  'systemctl is-active getty@tty1.service': 'inactive\n',
  'systemctl is-enabled ctrl-alt-del.target': 'masked\n',
};
/** What the clock of such a machine says. */
export const NOW = new Date('2026-11-22T12:00:00Z');

/** What is different on it; a null takes something away. */
export interface Different extends Omit<Partial<Machine>, 'file' | 'read' | 'run'> {
  readonly files?: Readonly<Record<string, FileFacts | null>>;
  readonly texts?: Readonly<Record<string, string | null>>;
  readonly answers?: Readonly<Record<string, string | null>>;
}

/** A machine on which all is well but what is said to be different. */
export function aMachine({ files, texts, answers, ...ports }: Different = {}): Machine {
  const allFiles: Readonly<Record<string, FileFacts | null>> = { ...FILES, ...files };
  const allTexts: Readonly<Record<string, string | null>> = { ...TEXTS, ...texts };
  const allAnswers: Readonly<Record<string, string | null>> = { ...ANSWERS, ...answers };
  return {
    nodeVersion: 'v24.21.0',
    env: { LANG: 'C.UTF-8' },
    uid: 0,
    now: () => NOW,
    terminal: () => ({ columns: 100, rows: 30, colourDepth: 4, name: 'linux' }),
    read: (path) => allTexts[path] ?? null,
    file: (path) => allFiles[path] ?? null,
    freeMiB: () => 20_000,
    async run(program, ...args) {
      const text = allAnswers[[program, ...args].join(' ')] ?? null;
      return text === null ? null : { status: 0, text };
    },
    connect: async () => 'ok',
    programsWith: () => ['pcscd (300)', 'node (400)'],
    readers: async () => [{ name: 'Cherry ST-2100', card: 'none' }],
    configuration: () => ({
      ...{ name: 'Lobby', centralUrl: 'https://central.example:8443', language: 'en', idleSeconds: 90 },
      ...{ stateFolder: '/var/lib/recard/kiosk', logFile: '/var/log/recard/kiosk.log' },
      mediaFolder: '/run/recard/media',
    }),
    identity: () => ({
      ...{ kioskId: '00000000-0000-4000-8000-000000000000', certificateSerial: '01' },
      ...{ notBefore: new Date('2026-11-01T00:00:00Z'), notAfter: new Date('2027-01-30T00:00:00Z') },
      ...{ privateKeyPem: '', certificatePem: '', authorityPem: '', sign: () => new Uint8Array() },
    }),
    central: async () => ({ unreachable: null, refusedAs: null, now: NOW }),
    database: () => 'ok',
    ...ports,
  };
}
