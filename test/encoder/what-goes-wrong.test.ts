import { describe, expect, test, vi } from 'vitest';
import {
  CertificateMismatchError,
  KeyMissingError,
  PinExpiredError,
  PinNotAcceptedError,
  PlanError,
  ReadBackError,
} from '../../src/encoder/errors.ts';
import { PIN_LIFE_MS, withinPinLife } from '../../src/encoder/pin-life.ts';
import { OperationRefusedError } from '../../src/encoder/ports.ts';
import { aCard, aCentral, anImage, ascii, NEW_PIN, publicKeyIn, run, takesPin } from './support/card-run.ts';
import { issueCertificate } from './support/small-authority.ts';
import type { Image } from './support/small-central.ts';

const INS_GENERATE = 0x47;
const INS_GET_DATA = 0xcb;
const CCC = 0x5fc107;

describe('what the card cannot do is reported, and what it must do is demanded', () => {
  test('a Discovery object that differs and is fixed is named as unwritable, and nothing else happens', async () => {
    const objects = anImage('P-256').objects.map((object) =>
      object.tag === '7E' ? { ...object, content: Uint8Array.from(ascii('another')) } : object,
    );
    const central = aCentral(anImage('P-256', { objects }));
    const { outcome } = await run(aCard('full'), central);
    expect(outcome?.kind).toBe('completed');
    expect(central.completed?.unwritableObjects).toEqual(['7E']);
  });

  test('a Discovery object that is right already is not written', async () => {
    const { commands } = await run(aCard('standard'), aCentral(anImage('P-256')));
    expect(commands.some(({ isWrite, step }) => isWrite && step === 'object:7E')).toBe(false);
  });

  test.each(['full', 'standard'] as const)(
    'a key that the image no longer names is gone from a %s card',
    async (make) => {
      const card = aCard(make);
      const before = publicKeyIn(card, '9C');
      const usual = anImage('P-256');
      const keys = usual.keys.filter(({ slot }) => slot !== '9C');
      const central = aCentral({ ...usual, keys, emptiedCertificates: ['9C'], removedKeys: ['9C'] });
      const { outcome, error } = await run(card, central);
      expect(error).toBeNull();
      expect(outcome?.kind).toBe('completed');
      expect(central.completed?.leftoverKeys).toEqual([]);
      expect(card.object(0x5fc10a)).toBeUndefined();
      const again = await run(card, aCentral(keeping('9C', before), central.newest.managementKey), {
        oldPin: NEW_PIN,
      });
      if (make === 'full') expect(again.error).toBeInstanceOf(KeyMissingError);
    },
  );
});

describe('what shall be gone', () => {
  const IRIS = 0x5fc121;
  const gone = (image: Image): Image => ({
    ...image,
    objects: [{ tag: '5FC121', content: new Uint8Array() }, ...image.objects],
    emptiedCertificates: ['82', '83'],
  });

  test('is emptied where it is, and costs one command where it is not', async () => {
    const card = aCard();
    const usual = anImage('P-256');
    const without = await run(card, aCentral(usual));
    const other = aCard();
    const bare = await run(other, aCentral(gone(usual)));
    expect(bare.error).toBeNull();
    expect(bare.commands.length - without.commands.length).toBeLessThanOrEqual(3);
    const full = aCard();
    full.putObject(IRIS, ascii('iris of somebody else'));
    full.putObject(0x5fc10d, ascii('certificate of another system'));
    const { error } = await run(full, aCentral(gone(usual)));
    expect(error).toBeNull();
    expect([full.object(IRIS), full.object(0x5fc10d)]).toEqual([undefined, undefined]);
  });
});

describe('what a card shows is compared', () => {
  test('an object that was left short is written once more', async () => {
    const card = aCard();
    const central = aCentral(anImage('P-256'));
    const tamper = once(() => card.putObject(CCC, ascii('short')));
    const { outcome, commands } = await run(card, central, {
      onCommand: ({ ins }) => {
        if (ins === INS_GET_DATA && central.calls.includes('outcome:managementKey:written')) tamper();
      },
    });
    expect(outcome?.kind).toBe('completed');
    expect(commands.filter(({ isWrite, step }) => isWrite && step === 'object:5FC107')).toHaveLength(2);
  });

  test('an object that is never what was written ends the run', async () => {
    const card = aCard();
    const { error } = await run(card, aCentral(anImage('P-256')), {
      onCommand: ({ ins }) => {
        if (ins === INS_GET_DATA) card.putObject(CCC, ascii('short'));
      },
    });
    expect(error).toBeInstanceOf(ReadBackError);
    expect(error).toHaveProperty('tag', '5FC107');
  });

  test('a kept key that is not the one on record ends the run before anything is written', async () => {
    const card = aCard();
    const { error, commands } = await run(card, aCentral(keeping('9D', publicKeyIn(card, '9E'))));
    expect(error).toBeInstanceOf(KeyMissingError);
    expect(commands.filter((command) => command.isWrite)).toEqual([]);
  });

  test('on a card that does not show it, such a key ends the run when only the PIN has changed', async () => {
    const card = aCard('standard');
    const { error, commands } = await run(card, aCentral(keeping('9D', publicKeyIn(card, '9E'))));
    expect(error).toBeInstanceOf(KeyMissingError);
    expect(error).toHaveProperty('slot', '9D');
    expect(commands.some(({ ins }) => ins === INS_GENERATE)).toBe(false);
    expect(new Set(commands.filter(({ isWrite }) => isWrite).map(({ step }) => step))).toEqual(
      new Set(['pin']),
    );
  });

  test('on a card that does not show it, a kept key that is the one on record is used and stays', async () => {
    const card = aCard('standard');
    const central = aCentral(keeping('9D', publicKeyIn(card, '9D')));
    expect((await run(card, central)).error).toBeNull();
    expect(central.completed).not.toBeNull();
  });

  test('a certificate over another key is not written', async () => {
    const card = aCard();
    const central = aCentral(anImage('P-256'));
    const before = card.object(0x5fc105);
    const certificate = await issueCertificate(publicKeyIn(card, '9E'), 'Mallory');
    central.certificate = async () => ({ certificate, challenge: null }) as never;
    const { error } = await run(card, central);
    expect(error).toBeInstanceOf(CertificateMismatchError);
    expect(card.object(0x5fc105)).toEqual(before);
  });

  test('a plan that would overwrite a key before it is moved is refused', async () => {
    const card = aCard();
    const usual = anImage('P-256');
    const publicKey = publicKeyIn(card, '9D');
    const moved = {
      slot: '82',
      algorithm: 'P-256',
      source: { kind: 'move', from: '9D' },
      publicKey,
    } as const;
    const { error, commands } = await run(card, aCentral({ ...usual, keys: [...usual.keys, moved] }));
    expect(error).toBeInstanceOf(PlanError);
    expect(commands).toEqual([]);
  });
});

describe('the run ends in good order', () => {
  test('central refuses a certificate while the card is pulled from the next key: only the pull is told', async () => {
    const card = aCard();
    const central = aCentral(anImage('P-256'));
    central.certificateDelay = async () => {
      if (central.calls.at(-1) === 'certificate:9D') throw new OperationRefusedError('RP-06-disabled', 'no');
    };
    const { error } = await run(card, central, {
      onCommand: ({ ins, p2 }) => {
        if (ins === INS_GENERATE && p2 === 0x9e) card.cutAt(1, 'before');
      },
    });
    expect(error).toHaveProperty('name', 'CardRemovedError');
  });

  test('and central is not asked for a certificate any more that nobody waits for', async () => {
    const card = aCard();
    const central = aCentral(anImage('P-256'));
    let wasStoppedBefore = true;
    central.certificateDelay = async () => {
      wasStoppedBefore = central.isStopped;
      if (central.calls.at(-1) === 'certificate:9D') await new Promise(() => {});
    };
    const { error } = await run(card, central, {
      onCommand: ({ ins, p2 }) => {
        if (ins === INS_GENERATE && p2 === 0x9e) card.cutAt(1, 'before');
      },
    });
    expect(error).toHaveProperty('name', 'CardRemovedError');
    expect([wasStoppedBefore, central.isStopped]).toEqual([false, true]);
  });

  test('a central that does not answer is waited for as long as the PIN may be kept, and a later run finishes', async () => {
    const card = aCard();
    const central = aCentral(anImage('P-256'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      central.certificateDelay = () =>
        new Promise(() => void setImmediate(() => vi.advanceTimersByTime(PIN_LIFE_MS)));
      const { error, pin } = await run(card, central);
      expect(error).toBeInstanceOf(PinExpiredError);
      expect([...pin.old, ...pin.next].every((byte) => byte === 0)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
    central.certificateDelay = async () => {};
    card.reset();
    expect((await run(card, central, { isResumed: true, oldPin: NEW_PIN })).error).toBeNull();
  });

  test('completion is waited for longer than that', async () => {
    const central = aCentral(anImage('P-256'));
    const { promise, resolve } = Promise.withResolvers<never>();
    central.complete = () => promise;
    central.certificateDelay = () => new Promise(() => {});
    const limited = withinPinLife(central, 1);
    const completed = limited.complete({} as never);
    await expect(limited.certificate('9A', Uint8Array.of(1), null)).rejects.toThrow(PinExpiredError);
    resolve('completed' as never);
    expect(await completed).toBe('completed');
  });

  test('a refusal of central ends the run with its code', async () => {
    const central = aCentral(anImage('P-256'));
    central.certificateDelay = async () => {
      throw new OperationRefusedError('RP-06-disabled', 'issue certificate: the card was disabled');
    };
    const { error } = await run(aCard(), central);
    expect(error).toHaveProperty('code', 'RP-06-disabled');
  });

  test('after the signal nothing more is written', async () => {
    const stop = new AbortController();
    const { error, commands } = await run(aCard(), aCentral(anImage('P-256')), {
      signal: stop.signal,
      onCommand: ({ ins }) => {
        if (ins === INS_GENERATE) stop.abort();
      },
    });
    expect(error).toHaveProperty('name', 'AbortError');
    expect(commands.filter(({ ins }) => ins === INS_GENERATE)).toHaveLength(1);
    expect(commands.at(-1)?.isWrite).toBe(false);
  });

  test('with neither PIN the last try is not spent, and the new PIN is not set', async () => {
    const card = aCard();
    const central = aCentral(anImage('P-256'));
    const { error } = await run(card, central, { oldPin: '999999' });
    expect(error).toBeInstanceOf(PinNotAcceptedError);
    expect(card.pinTriesLeft).toBe(1);
    const again = await run(card, central, { oldPin: '999999', isResumed: true });
    expect(again.error).toBeInstanceOf(PinNotAcceptedError);
    expect(card.pinTriesLeft).toBe(1);
    expect(await takesPin(card, NEW_PIN)).toBe(false);
  });
});

/** An image that keeps one key and generates the others. */
function keeping(slot: '9C' | '9D', publicKey: Uint8Array<ArrayBuffer>): Image {
  const usual = anImage('P-256');
  const keys = usual.keys.map((key) =>
    key.slot === slot ? { ...key, source: { kind: 'keep' } as const, publicKey } : key,
  );
  return { ...usual, keys };
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}
