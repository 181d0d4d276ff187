import { describe, expect, test } from 'vitest';
import { RETIRED_SLOTS, type RetiredSlot } from '../../src/domain/slot.ts';
import {
  CardTooSmallError,
  PinNotAcceptedError,
  PinNotProvenError,
  PlanError,
} from '../../src/encoder/errors.ts';
import type { Progress } from '../../src/encoder/ports.ts';
import { buildCertificateObject } from '../../src/piv/objects/certificate.ts';
import { parseKeyHistory } from '../../src/piv/objects/key-history.ts';
import { OBJECT_TAGS } from '../../src/piv/reference.ts';
import { PERSONALITIES, type Personality, type PersonalityName } from '../../src/virtual-card/personality.ts';
import { OLD_PIN, publicKeyIn, type RunOptions, run, takesPin, takesSecrets } from './support/card-run.ts';
import {
  aCollection,
  anOldKey,
  type Collection,
  hex,
  type OldKey,
  slotsOf,
  type Wanted,
  whatIsLost,
} from './support/collection-card.ts';

/** Before version 5.7: keys can be put there, and neither moved nor deleted. */
const unmoving: Personality = { ...PERSONALITIES.full, canMoveKeys: false };
const FAMILIES = (Object.keys(PERSONALITIES) as PersonalityName[]).filter((name) => name !== 'standard');
const MAKES: readonly (readonly [string, PersonalityName | Personality])[] = [
  ...FAMILIES.filter((name) => name !== 'small').map((name) => [name, name] as const),
  ['without F6', unmoving],
];
const INSTRUCTIONS = { VERIFY: 0x20, CHANGE: 0x24, IMPORT: 0xfe, MOVE: 0xf6, SET_KEY: 0xff };

const COLLECTS = { keepsPin: true } as const;

function optionsFor(personality: PersonalityName | Personality): RunOptions {
  return personality === unmoving ? { ...COLLECTS, capabilities: { canMoveKeys: false } } : COLLECTS;
}

/**
 * The key in 82 is taken off and the last one takes its place, two stay, and three are recovered: RSA, P-256, RSA. A card that
 * cannot move it gets it from the archive.
 */
async function threeRecovered(personality: PersonalityName | Personality): Promise<Collection> {
  const [gone, second, third, last] = [
    await anOldKey('gone'),
    await anOldKey('second'),
    ...(await lastTwo()),
  ];
  const source = (personality === unmoving ? 'import' : 'move') as 'move';
  const wanted: Wanted[] = [
    { slot: '82', key: last!, source: { kind: source, from: '85' } },
    { slot: '83', key: second, source: { kind: 'keep' } },
    { slot: '84', key: third!, source: { kind: 'keep' } },
    { slot: '85', key: await anOldKey('first recovered', 'RSA-2048'), source: recovered },
    { slot: '86', key: await anOldKey('second recovered'), source: recovered },
    { slot: '87', key: await anOldKey('third recovered', 'RSA-2048'), source: recovered },
  ];
  return aCollection(personality, [gone, second, third!, last!], wanted, { keys: [], certificates: [] });
}

const recovered = { kind: 'import', from: null } as const;
const lastTwo = (): Promise<OldKey[]> => Promise.all([anOldKey('third', 'RSA-2048'), anOldKey('last')]);

/** The first of three is taken off, the last takes its place, and nothing comes. */
async function oneRemoved(personality: PersonalityName | Personality): Promise<Collection> {
  const before = [await anOldKey('gone'), await anOldKey('second'), await anOldKey('last')];
  const source = (personality === unmoving ? 'import' : 'move') as 'move';
  const wanted: Wanted[] = [
    { slot: '82', key: before[2]!, source: { kind: source, from: '84' } },
    { slot: '83', key: before[1]!, source: { kind: 'keep' } },
  ];
  return aCollection(personality, before, wanted, { keys: ['84'], certificates: ['84'] });
}

/** Everything is where it was wished for, and everything else as it was. */
async function demandCollected(
  { card, central, wanted, count }: Collection,
  before: Awaited<ReturnType<typeof slotsOf>>,
  at = '',
): Promise<void> {
  const now = await slotsOf(card);
  for (const { slot, key } of wanted) {
    const certificate = hex(buildCertificateObject(key.certificate));
    expect(now.get(slot), `${at}, ${slot}`).toEqual({ publicKey: hex(key.publicKey), certificate });
  }
  const others = [...now].filter(([slot]) => !wanted.some((one) => one.slot === slot));
  for (const [slot, content] of others) {
    const isActive = slot.startsWith('9') && slot > '95';
    if (isActive) expect(content, `${at}, ${slot}`).toEqual(before.get(slot));
    else expect(content.certificate || null, `${at}, ${slot}`).toBeNull();
  }
  const history = parseKeyHistory(card.object(OBJECT_TAGS.KEY_HISTORY)!);
  expect(history.onCardCount, at).toBe(count);
  expect(card.object(OBJECT_TAGS.SECURITY_OBJECT)?.[0], at).toBe(2);
  expect(await takesPin(card, OLD_PIN), at).toBe(true);
  expect(card.pukTriesLeft).toBe(3);
  expect(await takesSecrets(card, central), at).toEqual({ managementKey: true, puk: true });
}

describe.each(MAKES)('recovered keys come onto a card of the make %s', (_name, personality) => {
  test.each([
    ['with one moved and one taken off', threeRecovered],
    ['none, when one is only taken off', oneRemoved],
  ])('%s', async (_case, make) => {
    const collection = await make(personality);
    const { card, central } = collection;
    const before = await slotsOf(card);
    const seen = await run(card, central, optionsFor(personality));
    expect(seen.error).toBeNull();
    await demandCollected(collection, before);
    expect(central.calls.some((call) => call.startsWith('intend'))).toBe(false);
    expect(seen.opened.every((secret) => secret.every((byte) => byte === 0))).toBe(true);
    const forbidden = [INSTRUCTIONS.CHANGE, INSTRUCTIONS.SET_KEY, 0x2c];
    expect(seen.commands.filter(({ ins }) => forbidden.includes(ins))).toEqual([]);
    expect(central.completed).toMatchObject({ leftoverKeys: [], unwritableObjects: [] });
  });
});

/** Cuts a collection off, and has it finished by putting the card in again. @returns false when the cut came too late */
async function cutAndFinish(
  make: (personality: PersonalityName | Personality) => Promise<Collection>,
  personality: PersonalityName | Personality,
  when: 'before' | 'after',
  apdu: number,
): Promise<boolean> {
  const at = `cut ${when} APDU ${apdu}`;
  const collection = await make(personality);
  const { card, central } = collection;
  const before = await slotsOf(card);
  card.cutAt(apdu, when);
  const first = await run(card, central, optionsFor(personality));
  if (first.outcome) return false;
  expect(first.error, at).toHaveProperty('name', 'CardRemovedError');
  expect(await whatIsLost(collection, before), at).toEqual([]);
  const second = await run(card, central, { ...optionsFor(personality), isResumed: true });
  expect(second.error, at).toBeNull();
  await demandCollected(collection, before, at);
  return true;
}

describe('a collection that was cut off is finished by putting the card in again, and nothing else is touched', () => {
  const thorough = [
    ['full', PERSONALITIES.full],
    ['torn-writes', PERSONALITIES['torn-writes']],
    ['without F6', unmoving],
  ] as const;
  test.each(thorough)(
    'cut before and after every APDU, on a card of the make %s',
    async (_name, personality) => {
      for (const make of [threeRecovered, oneRemoved]) {
        for (const when of ['before', 'after'] as const) {
          let apdu = 1;
          while (await cutAndFinish(make, personality, when, apdu)) apdu += 1;
          expect(apdu).toBeGreaterThan(12);
        }
      }
    },
  );

  test('cut here and there, on every other make', async () => {
    for (const [, personality] of MAKES) {
      if (thorough.some(([name]) => PERSONALITIES[name as PersonalityName] === personality)) continue;
      for (let apdu = 2; await cutAndFinish(threeRecovered, personality, 'after', apdu); ) apdu += 7;
    }
  });

  test('cut twice, in the run and in the one that takes it up', async () => {
    for (let k = 8; k < 40; k += 5) {
      const collection = await threeRecovered('full');
      const { card, central } = collection;
      const before = await slotsOf(card);
      for (const apdu of [k, (k * 7) % 31]) {
        card.cutAt(apdu || 1, 'after');
        await run(card, central, { ...COLLECTS, isResumed: apdu !== k });
        expect(await whatIsLost(collection, before), `cuts after ${k}`).toEqual([]);
      }
      card.faults.cut = null;
      expect((await run(card, central, { ...COLLECTS, isResumed: true })).error).toBeNull();
      await demandCollected(collection, before, `cuts after ${k}`);
    }
  });
});

describe('the PIN of a collection stays', () => {
  test('and without a proof of it nothing is sent to the card', async () => {
    for (const options of [{ oldPin: null }, { keepsPin: false }, { oldPin: null, keepsPin: true }]) {
      const { card, central } = await oneRemoved('full');
      const { error, commands } = await run(card, central, options);
      expect(error).toBeInstanceOf(PinNotProvenError);
      expect(commands).toEqual([]);
    }
  });

  test('and a wrong one ends the run before anything is written', async () => {
    const { card, central } = await threeRecovered('full');
    const { error, commands } = await run(card, central, { ...COLLECTS, oldPin: '999999' });
    expect(error).toBeInstanceOf(PinNotAcceptedError);
    expect(commands.filter(({ isWrite }) => isWrite)).toEqual([]);
    expect(commands.filter(({ ins }) => ins === INSTRUCTIONS.VERIFY)).toHaveLength(1);
  });

  test('and so do the keys that sign by it, whatever a plan says', async () => {
    for (const change of [
      { removedKeys: ['9A' as const] },
      { emptiedCertificates: ['9C' as const] },
      { keys: [] as never },
    ]) {
      const { card, central } = await oneRemoved('full');
      const signing = { slot: '9A', algorithm: 'P-256', source: { kind: 'keep' } } as const;
      const { error, commands } = await run(card, central, {
        ...COLLECTS,
        changePlan: (plan) => {
          if (!('keys' in change)) return { ...plan, ...change };
          const publicKey = publicKeyIn(card, '9A');
          const key = { ...signing, publicKey, certificate: null, challenge: null, recordedPublicKey: null };
          return { ...plan, keys: [...plan.keys, key] };
        },
      });
      expect(error).toBeInstanceOf(PlanError);
      expect(commands).toEqual([]);
    }
  });
});

test('each step of a collection is shown, and counted once', async () => {
  for (const make of [threeRecovered, oneRemoved]) {
    const { card, central } = await make('full');
    const shown: Progress[] = [];
    await run(card, central, { ...COLLECTS, onProgress: (progress) => shown.push(progress) });
    const last = shown.at(-1)!;
    expect(last).toMatchObject({ phase: 'complete', done: last.total - 1 });
    expect(shown.filter(({ phase }) => phase === 'pin')).toEqual([]);
    const imports = shown.filter(({ phase }) => phase === 'import').map(({ subject }) => subject);
    expect(imports).toEqual(make === threeRecovered ? ['85', '86', '87'] : []);
    expect(shown.map(({ done }) => done)).toEqual(shown.map(({ done }) => done).sort((a, b) => a - b));
  }
});

describe('twenty retired keys', () => {
  const slots: readonly RetiredSlot[] = RETIRED_SLOTS;

  test('fit on a card, and one more collection writes nothing anew that is there', async () => {
    const keys = await Promise.all(slots.map((slot) => anOldKey(`key of ${slot}`)));
    const wanted = slots.map((slot, at) => ({ slot, key: keys[at]!, source: recovered }));
    const first = await aCollection('full', [], wanted, { keys: [], certificates: [] });
    const before = await slotsOf(first.card);
    expect((await run(first.card, first.central, COLLECTS)).error).toBeNull();
    await demandCollected(first, before);
    const kept = slots.map((slot, at) => ({ slot, key: keys[at]!, source: { kind: 'keep' } as const }));
    const again = await aCollection('full', keys, kept, { keys: [], certificates: [] });
    const seen = await run(again.card, again.central, COLLECTS);
    expect(seen.error).toBeNull();
    expect(seen.journal.steps).toEqual(['object:5FC10C', 'object:5FC106']);
  });
});

describe('a card without room for what is wished for', () => {
  /** Two are recovered beside one that stays. */
  async function twoRecovered(personality: PersonalityName | Personality): Promise<Collection> {
    const kept = await anOldKey('second');
    const wanted: Wanted[] = [
      { slot: '82', key: kept, source: { kind: 'keep' } },
      { slot: '83', key: await anOldKey('first recovered', 'RSA-2048'), source: recovered },
      { slot: '84', key: await anOldKey('third recovered', 'RSA-2048'), source: recovered },
    ];
    return aCollection(personality, [kept], wanted, { keys: [], certificates: [] });
  }

  test.each([
    ['the second certificate', 1_000],
    ['the first key', 2_000],
    ['the second key', 3_200],
  ])('as %s is as it was, and the run ends with just that', async (what, roomBytes) => {
    const { card: full } = await twoRecovered('full');
    const capacityBytes = bytesOn(full) + roomBytes;
    const collection = await twoRecovered({ ...PERSONALITIES.full, capacityBytes });
    const { card, central } = collection;
    const before = await slotsOf(card);
    const { error, journal } = await run(card, central, COLLECTS);
    expect(error).toBeInstanceOf(CardTooSmallError);
    expect(await slotsOf(card)).toEqual(before);
    expect(card.object(OBJECT_TAGS.SECURITY_OBJECT)?.[0]).toBe(1);
    const keySteps = journal.steps.filter((step) => step.startsWith('key:'));
    if (what.includes('certificate')) expect(keySteps).toEqual([]);
    else expect(keySteps.length).toBeGreaterThan(0);
  });
});

/** Objects, and five elliptic keys. */
function bytesOn(card: Collection['card']): number {
  const tags = [0x7e, ...Array.from({ length: 0x24 }, (_, i) => 0x5fc101 + i)];
  return tags.reduce((sum, tag) => sum + (card.object(tag)?.length ?? 0), 5 * 138);
}
