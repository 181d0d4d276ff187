/** What is under way, or asked for, at the moment when a card is cancelled or disabled (RP-17, operation.md D). */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mails } from '../../db/central/mail-schema.ts';
import { cancelCard, disableCard, enableCard } from '../../src/central/card-life/change-card.ts';
import { scopeOfGroups } from '../../src/central/enrolment/scope-of-groups.ts';
import { mailFolderSettings } from '../../src/central/mail/mail-settings.ts';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { auditRows, parseEntry } from '../../src/central/repositories/audit.ts';
import { certificatesOfCard } from '../../src/central/repositories/certificates.ts';
import { listReasons } from '../../src/central/repositories/reasons.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import type { IssuedCard } from './support/central-world.ts';
import { CollectionWorld } from './support/collection-world.ts';
import { OperationRun } from './support/operation-run.ts';
import { queryScope, readWholeLog } from './support/scope-contents.ts';

let world: CollectionWorld;
beforeAll(async () => {
  world = await CollectionWorld.open();
});
afterAll(() => world?.close());

const cancel = ({ card }: IssuedCard, reason = 'stolen') =>
  cancelCard(world.world.central, COMMAND, card.id, { reason, note: null });
const disable = ({ card }: IssuedCard) =>
  disableCard(world.world.central, COMMAND, card.id, { reason: 'under-investigation', note: null });
const enable = ({ card }: IssuedCard) => enableCard(world.world.central, COMMAND, card.id, { note: null });
const reasonOf = async (serial: string) => (await world.certificate(serial))!.crlReason;

async function audited(type: string, { card }: IssuedCard): Promise<number> {
  let count = 0;
  for await (const row of auditRows(world.database)) {
    const line = parseEntry(row);
    if (line?.type === type && line.cardId === card.id) count += 1;
  }
  return count;
}

async function collected(issued: IssuedCard, requestId: string) {
  const run = await OperationRun.collect(world.kiosk, issued, requestId);
  await run.kiosk.complete(run.id, await run.writeCollected());
}

describe('a collection under way', () => {
  test('onto a card that is stolen fails: what it brings is exposed, and what it was to take off as well', async () => {
    const issued = await world.world.issueCard();
    const [first, second] = (await world.oldKeys(issued, 'P-256', 'P-256')) as [string, string];
    await collected(issued, await world.request(issued, [first]));
    const requestId = await world.request(issued, [second], [first]);
    const run = await OperationRun.collect(world.kiosk, issued, requestId, { confirmedRemovals: [first] });
    await run.writeCollected();
    await cancel(issued);
    expect(await world.stateOf(requestId)).toBe('failed');
    expect(await reasonOf(first)).toBe('keyCompromise');
    expect(await reasonOf(second)).toBe('keyCompromise');
    expect(await audited('request.failed', issued)).toBe(1);
  });

  test('that was abandoned leaves in doubt what it was to take off: it is exposed with a card that is stolen', async () => {
    const issued = await world.world.issueCard();
    const [gone] = (await world.oldKeys(issued, 'P-256')) as [string];
    await collected(issued, await world.request(issued, [gone]));
    const requestId = await world.request(issued, [], [gone]);
    const run = await OperationRun.collect(world.kiosk, issued, requestId, { confirmedRemovals: [gone] });
    await run.authenticate();
    await abandonOperation(world.world.central, run.id, { actor: 'command', why: null });
    expect(Object.values(await world.keysOf(issued))).not.toContain(gone);
    await cancel(issued);
    expect(await reasonOf(gone)).toBe('keyCompromise');
  });

  test('onto a card that is disabled is finished after enabling', async () => {
    const issued = await world.world.issueCard();
    const serials = await world.oldKeys(issued, 'P-256');
    const requestId = await world.request(issued, serials);
    const run = await OperationRun.collect(world.kiosk, issued, requestId);
    const report = await run.writeCollected();
    await disable(issued);
    await expect(run.kiosk.complete(run.id, report)).rejects.toMatchObject({ code: 'RP-06-disabled' });
    await enable(issued);
    await collected(issued, requestId);
    expect(await world.stateOf(requestId)).toBe('completed');
  });
});

describe('at the same moment', () => {
  test('a card is cancelled once, whoever asks', async () => {
    const issued = await world.world.issueCard();
    const said = await Promise.all([cancel(issued), cancel(issued), cancel(issued)]);
    expect(said.map(({ revoked }) => revoked.length).sort()).toEqual([0, 0, 4]);
    expect(await audited('card.cancelled', issued)).toBe(1);
  });

  test('as a rewrite is completed a card is cancelled, and leaves no valid certificate either way', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const issued = await world.world.issueCard();
      const run = await OperationRun.begin(world.kiosk, issued);
      const report = await run.write();
      await Promise.allSettled([run.kiosk.complete(run.id, report), cancel(issued)]);
      const rows = await certificatesOfCard(world.database, issued.card.id);
      expect(rows.length).toBeGreaterThan(6);
      expect(rows.filter(({ revokedAt, isOnCard }) => revokedAt === null && isOnCard)).toEqual([]);
      expect(rows.filter(({ state }) => state === 'held' || state === 'active')).toEqual([]);
    }
  });

  test('as it is enabled a card is disabled, and its certificates are as its state says', async () => {
    const issued = await world.world.issueCard();
    await disable(issued);
    await Promise.all([enable(issued), disable(issued), enable(issued), disable(issued)]);
    const isDisabled = (await world.world.cardNow(issued)).state === 'disabled';
    const rows = [...(await world.onCard(issued)).values()];
    expect(rows.map(({ state }) => state)).toEqual(rows.map(() => (isDisabled ? 'revoked' : 'active')));
  });
});

test('a holder is told of each by mail, once, and by whom, not why', async () => {
  const central = { ...world.world.central, mail: mailFolderSettings('/nowhere') };
  const { card, holder } = await world.world.issueCard();
  const wish = { reason: 'under-investigation', note: 'the card was seen in two places' };
  await disableCard(central, COMMAND, card.id, wish);
  await disableCard(central, COMMAND, card.id, wish);
  await enableCard(central, COMMAND, card.id, { note: null });
  await cancelCard(central, COMMAND, card.id, { reason: 'lost', note: null });
  const told = await world.database.select().from(mails);
  expect(told.map(({ kind, personId }) => [kind, personId])).toEqual([
    ['cardDisabled', holder.id],
    ['cardEnabled', holder.id],
    ['cardCancelled', holder.id],
  ]);
  for (const { facts } of told) expect(facts).toEqual({ card: card.serial!.slice(-4), by: 'administrator' });
});

describe('the reasons that kiosks copy', () => {
  test('are those for rewriting a card, and no other comes to them or goes', async () => {
    const { database } = world;
    const scopeId = await database.transaction((transaction) => scopeOfGroups(transaction, ['all']));
    const reasonsOf = async () => {
      const contents = await queryScope(database, []);
      return [...contents.keys()].filter((key) => key.startsWith('reason '));
    };
    const rewriting = [
      ...['profile-updated', 'personal-data-changed', 'card-content-faulty'],
      ...['certificate-revoked-elsewhere', 'pin-or-key-exposed', 'routine-key-rotation'],
    ];
    expect(await reasonsOf()).toEqual(rewriting.map((code) => `reason ${code}`));
    const { rows } = (await database.execute(
      sql`select code from copy_reasons order by position`,
    )) as unknown as {
      rows: { code: string }[];
    };
    expect(rows.map(({ code }) => code)).toEqual(rewriting);
    const change = (query: ReturnType<typeof sql>) => database.execute(query);
    await change(sql`update reasons set position = position + 20 where code = 'lost'`);
    await change(sql`insert into reasons select 'eaten', titles, old_certificates, old_encryption_certificate, encryption_key,
      crl_reason, 30, operations, chosen_by from reasons where code = 'lost'`);
    await change(sql`delete from reasons where code = 'eaten'`);
    const before = await readWholeLog(database, scopeId, 0, 1000);
    expect(before.filter(([, kind]) => kind === 'reason')).toEqual([]);
    // One that becomes a reason to rewrite comes, and goes again.
    await change(
      sql`update reasons set operations = operations || 'reprovision'::text where code = 'damaged'`,
    );
    expect((await listReasons(database, 'reprovision')).map(({ code }) => code)).toContain('damaged');
    await change(
      sql`update reasons set operations = array_remove(operations, 'reprovision') where code = 'damaged'`,
    );
    const log = (await readWholeLog(database, scopeId, 0, 1000)).filter(([, kind]) => kind === 'reason');
    expect(log.map(([, , key, row]) => [key, row === null])).toEqual([
      ['damaged', false],
      ['damaged', true],
    ]);
  });
});
