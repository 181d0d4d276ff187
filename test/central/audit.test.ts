import { createHash, createPublicKey, verify } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { describeFinding } from '../../src/central/audit/finding.ts';
import { verifyAudit } from '../../src/central/audit/verify-audit.ts';
import type { Central } from '../../src/central/central.ts';
import { auditCommand } from '../../src/central/command/audit.ts';
import { CommandError, UsageError } from '../../src/central/command/command-io.ts';
import type { Database } from '../../src/central/database.ts';
import { recordAudit, signOldHead } from '../../src/central/repositories/audit.ts';
import { SOON } from '../support/soon.ts';
import { CentralWorld } from './support/central-world.ts';
import { OperationRun } from './support/operation-run.ts';

let world: CentralWorld;

beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());

interface Listed {
  readonly isIntact: boolean;
  readonly brokenAt: number | null;
  readonly entries: readonly { readonly type: string }[];
}

async function run(...args: string[]): Promise<string> {
  let text = '';
  const io = { stdout: { write: (more: string) => (text += more) }, stderr: { write: () => {} } };
  await auditCommand(world.central, args, io);
  return text;
}

async function list(central = world.central): Promise<Listed> {
  let text = '';
  const io = { stdout: { write: (more: string) => (text += more) }, stderr: { write: () => {} } };
  await auditCommand(central, ['list', '--json'], io).catch(() => {});
  return JSON.parse(text);
}

test('an operation is in the audit from begin to complete, without any secret', async () => {
  const issued = await world.issueCard();
  const run = await OperationRun.begin(world.kiosk, issued);
  await run.kiosk.complete(run.id, await run.write());
  const { entries } = await list();
  const types = entries.filter((entry) => (entry as { operationId?: string }).operationId === run.id);
  expect(types.map(({ type }) => type)).toEqual([
    'operation.begun',
    'certificate.held',
    'certificate.held',
    'certificate.held',
    'operation.completed',
  ]);
  const text = JSON.stringify(entries);
  expect(text).not.toContain(issued.soft.puk);
  expect(text).not.toContain(Buffer.from(issued.soft.managementKey).toString('hex'));
});

describe('the chain of the audit', () => {
  test('holds while many write at once', async () => {
    const write = (n: number) =>
      world.central.database.transaction((transaction) =>
        recordAudit(
          world.central,
          transaction,
          { type: 'test.entry', actor: 'command', detail: { n } },
          new Date(),
        ),
      );
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(n)));
    expect(await list()).toMatchObject({ isIntact: true, brokenAt: null });
  });

  test('begins with one first entry, however many write the first at once', async () => {
    await world.central.database.transaction(async (transaction) => {
      await transaction.execute(sql`delete from audit`);
      await transaction.execute(sql`delete from audit_head`);
    });
    const write = () =>
      world.central.database.transaction((transaction) =>
        recordAudit(world.central, transaction, { type: 'test.entry', actor: 'command' }, new Date()),
      );
    await Promise.all(Array.from({ length: 20 }, write));
    const { entries, ...found } = await list();
    expect(found).toMatchObject({ isIntact: true, brokenAt: null });
    expect(entries).toHaveLength(20);
  });

  test('shows an entry that somebody puts in while central waits to write the next', async () => {
    const { database } = world.central;
    const last = (await list()).entries.length;
    const entry = { type: 'test.next', actor: 'command' };
    const write = (transaction: Database) => recordAudit(world.central, transaction, entry, new Date());
    await database.execute(sql`create table head_before as select * from audit_head`);
    let waiting: Promise<void> | undefined;
    await database.transaction(async (transaction) => {
      await transaction.execute(sql`select from audit_head for update`);
      waiting = database.transaction(write);
      await vi.waitFor(async () => {
        const answer = await transaction.execute(sql`select from pg_locks where not granted`);
        expect(answer).toMatchObject({ rowCount: 1 });
      }, SOON);
      await transaction.execute(sql`insert into audit (seq, entry, previous_hash, hash)
        select seq + 1, '{}', hash, hash from audit_head`);
    });
    await waiting;
    const { findings } = await verifyAudit(world.central);
    const said = [`central: entry ${last + 1} was changed`, `central: entry ${last + 2} is missing`];
    expect(findings.map(describeFinding)).toEqual(said);
    await database.execute(sql`delete from audit where seq > ${last}`);
    await database.execute(sql`delete from audit_head`);
    await database.execute(sql`insert into audit_head select * from head_before`);
    await database.execute(sql`drop table head_before`);
    expect(await list()).toMatchObject({ isIntact: true, brokenAt: null });
  });

  const at = (back: number) => sql`(select seq - ${back} from audit_head)`;
  const damages: readonly [
    what: string,
    damage: readonly ReturnType<typeof sql>[],
    said: (last: number) => string[],
  ][] = [
    ['the first deleted', [sql`delete from audit where seq = 1`], () => ['central: entry 1 is missing']],
    [
      'one in the middle deleted',
      [sql`delete from audit where seq = ${at(3)}`],
      (last) => [`central: entry ${last - 3} is missing`],
    ],
    [
      'the last three deleted',
      [sql`delete from audit where seq > ${at(3)}`],
      (last) => [`central: entries ${last - 2} to ${last} are missing`],
    ],
    [
      'one changed',
      [sql`update audit set entry = replace(entry, 'test.entry', 'best.entry') where seq = ${at(3)}`],
      (last) => [`central: entry ${last - 3} was changed`],
    ],
    [
      'one changed with its hash',
      [
        sql`update audit set entry = replace(entry, 'test.entry', 'best.entry') where seq = ${at(3)}`,
        sql`update audit set hash = sha256(previous_hash || convert_to(entry, 'UTF8')) where seq = ${at(3)}`,
      ],
      (last) => [`central: entry ${last - 3} was changed`],
    ],
    [
      'the last one changed with its hash',
      [
        sql`update audit set entry = replace(entry, 'test.entry', 'best.entry') where seq = ${at(0)}`,
        sql`update audit set hash = sha256(previous_hash || convert_to(entry, 'UTF8')) where seq = ${at(0)}`,
      ],
      (last) => [`central: entry ${last} was changed`],
    ],
    [
      'one that is not readable at all',
      [sql`update audit set entry = 'nonsense' where seq = ${at(3)}`],
      (last) => [`central: entry ${last - 3} was changed`],
    ],
    [
      'one that is no object',
      [sql`update audit set entry = 'null' where seq = ${at(3)}`],
      (last) => [`central: entry ${last - 3} was changed`],
    ],
    [
      'two swapped',
      [
        sql`update audit set seq = -seq where seq in (${at(3)}, ${at(2)})`,
        sql`update audit set seq = 2 * ${at(0)} - 5 + seq where seq < 0`,
      ],
      (last) => [`central: entries ${last - 3} to ${last - 2} stand in the places of others`],
    ],
    [
      'one inserted, and the others moved on',
      [
        sql`update audit set seq = -seq where seq > ${at(3)}`,
        sql`update audit set seq = 1 - seq where seq < 0`,
        sql`insert into audit (seq, entry, previous_hash, hash) select ${at(2)}, entry, previous_hash, hash from audit where seq = 1`,
      ],
      (last) => [
        `central: entries ${last - 2} to ${last + 1} stand in the places of others`,
        `central: entry ${last + 1} was added after the last one that is signed`,
      ],
    ],
    [
      'one added at the end',
      [
        sql`insert into audit (seq, entry, previous_hash, hash) select ${at(0)} + 1, replace(entry, '"seq":' || seq, '"seq":' || seq + 1), hash, sha256(hash || convert_to(replace(entry, '"seq":' || seq, '"seq":' || seq + 1), 'UTF8')) from audit where seq = ${at(0)}`,
      ],
      (last) => [`central: entry ${last + 1} was added after the last one that is signed`],
    ],
    [
      'the end taken away, and the head put back without the key',
      [
        sql`delete from audit where seq > ${at(3)}`,
        sql`update audit_head set seq = seq - 3, hash = (select hash from audit where seq = ${at(3)})`,
      ],
      (last) => [
        `central: entry ${last - 2} and what follows it may be missing: the head is not signed by the audit key`,
      ],
    ],
    [
      'the head replaced',
      [sql`update audit_head set signature = sha256('x'::bytea)`],
      (last) => [
        `central: entry ${last + 1} and what follows it may be missing: the head is not signed by the audit key`,
      ],
    ],
    [
      'the head deleted',
      [sql`delete from audit_head`],
      (last) => [
        `central: entry ${last + 1} and what follows it may be missing: the head is not signed by the audit key`,
      ],
    ],
  ];

  test.each(damages)('shows %s, and whatever is added later hides nothing', async (what, damage, said) => {
    const last = (await list()).entries.length;
    await world.central.database
      .transaction(async (transaction) => {
        const central = { ...world.central, database: transaction } as unknown as Central;
        for (const one of damage) await transaction.execute(one);
        expect((await verifyAudit(central)).findings.map(describeFinding)).toEqual(said(last));
        expect(await list(central)).toMatchObject({ isIntact: false });
        await recordAudit(world.central, transaction, { type: 'test.next', actor: 'command' }, new Date());
        const after = await list(central);
        if (what !== 'the head deleted') expect(after.isIntact).toBe(false);
        // Where everything but the head is there, it is told that it was sealed anew.
        else expect(after.entries.slice(-2).map(({ type }) => type)).toEqual(['audit.sealed', 'test.next']);
        transaction.rollback();
      })
      .catch((error: Error) => expect(error.message).toContain('Rollback'));
    expect(await list()).toMatchObject({ isIntact: true, brokenAt: null });
  });

  test('is found broken by the command, which ends with 1 and names the entry', async () => {
    await expect(run('verify')).resolves.toMatch(
      /^checked \d+ entries, and \d+ events in \d+ chains of kiosks\n$/,
    );
    await world.central.database
      .transaction(async (transaction) => {
        await transaction.execute(sql`delete from audit where seq = 2`);
        const central = { ...world.central, database: transaction } as unknown as Central;
        const io = { stdout: { write: (text: string) => said.push(text) }, stderr: { write: () => {} } };
        const said: string[] = [];
        await expect(auditCommand(central, ['verify'], io)).rejects.toBeInstanceOf(CommandError);
        expect(said[0]).toBe('central: entry 2 is missing\n');
        transaction.rollback();
      })
      .catch((error: Error) => expect(error.message).toContain('Rollback'));
  });
});

describe('the head of an audit from before heads were signed', () => {
  /** As such a central has sealed it. */
  async function sealAsBefore(transaction: Database): Promise<void> {
    await transaction.execute(sql`update audit_head set signature = null, mac = sha256('x'::bytea)`);
  }

  test.each([[true], [false]])('is signed once, where its seal is right (%s)', async (isRight) => {
    await world.central.database
      .transaction(async (transaction) => {
        await sealAsBefore(transaction);
        const auditKey = { ...world.central.authority.auditKey, isSealedBefore: () => isRight };
        const authority = { ...world.central.authority, auditKey };
        const central = { ...world.central, authority, database: transaction } as unknown as Central;
        expect(await list(central)).toMatchObject({ isIntact: false });
        await signOldHead(central);
        expect(await list(central)).toMatchObject({ isIntact: isRight });
        transaction.rollback();
      })
      .catch((error: Error) => expect(error.message).toContain('Rollback'));
  });
});

describe('an export', () => {
  interface Line {
    readonly seq: number;
    readonly previousHash: string;
    readonly hash: string;
    readonly entry: { readonly seq: number; readonly type: string };
  }

  test('can be checked from its own lines and the public key alone', async () => {
    const lines = (await run('export')).trimEnd().split('\n');
    const { head, publicKey } = JSON.parse(lines.pop()!);
    let previous = '00'.repeat(32);
    for (const [i, line] of lines.entries()) {
      const { seq, previousHash, hash } = JSON.parse(line) as Line;
      const entry = line.slice(line.indexOf('"entry":') + '"entry":'.length, -1);
      expect([seq, previousHash]).toEqual([i + 1, previous]);
      expect(createHash('sha256').update(Buffer.from(previous, 'hex')).update(entry).digest('hex')).toBe(
        hash,
      );
      previous = hash;
    }
    expect(head).toMatchObject({ chain: 'central', seq: lines.length, hash: previous });
    const signed = `recard audit head v1\n${head.chain}\n${head.seq}\n${head.hash}\n`;
    const signature = Buffer.from(head.signature, 'base64');
    expect(verify(null, Buffer.from(signed), createPublicKey(publicKey), signature)).toBe(true);
    expect(verify(null, Buffer.from(signed.replace(/\d/, '9')), createPublicKey(publicKey), signature)).toBe(
      false,
    );
  });

  test('begins with an entry, or with the first one since a time', async () => {
    const from = async (since: string) => JSON.parse((await run('export', '--since', since)).split('\n')[0]!);
    expect(await from('5')).toMatchObject({ seq: 5 });
    expect(await from('2026-01-01')).toMatchObject({ seq: 1 });
    expect(await from('2999-01-01T00:00:00Z')).toMatchObject({ head: {} });
    await expect(run('export', '--since', 'yesterday')).rejects.toBeInstanceOf(UsageError);
  });

  test('for syslog is one line an entry, whatever is in it', async () => {
    const detail = { code: 'RP-06-disabled', text: 'a "quoted" ] \\ Müller\n<13>1 - - - - - forged' };
    const actor = 'kiosk:Lobby "1"] \\\n';
    await world.central.database.transaction((transaction) =>
      recordAudit(world.central, transaction, { type: 'kiosk.card.refused', actor, detail }, new Date()),
    );
    const lines = (await run('export', '--format', 'syslog')).trimEnd().split('\n');
    expect(lines).toHaveLength((await list()).entries.length);
    const header =
      /^<10[89]>1 \d{4}-\d\d-\d\dT[\d:.]+Z [!-~]+ recard-central - [!-~]{1,32} \[recard@32473 (?:\w+="(?:[^"\\\]]|\\["\\\]])*" ?)+\] \{[ -~]*\}$/;
    for (const line of lines) expect(line).toMatch(header);
    expect(lines.at(-1)).toMatch(/^<108>1 /);
    expect(lines.at(-1)).toContain('actor="kiosk:Lobby \\"1\\"\\] \\\\ "');
    expect(lines.at(-1)).toContain('M\\u00fcller');
  });
});

test('the list for people names cards as people do, in columns', async () => {
  const { card } = await world.issueCard();
  const entry = {
    type: 'kiosk.card.refused',
    actor: 'kiosk:Lobby',
    cardId: card.id,
    detail: { code: 'RP-06-disabled' },
  };
  await world.central.database.transaction((transaction) =>
    recordAudit(world.central, transaction, entry, new Date()),
  );
  const lines = (await run('list')).trimEnd().split('\n');
  expect(lines[0]).toMatch(/^NO +TIME +TYPE +ACTOR +CARD +DETAIL$/);
  const column = lines[0]!.indexOf('CARD');
  expect(lines.at(-1)!.slice(column)).toMatch(new RegExp(`^${card.serial} +code=RP-06-disabled$`));
});
