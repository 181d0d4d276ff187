import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { type BenchCentral, type CpuMs, openBenchCentral } from './bench-central.ts';
import type { BusyOrder, Finished } from './busy-kiosks.ts';

/** That are served at once. */
export const BUSY_CARDS = 16;
const WARM_UP = 30;
const MEASURED_MS = Number(process.env.BENCH_MS ?? 25_000);

/** What busy kiosks got done in some time, and what it took of central and its database. */
export interface Load {
  readonly finished: readonly Finished[];
  readonly tookMs: number;
  readonly cpu: CpuMs;
}

/**
 * Has kiosks in a process of their own ask centrals for the same again and again, and measures once they are warm.
 * @param names of the centrals
 * @param program path of what builds on `BusyKiosks`
 * @param fill called with the database's URL once the program has begun
 */
export async function underLoad(
  names: readonly string[],
  program: string,
  fill: (databaseUrl: string) => Promise<void> = async () => {},
): Promise<Load> {
  const bench = await openBenchCentral(names);
  try {
    const child = fork(program, [JSON.stringify(await orderFor(bench))]);
    await fill(bench.databaseUrl);
    return await measure(bench, child);
  } finally {
    await bench.close();
  }
}

/** Things done a second. */
export function rate({ finished, tookMs }: Load): number {
  return (finished.length / tookMs) * 1000;
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

async function orderFor({ stateDir, databaseUrl, urls, addKiosk }: BenchCentral): Promise<BusyOrder> {
  const identityFile = identityPath(await addKiosk('busy'));
  return { stateDir, databaseUrl, urls, identityFile, cards: BUSY_CARDS };
}

async function measure(bench: BenchCentral, child: ChildProcess): Promise<Load> {
  const finished: Finished[] = [];
  const warm = Promise.withResolvers<void>();
  child.once('exit', (code) => warm.reject(new Error(`bench: the kiosks have ended (${code})`)));
  child.on('message', (one: Finished) => {
    finished.push(one);
    if (finished.length === WARM_UP) warm.resolve();
  });
  await warm.promise;
  const [begun, before] = [performance.now(), bench.cpuMs()];
  finished.length = 0;
  await new Promise((resolve) => setTimeout(resolve, MEASURED_MS));
  const [tookMs, after] = [performance.now() - begun, bench.cpuMs()];
  const counted = [...finished];
  child.disconnect();
  await once(child, 'exit');
  const cpu = { programs: after.programs - before.programs, database: after.database - before.database };
  return { finished: counted, tookMs, cpu };
}
