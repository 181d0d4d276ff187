import { existsSync, readFileSync } from 'node:fs';

/** What the kernel counts: time in which somebody on this machine waited for a core, or for a disk. @see Linux, Documentation/accounting/psi.rst */
const PRESSURE = ['/proc/pressure/cpu', '/proc/pressure/io'].filter((file) => existsSync(file));
/** So often it is looked whether this process was let run; it hangs a little all the time. */
const LOOK_MS = 20;

/**
 * Begins to count milliseconds, without those in which the machine had others to serve, or in which it did not let this
 * process run at all: on one that is idle these are all of them.
 * @returns how many it were until it is called, once
 */
export function ownTime(): () => number {
  let ownMs = 0;
  let last = lookNow();
  const look = () => {
    const now = lookNow();
    ownMs += ownMsBetween(last, now);
    last = now;
  };
  const looking = setInterval(look, LOOK_MS).unref();
  return () => {
    clearInterval(looking);
    look();
    return ownMs;
  };
}

interface Look {
  readonly wallMs: number;
  /** In which somebody waited. */
  readonly waitedMs: number;
  /** That this process has had of the cores. */
  readonly usedMs: number;
}

function lookNow(): Look {
  const { user, system } = process.cpuUsage();
  return { wallMs: performance.now(), waitedMs: waitedMs(), usedMs: (user + system) / 1000 };
}

/** A look that comes late though nothing was done in this process came late because nothing could be done. */
function ownMsBetween(last: Look, now: Look): number {
  const wallMs = now.wallMs - last.wallMs;
  const stoppedMs = wallMs - LOOK_MS - (now.usedMs - last.usedMs);
  return Math.max(0, wallMs - Math.max(now.waitedMs - last.waitedMs, stoppedMs, 0));
}

function waitedMs(): number {
  return PRESSURE.reduce((sum, file) => {
    const [, micros] = /^some .*total=(\d+)$/m.exec(readFileSync(file, 'utf8'))!;
    return sum + Number(micros) / 1000;
  }, 0);
}
