import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { prepareClusterFolder } from '../../src/central/cluster-folder.ts';
import { auditCommand } from '../../src/central/command/audit.ts';
import { findCertificate } from '../../src/central/repositories/certificates.ts';
import { findOperation } from '../../src/central/repositories/operations.ts';
import { openCentralForCommand } from '../../src/central/server.ts';
import type { Said } from './support/completing-process.ts';

/** Acknowledged before everything is killed; at that moment others are at every step of theirs. */
const ACKNOWLEDGED = 4;

let child: ChildProcess | undefined;
let stateDir: string | undefined;

afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  if (stateDir) rmSync(stateDir, { recursive: true, force: true });
});

type Completed = Extract<Said, { readonly operationId: string }>;

/** Kills PostgreSQL and central in the middle of completions. @returns those that a kiosk was told of */
async function killAtWork(): Promise<Completed[]> {
  const program = join(import.meta.dirname, 'support', 'completing-process.ts');
  const started = fork(program, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  child = started;
  const completed: Completed[] = [];
  const gone = once(started, 'exit');
  await new Promise<void>((resolve, reject) => {
    let complaint = '';
    started.stderr?.on('data', (text) => (complaint += text));
    started.once('exit', () => reject(new Error(complaint)));
    started.on('message', (said: Said) => {
      if ('stateDir' in said) stateDir = said.stateDir;
      else completed.push(said);
      if (completed.length >= ACKNOWLEDGED) resolve();
    });
  });
  const { data } = prepareClusterFolder(stateDir!);
  const postmaster = Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10);
  process.kill(postmaster, 'SIGKILL');
  started.kill('SIGKILL');
  await gone;
  return completed;
}

test('no operation is lost that a kiosk was told is complete, when PostgreSQL and central are killed', async () => {
  const completed = await killAtWork();
  const { central, close } = await openCentralForCommand(stateDir!, null);
  try {
    for (const { operationId, cardId, serialNumbers } of completed) {
      expect(await findOperation(central.database, operationId)).toMatchObject({
        state: 'completed',
        cardId,
      });
      for (const serialNumber of serialNumbers) {
        const found = await findCertificate(central.database, serialNumber);
        expect(found).toMatchObject({ state: 'active', isOnCard: true });
      }
    }
    const { rows } = (await central.database.execute(
      sql`select entry::json ->> 'operationId' as id from audit where entry like '%"type":"operation.completed"%'`,
    )) as unknown as { rows: { id: string }[] };
    const ids = completed.map(({ operationId }) => operationId);
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    // What was cut off is whole as well, whichever of them they are.
    let said = '';
    const write = (text: string) => (said += text);
    await auditCommand(central, ['list', '--json'], { stdout: { write }, stderr: { write } });
    expect(JSON.parse(said)).toMatchObject({ isIntact: true });
    const { rows: settings } = (await central.database.execute(
      sql`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    )) as unknown as { rows: unknown[] };
    expect(settings).toEqual([{ fsync: 'on', commit: 'on' }]);
  } finally {
    await close();
  }
});
