/** Cards are cancelled, disabled and enabled, each with its certificates (RP-06, RP-12, OP-02, OP-05). */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caCommand } from '../../src/central/command/ca.ts';
import { cardCommand } from '../../src/central/command/card.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import {
  certificatesOfCard,
  certificatesOnCard,
  placeOnCard,
} from '../../src/central/repositories/certificates.ts';
import type { Slot } from '../../src/domain/slot.ts';
import type { IssuedCard } from './support/central-world.ts';
import { OperationRun, proveHolder } from './support/operation-run.ts';
import { OperatorWorld } from './support/operator-world.ts';

let all: OperatorWorld;
let count = 0;
beforeAll(async () => {
  all = await OperatorWorld.open();
});
afterAll(() => all?.close());

const someone = () => all.addPerson(`person${++count}`);
const quiet = { stdout: { write: () => {} }, stderr: { write: () => {} } };

/** `recard central card …`, by id of the card. */
async function card(verb: string, { card: { id } }: IssuedCard, ...more: string[]) {
  let text = '';
  const io = { ...quiet, stdout: { write: (some: string) => (text += some) } };
  await cardCommand(all.world.central, [verb, id, ...more, '--json'], io);
  return JSON.parse(text);
}
const cancel = (issued: IssuedCard, reason: string) => card('cancel', issued, '--reason', reason);
const disable = (issued: IssuedCard) => card('disable', issued, '--reason', 'under-investigation');
const enable = (issued: IssuedCard) => card('enable', issued);

async function serialIn({ card: { id } }: IssuedCard, slot: Slot): Promise<string> {
  return (await certificatesOnCard(all.world.central.database, id)).get(slot)!.serialNumber;
}

/** State and reason on the list, by slot. */
async function states({ card: { id } }: IssuedCard): Promise<Record<string, string>> {
  const rows = await certificatesOnCard(all.world.central.database, id);
  return Object.fromEntries([...rows].map(([slot, row]) => [slot, row.crlReason ?? row.state]));
}

/** Reasons on the published list by serial number, as openssl reads it; null: it is not there. */
async function listed(...serials: string[]): Promise<(string | null)[]> {
  const { rawPayload: input } = await all.world.published.inject({ method: 'GET', url: '/crl/issuing.crl' });
  const options = { input, encoding: 'utf8' } as const;
  const text = execFileSync('openssl', ['crl', '-inform', 'DER', '-noout', '-text'], options);
  const entries = new Map(
    text
      .split('Serial Number: ')
      .slice(1)
      .map((one) => {
        const serial = one.slice(0, one.indexOf('\n')).trim().toLowerCase();
        return [serial, /CRL Reason Code:\s*\n\s*(.+)/.exec(one)?.[1] ?? 'no reason'];
      }),
  );
  return serials.map((serial) => entries.get(serial) ?? null);
}

describe('a card that is cancelled', () => {
  test.each([
    ['lost', { '9A': 'keyCompromise', '9C': 'keyCompromise', '9D': 'keyCompromise', '9E': 'keyCompromise' }],
    [
      'stolen',
      { '9A': 'keyCompromise', '9C': 'keyCompromise', '9D': 'keyCompromise', '9E': 'keyCompromise' },
    ],
    ['damaged', { '9A': 'superseded', '9C': 'superseded', '9D': 'active', '9E': 'superseded' }],
    [
      'leaver',
      {
        ...{ '9A': 'cessationOfOperation', '9C': 'cessationOfOperation' },
        ...{ '9D': 'cessationOfOperation', '9E': 'cessationOfOperation' },
      },
    ],
  ])('as %s has its certificates treated as the table of reasons says', async (reason, expected) => {
    const issued = await someone();
    const signing = await serialIn(issued, '9A');
    const told = await cancel(issued, reason);
    expect(told.card).toMatchObject({ state: 'cancelled', reason });
    expect(await states(issued)).toEqual(expected);
    expect(told.revoked.length).toBe(Object.values(expected).filter((state) => state !== 'active').length);
    expect(await listed(signing)).not.toEqual([null]);
    const again = await cancel(issued, reason);
    expect(again).toMatchObject({ revoked: [], released: [] });
    const entries = (await all.audit('card.cancelled')).filter(({ cardId }) => cardId === issued.card.id);
    expect(entries).toMatchObject([
      { actor: 'command', detail: { reason, before: 'issued', owner: issued.holder.id } },
    ]);
  });

  test('as damaged leaves no valid encryption certificate whose key went with it', async () => {
    const issued = await all.world.issueCard();
    await cancel(issued, 'damaged');
    expect((await states(issued))['9D']).toBe('superseded');
  });

  test('as damaged, and found to be stolen then, loses what was kept', async () => {
    const issued = await someone();
    await cancel(issued, 'damaged');
    expect((await cancel(issued, 'stolen')).revoked).toEqual([issued.serialNumber]);
    expect(await states(issued)).toMatchObject({ '9A': 'superseded', '9D': 'keyCompromise' });
  });

  test.each([
    ['damaged', 'active'],
    ['leaver', 'active'],
    ['stolen', 'keyCompromise'],
  ])('as %s leaves a key of another card that was recovered onto it %s', async (reason, state) => {
    const old = await someone();
    const issued = await all.addCard(old);
    const { database } = all.world.central;
    const recovered = (await certificatesOnCard(database, old.card.id)).get('9D')!;
    await placeOnCard(database, issued.card.id, recovered, '82');
    await cancel(issued, reason);
    expect((await states(issued))['82']).toBe(state);
  });

  test('has the operation under way abandoned, what that had issued revoked, and is refused from then on', async () => {
    const issued = await someone();
    const run = await OperationRun.begin(all.world.kiosk, issued);
    const report = await run.write();
    await cancel(issued, 'damaged');
    const rows = await certificatesOfCard(all.world.central.database, issued.card.id);
    const fresh = rows.filter(({ operationId }) => operationId === run.id);
    expect(fresh.length).toBeGreaterThan(0);
    expect(fresh.map(({ state }) => state)).toEqual(fresh.map(() => 'revoked'));
    const serials = fresh.map(({ serialNumber }) => serialNumber);
    expect(await listed(...serials)).not.toContain(null);
    await expect(run.kiosk.complete(run.id, report)).rejects.toMatchObject({ code: 'RP-17-closed' });
    await expect(OperationRun.begin(all.world.kiosk, issued)).rejects.toThrow();
    const ended = (await all.audit('operation.abandoned')).filter(
      ({ operationId }) => operationId === run.id,
    );
    expect(ended).toHaveLength(1);
  });

  test('takes what was asked for onto it along, and its code', async () => {
    const old = await someone();
    const issued = await all.addCard(old);
    const update = ['card-update', issued.card.id, '--reason', 'profile-updated'];
    const { id } = JSON.parse(await all.command('new', ...update, '--json'));
    const { code } = await giveCode(all.world.central, issued.card.id, 'long', 'command');
    await cancel(issued, 'lost');
    expect(JSON.parse(await all.command('show', id, '--json')).state).toBe('cancelled');
    const cancelled = (await all.audit('request.cancelled')).map(({ detail }) => detail?.request);
    expect(cancelled).toContain(id);
    await expect(all.world.kiosk.typeCode(issued.card.id, Buffer.from(code).toString())).rejects.toThrow();
  });

  test('is neither disabled nor enabled any more, nor cancelled for what is no reason for it', async () => {
    const issued = await someone();
    await expect(cancel(issued, 'profile-updated')).rejects.toThrow('lost, stolen, damaged, leaver');
    await expect(cancel(issued, 'under-investigation')).rejects.toThrow('RP-12-no-such-reason');
    await cancel(issued, 'lost');
    await expect(disable(issued)).rejects.toThrow('OP-02-cancelled');
    await expect(enable(issued)).rejects.toThrow('OP-02-cancelled');
    expect((await all.world.cardNow(issued)).state).toBe('cancelled');
  });
});

describe('a card that is disabled', () => {
  test('has its certificates on hold until it is enabled, and those suspended on their own stay so', async () => {
    const issued = await someone();
    const [own, other] = [await serialIn(issued, '9C'), await serialIn(issued, '9A')];
    await caCommand(all.world.central, ['revoke', own, '--reason', 'certificateHold'], quiet);
    const held = await disable(issued);
    expect(held).toMatchObject({ card: { state: 'disabled', reason: 'under-investigation' }, revoked: [] });
    expect(held.held).toHaveLength(3);
    expect(await listed(own, other)).toEqual(['Certificate Hold', 'Certificate Hold']);
    expect(await disable(issued)).toMatchObject({ held: [] });
    const enabled = await enable(issued);
    expect(enabled).toMatchObject({ card: { state: 'issued', reason: null } });
    expect([...enabled.released].sort()).toEqual([...held.held].sort());
    expect(await listed(own, other)).toEqual(['Certificate Hold', null]);
    expect(await states(issued)).toEqual({
      ...{ '9A': 'active', '9C': 'certificateHold', '9D': 'active', '9E': 'active' },
    });
    expect(await enable(issued)).toMatchObject({ released: [] });
    const types = ['card.disabled', 'card.enabled'];
    for (const type of types) {
      const entries = (await all.audit(type)).filter(({ cardId }) => cardId === issued.card.id);
      expect(entries, type).toHaveLength(1);
    }
  });

  test('does not forget what was revoked or suspended meanwhile', async () => {
    const issued = await someone();
    const [revoked, suspended] = [await serialIn(issued, '9C'), await serialIn(issued, '9A')];
    await disable(issued);
    await caCommand(all.world.central, ['revoke', revoked, '--reason', 'keyCompromise'], quiet);
    await caCommand(all.world.central, ['revoke', suspended, '--reason', 'certificateHold'], quiet);
    await enable(issued);
    expect(await states(issued)).toMatchObject({ '9C': 'keyCompromise', '9A': 'certificateHold' });
    expect(await listed(revoked, suspended)).toEqual(['Key Compromise', 'Certificate Hold']);
  });

  test('is cancelled from there for good: nothing stays on hold', async () => {
    const [lost, damaged] = [await someone(), await someone()];
    for (const issued of [lost, damaged]) await disable(issued);
    await cancel(lost, 'lost');
    expect(Object.values(await states(lost))).toEqual(Array(4).fill('keyCompromise'));
    expect((await cancel(damaged, 'damaged')).released).toEqual([damaged.serialNumber]);
    expect(await states(damaged)).toMatchObject({ '9A': 'superseded', '9D': 'active' });
  });

  test('proves nobody, nor does what was proven before once it is enabled again', async () => {
    const issued = await someone();
    const { kiosk } = all.world;
    const proofId = await proveHolder(kiosk, issued);
    await disable(issued);
    await expect(proveHolder(kiosk, issued)).rejects.toMatchObject({ code: 'ID-01-key-compromised' });
    await enable(issued);
    await expect(OperationRun.begin(kiosk, issued, { proofId })).rejects.toMatchObject({
      code: 'ID-01-not-proved',
    });
    const run = await OperationRun.begin(kiosk, issued);
    await kiosk.complete(run.id, await run.write());
  });

  test('in the middle of a rewrite is finished after enabling, with new certificates', async () => {
    const issued = await someone();
    const { kiosk } = all.world;
    const run = await OperationRun.begin(kiosk, issued);
    const report = await run.write();
    await disable(issued);
    await expect(kiosk.complete(run.id, report)).rejects.toMatchObject({ code: 'RP-06-disabled' });
    await enable(issued);
    const next = await OperationRun.begin(kiosk, issued);
    expect(next.id).toBe(run.id);
    const { certificates } = await kiosk.complete(next.id, await next.write());
    expect(certificates.length).toBeGreaterThan(0);
    const serials = certificates.map(({ serialNumber }) => serialNumber);
    expect(await listed(...serials)).toEqual(serials.map(() => null));
  });
});
