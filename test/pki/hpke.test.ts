import { describe, expect, test } from 'vitest';
import { createRecipient, SealedSecretError, sealTo } from '../../src/pki/hpke.ts';

const text = (value: string) => new TextEncoder().encode(value);
const SECRET = text('a secret of one operation');

describe('a sealed secret', () => {
  test('opens for its recipient, with its context', async () => {
    const recipient = await createRecipient();
    expect(recipient.publicKey).toHaveLength(32);
    // Views into a larger buffer, as they come from a parser.
    const key = Uint8Array.of(1, ...recipient.publicKey, 2).subarray(1, 33);
    const sealed = await sealTo(key, text('operation 1'), SECRET);
    expect(await recipient.open(sealed, text('operation 1'))).toEqual(SECRET);
  });

  test('does not open for another operation', async () => {
    const recipient = await createRecipient();
    const sealed = await sealTo(recipient.publicKey, text('operation 1'), SECRET);
    await expect(recipient.open(sealed, text('operation 2'))).rejects.toThrow(SealedSecretError);
  });

  test('does not open for another recipient', async () => {
    const [recipient, other] = [await createRecipient(), await createRecipient()];
    const sealed = await sealTo(recipient.publicKey, text(''), SECRET);
    await expect(other.open(sealed, text(''))).rejects.toThrow(SealedSecretError);
  });

  test('does not open when it was changed or cut off', async () => {
    const recipient = await createRecipient();
    const sealed = await sealTo(recipient.publicKey, text(''), SECRET);
    const { enc, ciphertext } = sealed;
    for (const broken of [
      { enc, ciphertext: ciphertext.with(0, ciphertext[0]! ^ 1) },
      { enc, ciphertext: ciphertext.subarray(0, 3) },
      { enc: enc.subarray(1), ciphertext },
      { enc: new Uint8Array(32), ciphertext },
    ])
      await expect(recipient.open(broken, text(''))).rejects.toThrow(SealedSecretError);
  });

  test.each([new Uint8Array(31), new Uint8Array(32), new Uint8Array(0)])(
    'is not made for a key that is none',
    async (key) => {
      await expect(sealTo(key, text(''), SECRET)).rejects.toThrow(SealedSecretError);
    },
  );
});
