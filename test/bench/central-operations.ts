import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { identityPath } from '../../src/kiosk/identity-file.ts';
import { type BenchCentral, type CpuMs, openBenchCentral } from './bench-central.ts';
import { type Benchmark, type Measure, plain, quantile } from './measure.ts';
import type { Finished, OperationsOrder } from './operations-process.ts';

const RUNNING = join(import.meta.dirname, 'operations-process.ts');
const CARDS = 16;
const WARM_UP = 30;
const MEASURED_MS = Number(process.env.BENCH_MS ?? 25_000);
const REVOKED = 10_000;

/** Whole operations, one after the other on each of some cards, by one central and by two. */
export const centralOperations: Benchmark = {
  names: [
    ...[
      'central.operations',
      'central.operations-two',
      'central.operations-p50',
      'central.cpu',
      'central.database',
    ],
    ...['central.prove', 'central.begin', 'central.authenticate', 'central.certificates', 'central.secrets'],
    'central.complete',
  ],
  about: `operations a second that are completed, from the holder's proof to \`complete\` (three new keys, PIN, PUK, management key, 17 requests or so), on ${CARDS} cards at once whose P-256 keys are in software, by kiosks over TLS, while ${REVOKED.toLocaleString('en')} certificates are on the CRL: by one central, and by two on the same database (**central.operations-two**). Where the time of an operation goes with one central: processor time in central's process (**central.cpu**) and in PostgreSQL (**central.database**), and what a kiosk waits for all requests of a step together, on average (the other ${CARDS - 1} are being served meanwhile). Everything runs on one machine, the kiosks included.`,
  async run() {
    const one = await withCentrals(['one']);
    const two = await withCentrals(['one', 'two']);
    const perOperation = (ms: number) => ms / one.finished.length;
    const step = (name: string) =>
      plain(
        `central.${name}`,
        perOperation(sum(one.finished.map(({ stepMs }) => stepMs[name] ?? 0))),
        'ms/operation',
      );
    const wholeMs = one.finished.map(({ stepMs }) => sum(Object.values(stepMs)));
    return [
      plain('central.operations', rate(one), 'operations/s'),
      plain('central.operations-two', rate(two), 'operations/s'),
      plain('central.operations-p50', quantile(wholeMs, 0.5), 'ms'),
      plain('central.cpu', perOperation(one.cpu.programs), 'ms/operation'),
      plain('central.database', perOperation(one.cpu.database), 'ms/operation'),
      ...['prove', 'begin', 'authenticate', 'certificates', 'secrets', 'complete'].map(step),
    ] satisfies Measure[];
  },
};

interface Outcome {
  readonly finished: readonly Finished[];
  readonly tookMs: number;
  readonly cpu: CpuMs;
}

async function withCentrals(names: readonly string[]): Promise<Outcome> {
  const bench = await openBenchCentral(names);
  try {
    const order = await prepare(bench);
    const child = fork(RUNNING, [JSON.stringify(order)]);
    await revokeMany(bench.databaseUrl);
    return await measure(bench, child);
  } finally {
    await bench.close();
  }
}

async function prepare(bench: BenchCentral): Promise<OperationsOrder> {
  const identityFile = identityPath(await bench.addKiosk('busy'));
  return {
    stateDir: bench.stateDir,
    databaseUrl: bench.databaseUrl,
    urls: bench.urls,
    identityFile,
    cards: CARDS,
  };
}

async function measure(bench: BenchCentral, child: ChildProcess): Promise<Outcome> {
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

/** Certificates that were revoked long ago, on a card of nobody's. */
async function revokeMany(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const card = '00000000-0000-7000-8000-00000000000a';
  await client.query(`with holder as (insert into people (id, display_name, mail, user_principal_name, state)
      values ('${card}', 'Nobody', '', '', 'active') returning id)
    insert into cards (id, guid, fasc_n, chuid_expiry, expires_at, holder_id, state, profile_name, profile_revision,
      management_key_version, management_key_algorithm, puk_version)
    select id, id, '', '20290101', now(), id, 'expired', 'employee', 1, 1, 'AES-192', 1 from holder`);
  await client.query(
    `insert into certificates (serial_number, card_id, slot, der, public_key, subject, common_name, mail, not_before,
      not_after, issued_at, state, is_on_card, revoked_at, crl_reason)
    select replace(gen_random_uuid()::text, '-', ''), '${card}', '9A', '', '', '', '', '', now(), now(), now(), 'revoked', false,
      now(), 'superseded' from generate_series(1, $1::int)`,
    [REVOKED],
  );
  await client.query('analyze');
  await client.end();
}

function rate({ finished, tookMs }: Outcome): number {
  return (finished.length / tookMs) * 1000;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
