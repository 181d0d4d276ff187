/** Two centrals on one database, as behind a balancer: whichever is asked, the answer is the same. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningCentral, startCentral } from '../../src/central/server.ts';
import { sweep } from '../../src/central/sweep.ts';
import { encodeCard } from '../../src/encoder/encode-card.ts';
import type { EncodeOutcome } from '../../src/encoder/encode-request.ts';
import { realPause } from '../../src/kiosk/backoff.ts';
import { CentralClient } from '../../src/kiosk/central-client.ts';
import type { CentralAnswer } from '../../src/kiosk/central-connection.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { WaitingOperationCentral } from '../../src/kiosk/operation-central.ts';
import { PivSession } from '../../src/piv/session.ts';
import { createRecipient } from '../../src/pki/hpke.ts';
import { challengeMessage } from '../../src/protocol/proof.ts';
import { Balancer } from './support/balancer.ts';
import { CentralWorld, type IssuedCard } from './support/central-world.ts';
import { asVirtualCard, CAPABILITIES, CARD_PIN, CHOSEN_PIN } from './support/encode-through.ts';
import { inviteForTest } from './support/invite-for-test.ts';

let world: CentralWorld;
let folder: string;
let centrals: RunningCentral[];
let clients: CentralClient[];
let identityFile: string;

/** Another central on the world's database, with the world's keys. */
function addCentral(name: string, more: { readonly authorityDir?: string } = {}): Promise<RunningCentral> {
  return startCentral({
    ...{ stateDir: join(folder, name), databaseUrl: world.databaseUrl, host: '127.0.0.1', port: 0 },
    ...{ authorityDir: join(world.stateDir, 'authority'), keyFile: join(world.stateDir, 'authority.key') },
    ...{ logFile: join(folder, `${name}.log`), poolSize: 4, ...more },
  });
}

beforeAll(async () => {
  world = await CentralWorld.open();
  folder = mkdtempSync(join(tmpdir(), 'recard-several-'));
  centrals = await Promise.all([addCentral('north'), addCentral('south')]);
  identityFile = join(folder, 'identity.pem');
  const token = await inviteForTest(world.central, 'lobby');
  await enrol({ url: centrals[0]!.url, identityFile, token, replaces: false });
  clients = centrals.map(({ url }) => new CentralClient({ url, identityFile }));
});
afterAll(async () => {
  for (const client of clients ?? []) await client.close();
  for (const central of centrals ?? []) await central.close();
  await world?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A client that asks one central after the other, each question the next one. */
function inTurn(all: readonly CentralClient[]): CentralClient {
  let turn = 0;
  return new Proxy(all[0]!, {
    get(_target, name) {
      if (name === 'inRun') return (key: Uint8Array) => inTurn(all.map((one) => one.inRun(key)));
      const client = all[turn % all.length]!;
      turn += 1;
      const value: unknown = Reflect.get(client, name);
      return typeof value === 'function' ? value.bind(client) : value;
    },
  });
}

function ok<T>(answer: CentralAnswer<T>): T {
  if (answer.kind === 'ok') return answer.value;
  throw new Error(`central: ${answer.kind === 'refused' ? answer.code : answer.why}`);
}

/** Proves the holder and writes the card, as a kiosk does. */
async function encodeWith(
  client: CentralClient,
  issued: IssuedCard,
  onWritten: () => void = () => {},
): Promise<EncodeOutcome> {
  const card = asVirtualCard(issued);
  const cardId = issued.card.id;
  const { proofId, challenge } = ok(await client.challenge(cardId));
  card.reset();
  const session = await PivSession.select(card);
  await session.verifyPin(ascii(CARD_PIN));
  const signature = await session.sign('9A', 'P-256', challengeMessage(proofId, challenge));
  ok(await client.answer(proofId, { slot: '9A', signature }));
  const recipient = await createRecipient();
  const inRun = client.inRun(recipient.publicKey);
  const request = { proofId, cardId, reason: 'profile-updated', recipientKey: recipient.publicKey };
  const plan = ok(await inRun.begin({ ...request, capabilities: CAPABILITIES, acceptsKeyLoss: false }));
  card.reset();
  const { signal } = new AbortController();
  const { operationId } = plan;
  const central = { client: inRun, operationId, pause: realPause, signal, onWaiting: () => {} };
  return encodeCard({
    ...{ connection: card, plan, capabilities: CAPABILITIES, signal },
    central: new WaitingOperationCentral(central),
    journal: { intend: () => {}, done: onWritten },
    pin: { old: ascii(CARD_PIN), next: ascii(CHOSEN_PIN), isKept: false },
    openSealed: (sealed, context) => recipient.open(sealed, context),
    onProgress: () => {},
  });
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('two centrals on one database', () => {
  test('carry out one operation together, each step at the other one', async () => {
    const issued = await world.issueCard();
    expect(await encodeWith(inTurn(clients), issued)).toMatchObject({ kind: 'completed' });
    expect(await world.cardNow(issued)).toMatchObject({ managementKeyVersion: 1, pukVersion: 1 });
  });

  test('are one authority: certificates, revocation lists and their addresses are the same', async () => {
    const fetchAll = (path: string) =>
      Promise.all(
        centrals.map(async ({ central }, at) => {
          expect(central.authority.kioskAuthority.fingerprint).toEqual(
            world.central.authority.kioskAuthority.fingerprint,
          );
          const { publishedUrl } = centrals[at]!;
          return Buffer.from(await (await fetch(`${publishedUrl}${path}`)).arrayBuffer()).toString('hex');
        }),
      );
    const [crl, sameCrl] = await fetchAll('/crl/issuing.crl');
    expect(sameCrl).toBe(crl);
    const [certificate, sameCertificate] = await fetchAll('/ca/issuing.cer');
    expect(sameCertificate).toBe(certificate);
  });

  test('sweep and publish at the same moment, and nothing is done twice', async () => {
    await world.central.database.execute(sql`update revocation_lists set is_stale = true`);
    const number = async () => {
      const { rows } = (await world.central.database.execute(
        sql`select number from revocation_lists where name = 'issuing'`,
      )) as unknown as { rows: { number: number }[] };
      return Number(rows[0]?.number);
    };
    const before = await number();
    const urls = [0, 1, 2, 3].map((at) => `${centrals[at % 2]!.publishedUrl}/crl/issuing.crl`);
    const lists = await Promise.all(urls.map(async (url) => (await fetch(url)).status));
    expect(lists).toEqual([200, 200, 200, 200]);
    expect(await number()).toBe(before + 1);
    const reports = await Promise.all(centrals.map(({ central }) => sweep(central)));
    expect(reports).toMatchObject([{ abandoned: 0 }, { abandoned: 0 }]);
  });

  test('go on with what the other one has begun when that one ends, behind a balancer', async () => {
    const west = await addCentral('west');
    const ports = [west, centrals[0]!].map(({ url }) => Number(new URL(url).port));
    const balancer = await Balancer.open(ports);
    const client = new CentralClient({ url: `https://127.0.0.1:${balancer.port}`, identityFile });
    let closing: Promise<void> | null = null;
    const outcome = await encodeWith(client, await world.issueCard(), () => {
      closing ??= west.close();
    });
    expect(outcome).toMatchObject({ kind: 'completed' });
    await closing;
    await client.close();
    await balancer.close();
  });

  test('leave a third one alone that has other keys, or none', async () => {
    await expect(addCentral('stranger', { authorityDir: join(folder, 'nothing') })).rejects.toThrow(
      'this database has its keys elsewhere; copy the authority folder',
    );
    // Of an older version, or copied before: it would seal keys that the others could not open.
    const older = join(folder, 'older');
    cpSync(join(world.stateDir, 'authority'), older, { recursive: true });
    rmSync(join(older, 'archive-key'));
    await expect(addCentral('older', { authorityDir: older })).rejects.toThrow(
      '/archive-key: this database has',
    );
    const other = await CentralWorld.open();
    const foreign = {
      authorityDir: join(other.stateDir, 'authority'),
      keyFile: join(other.stateDir, 'authority.key'),
    };
    await expect(addCentral('foreign', foreign)).rejects.toThrow('these are not the keys of this database');
    await other.close();
  });
});

test('two centrals that start at once on an empty database found one authority', async () => {
  const other = mkdtempSync(join(tmpdir(), 'recard-founding-'));
  const admin = world.central.database;
  await admin.execute(sql`create database founding`);
  const databaseUrl = world.databaseUrl.replace('/recard?', '/founding?');
  const start = (name: string) =>
    startCentral({
      ...{ stateDir: join(other, name), databaseUrl, host: '127.0.0.1', port: 0 },
      ...{ authorityDir: join(other, 'authority'), keyFile: join(other, 'key') },
      logFile: join(other, `${name}.log`),
    });
  const both = await Promise.all([start('north'), start('south')]);
  const [north, south] = both.map(({ central }) => central.authority);
  expect(north!.chainPem).toBe(south!.chainPem);
  expect(north!.archiveKey.fingerprint).toBe(south!.archiveKey.fingerprint);
  expect(north!.kioskAuthority.fingerprint).toEqual(south!.kioskAuthority.fingerprint);
  for (const central of both) await central.close();
  rmSync(other, { recursive: true, force: true });
});
