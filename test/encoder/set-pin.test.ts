import { describe, expect, test } from 'vitest';
import { PinNotSetError } from '../../src/encoder/errors.ts';
import { CardRemovedError } from '../../src/piv/connection.ts';
import { PERSONALITIES, type Personality } from '../../src/virtual-card/personality.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import {
  aCard,
  aCentral,
  anImage,
  NEW_PIN,
  OLD_PIN,
  run,
  takesPin,
  takesSecrets,
} from './support/card-run.ts';

const INS_CHANGE_REFERENCE_DATA = 0x24;
const INS_RESET_RETRY_COUNTER = 0x2c;
const ANOTHER_PIN = '395172';
const BY_CODE = { oldPin: null };
const MAKES = ['full', 'standard'] as const;

async function aBlockedCard(make: Personality | (typeof MAKES)[number]): Promise<VirtualCard> {
  const card = aCard(make);
  while (card.pinTriesLeft > 0) await takesPin(card, '999999');
  card.reset();
  return card;
}

/** A PUK that central does not know, and the first change of it was cut off: nobody can say what it is. */
async function aCardWithStrangePuk(make: (typeof MAKES)[number]) {
  const card = aCard(make);
  card.setPinAndPuk(OLD_PIN, '55555555');
  const central = aCentral(anImage('P-256', { changesManagementKey: false }));
  const pulled = await run(card, central, {
    onCommand: ({ step }) => {
      if (step === 'puk') card.cutAt(1, 'after');
    },
  });
  expect(pulled.error).toBeInstanceOf(CardRemovedError);
  card.reset();
  return { card, central };
}

describe('whoever proved themselves with a code chooses a new PIN', () => {
  test.each(MAKES)('on a %s card whose PIN is blocked, and all else is as ever', async (make) => {
    const card = await aBlockedCard(make);
    const central = aCentral(anImage('P-256'));
    const { outcome, error, pin, opened } = await run(card, central, BY_CODE);
    expect(error).toBeNull();
    expect(outcome?.kind).toBe('completed');
    expect(await takesPin(card, NEW_PIN)).toBe(true);
    expect(await takesSecrets(card, central)).toEqual({ managementKey: true, puk: true });
    expect([...pin.next, ...opened.flatMap((secret) => [...secret])].every((byte) => byte === 0)).toBe(true);
  });

  test('only once the card has passed with its management key, and before any key is touched', async () => {
    const card = await aBlockedCard('full');
    const central = aCentral(anImage('P-256'));
    const { commands } = await run(card, central, BY_CODE);
    expect(central.calls.slice(0, 3)).toEqual(['witness:0', 'intend:pin', 'outcome:pin:written']);
    expect(commands.find(({ isWrite }) => isWrite)).toMatchObject({
      ins: INS_RESET_RETRY_COUNTER,
      step: 'pin',
    });
  });

  const forgetful: Personality = {
    ...PERSONALITIES.full,
    hasExtendedLength: false,
    tearsChainedWrites: true,
  };
  test.each([
    ['full', PERSONALITIES.full],
    ['standard', PERSONALITIES.standard],
    ['forgetful', forgetful],
  ])('and again after a cut at any APDU, on a %s card', async (_name, make) => {
    for (const when of ['before', 'after'] as const) {
      for (let apdu = 1; ; apdu += 1) {
        const card = await aBlockedCard(make);
        const central = aCentral(anImage('P-256'));
        card.cutAt(apdu, when);
        const first = await run(card, central, BY_CODE);
        if (first.outcome) break;
        const at = `cut ${when} APDU ${apdu}`;
        card.reset();
        const second = await run(card, central, { ...BY_CODE, newPin: ANOTHER_PIN, isResumed: true });
        expect(second.error, at).toBeNull();
        expect(await takesPin(card, NEW_PIN), at).toBe(false);
        expect(await takesPin(card, ANOTHER_PIN), at).toBe(true);
        expect(await takesSecrets(card, central), at).toEqual({ managementKey: true, puk: true });
      }
    }
  });

  test.each(MAKES)('or finishes a %s card with the PIN that was set before the cut', async (make) => {
    const card = await aBlockedCard(make);
    const central = aCentral(anImage('P-256'));
    await run(card, central, {
      ...BY_CODE,
      onCommand: ({ step }) => {
        if (step === 'object:5FC107') card.cutAt(1, 'before');
      },
    });
    card.reset();
    const { error, commands } = await run(card, central, {
      oldPin: NEW_PIN,
      keepsPin: true,
      isResumed: true,
    });
    expect(error).toBeNull();
    expect(commands.some(({ ins, p2 }) => ins === INS_RESET_RETRY_COUNTER && p2 === 0x80)).toBe(false);
    expect(await takesPin(card, NEW_PIN)).toBe(true);
  });

  test.each(MAKES)('of a %s card whose holder began with a PIN and then forgot it', async (make) => {
    const card = aCard(make);
    const central = aCentral(anImage('P-256'));
    await run(card, central, {
      onCommand: ({ step }) => {
        if (step === 'key:9C') card.cutAt(1, 'after');
      },
    });
    card.reset();
    const { error } = await run(card, central, { ...BY_CODE, newPin: ANOTHER_PIN, isResumed: true });
    expect(error).toBeNull();
    expect(await takesPin(card, ANOTHER_PIN)).toBe(true);
  });
});

describe('no PUK is blocked by trying', () => {
  test('with one try left it is not tried at all', async () => {
    const card = await aBlockedCard('full');
    card.setPinAndPuk(OLD_PIN, '12345678');
    await spendPukTries(card, 2);
    const central = aCentral(anImage('P-256'));
    const { error, commands } = await run(card, central, BY_CODE);
    expect(error).toBeInstanceOf(PinNotSetError);
    expect(card.pukTriesLeft).toBe(1);
    expect(commands.filter(({ isWrite }) => isWrite)).toEqual([]);
  });

  test.each(MAKES)(
    'one that a %s card refuses is told to central, and nothing else is written',
    async (make) => {
      const card = aCard(make);
      card.setPinAndPuk(OLD_PIN, '55555555');
      const central = aCentral(anImage('P-256'));
      const { error, commands, opened } = await run(card, central, BY_CODE);
      expect(error).toBeInstanceOf(PinNotSetError);
      expect(central.calls.at(-1)).toBe('outcome:pin:refused');
      expect(commands.filter(({ isWrite }) => isWrite)).toHaveLength(1);
      expect(card.pukTriesLeft).toBe(2);
      expect(opened.flatMap((secret) => [...secret]).every((byte) => byte === 0)).toBe(true);
      expect(await takesPin(card, OLD_PIN)).toBe(true);
    },
  );

  test.each(MAKES)(
    'by a %s card that is put in again and again, with a code or with the PIN',
    async (make) => {
      const { card, central } = await aCardWithStrangePuk(make);
      for (let attempt = 0; attempt < 4; attempt += 1) {
        const { error } = await run(card, central, { ...BY_CODE, isResumed: true });
        expect(error).toBeInstanceOf(PinNotSetError);
        expect(card.pukTriesLeft).toBe(1);
      }
      const { outcome } = await run(card, central, { oldPin: NEW_PIN, isResumed: true });
      expect(outcome?.kind).toBe('completed');
      expect(card.pukTriesLeft).toBe(1);
    },
  );

  test.each(MAKES)('by a %s card in one operation after the other', async (make) => {
    const card = aCard(make);
    card.setPinAndPuk(OLD_PIN, '55555555');
    const central = aCentral(anImage('P-256', { changesManagementKey: false }));
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const { outcome } = await run(card, central, { oldPin: attempt === 0 ? OLD_PIN : NEW_PIN });
      expect(outcome?.kind).toBe('completed');
      expect(card.pukTriesLeft).toBe(2);
    }
  });
});

async function spendPukTries(card: VirtualCard, count: number): Promise<void> {
  card.reset();
  const select = Uint8Array.from([0x00, 0xa4, 0x04, 0x00, 0x09, ...Buffer.from('a00000030800001000', 'hex')]);
  await card.transmit(select);
  const change = Uint8Array.from([
    0x00,
    INS_CHANGE_REFERENCE_DATA,
    0x00,
    0x81,
    0x10,
    ...Buffer.from('9'.repeat(16)),
  ]);
  for (let i = 0; i < count; i += 1) await card.transmit(change);
  card.reset();
}
