import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CardRemovedError } from '../../src/piv/connection.ts';
import { PaddingError } from '../../src/piv/pkcs1.ts';
import { PivSession } from '../../src/piv/session.ts';
import { CommandRefusedError, MalformedAnswerError } from '../../src/piv/status-word.ts';
import { concat, tlv } from '../../src/piv/tlv.ts';
import { ascii, fromHex } from './scripted-connection.ts';

const point = concat(fromHex('04'), new Uint8Array(64));
const key = { kind: 'EC', scalar: new Uint8Array(32).fill(1) } as const;
const holder = {
  answerWitness: () =>
    Promise.resolve({ decryptedWitness: new Uint8Array(16), challenge: new Uint8Array(16) }),
  checkResponse: () => Promise.resolve(true),
};

/** Everything that a session does. */
const ACTIONS: readonly [string, (card: PivSession) => Promise<unknown>][] = [
  ['serial', (card) => card.serial()],
  ['object', (card) => card.object(0x5fc102)],
  ['discovery', (card) => card.object(0x7e)],
  ['putObject', (card) => card.putObject(0x5fc102, new Uint8Array(600))],
  ['tries', async (card) => [await card.pinTriesLeft(), await card.pukTriesLeft()]],
  ['verifyPin', (card) => card.verifyPin(ascii('123456'))],
  ['authenticate', (card) => card.authenticateManagementKey('AES-192', holder)],
  ['generate RSA', (card) => card.generateKey('9A', 'RSA-2048')],
  ['generate EC', (card) => card.generateKey('9A', 'P-256')],
  ['sign', (card) => card.sign('9A', 'P-256', point)],
  ['sign RSA', (card) => card.sign('9A', 'RSA-2048', point)],
  ['decrypt', (card) => card.decrypt('9D', 'RSA-2048', new Uint8Array(256))],
  ['agree', (card) => card.agree('9D', 'P-256', point)],
  ['metadata', (card) => card.metadata('9A')],
  ['metadata of 9B', (card) => card.metadata('9B')],
  ['capabilities', (card) => card.capabilities()],
  ['presumedCapabilities', (card) => card.presumedCapabilities()],
  ['importKey', (card) => card.importKey('9D', 'P-256', key)],
  ['attest', (card) => card.attest('9A')],
];

const TAGS = [0x53, 0x7c, 0x7e, 0x7f49, 0x30, 0x02, 0x80, 0x81, 0x82, 0x86, 0x01, 0x03, 0x04, 0x05, 0x06];
const leaf = fc
  .tuple(fc.constantFrom(...TAGS), fc.uint8Array({ maxLength: 70 }))
  .map(([tag, value]) => tlv(tag, value));
const nest = fc.tuple(fc.constantFrom(...TAGS), fc.array(leaf, { maxLength: 4 }));
const template = nest.map(([tag, parts]) => tlv(tag, ...parts));
const cut = fc.tuple(template, fc.nat({ max: 20 })).map(([bytes, n]) => bytes.subarray(0, bytes.length - n));
const data = fc.oneof(fc.uint8Array({ maxLength: 80 }), template, cut);
const word = fc.constantFrom('9000', '9000', '9000', '6105', '6c10', '6700', '63c2', '6983', '6d00', '6f00');
const answer = fc.oneof(
  fc.tuple(data, word).map(([bytes, sw]) => concat(bytes, fromHex(sw))),
  fc.uint8Array({ maxLength: 4 }),
);

describe.each(ACTIONS)('%s on a card that answers nonsense', (_, act) => {
  it('ends with an answer or an error that says what was wrong', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (answers) => {
        let at = -1;
        const transmit = () => {
          at += 1;
          return Promise.resolve(at === 0 ? fromHex('9000') : answers[at % answers.length]!.slice());
        };
        try {
          await act(await PivSession.select({ atr: new Uint8Array(), transmit }));
        } catch (error) {
          const isTyped = [CommandRefusedError, MalformedAnswerError, CardRemovedError, PaddingError].some(
            (kind) => error instanceof kind,
          );
          expect(isTyped, `${error}`).toBe(true);
        }
      }),
    );
  });
});
