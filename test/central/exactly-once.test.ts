import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { and, asc, eq, sql } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { kioskEvents } from '../../db/central/chain-schema.ts';
import { readAudit } from '../../src/central/audit/check-audit.ts';
import { describeFinding } from '../../src/central/audit/finding.ts';
import { verifyAudit } from '../../src/central/audit/verify-audit.ts';
import type { Central } from '../../src/central/central.ts';
import { takeEvents } from '../../src/central/take-events.ts';
import type { CentralAnswer } from '../../src/kiosk/central-connection.ts';
import { findBrokenLink } from '../../src/kiosk/event-chain.ts';
import { EventSender, type EventSenderOptions } from '../../src/kiosk/event-sender.ts';
import { Outbox } from '../../src/kiosk/outbox.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import type { SignedEvent } from '../../src/protocol/event.ts';
import { SOON } from '../support/soon.ts';
import { type Chance, seeded } from '../tear/seeded.ts';
import { CentralWorld } from './support/central-world.ts';
import { Refused } from './support/kiosk-caller.ts';
import { SignedChain } from './support/signed-chain.ts';

/** SY-02: a kiosk's real file, its real sender, central on its real database; each dies between any two steps. */

const LIVES = 150;
const SEED = 20_261_122;
const log = pino({ level: 'silent' });
/** A sender that waits so long has nothing left to do. */
const IDLE_MS = 60_000;

let world: CentralWorld;
let folder: string;
let path: string;
let kiosk: SignedChain;
/** Of what was recorded. */
let count: number;
let kiosks = 0;

beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-once-'));
  path = join(folder, 'own.sqlite');
  kiosks += 1;
  kiosk = await SignedChain.of(world, `kiosk ${kiosks}`);
  count = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const ports = { now: () => new Date(), signer: () => kiosk.signer };

function open(): { readonly own: OwnDatabase; readonly outbox: Outbox } {
  const own = openOwnDatabase(path, () => {}, ports);
  return { own, outbox: new Outbox(own, ports) };
}

function record(outbox: Outbox, times = 1): void {
  for (let i = 0; i < times; i += 1) {
    outbox.record({ type: 'test.event', cardId: null, operationId: null, detail: { i: count } });
    count += 1;
  }
}

type Answer = CentralAnswer<{ readonly acknowledged: number; readonly now: string }>;

async function ask(chain: string, events: readonly SignedEvent[]): Promise<Answer> {
  try {
    return { kind: 'ok', value: await kiosk.kiosk.events({ chain, events: [...events] }) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: 'refused', code: error.code, message: error.message };
  }
}

/** Central does all but the last step of taking them, and dies. */
async function askAndKillCentral(chain: string, events: readonly SignedEvent[]): Promise<Answer> {
  const database = {
    transaction: (work: (transaction: unknown) => Promise<unknown>) =>
      world.central.database.transaction(async (transaction) => {
        await work(transaction);
        throw new Error('killed before the commit');
      }),
    select: world.central.database.select.bind(world.central.database),
  };
  const central = { ...world.central, database } as unknown as Central;
  await takeEvents(central, { id: kiosk.kioskId, name: kiosk.name, scopeId: null }, chain, events).catch(
    () => {},
  );
  return { kind: 'unreachable', why: 'killed' };
}

type Client = EventSenderOptions['client'];

/** Sends until nothing is left to do, or the client says that the kiosk was killed. */
async function send(outbox: Outbox, client: (die: () => void) => Client): Promise<void> {
  const { promise: end, resolve } = Promise.withResolvers<void>();
  const pause = {
    random: () => 0,
    sleep(ms: number, signal?: AbortSignal): Promise<void> {
      if (ms < IDLE_MS) return Promise.resolve();
      resolve();
      return new Promise((wake) => signal?.addEventListener('abort', () => wake()));
    },
  };
  const sender = new EventSender({ client: client(resolve), outbox, pause, log });
  sender.start();
  await end;
  await sender.close();
}

/** One life of the kiosk: it records and sends until it dies, before or after some answer, or has nothing left to do. */
async function live(chance: Chance): Promise<void> {
  const { own, outbox } = open();
  const dies = () => chance.next() < 0.15;
  record(outbox, chance.between(0, 4));
  await send(outbox, (die) => ({
    async events(chain, events, signal) {
      const hang = (): Promise<never> => {
        die();
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      };
      if (dies()) return hang();
      if (dies()) return askAndKillCentral(chain, events);
      const answer = await ask(chain, events);
      if (dies()) return { kind: 'unreachable', why: 'the answer is lost' };
      if (dies()) return hang();
      if (chance.next() < 0.3) record(outbox, chance.between(1, 3));
      return answer;
    },
  }));
  own.close();
}

/** All that waits is sent, without any mishap. */
async function sendTheRest(): Promise<void> {
  const { own, outbox } = open();
  await send(outbox, () => ({ events: ask }));
  expect(outbox.count()).toBe(0);
  expect(findBrokenLink(own)).toBeNull();
  own.close();
}

/** Numbers of the events as central's audit has them, in its order. */
async function arrived(): Promise<unknown[]> {
  const { lines } = await readAudit(world.central);
  return lines
    .filter(({ actor, type }) => actor === `kiosk:${kiosk.name}` && type === 'kiosk.test.event')
    .map(({ detail }) => detail?.i);
}

const everything = () => Array.from({ length: count }, (_, i) => i);

/** So that it cannot be used any more, though what is in it can be read. */
function damage(): void {
  const file = new Database(path);
  file.exec('DELETE FROM __drizzle_migrations');
  file.close();
}

async function findings(): Promise<string[]> {
  const { findings: found } = await verifyAudit(world.central);
  return found.map(describeFinding);
}

describe('what happened at a kiosk reaches central once and in order', () => {
  test(`however often either dies between two steps: ${LIVES} lives, seed ${SEED}`, async () => {
    const chance = seeded(SEED);
    for (let life = 0; life < LIVES; life += 1) {
      await live(chance);
      if (chance.next() < 0.05) await kiosk.renew(world);
      if (chance.next() < 0.05) damage();
    }
    await sendTheRest();
    expect(await arrived()).toEqual(everything());
    expect(await findings()).toEqual([]);
  }, 300_000);

  test('though its file was put back to an older one: what came after goes on in another chain, and the audit says so', async () => {
    const before = open();
    record(before.outbox, 3);
    before.own.db.run(sql`PRAGMA wal_checkpoint(TRUNCATE)`);
    before.own.close();
    copyFileSync(path, `${path}.old`);
    const after = open();
    record(after.outbox, 3);
    after.own.close();
    await sendTheRest();
    for (const suffix of ['-wal', '-shm']) if (existsSync(path + suffix)) rmSync(path + suffix);
    copyFileSync(`${path}.old`, path);
    const again = open();
    record(again.outbox, 2);
    again.own.close();
    await sendTheRest();
    expect(await arrived()).toEqual(everything());
    const { lines } = await readAudit(world.central);
    const told = lines
      .filter(({ actor }) => actor === `kiosk:${kiosk.name}`)
      .map(({ type, detail }) => [type, detail?.why ?? detail?.code]);
    expect(told).toContainEqual(['kiosk.chain-broken', 'SE-05-event-changed']);
    expect(told).toContainEqual(['kiosk.chain.began', 'SE-05-event-changed']);
    expect(await findings()).toEqual([]);
  });

  test('though central was put back to its backup: it gets once more what it has lost', async () => {
    const { own, outbox } = open();
    record(outbox, 6);
    const { chain } = outbox.waiting(1)!;
    own.close();
    await sendTheRest();
    const { database, authority } = world.central;
    const isOf = and(eq(kioskEvents.kioskId, kiosk.kioskId), eq(kioskEvents.chainId, chain));
    const rows = await database.select().from(kioskEvents).where(isOf).orderBy(asc(kioskEvents.n));
    const head = { chain: `${kiosk.kioskId}/${chain}`, seq: 3, hash: rows[2]!.hash! };
    await database.execute(sql`delete from kiosk_events where chain_id = ${chain} and n > 3`);
    await database.execute(
      sql`update kiosk_chains set acknowledged = 3, hash = ${Buffer.from(head.hash)},
        signature = ${Buffer.from(authority.auditKey.signHead(head))} where chain_id = ${chain}`,
    );
    const later = open();
    record(later.outbox);
    later.own.close();
    await sendTheRest();
    const after = await database.select().from(kioskEvents).where(isOf).orderBy(asc(kioskEvents.n));
    expect(after.slice(0, rows.length)).toEqual(rows);
    expect(after).toHaveLength(rows.length + 1);
    expect(await findings()).toEqual([]);
  });

  test('and what was lost between two chains is told by number', async () => {
    const { own, outbox } = open();
    record(outbox, 3);
    const { chain } = outbox.waiting(1)!;
    own.close();
    const file = new Database(path);
    file.pragma('foreign_keys = OFF');
    file.exec('DELETE FROM outbox WHERE n IN (2, 3); DELETE FROM audit WHERE n IN (2, 3)');
    file.close();
    const left = open();
    await send(left.outbox, () => ({ events: ask }));
    left.own.close();
    expect(await arrived()).toEqual([2]);
    const { lines } = await readAudit(world.central);
    const missing = lines.filter(
      ({ actor, type }) => actor === `kiosk:${kiosk.name}` && type === 'kiosk.events.missing',
    );
    expect(missing.map(({ detail }) => [detail?.from, detail?.to])).toEqual([[2, 3]]);
    expect(missing[0]?.detail?.chain).not.toBe(chain);
  });
});

test.each([
  ['never takes', 'SE-05-not-signed'],
  ['does not take today', 'SE-07-too-many-chains'],
])('a kiosk whose events central %s asks seldom, and says why', async (_what, code) => {
  const { own, outbox } = open();
  record(outbox, 2);
  let asked = 0;
  const slept: number[] = [];
  const refusing = {
    async events(): Promise<Answer> {
      asked += 1;
      return { kind: 'refused', code, message: 'no' };
    },
  };
  const slow = {
    random: () => 0.5,
    sleep: (ms: number, signal?: AbortSignal) => {
      slept.push(ms);
      return new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    },
  };
  const sender = new EventSender({ client: refusing, outbox, pause: slow, log });
  sender.start();
  await vi.waitFor(() => expect(slept).toEqual([5 * 60_000]), SOON);
  sender.wake();
  expect(asked).toBeLessThan(5);
  expect(sender.refusal).toBe(code);
  expect(outbox.count()).toBeGreaterThan(2);
  await sender.close();
  own.close();
});
