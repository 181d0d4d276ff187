import {
  constants,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PinFormatError } from '../../src/piv/pin.ts';
import { PivSession } from '../../src/piv/session.ts';
import { ascii, fromHex, type Line, ScriptedConnection, SELECT, toHex } from './scripted-connection.ts';

/** Runs something on a card that follows a script, and checks that all of the script was used. */
async function onCard<Value>(
  lines: readonly Line[],
  run: (session: PivSession) => Promise<Value>,
): Promise<Value> {
  const connection = new ScriptedConnection([SELECT, ...lines]);
  const value = await run(await PivSession.select(connection));
  expect(connection.left).toBe(0);
  return value;
}

describe('selecting', () => {
  it.each(['6a82', '6d00', '6999'])('a card that answers %s has no PIV application', async (answer) => {
    const connection = new ScriptedConnection([[SELECT[0], answer]]);
    await expect(PivSession.select(connection)).rejects.toMatchObject({ name: 'NoPivApplicationError' });
  });
});

describe('the serial', () => {
  const F8 = '00f8000000';
  const CPLC = '80ca9f7f00';
  const cplc = `4790 1671 0001 0002 0003 0004 00ABCDEF ${'11'.repeat(26)}`;
  it('is the unsigned number that the card tells', async () => {
    expect(await onCard([[F8, 'ffffffff 9000']], (card) => card.serial())).toBe('4294967295');
  });
  it.each(['6d00', '9000', '00000000 9000', '6f00'])(
    'comes from CPLC where F8 answers %s',
    async (answer) => {
      const expected = BigInt(`0x${cplc.replaceAll(' ', '').slice(0, 32)}`).toString();
      const lines: Line[] = [
        [F8, answer],
        [CPLC, `9f7f2a ${cplc} 9000`],
      ];
      expect(await onCard(lines, (card) => card.serial())).toBe(expected);
    },
  );
  it.each(['6e00', '9000', '0102 9000', `9f7f2a ${'00'.repeat(42)} 9000`])(
    'is none where CPLC answers %s',
    async (answer) => {
      const lines: Line[] = [
        [F8, '6d00'],
        [CPLC, answer],
      ];
      expect(await onCard(lines, (card) => card.serial())).toBeNull();
    },
  );
});

describe('objects', () => {
  const GET = '00cb3fff 000005 5c035fc102 0000';
  it.each([
    ['53 03 aabbcc 9000', 'aabbcc'],
    ['6a82', null],
    ['9000', null],
    ['5300 9000', null],
  ])('an answer of %s reads as %s', async (answer, content) => {
    const read = await onCard([[GET, answer]], (card) => card.object(0x5fc102));
    expect(read && toHex(read)).toBe(content);
  });

  it('Discovery is read and written as 7E itself', async () => {
    const lines: Line[] = [
      ['00cb3fff 000003 5c017e 0000', '7e02aabb 9000'],
      ['00db3fff 04 7e02aabb', '9000'],
    ];
    await onCard(lines, async (card) => card.putObject(0x7e, (await card.object(0x7e))!));
  });

  it('an empty content deletes', async () => {
    const lines: Line[] = [['00db3fff 07 5c035fc102 5300', '9000']];
    await onCard(lines, (card) => card.putObject(0x5fc102, new Uint8Array()));
  });

  it('a full card is told apart from other refusals', async () => {
    const lines: Line[] = [['00db3fff 08 5c035fc102 530101', '6a84']];
    const writing = onCard(lines, (card) => card.putObject(0x5fc102, fromHex('01')));
    await expect(writing).rejects.toMatchObject({ name: 'CardFullError', intent: 'write object 5FC102' });
  });

  it.each(['5304aabbcc 9000', '54 01 00 9000', '530100 00 9000'])(
    '%s is a malformed answer',
    async (answer) => {
      const reading = onCard([[GET, answer]], (card) => card.object(0x5fc102));
      await expect(reading).rejects.toMatchObject({ name: 'MalformedAnswerError' });
    },
  );
});

describe('PIN and PUK', () => {
  const pin = ascii('123456');
  const PIN = '313233343536ffff';
  it('a PIN is padded and sent once, even when it is wrong', async () => {
    const verifying = onCard([[`00200080 08 ${PIN}`, '63c1']], (card) => card.verifyPin(pin));
    await expect(verifying).rejects.toMatchObject({ name: 'WrongPinError', triesLeft: 1, reference: 'PIN' });
  });

  it.each(['12345', '123456789', '12345a', '', '١٢٣٤'])('%j is no PIN and is not sent', async (text) => {
    const verifying = onCard([], (card) => card.verifyPin(ascii(text)));
    await expect(verifying).rejects.toBeInstanceOf(PinFormatError);
  });

  it('no PIN stands in an error', async () => {
    const verifying = onCard([[`00200080 08 ${PIN}`, '6983']], (card) => card.verifyPin(pin));
    await expect(verifying).rejects.toThrow(/^(?!.*123456).*$/);
  });

  it('a PIN is changed by the old one, unblocked by the PUK, and the PUK by the old PUK', async () => {
    const lines: Line[] = [
      [`00240080 10 ${PIN} 3938373635343332`, '9000'],
      [`002c0080 10 3132333435363738 ${PIN}`, '9000'],
      [`00240081 10 3132333435363738 01020304050607ff`, '9000'],
    ];
    await onCard(lines, async (card) => {
      await card.changePin(pin, ascii('98765432'));
      await card.unblockPin(ascii('12345678'), pin);
      await card.changePuk(ascii('12345678'), fromHex('01020304050607'));
    });
  });

  it.each([
    ['63c3', 3],
    ['6983', 0],
    ['63c0', 0],
  ])('an empty VERIFY answered with %s means %i tries', async (answer, tries) => {
    expect(await onCard([['00200080', answer]], (card) => card.pinTriesLeft())).toBe(tries);
  });

  it('tries are asked of metadata while the PIN is verified, and are unknown on a card without', async () => {
    const ask = '00f70080 000000';
    const told: Line[] = [
      ['00200080', '9000'],
      [ask, '0101ff 050101 06020503 9000'],
    ];
    expect(await onCard(told, (card) => card.pinTriesLeft())).toBe(3);
    const untold: Line[] = [
      ['00200080', '9000'],
      [ask, '6d00'],
    ];
    expect(await onCard(untold, (card) => card.pinTriesLeft())).toBeNull();
  });

  it('a card without metadata is asked for them once', async () => {
    const lines: Line[] = [['00f70081 000000', '6d00']];
    const tries = onCard(lines, async (card) => [await card.pukTriesLeft(), await card.pukTriesLeft()]);
    expect(await tries).toEqual([null, null]);
  });
});

describe('the management key', () => {
  const witness = '1122334455667788';
  const ASK = '0087039b 04 7c028000 00';
  const ANSWER = '0087039b 16 7c14 80080102030405060708 8108a1a2a3a4a5a6a7a8 00';
  const authenticate = (lines: readonly Line[], isRight = true) =>
    onCard(lines, (card) =>
      card.authenticateManagementKey('3DES', {
        answerWitness: (encrypted) => {
          expect(toHex(encrypted)).toBe(witness);
          const challenge = fromHex('a1a2a3a4a5a6a7a8');
          return Promise.resolve({ decryptedWitness: fromHex('0102030405060708'), challenge });
        },
        checkResponse: (response) => Promise.resolve(isRight && toHex(response) === 'b1b2b3b4b5b6b7b8'),
      }),
    );
  const asked: Line = [ASK, `7c0a8008${witness} 9000`];

  it('is proven by both sides without being here', async () => {
    expect(await authenticate([asked, [ANSWER, '7c0a8208b1b2b3b4b5b6b7b8 9000']])).toBe(true);
  });
  it('is not this card’s when the card cannot encrypt our challenge', async () => {
    expect(await authenticate([asked, [ANSWER, '7c0a8208b1b2b3b4b5b6b7b8 9000']], false)).toBe(false);
  });
  it.each(['6982', '6a80', '6300'])('is wrong when the card answers %s to ours', async (answer) => {
    expect(await authenticate([asked, [ANSWER, answer]])).toBe(false);
  });
  it.each(['6a80', '6a86', '6a88'])(
    'is of another algorithm when the card answers %s at once',
    async (answer) => {
      expect(await authenticate([[ASK, answer]])).toBe(false);
    },
  );
  it.each(['7c098007aabbccddeeff00', '7c028000', '7c0a8108aabbccddeeff0011', '', '7c0a80'])(
    'a witness of %j is malformed',
    async (answer) => {
      const malformed = authenticate([[ASK, `${answer}9000`]]);
      await expect(malformed).rejects.toMatchObject({ name: 'MalformedAnswerError' });
    },
  );
  it('is replaced with its algorithm and length before it', async () => {
    const lines: Line[] = [[`00ffffff 13 089b10 ${'ab'.repeat(16)}`, '9000']];
    await onCard(lines, (card) => card.setManagementKey('AES-128', new Uint8Array(16).fill(0xab)));
  });
});

describe('generating', () => {
  it('an RSA exponent with a leading zero byte gives the same key', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const n = Buffer.from(publicKey.export({ format: 'jwk' }).n!, 'base64url').toString('hex');
    for (const exponent of ['03010001', '0400010001']) {
      const inner = `81820100${n}82${exponent}`;
      const answer = `7f4982${(inner.length / 2).toString(16).padStart(4, '0')}${inner}9000`;
      const lines: Line[] = [['0047009a 000005 ac03800107 0000', answer]];
      const key = await onCard(lines, (card) => card.generateKey('9A', 'RSA-2048'));
      expect(Buffer.from(key)).toEqual(publicKey.export({ type: 'spki', format: 'der' }));
    }
  });

  it('a point that is not on the curve is malformed', async () => {
    const lines: Line[] = [['0047009d 05 ac03800111 00', `7f4943 8641 04 ${'01'.repeat(64)} 9000`]];
    const generating = onCard(lines, (card) => card.generateKey('9D', 'P-256'));
    await expect(generating).rejects.toMatchObject({ name: 'MalformedAnswerError' });
  });

  it('asks for authentication where the management key is missing', async () => {
    const lines: Line[] = [['0047009d 05 ac03800111 00', '6982']];
    const generating = onCard(lines, (card) => card.generateKey('9D', 'P-256'));
    await expect(generating).rejects.toMatchObject({ name: 'SecurityStatusError' });
  });
});

describe('using a key', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const message = ascii('what is signed');

  /** A connection whose card computes with a real RSA key, on whatever it is sent. */
  async function withRsa(key: KeyObject): Promise<PivSession> {
    const raw = (input: Uint8Array) => privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, input);
    // Readers answer with Buffers, whose `slice` shares memory: what is wiped must not be what was given out.
    const answer = (hex: string) => Buffer.from(fromHex(hex));
    return PivSession.select({
      atr: new Uint8Array(),
      transmit: (command) => {
        if (command[1] === 0xa4) return Promise.resolve(answer('9000'));
        const block = command.subarray(17, 17 + 256);
        return Promise.resolve(answer(`7c820104 82820100 ${raw(block).toString('hex')} 9000`));
      },
    });
  }

  it('an RSA signature is padded by PKCS #1 v1.5', async () => {
    const signature = await (await withRsa(rsa.privateKey)).sign('9A', 'RSA-2048', message);
    expect(signature).toEqual(new Uint8Array(sign('sha256', message, rsa.privateKey)));
    expect(verify('sha256', message, rsa.publicKey, signature)).toBe(true);
  });

  it('what was encrypted for the key comes out without padding', async () => {
    const ciphertext = publicEncrypt({ key: rsa.publicKey, padding: constants.RSA_PKCS1_PADDING }, message);
    const plain = await (await withRsa(rsa.privateKey)).decrypt('9D', 'RSA-2048', ciphertext);
    expect(plain).toEqual(message);
  });

  it('what was encrypted for another key is told by its padding', async () => {
    const card = await withRsa(rsa.privateKey);
    const ciphertext = new Uint8Array(256).fill(1);
    await expect(card.decrypt('9D', 'RSA-2048', ciphertext)).rejects.toMatchObject({ name: 'PaddingError' });
  });

  it('P-384 signs a SHA-384 digest', async () => {
    const digest =
      'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7';
    const lines: Line[] = [[`0087149c 36 7c34 8200 8130 ${digest} 00`, '7c0a 8208 3006020101020102 9000']];
    const signature = await onCard(lines, (card) => card.sign('9C', 'P-384', ascii('abc')));
    expect(toHex(signature)).toBe('3006020101020102');
  });

  it('a signature without the PIN is refused as missing authentication', async () => {
    const signing = onCard(
      [
        [
          `0087119c 26 7c24 8200 8120 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 00`,
          '6982',
        ],
      ],
      (card) => card.sign('9C', 'P-256', ascii('abc')),
    );
    await expect(signing).rejects.toMatchObject({ name: 'SecurityStatusError', message: /^sign with 9C: / });
  });

  it('agreeing gives the x coordinate', async () => {
    const point = `04${'01'.repeat(64)}`;
    const lines: Line[] = [[`0087119d 47 7c45 8200 8541 ${point} 00`, `7c22 8220 ${'cd'.repeat(32)} 9000`]];
    const secret = await onCard(lines, (card) => card.agree('9D', 'P-256', fromHex(point)));
    expect(toHex(secret)).toBe('cd'.repeat(32));
  });
});

describe('what vendors add', () => {
  it('keys are moved, deleted and imported by slot and algorithm', async () => {
    const lines: Line[] = [
      ['00f6829d', '9000'],
      ['00f6ff9c', '9000'],
      [`00fe119d 22 0620 00${'0a'.repeat(31)}`, '9000'],
      ['00fa0508', '9000'],
      ['00fb0000', '6985'],
    ];
    await onCard(lines, async (card) => {
      await card.moveKey('9D', '82');
      await card.deleteKey('9C');
      await card.importKey('9D', 'P-256', { kind: 'EC', scalar: new Uint8Array(31).fill(0x0a) });
      await card.setRetries(5, 8);
      await expect(card.reset()).rejects.toMatchObject({ name: 'CommandRefusedError', sw: 0x6985 });
    });
  });

  it.each(['6d00', '6a80', '6a88'])(
    'no attestation is to be had where the card answers %s',
    async (answer) => {
      const lines: Line[] = [['00f99a00 000000', answer]];
      expect(await onCard(lines, (card) => card.attest('9A'))).toBeNull();
    },
  );

  it.each(['6a88', '010111 9000', '9000'])('an empty slot (%s) has no metadata', async (answer) => {
    expect(await onCard([['00f7009a 000000', answer]], (card) => card.metadata('9A'))).toBeNull();
  });

  it('a key of an algorithm that is not ours is there, without a public key', async () => {
    const lines: Line[] = [['00f7009a 000000', '0101e0 02020201 030102 0402 8600 9000']];
    const metadata = await onCard(lines, (card) => card.metadata('9A'));
    expect(metadata).toMatchObject({ algorithm: null, publicKey: null, origin: 'imported' });
  });
});

describe('probing', () => {
  const reading = (metadata: string, attest: string): Line[] => [
    ['00f7009b 000000', metadata],
    ['00f9000000', attest],
  ];
  const tries = (answer: string): Line => ['00200080', answer];
  const writing = (setKey: string, importKey: string, move: string): Line[] => [
    ['00ff0000', setKey],
    ['00fe0000', importKey],
    ['00f60000', move],
  ];
  const reset = (answer: string): Line => ['00fbffff', answer];

  it('a card that knows every command can do it all, whatever it has against the parameters', async () => {
    const lines = [
      ...reading('01010a 9000', '6a80'),
      tries('63c3'),
      ...writing('6700', '6982', '6a86'),
      reset('6985'),
    ];
    const twice = await onCard(lines, async (card) => [await card.capabilities(), await card.capabilities()]);
    expect(twice[1]).toBe(twice[0]);
    expect(twice[0]).toEqual({
      hasMetadata: true,
      canSetManagementKey: true,
      canImportKeys: true,
      canMoveKeys: true,
      canReset: true,
      canAttest: true,
      hasExtendedLength: true,
      managementKeyAlgorithm: 'AES-192',
    });
  });

  it('a card of the standard can do none of it', async () => {
    const lines: Line[] = [
      ['00f7009b 000000', '6700'],
      ['00f7009b 00', '6d00'],
      ['00f9000000', '6d00'],
      tries('63c3'),
      ...writing('6d00', '6d00', '6d00'),
      reset('6d00'),
    ];
    const capabilities = await onCard(lines, (card) => card.capabilities());
    expect(Object.values(capabilities).filter(Boolean)).toEqual([]);
  });

  it('before writing is agreed to, no write instruction is sent; afterwards nothing is asked twice', async () => {
    const seen: boolean[] = [];
    const lines = [
      ...reading('01010a 9000', '6a80'),
      tries('63c3'),
      ...writing('6700', '6700', '6d00'),
      reset('6985'),
    ];
    await onCard(lines, async (card) => {
      seen.push((await card.presumedCapabilities()).canMoveKeys);
      seen.push((await card.capabilities()).canMoveKeys);
      seen.push((await card.presumedCapabilities()).canMoveKeys);
    });
    expect(seen).toEqual([true, false, false]);
  });

  it('RESET is never sent while the PIN is blocked, since a careless card would carry it out', async () => {
    const lines = [...reading('01010a 9000', '6d00'), tries('6983'), ...writing('6700', '6700', '6d00')];
    expect(await onCard(lines, (card) => card.capabilities())).toMatchObject({ canReset: true });
  });
});
