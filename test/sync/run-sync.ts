import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describeFinding } from '../../src/central/audit/finding.ts';
import { verifyAudit } from '../../src/central/audit/verify-audit.ts';
import { listHeads } from '../../src/central/repositories/copy-log.ts';
import { until } from '../support/pcscd.ts';
import { seeded } from '../tear/seeded.ts';
import { checkFile, compareCopy } from './compare-copies.ts';
import { compareEvents } from './compare-events.ts';
import { runMishaps } from './mishaps.ts';
import { complaints } from './read-logs.ts';
import { openWorld, type SyncWorld } from './sync-world.ts';
import { Writers } from './writers.ts';

export interface SyncWishes {
  /** How long mishaps happen; 0: each once. */
  readonly minutes: number;
  readonly isLarge: boolean;
  readonly seed: number;
  /** Told of what is being done, and of everything that is not as it should be (`NOT …`). */
  say(line: string): void;
}

/** The last line of `npm run test:sync`. */
export interface SyncReport {
  readonly kiosks: number;
  readonly events: number;
  readonly lost: number;
  readonly doubled: number;
  readonly differing_copies: number;
  readonly seed: number;
}

const SMALL = { kiosks: 6, processes: 3, eventGapMs: 150, writers: 4 } as const;
const LARGE = { kiosks: 20, processes: 5, eventGapMs: 600, writers: 8 } as const;
const QUIET_LIMIT_MS = 300_000;
const POLL_MS = 100;
const SHOWN = 5;

/** Two centrals, kiosks and writers, and everything that can happen to them; then looks whether all have the same. */
export async function runSync({ minutes, isLarge, seed, say }: SyncWishes): Promise<SyncReport> {
  const size = isLarge ? LARGE : SMALL;
  const onFault = (fault: string) => say(`NOT AS IT SHOULD BE: ${fault}, seed ${seed}`);
  const world = await openWorld({ ...size, seed }, onFault);
  try {
    await Promise.all(
      world.programs.map(({ child }) => child.start((error) => onFault(`kiosks: ${error.message}`))),
    );
    await until('the first copies', () => haveCopies(world), QUIET_LIMIT_MS);
    const writers = new Writers(onFault);
    const chances = Array.from({ length: size.writers }, (_, n) => seeded(seed + n + 1));
    writers.start(world, chances);
    const end = Date.now() + minutes * 60_000;
    await runMishaps({ world, writers, chance: seeded(seed), onFault, say }, () => Date.now() < end);
    await writers.stop();
    say(`${writers.committed} transactions were committed`);
    for (const program of world.programs) program.hush();
    await untilQuiet(world, onFault);
    await world.end().catch((error: Error) => onFault(`the end: ${error.message}`));
    return await look(world, seed, onFault);
  } finally {
    await world.close();
  }
}

async function haveCopies({ kiosks, programs }: SyncWorld): Promise<boolean> {
  const reports = (await Promise.all(programs.map((program) => program.report()))).flat();
  return reports.length === kiosks.length && reports.every(({ revision }) => revision !== null);
}

/** Every kiosk has what central has, and central every event of theirs; or that takes too long. */
async function untilQuiet(world: SyncWorld, onFault: (fault: string) => void): Promise<void> {
  for (const limit = Date.now() + QUIET_LIMIT_MS; ; await delay(POLL_MS)) {
    const late = await whoIsLate(world);
    if (late.length === 0) return;
    if (Date.now() < limit) continue;
    for (const one of late) onFault(`not quiet after ${QUIET_LIMIT_MS} ms: ${one}`);
    return;
  }
}

async function whoIsLate({ central, kiosks, programs }: SyncWorld): Promise<string[]> {
  const heads = new Map((await listHeads(central.database)).map((head) => [head.scopeId, head]));
  const reports = (await Promise.all(programs.map((program) => program.report()))).flat();
  return kiosks.flatMap(({ place: { name }, scopeId }) => {
    const [found, head] = [reports.find((one) => one.name === name), heads.get(scopeId)];
    const isThere = found?.waiting === 0 && found.epoch === head?.epoch && found.revision === head?.revision;
    return isThere ? [] : [`${JSON.stringify(found)}, central ${JSON.stringify(head)}`];
  });
}

async function look(world: SyncWorld, seed: number, onFault: (fault: string) => void): Promise<SyncReport> {
  const { central, kiosks, programs } = world;
  const recorded = new Map(programs.flatMap((program) => [...program.recorded]));
  const total = { events: 0, lost: 0, doubled: 0, differing: 0 };
  for (const kiosk of kiosks) {
    const { folder, name } = kiosk.place;
    const differing = await compareCopy(central, kiosk);
    for (const line of differing.slice(0, SHOWN)) onFault(line);
    if (differing.length > 0) total.differing += 1;
    const counted = await compareEvents(central, kiosk, recorded.get(name) ?? -1);
    for (const fault of counted.faults) onFault(fault);
    if (counted.lost + counted.doubled > 0) onFault(`${name}: ${JSON.stringify(counted)}`);
    total.events += counted.events;
    total.lost += counted.lost;
    total.doubled += counted.doubled;
    for (const file of ['own.sqlite', 'replica.sqlite']) {
      const damage = checkFile(join(folder, file));
      if (damage) onFault(`${name}, ${file}: ${damage}`);
    }
  }
  for (const finding of (await verifyAudit(central)).findings) onFault(describeFinding(finding));
  for (const line of readLogs(world)) onFault(line);
  const { events, lost, doubled, differing: differing_copies } = total;
  return { kiosks: kiosks.length, events, lost, doubled, differing_copies, seed };
}

function readLogs({ centrals, kiosks }: SyncWorld): string[] {
  const logs = [
    ...centrals.map(({ name, logFile }) => [name, logFile] as const),
    ...kiosks.map(({ place: { name, folder } }) => [name, join(folder, 'kiosk.log')] as const),
  ];
  return logs.flatMap(([name, path]) =>
    complaints(path)
      .slice(0, SHOWN)
      .map((line) => `${name} says ${line}`),
  );
}
