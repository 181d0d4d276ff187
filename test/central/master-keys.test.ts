import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAudit } from '../../src/central/audit/check-audit.ts';
import { cardMasterKeys } from '../../src/central/authority/card-master-keys.ts';
import { keyFolder } from '../../src/central/authority/key-folder.ts';
import type { Central } from '../../src/central/central.ts';
import { masterKeyCommand } from '../../src/central/command/master-key.ts';
import { MasterKeyError, rotateMasterKey } from '../../src/central/master-keys.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { readManagementKey, readPuk } from '../../src/central/operation/read-secret.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { CentralWorld, type IssuedCard } from './support/central-world.ts';
import { FULL_CARD, OperationRun, proveHolder, STANDARD_CARD } from './support/operation-run.ts';

let world: CentralWorld;
beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());

const folderOf = () => keyFolder(join(world.stateDir, 'authority'), join(world.stateDir, 'authority.key'));
const fileOf = (number: number) => join(world.stateDir, 'authority', `card-master-key-${number}`);

async function masterKey(...args: readonly string[]): Promise<string> {
  let out = '';
  await masterKeyCommand(world.central, args, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: () => {} },
  });
  return out;
}

const list = async (): Promise<{ number: number; cards: number; isNewest: boolean; isHere: boolean }[]> =>
  JSON.parse(await masterKey('list', '--json'));
const cardsOf = async (number: number) => (await list()).find((one) => one.number === number)!.cards;

async function rewrite(issued: IssuedCard): Promise<void> {
  const run = await OperationRun.begin(world.kiosk, issued);
  await run.kiosk.complete(run.id, await run.write());
}

/** Rewrites a card, after a master key was made, up to the intent to set its PUK. */
async function beginWithNewKey() {
  const issued = await world.issueCard();
  await masterKey('rotate');
  const number = (await list()).at(-1)!.number;
  const run = await OperationRun.begin(world.kiosk, issued);
  await run.authenticate();
  await run.writeKeys();
  await run.changePin();
  const { version } = await run.kiosk.intend(run.id, 'puk');
  return { issued, number, run, version };
}

/** Another central with a folder of its own, in which it is to find what was copied there. */
function anotherCentral(changes: { readonly lacks?: number; readonly hasOwn?: number }): Central {
  const { authority } = world.central;
  const masterKeys = {
    ...authority.masterKeys,
    open(number: number) {
      const fresh = cardMasterKeys(new Uint8Array(32).fill(number), folderOf());
      if (number === changes.hasOwn) return Promise.resolve(fresh.first);
      return number === changes.lacks ? fresh.open(4711) : authority.masterKeys.open(number);
    },
  };
  return { ...world.central, authority: { ...authority, masterKeys } };
}

describe('a new card master key', () => {
  test('takes over card by card, at each card’s next rewrite, and every card opens all the time', async () => {
    const [first, second] = [await world.issueCard(), await world.issueCard()];
    await rewrite(first);
    await rewrite(second);
    const before = await cardsOf(1);
    expect(await masterKey('rotate')).toContain('card master key 2 is in use from now on');
    expect(existsSync(fileOf(2))).toBe(true);
    expect(await list()).toMatchObject([
      { number: 1, isNewest: false },
      { number: 2, cards: 0, isNewest: true, isHere: true },
    ]);
    await rewrite(first);
    expect(await cardsOf(1)).toBe(before - 1);
    expect(await cardsOf(2)).toBe(1);
    const { masterKeys } = world.central.authority;
    const derived = (await masterKeys.open(2)).deriveManagementKey(first.card.id, 2, 'AES-192');
    expect(Buffer.from(first.soft.managementKey)).toEqual(Buffer.from(derived));
    expect(second.soft.managementKey).toEqual(
      masterKeys.first.deriveManagementKey(second.card.id, 1, 'AES-192'),
    );
    await rewrite(first);
    await rewrite(second);
    expect(await cardsOf(1)).toBe(before - 2);
  });

  test('counts no card twice that has secrets of two of them, and none that can never be rewritten', async () => {
    const issued = await world.issueCard();
    await rewrite(issued);
    const newest = (await list()).at(-1)!.number;
    const before = await cardsOf(newest);
    await changeCard(world.central.database, issued.card.id, { state: 'cancelled' });
    expect(await cardsOf(newest)).toBe(before - 1);
  });

  test('keeps a change that was cut off before it was made: what the card may have is tried', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    await run.writeKeys();
    await run.changePin();
    const puk = await run.kiosk.intend(run.id, 'puk');
    const before = await run.open(puk.next!, 'puk', puk.version);
    const newest = (await list()).at(-1)!.number;
    await rotateMasterKey(world.central, 'command');
    const again = await run.kiosk.intend(run.id, 'puk');
    expect(await run.open(again.next!, 'puk', again.version)).toEqual(before);
    const { masterKeys } = world.central.authority;
    expect(before).toEqual((await masterKeys.open(newest)).derivePuk(issued.card.id, 1));
    issued.soft.puk = Buffer.from(before).toString('latin1');
    const resumed = await OperationRun.begin(world.kiosk, issued);
    await resumed.kiosk.complete(resumed.id, await resumed.write(true));
    expect(await cardsOf(newest + 1)).toBe(1);
  });

  test('is told of in the audit', async () => {
    const made = await rotateMasterKey(world.central, 'command');
    const { lines } = await readAudit(world.central);
    expect(lines.at(-1)).toMatchObject({ type: 'master-key.made', detail: { number: made } });
  });

  test('leaves one-time codes and the audit as they were', async () => {
    const { authority } = world.central;
    const code = new TextEncoder().encode('12345678');
    const hash = authority.codeKey.hashCode('code', code);
    await rotateMasterKey(world.central, 'command');
    expect(authority.codeKey.hashCode('code', code)).toEqual(hash);
    expect((await readAudit(world.central)).brokenAt).toBeNull();
  });
});

describe('a central that lacks a card master key', () => {
  const begin = async (issued: IssuedCard, central: Central) => {
    const { beginOperation } = await import('../../src/central/operation/begin.ts');
    const { kiosks } = await import('../../db/central/schema.ts');
    const [kiosk] = await central.database.select().from(kiosks);
    const request = { proofId: await proveHolder(world.kiosk, issued), cardId: issued.card.id };
    return beginOperation(central, kiosk as never, {
      ...{ ...request, reason: 'profile-updated', capabilities: FULL_CARD, acceptsKeyLoss: false },
      recipientKey: new Uint8Array(32).fill(9),
    });
  };

  test.each(['lacks', 'hasOwn'] as const)(
    'or %s another of that number, begins nothing and says what to copy',
    async (how) => {
      const issued = await world.issueCard();
      const newest = (await list()).at(-1)!.number;
      const other = anotherCentral({ [how]: newest });
      const refused = await begin(issued, other).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'SE-03-no-master-key', status: 409 });
      expect((refused as Error).message).toContain(
        `lacks card-master-key-${newest} or has another one; copy it`,
      );
      expect((refused as Error).message).not.toContain(world.stateDir);
      expect((await begin(issued, world.central)).isResumed).toBe(false);
    },
  );

  test('says so in its list', async () => {
    const newest = (await list()).at(-1)!.number;
    let out = '';
    await masterKeyCommand(anotherCentral({ lacks: newest }), ['list'], {
      stdout: { write: (text) => (out += text) },
      stderr: { write: () => {} },
    });
    expect(out.split('\n').filter((one) => one.includes('MISSING'))).toHaveLength(1);
  });

  test('finds it once the file is there', async () => {
    const issued = await world.issueCard();
    await rewrite(issued);
    const newest = (await list()).at(-1)!.number;
    const fresh = cardMasterKeys(new Uint8Array(32), folderOf());
    renameSync(fileOf(newest), `${fileOf(newest)}.away`);
    await expect(fresh.open(newest)).rejects.toMatchObject({ problem: 'missing' });
    renameSync(`${fileOf(newest)}.away`, fileOf(newest));
    expect((await fresh.open(newest)).checkValue).toHaveLength(8);
  });

  test('opens no file of another number in its place', async () => {
    const newest = (await list()).at(-1)!.number;
    const fresh = cardMasterKeys(new Uint8Array(32), folderOf());
    const content = readFileSync(fileOf(newest));
    renameSync(fileOf(newest), fileOf(newest + 50));
    await expect(fresh.open(newest + 50)).rejects.toMatchObject({ problem: 'wrongKey' });
    renameSync(fileOf(newest + 50), fileOf(newest));
    expect(readFileSync(fileOf(newest))).toEqual(content);
  });
});

describe('an old card master key', () => {
  test('is retired when no card needs it, and its file destroyed', async () => {
    const issued = await world.issueCard();
    await rewrite(issued);
    const old = (await list()).at(-1)!.number;
    await expect(masterKey('retire', String(old))).rejects.toThrow('new secrets are derived from it');
    await masterKey('rotate');
    await expect(masterKey('retire', String(old))).rejects.toBeInstanceOf(MasterKeyError);
    await expect(masterKey('retire', String(old))).rejects.toThrow(
      /\d+ cards need it until they are rewritten/,
    );
    await expect(masterKey('retire', '4711')).rejects.toThrow('there is none of that number');
    await masterKey('rotate');
    const unused = old + 1;
    expect(await masterKey('retire', String(unused))).toContain(`card master key ${unused} is retired`);
    expect(existsSync(fileOf(unused))).toBe(false);
    await expect(masterKey('retire', String(unused))).rejects.toThrow('it is retired already');
    expect(await masterKey('list')).toMatch(new RegExp(`^${unused} {2}0 cards .* retired`, 'm'));
    await rewrite(issued);
  });

  test('is not missed by a card for which a change was only intended with it', async () => {
    const { issued, number, run, version } = await beginWithNewKey();
    await run.kiosk.outcome(run.id, { secret: 'puk', version, outcome: 'unchanged' });
    await masterKey('rotate');
    await expect(masterKey('retire', String(number))).rejects.toThrow('1 cards need it');
    await abandonOperation(world.central, run.id, { actor: 'command', why: null });
    await masterKey('retire', String(number));
    const { code } = await giveCode(world.central, issued.card.id, 'long', 'command');
    const { proofId } = await world.kiosk.typeCode(issued.card.id, Buffer.from(code).toString('latin1'));
    const next = await OperationRun.begin(world.kiosk, issued, { proofId });
    await next.kiosk.complete(next.id, await next.write());
  });

  test('stays while a change that was cut off may have given a card a secret of it', async () => {
    const { number } = await beginWithNewKey();
    await masterKey('rotate');
    await expect(masterKey('retire', String(number))).rejects.toThrow('1 cards need it');
  });
});

test('a card that cannot change its management key keeps the key that it came with', async () => {
  const issued = await world.issueCard();
  const run = await OperationRun.begin(world.kiosk, issued, { capabilities: STANDARD_CARD });
  await run.kiosk.complete(run.id, await run.write());
  const card = await world.cardNow(issued);
  expect(card).toMatchObject({ managementKeyVersion: 0, pukVersion: 1, canChangeManagementKey: false });
  const { database } = world.central;
  const key = await readManagementKey(world.central, database, card.id, { version: 0, algorithm: 'AES-192' });
  expect(Buffer.from(key)).toEqual(Buffer.from(issued.soft.managementKey));
  expect(Buffer.from(await readPuk(world.central, database, card.id, 1)).toString('latin1')).toBe(
    issued.soft.puk,
  );
});
