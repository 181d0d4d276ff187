import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CertificateSummary } from '../../src/domain/card.ts';
import { RETIRED_SLOTS, SLOTS, type Slot } from '../../src/domain/slot.ts';
import { buildCertificateObject } from '../../src/piv/objects/certificate.ts';
import { certificateTag } from '../../src/piv/reference.ts';
import { parseCertificate } from '../../src/pki/certificate.ts';
import { spkiOf } from '../../src/pki/public-key.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aCard } from '../encoder/support/card-run.ts';
import { issueCertificate } from '../encoder/support/small-authority.ts';
import { type BenchOptions, type KioskBench, putOnRecord, startBench } from './support/kiosk-bench.ts';
import { aCardRecord, aCopy, aPerson, CARD_ID, HOLDER_ID } from './support/small-world.ts';

const PUBLIC_KEY = spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
/** A month before the certificates of the tests end, and a day after it. */
const NOW = new Date('2029-12-01T12:00:00Z');
const TOO_LATE = new Date('2030-01-02T00:00:00Z');

let bench: KioskBench;
afterEach(() => bench.close());

/** Puts a certificate of its own into a slot. @returns its number */
async function certify(card: VirtualCard, slot: Slot): Promise<string> {
  const der = await issueCertificate(PUBLIC_KEY, `Alice ${slot}`);
  card.putObject(certificateTag(slot), buildCertificateObject(der));
  return parseCertificate(der).serialNumber;
}

const recorded = (slot: Slot, serialNumber: string, changes: Partial<CertificateSummary> = {}) => ({
  ...{ cardId: CARD_ID, slot, serialNumber, notAfter: '2030-01-01T00:00:00Z', state: 'active' as const },
  ...changes,
});

interface World {
  readonly certificates?: readonly CertificateSummary[];
  readonly card?: Parameters<typeof aCardRecord>[0];
  readonly others?: Parameters<typeof aCopy>[0];
  readonly now?: Date;
  readonly options?: BenchOptions;
}

/** The card is in a reader of a kiosk whose copy has this of it. */
async function insert(card: Parameters<KioskBench['readers']['insert']>[1], world: World = {}) {
  const { certificates = [], others = {}, now = NOW } = world;
  const copy = aCopy({ cards: [aCardRecord(world.card)], certificates: [...certificates], ...others });
  bench = await startBench({ copy, now: () => now, ...world.options });
  bench.readers.insert(0, card);
}

/** Waits until everything is read, and says how each slot fares. */
async function look() {
  bench.press('showCard');
  await bench.until('what is on it', ({ walkUp }) => walkUp.kind === 'onMyCard' && walkUp.contents !== null);
  const { contents } = await bench.at('onMyCard');
  const states = Object.fromEntries(contents!.certificates.map(({ slot, state }) => [slot, state]));
  return { contents: contents!, states };
}

/** The cardholder's own card, which is held while it is looked into. */
async function lookIntoFound(card: Parameters<typeof insert>[0], world: World = {}) {
  await insert(card, world);
  await bench.at('found');
  return look();
}

describe('What is on a card', () => {
  test('is told by the card itself, and how it fares by the copy', async () => {
    const card = aCard();
    const [signIn, sign, encrypt, doors] = [
      await certify(card, '9A'),
      await certify(card, '9C'),
      await certify(card, '9D'),
      await certify(card, '9E'),
    ];
    const { contents, states } = await lookIntoFound(card, {
      certificates: [
        recorded('9A', signIn),
        recorded('9C', sign, { state: 'revoked' }),
        recorded('9D', encrypt, { state: 'superseded' }),
        recorded('9E', doors),
      ],
    });
    expect(states).toEqual({ '9A': 'works', '9C': 'revoked', '9D': 'replaced', '9E': 'works' });
    expect(contents).toMatchObject({ photo: 'absent', printed: 'closed', triesLeft: 3 });
    expect(contents.certificates[0]!.notAfter).toBe('2030-01-01T00:00:00Z');
    expect(card.counters.writeApdus).toBe(0);
  });

  test('does not work any more when its time is over', async () => {
    const card = aCard();
    const certificates = [recorded('9A', await certify(card, '9A'))];
    const { states } = await lookIntoFound(card, { certificates, now: TOO_LATE });
    expect(states['9A']).toBe('expired');
  });

  test('is said of twenty earlier keys, too, also of such as were issued for the holder’s last card', async () => {
    const card = aCard();
    const last = '55555555-5555-4555-8555-555555555555';
    const old = await Promise.all(RETIRED_SLOTS.map((slot) => certify(card, slot)));
    const certificates = old.map((number, i) =>
      recorded('9D', number, i < 10 ? {} : { cardId: last, state: 'superseded' }),
    );
    const cards = [
      aCardRecord(),
      aCardRecord({ id: last, serial: '99', guid: last, state: 'cancelled', holderId: HOLDER_ID }),
    ];
    const { contents, states } = await lookIntoFound(card, { certificates, others: { cards } });
    expect(contents.certificates.map(({ slot }) => slot)).toEqual(SLOTS);
    expect(RETIRED_SLOTS.map((slot) => states[slot])).toEqual([
      ...Array(10).fill('works'),
      ...Array(10).fill('replaced'),
    ]);
  });

  test('is not known where somebody has put other certificates there, also those of another card here', async () => {
    const card = aCard();
    const [foreign, theirs] = [await certify(card, '9A'), await certify(card, '9C')];
    const [otherCard, other] = [
      '55555555-5555-4555-8555-555555555555',
      '66666666-6666-4666-8666-666666666666',
    ];
    const { states } = await lookIntoFound(card, {
      certificates: [
        recorded('9A', 'aa01'),
        recorded('9C', theirs, { cardId: otherCard }),
        recorded('82', 'aa02'),
      ],
      others: {
        people: [aPerson(), aPerson({ id: other, displayName: 'Bob Example' })],
        cards: [
          aCardRecord(),
          aCardRecord({ id: otherCard, serial: '99', guid: otherCard, holderId: other }),
        ],
      },
    });
    expect(foreign).not.toBe('aa01');
    expect(states).toMatchObject({ '9A': 'notKnown', '9C': 'notKnown', '82': 'missing' });
  });

  test('is read from a card that is half written or full of nonsense, as far as it goes', async () => {
    const card = aCard();
    const whole = buildCertificateObject(await issueCertificate(PUBLIC_KEY, 'Alice'));
    card.putObject(certificateTag('9A'), whole.subarray(0, 100));
    card.putObject(certificateTag('9C'), new Uint8Array(5000).fill(0xff));
    card.putObject(certificateTag('9D'), buildCertificateObject(Uint8Array.of(1, 2, 3)));
    card.putObject(certificateTag('9E'), new Uint8Array());
    const { contents } = await lookIntoFound(card, { certificates: [recorded('9E', '0e')] });
    expect(contents.certificates).toEqual([
      { slot: '9A', notAfter: null, state: 'unreadable' },
      { slot: '9C', notAfter: null, state: 'unreadable' },
      { slot: '9D', notAfter: null, state: 'unreadable' },
      { slot: '9E', notAfter: '2030-01-01T00:00:00Z', state: 'missing' },
    ]);
  });

  test('is nothing on a card that was emptied elsewhere', async () => {
    const card = aCard();
    for (const slot of ['9A', '9C', '9D', '9E'] as const)
      card.putObject(certificateTag(slot), new Uint8Array());
    const { contents } = await lookIntoFound(card, {});
    expect(contents.certificates).toEqual([]);
  });

  test('counts for nothing yet while the card is not finished', async () => {
    const card = aCard();
    const [active, revoked] = [await certify(card, '9A'), await certify(card, '9C')];
    const certificates = [recorded('9A', active), recorded('9C', revoked, { state: 'revoked' })];
    const { states } = await lookIntoFound(card, { certificates, card: { hasOpenOperation: true } });
    expect(states).toEqual({ '9A': 'unfinished', '9C': 'revoked', '9D': 'unfinished', '9E': 'unfinished' });
  });

  test('is shown of a disabled card, too, which is free again at once', async () => {
    const card = aCard();
    const certificates = [recorded('9A', await certify(card, '9A'), { state: 'revoked' })];
    await insert(card, { certificates, card: { state: 'disabled' } });
    await bench.at('refused');
    const { states } = await look();
    expect(states['9A']).toBe('revoked');
    const connection = await bench.readers.open(0);
    await connection.close();
    bench.press('back');
    expect(await bench.at('refused')).toMatchObject({ code: 'RP-06-disabled' });
  });

  test('is shown to nobody of a card that is not known', async () => {
    await insert(aCard(), { card: { serial: '99', guid: '55555555-5555-4555-8555-555555555555' } });
    await bench.at('refused');
    bench.press('showCard');
    expect(bench.state()).toMatchObject({ kind: 'refused' });
  });
});

describe('Whoever looks at what is on their card', () => {
  test('goes back to where they were, and on with the same card and its PIN', async () => {
    const card = aCard();
    await lookIntoFound(card);
    putOnRecord(bench, card);
    bench.press('back');
    await bench.walkToRepeatedPin('84726195');
    expect(bench.state()).toMatchObject({ kind: 'newPin', field: 'repeat' });
  });

  test('goes back in the middle of the reading, too', async () => {
    const { card, held } = heldAt(8);
    await insert(card);
    await bench.at('found');
    held.arm();
    bench.press('showCard');
    await held.reached;
    bench.press('back');
    expect(bench.state()).toMatchObject({ kind: 'found' });
    held.release();
    const { contents } = await look();
    expect(contents.certificates).toHaveLength(4);
  });

  test('takes the card out in the middle of the reading, and the next card is found', async () => {
    const { card, held } = heldAt(8);
    await insert(card);
    await bench.at('found');
    held.arm();
    bench.press('showCard');
    await held.reached;
    bench.readers.pull(0);
    expect(bench.state()).toMatchObject({ kind: 'insertCard', passedOver: null });
    held.release();
    bench.readers.insert(0, aCard());
    await bench.at('found');
  });

  test('takes the card out while it is shown, and nothing of it stays', async () => {
    await lookIntoFound(aCard());
    bench.readers.pull(0);
    expect(bench.state()).toEqual({ kind: 'insertCard', passedOver: null });
  });

  test('is told when the card stops answering sense, and may try again', async () => {
    const card = aCard();
    await insert(card);
    await bench.at('found');
    const reset = vi.spyOn(card, 'transmit').mockRejectedValueOnce(new Error('the reader is on fire'));
    bench.press('showCard');
    expect(await bench.at('refused')).toMatchObject({ code: 'UX-09-internal', canRetry: true });
    reset.mockRestore();
    bench.press('confirm');
    await bench.at('found');
  });

  test('has longer to read than elsewhere before the first screen comes back', async () => {
    await lookIntoFound(aCard(), { options: { idleSeconds: 1 } });
    expect(bench.kiosk.view().idleSecondsLeft).toBe(180);
  });
});

/** A card that holds its answer to one command until it is told to go on. @param nth counted from `arm` */
function heldAt(nth: number) {
  const card = aCard();
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let left = Number.POSITIVE_INFINITY;
  const held = {
    arm: () => {
      left = nth;
    },
    reached: reached.promise,
    release: () => gate.resolve(),
  };
  const insertable = {
    atr: card.atr,
    isContactless: card.isContactless,
    reset: () => card.reset(),
    transmit: async (apdu: Uint8Array) => {
      left -= 1;
      if (left === 0) {
        reached.resolve();
        await gate.promise;
      }
      return card.transmit(apdu);
    },
  };
  return { card: insertable, held };
}
