import { join } from 'node:path';
import pg from 'pg';
import { type Benchmark, type Measure, plain, quantile } from './measure.ts';
import { BUSY_CARDS, type Load, rate, sum, underLoad } from './under-load.ts';

const RUNNING = join(import.meta.dirname, 'operations-process.ts');
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
  about: `operations a second that are completed, from the holder's proof to \`complete\` (three new keys, PIN, PUK, management key, 17 requests or so), on ${BUSY_CARDS} cards at once whose P-256 keys are in software, by kiosks over TLS, while ${REVOKED.toLocaleString('en')} certificates are on the CRL: by one central, and by two on the same database (**central.operations-two**). Where the time of an operation goes with one central: processor time in central's process (**central.cpu**) and in PostgreSQL (**central.database**), and what a kiosk waits for all requests of a step together, on average (the other ${BUSY_CARDS - 1} are being served meanwhile). Everything runs on one machine, the kiosks included.`,
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

function withCentrals(names: readonly string[]): Promise<Load> {
  return underLoad(names, RUNNING, revokeMany);
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
