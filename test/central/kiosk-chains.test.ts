import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kioskEvents } from '../../db/central/chain-schema.ts';
import { kiosks } from '../../db/central/schema.ts';
import { readAudit } from '../../src/central/audit/check-audit.ts';
import { describeFinding } from '../../src/central/audit/finding.ts';
import { verifyAudit } from '../../src/central/audit/verify-audit.ts';
import type { Central } from '../../src/central/central.ts';
import { dropHealthTexts } from '../../src/central/repositories/kiosk-chains.ts';
import type { SignedEvent } from '../../src/protocol/event.ts';
import { eventHash } from '../../src/protocol/event-hash.ts';
import { TestSigner } from '../support/event-signer.ts';
import { CentralWorld } from './support/central-world.ts';
import { SignedChain } from './support/signed-chain.ts';

let world: CentralWorld;
let time = new Date('2026-11-22T12:00:00Z');

beforeAll(async () => {
  world = await CentralWorld.open(() => time);
});
afterAll(() => world.close());

async function entries(actor: string) {
  return (await readAudit(world.central)).lines.filter((line) => line.actor === `kiosk:${actor}`);
}

describe('events of a kiosk', () => {
  test('count once however often they are sent, and are in the audit with their place and hash', async () => {
    const chain = await SignedChain.of(world, 'repeats');
    const [one, two, three] = chain.some(3) as [SignedEvent, SignedEvent, SignedEvent];
    expect(await chain.send(one, two)).toBe(2);
    expect(await chain.send(one, two, three)).toBe(3);
    expect(await chain.send(two)).toBe(3);
    expect(await chain.send()).toBe(3);
    expect((await entries('repeats')).map(({ detail }) => [detail?.n, detail?.chain, detail?.hash])).toEqual(
      [one, two, three].map(({ hash }, i) => [i + 1, chain.id, hash]),
    );
  });

  test('count once when they are sent at the same time', async () => {
    const chain = await SignedChain.of(world, 'twice');
    const events = chain.some(5);
    await Promise.all([1, 2, 3, 4].map(() => chain.send(...events)));
    expect(await entries('twice')).toHaveLength(5);
  });

  test('may be signed by a key that was replaced since', async () => {
    const chain = await SignedChain.of(world, 'renewed');
    const before = chain.next();
    await chain.renew(world);
    expect(await chain.send(before, chain.next())).toBe(2);
  });

  test('fit into one request, as many and as long as a kiosk sends them', async () => {
    const chain = await SignedChain.of(world, 'talkative');
    const detail = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`name ${i}`, '"'.repeat(90)]));
    const events = Array.from({ length: 100 }, () => chain.next({ detail }));
    expect(events.reduce((sum, { body }) => sum + body.length, 0)).toBeGreaterThan(200_000);
    expect(await chain.send(...events)).toBe(100);
  });

  test('of another chain are counted for themselves', async () => {
    const chain = await SignedChain.of(world, 'two-chains');
    await chain.send(...chain.some(3));
    const other = { ...(await chain.kiosk.events({ chain: randomUUID(), events: [] })) };
    expect(other.acknowledged).toBe(0);
  });

  test.each(['added', 'enrolled', 'certified', 'revoked', 'head'])(
    'are not taken for what central itself says of kiosks: kiosk.%s',
    async (type) => {
      const chain = await SignedChain.of(world, `impostor-${type}`);
      await expect(chain.send(chain.next({ type }))).rejects.toMatchObject({ code: 'SE-07-bad-request' });
      expect(await entries(`impostor-${type}`)).toEqual([]);
    },
  );

  test('are in the audit with their own place and time, whatever their details are called', async () => {
    const chain = await SignedChain.of(world, 'liar');
    const sent = chain.next({ detail: { n: 99, at: 'never', chain: 'mine', hash: 'none' } });
    await chain.send(sent);
    expect((await entries('liar'))[0]).toMatchObject({ detail: { n: 1, chain: chain.id, hash: sent.hash } });
  });

  test.each([
    ['a number that no database column holds', { n: 2_147_483_648 }],
    ['U+0000 in a detail', { detail: { code: 'a\0b' } }],
    ['U+0000 in the name of one', { detail: { 'a\0b': 1 } }],
    ['another chain than the one they are sent for', { chain: randomUUID() }],
  ])('are refused with %s', async (_what, change) => {
    const chain = await SignedChain.of(world, `nonsense-${randomUUID().slice(0, 8)}`);
    await expect(chain.send(chain.next(change))).rejects.toMatchObject({
      ...{ status: 400, code: 'SE-07-bad-request' },
    });
  });
});

describe('an event that does not belong', () => {
  const refusals: readonly [what: string, code: string, make: (chain: SignedChain) => SignedEvent][] = [
    ['after one that is not here', 'SY-02-event-missing', (chain) => chain.some(2)[1]!],
    ['with the number of another one', 'SE-05-event-changed', (chain) => another(chain, 2)],
    [
      'that does not follow the one before it',
      'SE-05-chain-broken',
      (chain) => {
        const { body } = chain.next();
        return chain.sign(body, eventHash(new Uint8Array(32).fill(7), body));
      },
    ],
    [
      'that another kiosk has signed',
      'SE-05-not-signed',
      (chain) => {
        chain.signer = new TestSigner('00ff');
        return chain.next();
      },
    ],
    [
      'whose signature is of another event',
      'SE-05-not-signed',
      (chain) => ({ ...chain.next(), signature: chain.sign('', new Uint8Array(32)).signature }),
    ],
  ];

  function another(chain: SignedChain, n: number): SignedEvent {
    const body = JSON.stringify({
      ...{ chain: chain.id, n, at: '2026-11-22T12:00:01.000Z', type: 'card.inserted' },
      ...{ cardId: null, operationId: null, detail: {} },
    });
    return chain.sign(body, eventHash(new Uint8Array(32), body));
  }

  test.each(refusals)(
    '%s is refused with %s; what came before it is taken, and the audit says so once',
    async (what, code, make) => {
      const chain = await SignedChain.of(world, what.slice(0, 40));
      expect(await chain.send(...chain.some(3))).toBe(3);
      const fourth = chain.next();
      const wrong = make(chain);
      for (let i = 0; i < 3; i += 1)
        await expect(chain.send(fourth, wrong)).rejects.toMatchObject({ status: 409, code });
      expect(await chain.send()).toBe(4);
      const broken = (await entries(chain.name)).filter(({ type }) => type === 'kiosk.chain-broken');
      expect(broken).toMatchObject([{ detail: { chain: chain.id, code } }]);
      expect(broken).toHaveLength(1);
    },
  );
});

describe('health', () => {
  test('is kept as the last one, and not put into the audit but for the head of its chain each hour', async () => {
    const chain = await SignedChain.of(world, 'healthy');
    const health = (diskFreeMiB: number) =>
      chain.next({ type: 'health', detail: { version: '1', diskFreeMiB } });
    for (const free of [9, 8, 7]) await chain.send(health(free));
    time = new Date(time.getTime() + 61 * 60_000);
    const last = health(6);
    await chain.send(last);
    const [row] = await world.central.database.select().from(kiosks).where(eq(kiosks.name, 'healthy'));
    expect(row?.health).toEqual({ at: '2026-11-22T12:00:00.000Z', version: '1', diskFreeMiB: 6 });
    const told = await entries('healthy');
    expect(told.map(({ type, detail }) => [type, detail?.n])).toEqual([
      ['kiosk.head', 1],
      ['kiosk.head', 4],
    ]);
    expect(told[1]?.detail?.hash).toBe(last.hash);
  });
});

describe('health that is a week old', () => {
  const health = (chain: SignedChain) => chain.next({ type: 'health', detail: { version: '1' } });
  const textsOf = async (chain: SignedChain) =>
    (await world.central.database.select().from(kioskEvents).where(eq(kioskEvents.chainId, chain.id)))
      .sort((a, b) => a.n - b.n)
      .map(({ body }) => body !== null);

  test('loses its text and nothing else: the chain is checked as before, and goes on', async () => {
    const chain = await SignedChain.of(world, 'long-healthy');
    const old = [chain.next(), health(chain), health(chain), chain.next()];
    await chain.send(...old);
    const taken = time;
    time = new Date(time.getTime() + 8 * 86_400_000);
    await chain.send(health(chain));
    expect(await dropHealthTexts(world.central.database, new Date(taken.getTime() + 1))).toBeGreaterThan(1);
    expect(await textsOf(chain)).toEqual([true, false, false, true, true]);
    expect((await verifyAudit(world.central)).findings).toEqual([]);
    expect(await chain.send(...old, chain.next())).toBe(6);
    const changed = { ...old[1]!, hash: old[2]!.hash };
    await expect(chain.send(changed)).rejects.toMatchObject({ code: 'SE-05-event-changed' });
  });

  test('is the only thing that may be without a text: whoever takes that of another event away is found', async () => {
    const chain = await SignedChain.of(world, 'silenced');
    await chain.send(chain.next(), chain.next(), health(chain));
    const said: string[] = [];
    await world.central.database
      .transaction(async (transaction) => {
        const central = { ...world.central, database: transaction } as unknown as Central;
        for (const set of [sql`body = null`, sql`body = null, health_at = now()`]) {
          await transaction.execute(
            sql`update kiosk_events set ${set} where chain_id = ${chain.id} and n = 2`,
          );
          said.push(...(await verifyAudit(central)).findings.map(describeFinding));
        }
        transaction.rollback();
      })
      .catch((error: Error) => expect(error.message).toContain('Rollback'));
    const found = `kiosk silenced, chain ${chain.id}: entry 2 was changed`;
    expect(said).toEqual([found, found]);
  });
});

describe('verifying', () => {
  /** What is said after some damage, which is then undone. */
  async function saidAfter(...damage: readonly ReturnType<typeof sql>[]): Promise<string[]> {
    let said: string[] = [];
    await world.central.database
      .transaction(async (transaction) => {
        for (const one of damage) await transaction.execute(one);
        const central = { ...world.central, database: transaction } as unknown as Central;
        said = (await verifyAudit(central)).findings.map(describeFinding);
        transaction.rollback();
      })
      .catch((error: Error) => expect(error.message).toContain('Rollback'));
    expect((await verifyAudit(world.central)).findings).toEqual([]);
    return said;
  }

  let chain: SignedChain;
  let place: string;
  const hashes = new Map<number, Uint8Array>();
  beforeAll(async () => {
    chain = await SignedChain.of(world, 'Lobby');
    place = `kiosk Lobby, chain ${chain.id}`;
    const events = [...chain.some(5), chain.next({ type: 'health', detail: {} })];
    await chain.send(...events);
    for (const [i, { hash }] of events.entries()) hashes.set(i + 1, new Uint8Array(Buffer.from(hash, 'hex')));
  });

  const of = () => sql`where kiosk_id = ${chain.kioskId} and chain_id = ${chain.id}`;
  const head = (n: number) => sql`update kiosk_chains set acknowledged = ${n},
    hash = (select hash from kiosk_events ${of()} and n = ${n}) ${of()}`;

  const damages: readonly [what: string, () => ReturnType<typeof sql>[], said: () => string[]][] = [
    [
      'the first deleted',
      () => [sql`delete from kiosk_events ${of()} and n = 1`],
      () => [`${place}: entry 1 is missing`],
    ],
    [
      'two in the middle deleted',
      () => [sql`delete from kiosk_events ${of()} and n in (3, 4)`],
      () => [`${place}: entries 3 to 4 are missing`],
    ],
    [
      'the last deleted',
      () => [sql`delete from kiosk_events ${of()} and n = 6`],
      () => [`${place}: entry 6 is missing`],
    ],
    [
      'all deleted',
      () => [sql`delete from kiosk_events ${of()}`],
      () => [`${place}: entries 1 to 6 are missing`],
    ],
    [
      'one changed',
      () => [sql`update kiosk_events set body = replace(body, '"n":3}', '"n":33}') ${of()} and n = 3`],
      () => [`${place}: entry 3 was changed`],
    ],
    [
      'one changed with its hash',
      () => [
        sql`update kiosk_events set body = replace(body, '"n":3}', '"n":33}') ${of()} and n = 3`,
        sql`update kiosk_events e set hash = sha256((select hash from kiosk_events ${of()} and n = 2) || convert_to(body, 'UTF8')) ${of()} and n = 3`,
      ],
      () => [`${place}: entry 3 was changed`],
    ],
    [
      'a signature changed',
      () => [
        sql`update kiosk_events set signature = (select signature from kiosk_events ${of()} and n = 1) ${of()} and n = 2`,
      ],
      () => [`${place}: entry 2 was changed`],
    ],
    [
      'two swapped',
      () => [
        sql`update kiosk_events set n = -n ${of()} and n in (2, 3)`,
        sql`update kiosk_events set n = 5 + n ${of()} and n in (-2, -3)`,
      ],
      () => [`${place}: entries 2 to 3 stand in the places of others`],
    ],
    [
      'one inserted, and the others moved on',
      () => [
        sql`update kiosk_events set n = -n ${of()} and n > 2`,
        sql`update kiosk_events set n = 1 - n ${of()} and n < 0`,
        sql`insert into kiosk_events (kiosk_id, chain_id, n, body, hash, signature, certificate_serial) select kiosk_id, chain_id, 3, body, hash, signature, certificate_serial from kiosk_events ${of()} and n = 1`,
      ],
      () => [
        `${place}: entries 3 to 7 stand in the places of others`,
        `${place}: entry 7 was added after the last one that is signed`,
      ],
    ],
    [
      'the end taken away, and the head put back without the key',
      () => [sql`delete from kiosk_events ${of()} and n > 4`, head(4)],
      () => [
        `${place}: entry 5 and what follows it may be missing: the head is not signed by the audit key`,
        `${place}: entry 5 is missing`,
      ],
    ],
    [
      'the end taken away, and the head put back with an old signature',
      () => [
        sql`delete from kiosk_events ${of()} and n > 4`,
        head(4),
        sql`update kiosk_chains set signature = ${Buffer.from(signedHead(4))} ${of()}`,
      ],
      () => [`${place}: entry 5 is missing`],
    ],
    [
      'the head replaced',
      () => [sql`update kiosk_chains set hash = sha256('x'::bytea) ${of()}`],
      () => [`${place}: entry 7 and what follows it may be missing: the head is not signed by the audit key`],
    ],
    [
      'the whole chain deleted',
      () => [sql`delete from kiosk_events ${of()}`, sql`delete from kiosk_chains ${of()}`],
      () => [`${place}: entries 1 to 5 are missing`],
    ],
    [
      "the kiosk's certificate replaced",
      () => [
        sql`update kiosk_certificates set public_key = ${Buffer.from(new TestSigner().publicKey)} where kiosk_id = ${chain.kioskId}`,
      ],
      () => [`${place}: entries 1 to 6 were changed`],
    ],
  ];

  /** As it was signed when there were so many events: whoever has seen it then can put it back. */
  function signedHead(n: number): Uint8Array {
    return world.central.authority.auditKey.signHead({
      chain: `${chain.kioskId}/${chain.id}`,
      seq: n,
      hash: hashes.get(n)!,
    });
  }
  test.each(damages)("finds in a kiosk's chain %s", async (_what, damage, said) => {
    expect(await saidAfter(...damage())).toEqual(said());
  });

  test('a chain whose head was changed is not signed anew by what the kiosk sends next', async () => {
    const victim = await SignedChain.of(world, 'victim');
    await victim.send(...victim.some(4));
    await world.central.database.execute(
      sql`update kiosk_chains set acknowledged = 2 where chain_id = ${victim.id}`,
    );
    await expect(victim.send(victim.next())).rejects.toMatchObject({ code: 'SE-05-chain-broken' });
    const { findings } = await verifyAudit(world.central);
    expect(findings.map(describeFinding)).toEqual([
      `kiosk victim, chain ${victim.id}: entry 5 and what follows it may be missing: the head is not signed by the audit key`,
    ]);
    await world.central.database.execute(
      sql`update kiosk_chains set acknowledged = 4 where chain_id = ${victim.id}`,
    );
  });
});
