import { readFileSync } from 'node:fs';

const SIGUSR1 = 10;

/** Whether a process handles SIGUSR1: Node does, and opens a debugger then, unless it is told not to. @param status proc_pid_status(5) */
export function isSigusr1Caught(status: string): boolean {
  const caught = BigInt(`0x${/^SigCgt:\t([0-9a-f]+)$/m.exec(status)![1]}`);
  return ((caught >> BigInt(SIGUSR1 - 1)) & 1n) === 1n;
}

/** The same of a process that runs. */
export function catchesSigusr1(pid: number | undefined): boolean {
  return isSigusr1Caught(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
