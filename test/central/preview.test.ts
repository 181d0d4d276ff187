import { afterAll, beforeAll, expect, test } from 'vitest';
import { plannedChanges } from '../../src/central/planner/planned-changes.ts';
import { certificatesOnCard } from '../../src/central/repositories/certificates.ts';
import { CentralWorld } from './support/central-world.ts';
import { FULL_CARD, OperationRun, proveHolder } from './support/operation-run.ts';

/** What somebody is shown of the keys of their card before its first write (RP-13). */

let world: CentralWorld;

beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());

const short = (changes: readonly { change: string; from: string | null; to: string | null }[]) =>
  changes.map(({ change, from, to }) => `${change} ${from}>${to}`);

test('a preview tells of every key what becomes of it, and so does one of the operation that was begun', async () => {
  const issued = await world.issueCard();
  const onCard = await certificatesOnCard(world.central.database, issued.card.id);
  const wish = async (reason: string) => ({
    ...{ proofId: await proveHolder(world.kiosk, issued), cardId: issued.card.id },
    ...{ capabilities: FULL_CARD, reason },
  });
  const kept = await world.kiosk.preview(await wish('profile-updated'));
  expect(short(kept.changes)).toEqual(['replaced 9A>9A', 'replaced 9C>9C', 'kept 9D>9D', 'replaced 9E>9E']);
  const ends = kept.changes.map(({ notAfter }) => notAfter);
  expect(ends[2]).toBe(`${onCard.get('9D')!.notAfter.toISOString().slice(0, 19)}Z`);
  expect(ends.every((end) => end !== null && new Date(end) > new Date())).toBe(true);

  const asked = await wish('pin-or-key-exposed');
  const moved = await world.kiosk.preview(asked);
  expect(short(moved.changes)).toEqual([
    ...['replaced 9A>9A', 'replaced 9C>9C', 'new null>9D', 'replaced 9E>9E', 'moved 9D>82'],
  ]);
  const { proofId, reason } = asked;
  await OperationRun.begin(world.kiosk, issued, { proofId, reason });
  expect(short((await world.kiosk.preview(asked)).changes)).toEqual(short(moved.changes));
});

test('of keys that leave the card only those are called lost that central cannot give back', async () => {
  const issued = await world.issueCard();
  const onCard = await certificatesOnCard(world.central.database, issued.card.id);
  const facts = { onCard, now: new Date(), cardExpiresAt: issued.card.expiresAt };
  const archived = new Set([Buffer.from(onCard.get('9D')!.publicKey).toString('hex')]);
  const coming = [{ slot: '9A' as const, publicKey: null, certificate: null, lifetimeDays: 365 }];
  const gone = (archive: ReadonlySet<string>) =>
    short(plannedChanges(coming, { ...facts, archived: archive }).slice(1));
  expect(gone(new Set())).toEqual(['removed 9C>null', 'lost 9D>null', 'removed 9E>null']);
  expect(gone(archived)).toEqual(['removed 9C>null', 'removed 9D>null', 'removed 9E>null']);
});
