import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyFiles, swapIn } from '../../src/kiosk/copy/copy-files.ts';
import { readMeta } from '../../src/kiosk/copy/copy-schema.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { writeTestIdentity } from '../support/test-line.ts';
import { seeded } from '../tear/seeded.ts';
import { bundle } from './support/bundle.ts';
import { FakeCentral } from './support/fake-central.ts';
import { aCopy, aPerson } from './support/small-world.ts';

/** SY-01: the copy of a kiosk that is killed with -9 again and again, while it catches up and while copies are swapped. */

const KILLS = 12;
/** Each so-manieth is killed only once it has caught up. */
const PATIENT = 4;
const SEED = 20_261_122;
const PEOPLE = 300;
let folder: string;
let program: { readonly folder: string; readonly file: string };
let central: FakeCentral;
let url: string;
const path = () => join(folder, 'replica.sqlite');

beforeAll(async () => {
  const at = mkdtempSync(join(tmpdir(), 'recard-program-'));
  program = { folder: at, file: bundle(join(import.meta.dirname, 'support/copy-killed-process.ts'), at) };
  folder = mkdtempSync(join(tmpdir(), 'recard-copy-killed-'));
  central = new FakeCentral(everybody('of the first hour'));
  url = await central.start();
  await writeTestIdentity(identityPath(folder));
});
afterAll(async () => {
  await central.close();
  for (const one of [program.folder, folder]) rmSync(one, { recursive: true });
});

/** The same people each time, with one name for all of them: it shows whether a copy is of one piece. */
function everybody(displayName: string): ReturnType<typeof aCopy> {
  const people = Array.from({ length: PEOPLE }, (_, i) =>
    aPerson({ id: `33333333-3333-4333-8333-${String(i).padStart(12, '3')}`, displayName }),
  );
  return aCopy({ people });
}

/**
 * Lives so long after it has begun, or (null) until its copy is central's.
 * @returns how long it has lived, in milliseconds
 */
async function liveAndDie(lifeMs: number | null): Promise<number> {
  const kiosk = spawn(process.execPath, [program.file, folder, url]);
  const ended = once(kiosk, 'close');
  let complaint = '';
  let said = '';
  const { promise: hasReached, resolve: reached } = Promise.withResolvers<void>();
  kiosk.stderr.on('data', (chunk) => (complaint += chunk));
  kiosk.stdout.on('data', (chunk) => {
    said += chunk;
    if (said.split('\n').includes(String(central.scope.head))) reached();
  });
  await Promise.race([once(kiosk.stdout, 'data'), ended]);
  const begunAt = performance.now();
  await Promise.race([lifeMs === null ? hasReached : delay(lifeMs), ended]);
  const livedMs = performance.now() - begunAt;
  kiosk.kill('SIGKILL');
  await ended;
  expect(complaint).toBe('');
  return livedMs;
}

/** What is on the disk, looked at as the next start does. Null while there is none. */
function look(): { revision: number; names: string[] } | null {
  swapIn(copyFiles(path()));
  if (!existsSync(path())) return null;
  const db = new Database(path());
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const names = db.prepare('select distinct display_name from people').pluck().all() as string[];
    return { revision: readMeta(db).revision, names };
  } finally {
    db.close();
  }
}

test(`is whole after each of ${KILLS} kills, and at one of central's states`, async () => {
  const chance = seeded(SEED);
  // However busy the machine is: some kills come before a kiosk has caught up, and some after.
  let wholeLifeMs = await liveAndDie(null);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    central.data = everybody(`of hour ${kill}`);
    if (chance.next() < 0.3) central.scope.restore(central.scope.head, crypto.randomUUID());
    const isPatient = kill % PATIENT === 0;
    if (isPatient) wholeLifeMs = await liveAndDie(null);
    else await liveAndDie(chance.between(0, Math.ceil(wholeLifeMs)));
    const copy = look()!;
    expect(copy.names, `kill ${kill} of seed ${SEED}`).toHaveLength(1);
    if (isPatient) expect(copy.revision).toBe(central.scope.head);
    else expect(copy.revision).toBeLessThanOrEqual(central.scope.head);
  }
  await liveAndDie(null);
  expect(look()).toEqual({ revision: central.scope.head, names: [`of hour ${KILLS}`] });
}, 200_000);
