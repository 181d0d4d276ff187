/** SE-07: what an enrolled kiosk may have central write, and what comes of more. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { kioskChains, kioskEventShares, kioskEvents } from '../../db/central/chain-schema.ts';
import { managementKeyExchanges, proofs } from '../../db/central/operation-schema.ts';
import { kioskCertificates } from '../../db/central/schema.ts';
import { buildApp } from '../../src/central/app.ts';
import { readAudit } from '../../src/central/audit/check-audit.ts';
import { verifyAudit } from '../../src/central/audit/verify-audit.ts';
import { kioskCommand } from '../../src/central/command/kiosk.ts';
import { renewKiosk } from '../../src/central/enrolment/renew.ts';
import { kioskBudgets } from '../../src/central/line/kiosk-budgets.ts';
import { EVENT_ROW_BYTES, KIOSK_EVENT_SHARE } from '../../src/central/line/limits.ts';
import { rateLimit } from '../../src/central/line/rate-limit.ts';
import { Refusals } from '../../src/central/line/refusals.ts';
import type { App } from '../../src/central/routes/contract.ts';
import { forgetUnused } from '../../src/central/upkeep.ts';
import { makeNewKey } from '../../src/kiosk/new-identity.ts';
import { eventsRequest, type SignedEvent } from '../../src/protocol/event.ts';
import { CentralWorld } from './support/central-world.ts';
import { identifyByName, KioskCaller } from './support/kiosk-caller.ts';
import { OperationRun } from './support/operation-run.ts';
import { SignedChain } from './support/signed-chain.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LOOKUP = JSON.stringify({ serial: '1', guid: null });

let world: CentralWorld;
let time = new Date();
const pass = (ms: number) => {
  time = new Date(time.getTime() + ms);
};
beforeAll(async () => {
  world = await CentralWorld.open(() => time);
});
afterAll(() => world.close());

/** The same central, where less may be asked. */
async function strict(): Promise<App> {
  const { central, copies } = world;
  const log = pino({ level: 'silent' });
  const refusals = new Refusals(central, log);
  const enrolment = { refusals, tries: rateLimit(10, MINUTE_MS, central.now) };
  const sizes = {
    requests: { atOnce: 5, perMinute: 60 },
    eventBytes: { atOnce: 2000, perMinute: 2000 },
  };
  const budgets = kioskBudgets(central.now, refusals, sizes);
  const identify = identifyByName(central);
  return buildApp(central, log, { identify, enrolment, copies, budgets, tls: null });
}

/** As if it had used up its share but for this. */
async function leave({ kioskId }: SignedChain, bytesLeft: number): Promise<void> {
  const share = { bytesLeft, countedAt: time };
  await world.central.database
    .insert(kioskEventShares)
    .values({ kioskId, ...share })
    .onConflictDoUpdate({ target: kioskEventShares.kioskId, set: share });
}

const post = ({ kiosk, id: chain }: SignedChain, events: readonly SignedEvent[]) =>
  kiosk.raw('/events', JSON.stringify(z.encode(eventsRequest, { chain, events: [...events] })));

async function saidOf(kiosk: string, type: string) {
  const { lines } = await readAudit(world.central);
  return lines.filter((line) => line.actor === `kiosk:${kiosk}` && line.type === type);
}

describe('a kiosk that asks more than any kiosk has to', () => {
  test('is told to ask again, while others are answered, and goes on a second later', async () => {
    const app = await strict();
    await world.addKiosk('hasty');
    const hasty = new KioskCaller(app, 'hasty');
    for (let i = 0; i < 5; i += 1) expect((await hasty.raw('/cards/lookup', LOOKUP)).statusCode).toBe(200);
    const refused = await hasty.raw('/cards/lookup', LOOKUP);
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'SE-07-too-many-requests']);
    expect(refused.headers['retry-after']).toBe('1');
    expect((await new KioskCaller(app, 'first').raw('/cards/lookup', LOOKUP)).statusCode).toBe(200);
    pass(1000);
    expect((await hasty.raw('/cards/lookup', LOOKUP)).statusCode).toBe(200);
    await app.close();
  });

  test('has no more events taken than a kiosk has to tell, and loses none by it', async () => {
    const app = await strict();
    const chain = await SignedChain.of(world, 'talkative');
    const talkative = new KioskCaller(app, 'talkative');
    const events = chain.some(10);
    const send = async (from: number, to: number) =>
      (await talkative.events({ chain: chain.id, events: events.slice(from, to) })).acknowledged;
    expect(await send(0, 5)).toBe(5);
    await expect(send(5, 10)).rejects.toMatchObject({ status: 429, code: 'SE-07-too-many-events' });
    pass(MINUTE_MS);
    expect(await send(5, 10)).toBe(10);
    await app.close();
  });

  test('fills no disk of central with events, is told so with a time, and is in the audit once', async () => {
    const chain = await SignedChain.of(world, 'flooding');
    await leave(chain, 1);
    const [first, ...flood] = chain.some(20) as [SignedEvent, ...SignedEvent[]];
    expect(await chain.send(first)).toBe(1);
    for (let i = 0; i < 10; i += 1)
      await expect(chain.send(...flood)).rejects.toMatchObject({
        status: 429,
        code: 'SE-07-event-share-used',
      });
    expect(Number((await post(chain, flood)).headers['retry-after'])).toBeGreaterThan(60);
    const isOf = eq(kioskEvents.kioskId, chain.kioskId);
    expect(await world.central.database.select().from(kioskEvents).where(isOf)).toHaveLength(1);
    expect(await saidOf('flooding', 'kiosk.limited')).toHaveLength(1);
    let said = '';
    const io = { stdout: { write: (more: string) => (said += more) }, stderr: { write: () => {} } };
    await kioskCommand(world.central, ['list'], io);
    expect(said).toMatch(`! sends more than it may since ${time.toISOString()}`);
  });

  test('fills no audit with events that are refused', async () => {
    const chain = await SignedChain.of(world, 'nagging');
    await leave(chain, 3 * EVENT_ROW_BYTES);
    const [, ...gaps] = chain.some(20);
    for (const event of gaps) await expect(chain.send(event)).rejects.toThrow();
    expect(await saidOf('nagging', 'kiosk.chain-broken')).toHaveLength(3);
  });

  test('brings in all that waits, in order, by coming again when it is told to', async () => {
    const chain = await SignedChain.of(world, 'backlog');
    await leave(chain, 4000);
    const waiting = chain.some(120);
    const refused: number[] = [];
    let taken = 0;
    while (taken < waiting.length && refused.length < 5) {
      const answer = await post(chain, waiting.slice(taken, taken + 10));
      if (answer.statusCode === 200) taken = answer.json().acknowledged;
      else {
        refused.push(taken);
        pass(Number(answer.headers['retry-after']) * 1000);
      }
    }
    expect(taken).toBe(120);
    expect(refused).not.toEqual([]);
    expect((await verifyAudit(world.central)).findings).toEqual([]);
    expect(await saidOf('backlog', 'kiosk.limited')).toHaveLength(1);
  });

  test('is told of anew when it has kept within its share for a day', async () => {
    const chain = await SignedChain.of(world, 'again');
    const events = chain.some(4);
    for (const hours of [0, 1, 25]) {
      pass(hours * HOUR_MS);
      if (hours > 0) expect(await chain.send(events.shift()!)).toBeGreaterThan(0);
      await leave(chain, 0);
      await expect(chain.send(events[0]!)).rejects.toMatchObject({ code: 'SE-07-event-share-used' });
    }
    expect(await saidOf('again', 'kiosk.limited')).toHaveLength(2);
  });

  test('has room for what a busy kiosk tells in four weeks without central', () => {
    // As long as events of a rewrite are, with their signature.
    const bytes = 600 + EVENT_ROW_BYTES;
    expect(28 * 20_000 * bytes).toBeLessThan(KIOSK_EVENT_SHARE.atOnce);
    expect(20_000 * bytes * 2).toBeLessThan(KIOSK_EVENT_SHARE.perDay);
  });

  test('begins ten chains in a day, by whatever process, and then another one the next day', async () => {
    const chain = await SignedChain.of(world, 'forgetful');
    const row = { kioskId: chain.kioskId, acknowledged: 0, startedAt: time };
    await world.central.database
      .insert(kioskChains)
      .values(Array.from({ length: 10 }, () => ({ ...row, chainId: randomUUID() })));
    const event = chain.next();
    await expect(chain.send(event)).rejects.toMatchObject({ status: 409, code: 'SE-07-too-many-chains' });
    const isOf = eq(kioskChains.kioskId, chain.kioskId);
    expect(await world.central.database.select().from(kioskChains).where(isOf)).toHaveLength(10);
    pass(24 * HOUR_MS);
    expect(await chain.send(event)).toBe(1);
  });

  test('gets ten certificates in an hour, and keeps the one that it has', async () => {
    const chain = await SignedChain.of(world, 'restless');
    const { database } = world.central;
    const isOf = eq(kioskCertificates.kioskId, chain.kioskId);
    const notBefore = new Date(time.getTime() - 240 * HOUR_MS);
    const [own] = await database.update(kioskCertificates).set({ notBefore }).where(isOf).returning();
    const kiosk = {
      ...{ id: chain.kioskId, name: 'restless', scopeId: null },
      certificateSerial: own!.serialNumber,
    };
    const renew = async () => renewKiosk(world.central, kiosk, (await makeNewKey('kiosk')).request);
    for (let i = 0; i < 10; i += 1) await renew();
    const before = await database.select().from(kioskCertificates).where(isOf);
    await expect(renew()).rejects.toMatchObject({ status: 429, code: 'SE-07-too-many-renewals' });
    expect(await database.select().from(kioskCertificates).where(isOf)).toEqual(before);
    pass(HOUR_MS);
    await renew();
  });
});

describe('what a kiosk asked and never came back to', () => {
  test('is forgotten after a day, and an operation under way keeps what it rests on', async () => {
    const { database } = world.central;
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    for (let i = 0; i < 3; i += 1) await world.kiosk.ask((await world.issueCard()).card.id);
    const rows = async () =>
      [await database.select().from(proofs), await database.select().from(managementKeyExchanges)] as const;
    await forgetUnused(world.central);
    expect((await rows())[0].filter(({ operationId }) => operationId === null)).toHaveLength(3);
    pass(25 * HOUR_MS);
    await forgetUnused(world.central);
    const [left, exchanges] = await rows();
    expect(left.map(({ operationId }) => operationId)).toEqual([run.id]);
    expect(exchanges).toMatchObject([{ operationId: run.id, isAuthenticated: true }]);
  });
});
