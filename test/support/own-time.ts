import { existsSync, readFileSync } from 'node:fs';

/** What the kernel counts: time in which somebody on this machine waited for a core, or for a disk. @see Linux, Documentation/accounting/psi.rst */
const PRESSURE = ['/proc/pressure/cpu', '/proc/pressure/io'].filter((file) => existsSync(file));

/**
 * Begins to count milliseconds, without those in which the machine had others to serve: on one that is idle these are all of them.
 * @returns how many it were until it is called
 */
export function ownTime(): () => number {
  const begun = performance.now();
  const waited = waitedMs();
  return () => performance.now() - begun - (waitedMs() - waited);
}

function waitedMs(): number {
  return PRESSURE.reduce((sum, file) => {
    const [, micros] = /^some .*total=(\d+)$/m.exec(readFileSync(file, 'utf8'))!;
    return sum + Number(micros) / 1000;
  }, 0);
}
