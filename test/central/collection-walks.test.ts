/** Collections, rewrites, cuts and abandonments one after the other, as it comes: no key is lost, and the record is the truth (RP-17). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { archivedAmong } from '../../src/central/repositories/archived-keys.ts';
import { isEncryptionSlot, RETIRED_SLOTS, type Slot } from '../../src/domain/slot.ts';
import type { IssuedCard } from './support/central-world.ts';
import { CollectionWorld } from './support/collection-world.ts';
import { FULL_CARD, OperationRun } from './support/operation-run.ts';

/** More of them: RECARD_WALKS=50. */
const WALKS = Number(process.env.RECARD_WALKS ?? 3);
const STEPS = 8;

let world: CollectionWorld;
beforeAll(async () => {
  world = await CollectionWorld.open();
});
afterAll(() => world.close());

/** Numbers below a bound, always the same for a seed. */
function dice(seed: number): (bound: number) => number {
  let state = seed * 2654435761 + 1;
  return (bound) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % bound;
  };
}

class Walk {
  readonly issued: IssuedCard;
  readonly told: string[] = [];
  readonly #roll: (bound: number) => number;
  readonly #canMoveKeys: boolean;

  constructor(issued: IssuedCard, roll: (bound: number) => number) {
    this.issued = issued;
    this.#roll = roll;
    this.#canMoveKeys = roll(4) > 0;
  }

  async step(): Promise<void> {
    if (this.#roll(3) === 0) return this.#rewrite();
    const serials = Object.values(await world.keysOf(this.issued));
    const more = await world.oldKeys(
      this.issued,
      ...Array.from({ length: this.#roll(4) }, () => 'P-256' as const),
    );
    const archived = await this.#archived(serials);
    const without = archived.filter(() => this.#roll(3) === 0);
    if (more.length + without.length === 0) return this.#rewrite();
    await this.#collect(await world.request(this.issued, more, without), without);
  }

  async #collect(requestId: string, confirmedRemovals: string[]): Promise<void> {
    const capabilities = { ...FULL_CARD, canMoveKeys: this.#canMoveKeys };
    const begin = () =>
      OperationRun.collect(world.kiosk, this.issued, requestId, { confirmedRemovals, capabilities });
    let run: OperationRun;
    try {
      run = await begin();
    } catch (error) {
      // What a card cannot do is refused before anything is begun.
      expect((error as { code: string }).code).toMatch(/^(KR-07-|RP-17-rewrite-first)/);
      this.told.push(`refused ${(error as { code: string }).code}`);
      return;
    }
    for (let cuts = this.#roll(3); cuts > 0; cuts -= 1) {
      await this.#writePart(run);
      if (this.#roll(4) === 0) return this.#abandon(run);
      run = await begin();
    }
    await run.kiosk.complete(run.id, await run.writeCollected());
    this.told.push('collected');
    await this.expectTruth(true);
  }

  /** Carries out the first few steps, as a card that is pulled then. */
  async #writePart(run: OperationRun): Promise<void> {
    if (this.#roll(4) === 0) return;
    await run.authenticate();
    const { soft } = this.issued;
    const keys = run.plan.keys.slice(0, this.#roll(run.plan.keys.length + 1));
    for (const { slot, source, publicKey } of keys) {
      if (source.kind === 'move' && !soft.holds(slot, publicKey!)) soft.move(source.from, slot);
      if (source.kind === 'import') await run.bringKey(slot, this.#canMoveKeys ? source.from : null);
    }
    // Given out, and pulled before it was there.
    const next = run.plan.keys[keys.length];
    if (next?.source.kind === 'import' && this.#roll(2) === 0) await run.release(next.slot);
  }

  async #abandon(run: OperationRun): Promise<void> {
    await abandonOperation(world.world.central, run.id, { actor: 'command', why: null });
    this.told.push('abandoned');
    await this.#expectNothingLost();
  }

  async #rewrite(): Promise<void> {
    const reason = ['profile-updated', 'routine-key-rotation', 'card-content-faulty'][this.#roll(3)]!;
    const capabilities = { ...FULL_CARD, canMoveKeys: this.#canMoveKeys };
    const wish = { reason, capabilities, acceptsKeyLoss: true };
    let run: OperationRun;
    try {
      run = await OperationRun.begin(world.kiosk, this.issued, wish);
    } catch (error) {
      expect((error as { code: string }).code).toBe('RP-20-key-would-be-lost');
      return;
    }
    const report = await run.write();
    for (const slot of run.plan.removedKeys) this.issued.soft.keys.delete(slot);
    await run.kiosk.complete(run.id, report);
    this.told.push(reason);
    await this.expectTruth(true);
  }

  /** Each slot on record has the key on record; where the card was finished, no other one has any, and none is left out. */
  async expectTruth(isFinished: boolean): Promise<void> {
    const { soft } = this.issued;
    const onCard = await world.onCard(this.issued);
    for (const [slot, { publicKey }] of onCard) {
      expect([slot, soft.holds(slot, publicKey)]).toEqual([slot, true]);
    }
    if (!isFinished) return;
    const occupied = [...soft.keys.keys()].filter(isEncryptionSlot).toSorted();
    expect(occupied).toEqual([...onCard.keys()].filter(isEncryptionSlot).toSorted());
    const retired = RETIRED_SLOTS.filter((slot) => onCard.has(slot));
    expect(retired).toEqual(RETIRED_SLOTS.slice(0, retired.length));
    await this.#expectNothingLost();
  }

  /** What is not archived is on the card, and central knows of it. */
  async #expectNothingLost(): Promise<void> {
    const { soft } = this.issued;
    const onCard = await world.onCard(this.issued);
    const known = [...onCard.values()].map(({ publicKey }) => Buffer.from(publicKey).toString('hex'));
    const archived = await archivedAmong(
      world.database,
      this.issued.holder.id,
      [...onCard.values()].map(({ publicKey }) => publicKey),
    );
    const there = [...soft.keys.keys()].map((slot: Slot) =>
      Buffer.from(soft.publicKey(slot)).toString('hex'),
    );
    expect(known.filter((key) => !archived.has(key) && !there.includes(key))).toEqual([]);
  }

  async #archived(serials: readonly string[]): Promise<string[]> {
    const rows = [...(await world.onCard(this.issued)).values()];
    const owner = this.issued.holder.id;
    const archived: string[] = [];
    for (const { serialNumber, publicKey } of rows) {
      const isArchived = (await archivedAmong(world.database, owner, [publicKey])).size > 0;
      if (isArchived && serials.includes(serialNumber)) archived.push(serialNumber);
    }
    return archived;
  }
}

test.each(Array.from({ length: WALKS }, (_, seed) => seed))('walk %i', async (seed) => {
  const roll = dice(seed);
  const profileName = ['employee', 'archived', 'signing'][roll(3)]!;
  const walk = new Walk(await world.world.issueCard({ profileName }), roll);
  try {
    for (let step = 0; step < STEPS; step += 1) await walk.step();
  } catch (error) {
    throw new Error(`${profileName}: ${walk.told.join(', ')}`, { cause: error });
  }
});
