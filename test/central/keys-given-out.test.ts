/** Keys that left central and came to nothing by what is told: their owner hears of them all the same (KR-10). */
import { rmSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mails } from '../../db/central/mail-schema.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { mailFolderSettings } from '../../src/central/mail/mail-settings.ts';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { fileRequest } from '../../src/central/request/file-request.ts';
import { openByToken } from '../../src/central/soft/collect-by-token.ts';
import { giveTokenByCommand } from '../../src/central/soft/give-token.ts';
import { sweep } from '../../src/central/sweep.ts';
import { createRecipient } from '../../src/pki/hpke.ts';
import { parseCollectionToken } from '../../src/protocol/collection-token.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import type { IssuedCard } from './support/central-world.ts';
import { ARCHIVED, CollectionWorld } from './support/collection-world.ts';
import { OperationRun, proveHolder } from './support/operation-run.ts';

const clock = { offsetMs: 0 };
const now = () => new Date(Date.now() + clock.offsetMs);
const MINUTE = 60_000;
/** Its keys go into a database of the owner's own machine. */
const STORE = ARCHIVED.replace('name = "archived"', 'name = "store"').replace(
  '[pin_policy]',
  '[soft_certificate]\nwhere = "nss"\n\n[pin_policy]',
);

const folder = memoryFolder('keys-given-out');
let world: CollectionWorld;
beforeAll(async () => {
  world = await CollectionWorld.open(now, { mail: mailFolderSettings(folder) });
  await putProfile(world.world.central, STORE);
});
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true });
});

async function wanted(profileName = 'employee') {
  const issued = await world.world.issueCard();
  const serials = await world.oldKeys(issued, 'P-256');
  const wish = { kind: 'softCertificate', ownerId: issued.holder.id, profileName, note: null } as const;
  const { id } = await fileRequest(world.world.central, COMMAND, { ...wish, certificates: serials });
  return { issued, serials, requestId: id };
}

/** What its owner was told of keys that were given out. */
async function told({ holder }: IssuedCard) {
  const rows = await world.database.select().from(mails).where(eq(mails.personId, holder.id));
  return rows.filter(({ kind }) => kind === 'keysGivenOut').map(({ facts }) => facts);
}

async function open(issued: IssuedCard, requestId: string) {
  const { publicKey } = await createRecipient();
  await world.kiosk.openSoft(requestId, {
    proofId: await proveHolder(world.kiosk, issued),
    recipientKey: publicKey,
  });
  return publicKey;
}

const AT_KIOSK = { kiosk: 'first', keys: 1, onto: 'softCertificate' };

describe('the owner is told of keys that were given out', () => {
  test('for a file that was not saved, as the kiosk says', async () => {
    const { issued, requestId } = await wanted();
    const run = await open(issued, requestId);
    expect(await told(issued)).toEqual([]);
    for (let times = 0; times < 2; times += 1)
      await world.kiosk.stopSoft(requestId, { run, code: 'KR-08-medium-gone' });
    expect(await told(issued)).toEqual([AT_KIOSK]);
  });

  test('to a run in whose place another one has begun', async () => {
    const { issued, requestId } = await wanted();
    await open(issued, requestId);
    await open(issued, requestId);
    expect(await told(issued)).toEqual([AT_KIOSK]);
  });

  test('to whoever had a token, and says nothing any more', async () => {
    const { issued, requestId } = await wanted('store');
    const { token } = await giveTokenByCommand(world.world.central, COMMAND, requestId);
    const { secret } = parseCollectionToken(Buffer.from(token).toString('latin1'))!;
    const { publicKey: recipientKey } = await createRecipient();
    const asked = { secret, recipientKey, machine: 'somebodys-laptop', address: '192.0.2.7' };
    await openByToken(world.world.central, asked);
    clock.offsetMs = 11 * MINUTE;
    try {
      await sweep(world.world.central);
    } finally {
      clock.offsetMs = 0;
    }
    expect(await told(issued)).toEqual([{ machine: 'somebodys-laptop', keys: 1, onto: 'softCertificate' }]);
  });

  test('for a card that they did not come onto: it was abandoned, or its kiosk has called it off', async () => {
    const issued = await world.world.issueCard();
    const requestId = await world.request(issued, await world.oldKeys(issued, 'P-256', 'P-256'));
    const begin = () => OperationRun.collect(world.kiosk, issued, requestId);
    const first = await begin();
    await first.authenticate();
    await first.bringKey('82', null);
    await first.kiosk.cancel(first.id);
    const second = await begin();
    await second.authenticate();
    for (const slot of ['82', '83'] as const) await second.bringKey(slot, null);
    await abandonOperation(world.world.central, second.id, { actor: 'command', why: null });
    const card = issued.card.serial!.slice(-4);
    const facts = { kiosk: 'first', card, onto: 'existingCard' };
    // The card has the first one by now, and did not need it again.
    expect(await told(issued)).toEqual([
      { ...facts, keys: 1 },
      { ...facts, keys: 1 },
    ]);
  });
});

describe('the owner is told nothing', () => {
  test('of what ended before a key was given out, nor of a key that was made for it', async () => {
    const issued = await world.world.issueCard();
    const requestId = await world.request(issued, await world.oldKeys(issued, 'P-256'));
    const run = await OperationRun.collect(world.kiosk, issued, requestId);
    await abandonOperation(world.world.central, run.id, { actor: 'command', why: null });
    const fresh = await world.world.issueCard({ profileName: 'archived' });
    const rewrite = await OperationRun.begin(world.kiosk, fresh, { reason: 'pin-or-key-exposed' });
    await rewrite.authenticate();
    await rewrite.kiosk.releaseKey(rewrite.id, '9D');
    await abandonOperation(world.world.central, rewrite.id, { actor: 'command', why: null });
    expect([...(await told(issued)), ...(await told(fresh))]).toEqual([]);
  });
});
