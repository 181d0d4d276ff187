import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningDemo, startDemo } from '../support/demo.ts';
import { lockPcscd, PCSCD_HOOK_LIMIT_MS, until } from '../support/pcscd.ts';
import { PATIENCE } from '../support/soon.ts';

vi.setConfig(PATIENCE);

/** `npm run demo -- --pcsc` with a pcscd of its own. */
let unlock: () => Promise<void>;
let demo: RunningDemo;

beforeAll(async () => {
  unlock = await lockPcscd();
  demo = await startDemo({ args: ['--pcsc'] });
}, PCSCD_HOOK_LIMIT_MS);
afterAll(async () => {
  await demo?.close();
  await unlock?.();
});

interface Process {
  readonly pid: number;
  readonly name: string;
  readonly parent: number;
}

/** Every process that lives; one that has ended, and whose parent has not noticed, does not. @see proc(5) */
function processes(): Process[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const [, name, state, parent] = /\((.*)\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!;
      return state === 'Z' ? [] : [{ pid: Number(pid), name: name!, parent: Number(parent) }];
    } catch {
      return [];
    }
  });
}

/** A process and all that it has started, and what those have started. */
function family(pid: number): Process[] {
  const all = processes();
  const found = all.filter((one) => one.pid === pid);
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.pid));
  return found;
}

function pcscdOf(kioskPid: number): number | undefined {
  return family(kioskPid).find(({ name }) => name === 'pcscd')?.pid;
}

test('its pcscd is started again when it was killed, and the card that is in is looked at again', async () => {
  const { kioskPid } = await demo.info();
  expect(await demo.recard('card', 'insert', 'standard')).toMatchObject({ code: 0 });
  await demo.terminal.until('RP-11-card-found');
  const pcscd = pcscdOf(kioskPid)!;
  process.kill(pcscd, 'SIGKILL');
  await demo.terminal.until('Card service down');
  await demo.terminal.until('RP-11-card-found');
  expect(pcscdOf(kioskPid)).not.toBe(pcscd);
  expect(await demo.card('standard')).toMatchObject({ inserted: true });
  expect(await demo.recard('card', 'pull')).toMatchObject({ code: 0 });
  await demo.terminal.until('RP-11-insert-card');
});

test('nothing that it has started outlives it, when it is killed', async () => {
  const started = family((await demo.info()).kioskPid);
  const names = started.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['pcscd', 'postgres']));
  demo.terminal.kill('SIGKILL');
  await until('the end of all of them', () => {
    const alive = new Set(processes().map(({ pid }) => pid));
    return started.every(({ pid }) => !alive.has(pid));
  });
});
