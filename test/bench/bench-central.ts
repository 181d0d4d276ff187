import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Central } from '../../src/central/central.ts';
import { prepareClusterFolder } from '../../src/central/cluster-folder.ts';
import { livePostmaster } from '../../src/central/cluster-process.ts';
import { enrolKiosk } from '../../src/central/enrolment/enrol.ts';
import { writeIdentity } from '../../src/kiosk/identity-file.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { makeNewKey } from '../../src/kiosk/new-identity.ts';
import { parseToken } from '../../src/protocol/enrolment.ts';
import { inviteForTest } from '../central/support/invite-for-test.ts';
import type { CentralProgram } from '../sync/central-program.ts';
import { openDatabase } from '../sync/open-database.ts';

/** Central as it is run: programs of their own on a PostgreSQL of their own with fsync, kiosks over TLS. */
export interface BenchCentral {
  readonly folder: string;
  /** Of central, for whoever opens it too. */
  readonly stateDir: string;
  readonly databaseUrl: string;
  /** Beside the programs: to fill the database, and to look. */
  readonly central: Central;
  readonly programs: readonly CentralProgram[];
  /** For kiosks, of each program. */
  readonly urls: readonly string[];
  /** Has a kiosk enrolled that may see everybody. @returns its state folder */
  addKiosk(name: string): Promise<string>;
  /** Processor time of the programs, and of all of PostgreSQL, since they began. */
  cpuMs(): CpuMs;
  /** What the programs have resident, in bytes. */
  residentBytes(): number;
  close(): Promise<void>;
}

export interface CpuMs {
  readonly programs: number;
  readonly database: number;
}

/** @param names of the centrals */
export async function openBenchCentral(names: readonly string[] = ['one']): Promise<BenchCentral> {
  const folder = mkdtempSync(join(tmpdir(), 'recard-bench-'));
  // The authority is where a central keeps its own, so that whoever opens the state folder has it.
  const opened = await openDatabase(folder, names, join(folder, 'state'));
  const { stateDir, databaseUrl, central, programs } = opened;
  const fail = (fault: string) => {
    throw new Error(`bench: ${fault}`);
  };
  for (const program of programs) await program.start(fail);
  return {
    ...{ folder, stateDir, databaseUrl, central, programs },
    urls: programs.map(({ port }) => `https://127.0.0.1:${port}`),
    async addKiosk(name) {
      const place = join(folder, name);
      mkdirSync(place);
      await enrolDirectly(central, name, place);
      return place;
    },
    cpuMs: () => ({
      programs: sum(programs.map(({ child }) => cpuMs(child.process?.pid))),
      database: databaseCpuMs(livePostmaster(prepareClusterFolder(stateDir))),
    }),
    residentBytes: () => sum(programs.map(({ child }) => residentBytes(child.process?.pid))),
    async close() {
      await Promise.all(programs.map((program) => program.end()));
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Without the network, which lets only so many enrol in a minute. */
async function enrolDirectly(central: Central, name: string, place: string): Promise<void> {
  const token = parseToken(await inviteForTest(central, name));
  const key = await makeNewKey(name);
  const answer = await enrolKiosk(central, { secret: token!.secret, request: key.request });
  const authority = new X509Certificate(central.authority.kioskAuthority.certificate);
  writeIdentity(identityPath(place), key.identity(answer, authority).text, false);
}

const TICK_MS = 10;

/** Of one process, and of its children that have ended. @see proc(5), /proc/pid/stat */
function cpuMs(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return TICK_MS * sum(fields.slice(11, 15).map(Number));
  } catch {
    return 0;
  }
}

/** @see proc(5), VmRSS */
function residentBytes(pid: number | undefined): number {
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
}

function databaseCpuMs(postmaster: number | null): number {
  const isChild = (pid: string) => parentOf(pid) === postmaster;
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChild(name));
  return sum([String(postmaster), ...children].map((pid) => cpuMs(Number(pid))));
}

function parentOf(pid: string): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1]);
  } catch {
    return null;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
