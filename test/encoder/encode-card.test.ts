import { describe, expect, test } from 'vitest';
import { WrongCardError } from '../../src/encoder/errors.ts';
import {
  aCard,
  aCentral,
  anImage,
  FACTORY_KEY,
  NEW_PIN,
  OLD_PIN,
  run,
  takesPin,
} from './support/card-run.ts';

const INS_GENERATE = 0x47;
const INS_AUTHENTICATE = 0x87;

describe('a card is rewritten', () => {
  test.each([
    ['P-256', 'full'],
    ['P-256', 'standard'],
    ['RSA-2048', 'full'],
    ['RSA-2048', 'standard'],
  ] as const)(
    'with %s keys on a %s card it holds the image, proved and completed',
    async (algorithm, make) => {
      const card = aCard(make);
      const image = anImage(algorithm);
      const central = aCentral(image);
      const { outcome, error, commands } = await run(card, central);
      expect(error).toBeNull();
      expect(outcome?.kind).toBe('completed');
      for (const { tag, content } of image.objects) {
        expect(card.object(Number.parseInt(tag, 16)), tag).toEqual(Buffer.from(content));
      }
      expect(central.completed?.unwritableObjects).toEqual([]);
      expect(central.completed?.readBack).toHaveLength(image.objects.length + image.keys.length);
      expect(await takesPin(card, NEW_PIN)).toBe(true);
      expect(await takesPin(card, OLD_PIN)).toBe(false);
      const writes = commands.filter((command) => command.isWrite).length;
      console.log(`${algorithm} ${make}: ${commands.length} APDUs, ${writes} of them write`);
    },
  );

  test('nothing is written outside of a step of the journal', async () => {
    const { commands } = await run(aCard(), aCentral(anImage('P-256')));
    const outside = commands.filter((command) => command.isWrite && command.step === null);
    expect(outside).toEqual([]);
    expect(commands.some((command) => command.isWrite)).toBe(true);
  });

  test('a new 9A has signed, and central knows it, before 9C is generated', async () => {
    const central = aCentral(anImage('P-256'));
    const events: string[] = [];
    await run(aCard(), central, {
      onCommand: ({ ins, p2 }) => {
        const answered = central.calls.includes('certificate:9A:answered');
        if (ins === INS_AUTHENTICATE && p2 === 0x9a) events.push('9A signs');
        if (ins === INS_GENERATE && p2 === 0x9c) events.push(`9C is generated, answered: ${answered}`);
      },
    });
    expect(events).toEqual(['9A signs', '9C is generated, answered: true']);
  });

  test('a certificate is fetched while the card makes the next key', async () => {
    const central = aCentral(anImage('P-256'));
    let release = (): void => {};
    const nextKey = new Promise<void>((resolve) => {
      release = resolve;
    });
    // The certificate of 9C does not come before 9D is being generated.
    central.certificateDelay = async () => {
      if (central.calls.at(-1) === 'certificate:9C') await nextKey;
    };
    const { outcome } = await run(aCard(), central, {
      onCommand: ({ ins, p2 }) => {
        if (ins === INS_GENERATE && p2 === 0x9d) release();
      },
    });
    expect(outcome?.kind).toBe('completed');
  });

  test('with another management key not one write command is sent, and the PIN is wiped', async () => {
    const value = new Uint8Array(24).fill(9);
    const { error, commands, pin } = await run(
      aCard(),
      aCentral(anImage('P-256'), { ...FACTORY_KEY, value }),
    );
    expect(error).toBeInstanceOf(WrongCardError);
    expect(commands.filter((command) => command.isWrite)).toEqual([]);
    expect([...pin.old, ...pin.next].every((byte) => byte === 0)).toBe(true);
  });

  test('the PIN is wiped after success and when the card is pulled', async () => {
    const card = aCard();
    const central = aCentral(anImage('P-256'));
    card.cutAt(12, 'after');
    const pulled = await run(card, central);
    expect(pulled.outcome).toBeNull();
    expect([...pulled.pin.old, ...pulled.pin.next].every((byte) => byte === 0)).toBe(true);
    card.reset();
    const finished = await run(card, central, { isResumed: true });
    expect(finished.error).toBeNull();
    expect([...finished.pin.old, ...finished.pin.next].every((byte) => byte === 0)).toBe(true);
  });

  test('progress ends with every step done, and the time left only of what is left', async () => {
    const seen: { done: number; total: number; remainingMs: number }[] = [];
    await run(aCard(), aCentral(anImage('P-256')), { onProgress: (progress) => seen.push(progress) });
    const last = seen.at(-1)!;
    expect(last.done).toBe(last.total - 1);
    expect(last.remainingMs).toBeLessThan(seen[0]!.remainingMs);
    expect(seen.every(({ done }, i) => i === 0 || done >= seen[i - 1]!.done)).toBe(true);
  });
});
