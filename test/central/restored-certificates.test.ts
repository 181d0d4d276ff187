import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kioskEvents } from '../../db/central/chain-schema.ts';
import { readAudit } from '../../src/central/audit/check-audit.ts';
import { verifyAudit } from '../../src/central/audit/verify-audit.ts';
import { verifyBackup } from '../../src/central/backup/read-backup.ts';
import { readKey } from '../../src/central/command/age-options.ts';
import { backupCommand, restoreCommand } from '../../src/central/command/backup.ts';
import { type RunningCentral, startCentral } from '../../src/central/server.ts';
import { realPause } from '../../src/kiosk/backoff.ts';
import { CentralClient } from '../../src/kiosk/central-client.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { EventSender } from '../../src/kiosk/event-sender.ts';
import { IdentityFile } from '../../src/kiosk/identity-file.ts';
import { IdentityRenewal } from '../../src/kiosk/identity-renewal.ts';
import { identitySigner } from '../../src/kiosk/identity-signer.ts';
import { Outbox } from '../../src/kiosk/outbox.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import { inviteForTest } from './support/invite-for-test.ts';

/** SY-02, SE-05: a kiosk whose certificate was renewed after the backup from which central was put back. */

const DAY_MS = 86_400_000;
const IDLE_MS = 60_000;
const log = { info: () => {}, warn: () => {}, error: () => {} };
const quiet = { stdout: { write: () => true }, stderr: { write: () => true } };

let folder: string;
let own: OwnDatabase;
let outbox: Outbox;
let identityFile: string;
let central: RunningCentral;
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-restored-'));
  identityFile = join(folder, 'kiosk', 'identity.pem');
  central = await startAt('first');
  await enrolAnew(false);
  const signer = identitySigner(new IdentityFile(identityFile));
  const ports = { now: () => new Date(), signer };
  own = openOwnDatabase(join(folder, 'kiosk', 'own.sqlite'), () => {}, ports);
  outbox = new Outbox(own, ports);
});
afterAll(async () => {
  own?.close();
  await central?.close();
  rmSync(folder, { recursive: true, force: true });
});

function startAt(name: string): Promise<RunningCentral> {
  const logFile = join(folder, `${name}.log`);
  return startCentral({
    stateDir: join(folder, name),
    databaseUrl: null,
    host: '127.0.0.1',
    port: 0,
    logFile,
  });
}

async function enrolAnew(replaces: boolean): Promise<void> {
  const token = await inviteForTest(central.central, 'Lobby');
  await enrol({ url: central.url, identityFile, token, replaces });
}

function record(): void {
  outbox.record({ type: 'test.event', cardId: null, operationId: null, detail: { i: count } });
  count += 1;
}

/** Sends until nothing is left to do. */
async function send(): Promise<void> {
  const { promise: end, resolve } = Promise.withResolvers<void>();
  const client = new CentralClient({ url: central.url, identityFile });
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    if (ms < IDLE_MS) return realPause.sleep(ms, signal);
    resolve();
    return new Promise((wake) => signal?.addEventListener('abort', () => wake()));
  };
  const sender = new EventSender({ client, outbox, pause: { random: () => 0, sleep }, log });
  sender.start();
  await end;
  await sender.close();
  await client.close();
}

async function renew(): Promise<void> {
  const address = { url: central.url, identityFile };
  const now = () => new Date(Date.now() + 80 * DAY_MS);
  const renewal = new IdentityRenewal({ address, pause: realPause, now, log });
  expect(await renewal.look()).toBe('renewed');
  await renewal.close();
}

/** Central dies, and is put back as it was when `work` had not been done yet. */
async function goBackBefore(work: () => Promise<void>): Promise<void> {
  const identity = await generateX25519Identity();
  const key = join(folder, 'backup-key');
  const file = join(folder, 'backup.age');
  writeFileSync(key, `${identity}\n`, { mode: 0o600 });
  const places = (name: string) => ({ stateDir: join(folder, name), databaseUrl: null });
  await backupCommand(places('first'), [file, '--recipient', await identityToRecipient(identity)], quiet);
  await work();
  await central.close();
  const { signedBy } = await verifyBackup(file, await readKey(key, null));
  await restoreCommand(places('second'), [file, '--identity', key, '--signed-by', signedBy], quiet);
  central = await startAt('second');
}

test('is not let in; enrolled anew, it tells everything once more under its new key, once and in order', async () => {
  record();
  await send();
  await goBackBefore(async () => {
    await renew();
    record();
    record();
    await send();
  });
  record();
  const client = new CentralClient({ url: central.url, identityFile });
  const { chain, events } = outbox.waiting(100)!;
  expect(await client.events(chain, events)).toMatchObject({ code: 'SE-01-not-a-kiosk' });
  await client.close();
  expect(outbox.count()).toBe(1);

  await enrolAnew(true);
  record();
  await send();
  expect(outbox.count()).toBe(0);
  const rows = await central.central.database.select().from(kioskEvents).orderBy(asc(kioskEvents.n));
  const told = rows.map(({ body }) => JSON.parse(body!)).filter(({ type }) => type === 'test.event');
  const first = told.filter((event) => event.chain === chain);
  const later = told.filter((event) => event.chain !== chain);
  expect([...first, ...later].map(({ detail }) => detail.i)).toEqual([0, 1, 2, 3, 4]);
  expect(first).toHaveLength(1);
  expect(later[0].carriedFrom).toEqual({ chain, n: first[0].n + 1 });
  const { lines } = await readAudit(central.central);
  const broken = lines.filter(({ type }) => type === 'kiosk.chain-broken');
  expect(broken.map(({ detail }) => detail?.code)).toEqual(['SY-02-event-missing', 'SE-05-not-signed']);
  expect((await verifyAudit(central.central)).findings).toEqual([]);
});
