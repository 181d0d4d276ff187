import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PinNotChosenError } from '../../src/encoder/errors.ts';
import { CardRemovedError } from '../../src/piv/connection.ts';
import { PERSONALITIES, type Personality } from '../../src/virtual-card/personality.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import {
  aCard,
  aCentral,
  anImage,
  canProveHolder,
  NEW_PIN,
  OLD_PIN,
  publicKeyIn,
  run,
  takesPin,
  takesSecrets,
} from './support/card-run.ts';
import type { Image, SmallCentral } from './support/small-central.ts';

const tearing: Personality = { ...PERSONALITIES.standard, tearsChainedWrites: true };
const forgetful: Personality = { ...PERSONALITIES.full, hasExtendedLength: false, tearsChainedWrites: true };
const THIRD_PIN = '16180339';
const INS_CHANGE_REFERENCE_DATA = 0x24;
const MAKES = { full: PERSONALITIES.full, standard: PERSONALITIES.standard, tearing, forgetful };

/** What a cut may leave behind is finished by the next run: the card and central end as if nothing had been. */
async function cutAndFinish(
  make: Personality,
  when: 'before' | 'after',
  apdu: number,
  imageOf: (card: VirtualCard) => Image,
  prepare: (card: VirtualCard, central: SmallCentral) => unknown = recordBoth,
): Promise<boolean> {
  const card = aCard(make);
  const image = imageOf(card);
  const central = aCentral(image);
  await prepare(card, central);
  card.cutAt(apdu, when);
  const first = await run(card, central);
  if (first.outcome) return false;
  const at = `cut ${when} APDU ${apdu}`;
  expect(first.error, at).toBeInstanceOf(CardRemovedError);
  const provingKeys = image.keys.filter(({ slot }) => slot === '9A' || slot === '9C');
  if (provingKeys.length === 2) expect(await canProveHolder(card, central), at).toBe(true);
  card.reset();
  const second = await resume(card, central);
  expect(second.error, at).toBeNull();
  for (const { tag, content } of image.objects) {
    expect(card.object(Number.parseInt(tag, 16)), `${at}, ${tag}`).toEqual(Buffer.from(content));
  }
  expect(await takesPin(card, OLD_PIN), at).toBe(false);
  expect(await takesPin(card, second.holdersPin), at).toBe(true);
  expect(await takesSecrets(card, central), at).toEqual({ managementKey: true, puk: true });
  return true;
}

/** As a kiosk does: with the PIN that the card has, which stays where central knows that it is new. */
async function resume(card: VirtualCard, central: SmallCentral) {
  const oldPin = (await takesPin(card, OLD_PIN)) ? OLD_PIN : NEW_PIN;
  const keepsPin = central.isPinSet;
  const newPin = oldPin === NEW_PIN ? THIRD_PIN : NEW_PIN;
  const seen = await run(card, central, { isResumed: true, oldPin, newPin, keepsPin });
  return { ...seen, holdersPin: keepsPin ? oldPin : newPin };
}

describe('an operation that was cut off is finished by putting the card in again', () => {
  test.each(['before', 'after'] as const)('%s every APDU, on every make of card', async (when) => {
    for (const make of Object.values(MAKES)) {
      let apdu = 1;
      while (await cutAndFinish(make, when, apdu, () => anImage('P-256'))) apdu += 1;
      expect(apdu).toBeGreaterThan(30);
    }
  });

  test.each(['before', 'after'] as const)(
    '%s every APDU, while an encryption key is moved and others go',
    async (when) => {
      const imageOf = (card: VirtualCard) => withMovedKey(card);
      let apdu = 1;
      while (await cutAndFinish(PERSONALITIES.full, when, apdu, imageOf)) apdu += 1;
      expect(apdu).toBeGreaterThan(30);
    },
  );

  test.each(['before', 'after'] as const)(
    '%s every APDU, while an encryption key is moved and one from the archive takes its place',
    async (when) => {
      const prepare = (card: VirtualCard, central: SmallCentral) => {
        recordBoth(card, central);
        return central.archive('9D', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
      };
      let apdu = 1;
      while (await cutAndFinish(forgetful, when, apdu, withArchivedKey, prepare)) apdu += 1;
      expect(apdu).toBeGreaterThan(30);
    },
  );

  test.each(['before', 'after'] as const)(
    '%s every APDU, while only one of the two keys that central knows is on the card',
    async (when) => {
      for (const [make, prepare] of [
        [PERSONALITIES.full, recordOnly('9A')],
        [PERSONALITIES.standard, recordBothWithAnother('9C')],
      ] as const) {
        let apdu = 1;
        while (await cutAndFinish(make, when, apdu, () => anImage('P-256'), prepare)) apdu += 1;
        expect(apdu).toBeGreaterThan(30);
      }
    },
  );

  test('by two cuts, one in the run and one in its resume', async () => {
    for (const [first, second] of [3, 5, 8, 13, 17, 21, 26, 28, 29, 31].map(
      (k) => [k, (k * 7) % 29 || 1] as const,
    )) {
      const card = aCard();
      const central = aCentral(anImage('P-256'));
      card.cutAt(first, 'after');
      await run(card, central);
      card.reset();
      card.cutAt(second, 'after');
      await run(card, central, { isResumed: true });
      card.reset();
      card.faults.cut = null;
      const { error } = await run(card, central, { isResumed: true });
      const at = `cut after APDU ${first}, then after ${second}`;
      expect(error, at).toBeNull();
      expect(await takesPin(card, NEW_PIN), at).toBe(true);
      expect(await takesSecrets(card, central), at).toEqual({ managementKey: true, puk: true });
    }
  });
});

describe('a PIN that this operation has set', () => {
  async function cutOffAt(step: string) {
    const card = aCard();
    const central = aCentral(anImage('P-256'));
    await run(card, central, {
      onCommand: (command) => {
        if (command.step === step) card.cutAt(1, 'after');
      },
    });
    card.reset();
    return { card, central };
  }

  test('stays, and nothing of it is sent to the card or to central again', async () => {
    const { card, central } = await cutOffAt('key:9C');
    const asked = central.calls.length;
    const begun = { oldPin: NEW_PIN, keepsPin: true, isResumed: true };
    const { error, commands, journal, pin } = await run(card, central, begun);
    expect(error).toBeNull();
    expect(commands.some(({ ins, p2 }) => ins === INS_CHANGE_REFERENCE_DATA && p2 === 0x80)).toBe(false);
    expect(central.calls.slice(asked).filter((call) => call.includes(':pin'))).toEqual([]);
    expect(journal.steps).not.toContain('pin');
    expect([...pin.old, ...pin.next].every((byte) => byte === 0)).toBe(true);
    expect(await takesPin(card, NEW_PIN)).toBe(true);
  });

  test('stays only if central knows of it: else nothing is written, whatever the kiosk was told', async () => {
    const { card, central } = await cutOffAt('pin');
    for (const oldPin of [NEW_PIN, OLD_PIN]) {
      const { error, commands, journal } = await run(card, central, {
        oldPin,
        keepsPin: true,
        isResumed: true,
      });
      expect(error).toBeInstanceOf(PinNotChosenError);
      expect(commands).toEqual([]);
      expect(journal.steps).toEqual([]);
    }
  });
});

type ProvingSlot = '9A' | '9C';

function recordBoth(card: VirtualCard, central: SmallCentral): void {
  for (const slot of ['9A', '9C'] as const) central.recorded.set(slot, publicKeyIn(card, slot));
}

function recordOnly(slot: ProvingSlot) {
  return (card: VirtualCard, central: SmallCentral) => {
    central.recorded.set(slot, publicKeyIn(card, slot));
  };
}

/** By central's record another key is in the slot than the card has. */
function recordBothWithAnother(slot: ProvingSlot) {
  return (card: VirtualCard, central: SmallCentral) => {
    recordBoth(card, central);
    central.recorded.set(slot, publicKeyIn(card, '9E'));
  };
}

/** The key in 9D becomes retired key 1 before 9D gets one from the archive. */
function withArchivedKey(card: VirtualCard): Image {
  const usual = anImage('P-256');
  const [signIn, sign] = [usual.keys[0]!, usual.keys[1]!];
  const rest = { algorithm: 'P-256' } as const;
  const moved = {
    slot: '82',
    source: { kind: 'move', from: '9D' },
    publicKey: publicKeyIn(card, '9D'),
  } as const;
  const archived = { slot: '9D', source: { kind: 'import', from: null }, publicKey: null } as const;
  return {
    ...usual,
    keys: [signIn, { ...rest, ...moved }, { ...rest, ...archived }, sign],
    emptiedCertificates: ['9E'],
    removedKeys: ['9E'],
  };
}

/** The key in 9D becomes retired key 1 before 9D gets a new one; 9C is no longer in the profile. */
function withMovedKey(card: VirtualCard): Image {
  const usual = anImage('P-256');
  return {
    ...usual,
    keys: [
      {
        slot: '82',
        algorithm: 'P-256',
        source: { kind: 'move', from: '9D' },
        publicKey: publicKeyIn(card, '9D'),
      },
      ...usual.keys.filter(({ slot }) => slot !== '9C'),
    ],
    emptiedCertificates: ['9C', '83'],
    removedKeys: ['9C'],
  };
}
