import { generateKeyPairSync, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { codeOf } from '../../src/flows/walk-up.ts';
import { buildCertificateObject } from '../../src/piv/objects/certificate.ts';
import { buildChuid } from '../../src/piv/objects/chuid.ts';
import { spkiOf } from '../../src/pki/public-key.ts';
import type { Copy } from '../../src/protocol/copy.ts';
import type { OpenCard, Readers } from '../../src/readers/readers.ts';
import { VirtualCard, type VirtualCardOptions } from '../../src/virtual-card/virtual-card.ts';
import { aCard } from '../encoder/support/card-run.ts';
import { issueCertificate } from '../encoder/support/small-authority.ts';
import { SOON } from '../support/soon.ts';
import { type KioskBench, putOnRecord, startBench } from './support/kiosk-bench.ts';
import { aCardRecord, aCopy, aPerson, aProfile, CARD_ID, GUID } from './support/small-world.ts';

const CHUID = 0x5fc102;

let bench: KioskBench;
afterEach(() => bench.close());

const withCard = (changes: Parameters<typeof aCardRecord>[0]): Copy =>
  aCopy({ cards: [aCardRecord(changes)] });
const aPlainCard = (options: Partial<VirtualCardOptions> = {}) =>
  VirtualCard.create(null, { name: 'plain', serial: 77, ...options });

function aChuid(guid: string): Uint8Array {
  return buildChuid({
    fascN: new Uint8Array(25),
    organizationalIdentifier: null,
    guid,
    expiry: '20991231',
    cardholderUuid: null,
    signature: null,
  });
}

/** A standard card: no serial, known by its GUID only. */
function aStandardCard(guid: string): VirtualCard {
  const card = aPlainCard({ personality: 'standard' });
  card.putObject(CHUID, aChuid(guid));
  return card;
}

function aBlockedCard(): VirtualCard {
  const card = aCard();
  const verify = Uint8Array.from([0x00, 0x20, 0x00, 0x80, 0x08, ...Buffer.from('999999'), 0xff, 0xff]);
  const select = Uint8Array.from([0x00, 0xa4, 0x04, 0x00, 0x09, ...Buffer.from('a00000030800001000', 'hex')]);
  for (const command of [select, verify, verify, verify]) void card.transmit(command);
  return card;
}

/** The kiosk gives a card back a moment after it has left its screen. */
function openWhenFree(readers: Readers, reader: number): Promise<OpenCard> {
  return vi.waitFor(() => readers.open(reader), SOON);
}

interface Case {
  readonly what: string;
  readonly code: string;
  readonly card: () => VirtualCard;
  readonly copy?: Copy;
}

const REFUSED: readonly Case[] = [
  { what: 'a contactless token', code: 'RP-07-contactless', card: () => aPlainCard({ contactless: true }) },
  { what: 'a card without PIV', code: 'RP-07-no-piv', card: () => aPlainCard({ hasPiv: false }) },
  { what: 'a card that nobody knows', code: 'RP-07-unknown', card: () => aStandardCard(randomUUID()) },
  {
    what: 'a card with another known card’s GUID',
    code: 'RP-07-unknown',
    card() {
      const card = aPlainCard();
      card.putObject(CHUID, aChuid(GUID));
      return card;
    },
  },
  {
    what: 'a cancelled card',
    code: 'RP-06-cancelled',
    card: aCard,
    copy: withCard({ state: 'cancelled' }),
  },
  { what: 'a disabled card', code: 'RP-06-disabled', card: aCard, copy: withCard({ state: 'disabled' }) },
  {
    what: 'a card of another system that was not taken over',
    code: 'RP-21-foreign-card',
    card: aCard,
    copy: withCard({ isManagementKeyKnown: false }),
  },
  {
    what: 'a card in a state that only a newer central knows',
    code: 'SY-06-newer-kiosk',
    card: aCard,
    copy: withCard({ state: 'lent' as 'unknown' }),
  },
  {
    what: 'a card whose holder is in such a state',
    code: 'SY-06-newer-kiosk',
    card: aCard,
    copy: aCopy({ people: [aPerson({ state: 'on leave' as 'unknown' })] }),
  },
  {
    what: 'an expired card',
    code: 'RP-04-expired',
    card: aCard,
    copy: withCard({ expiresAt: '2020-01-01T00:00:00Z' }),
  },
  {
    what: 'a card of a disabled account',
    code: 'RP-06-holder-disabled',
    card: aCard,
    copy: aCopy({ people: [aPerson({ state: 'disabled' })] }),
  },
  {
    what: 'a card whose holder is not approved',
    code: 'RP-06-not-approved',
    card: aCard,
    copy: aCopy({ profiles: [aProfile({ requiresApprovedHolder: true })] }),
  },
];

describe('a refused card', () => {
  test.each(REFUSED)('is $what: $code, and nothing is written', async ({ code, card: make, copy }) => {
    bench = await startBench({ copy });
    const card = make();
    bench.readers.insert(0, card);
    expect(await bench.at('refused')).toMatchObject({ code });
    expect(card.counters.writeApdus).toBe(0);
    await vi.waitFor(() => expect(bench.central.happened).toHaveLength(1), SOON);
    const cardId = copy ? CARD_ID : null;
    expect(bench.central.happened[0]).toMatchObject({ type: 'card.refused', cardId, detail: { code } });
    const free = await openWhenFree(bench.readers, 0);
    await free.close();
  });
});

test('a card with a blocked PIN is led to the one-time code, and no try is spent', async () => {
  bench = await startBench();
  const card = aBlockedCard();
  bench.readers.insert(0, card);
  expect(codeOf(await bench.at('found'))).toBe('ID-04-pin-blocked');
  bench.press('confirm');
  expect(codeOf(await bench.at('enterCode'))).toBe('ID-02-enter-code');
  expect(card.counters.writeApdus).toBe(0);
});

describe('a card is recognised', () => {
  test('by the GUID of its CHUID where the chip tells no serial', async () => {
    bench = await startBench({ copy: withCard({ serial: null }) });
    bench.readers.insert(0, aStandardCard(GUID));
    expect(await bench.at('found')).toMatchObject({ card: { holderName: 'Alice Example' } });
  });

  test('by the UUID in its certificate where there is no serial and the CHUID was torn', async () => {
    bench = await startBench({ copy: withCard({ serial: null }) });
    const card = aStandardCard(GUID);
    card.putObject(CHUID, aChuid(GUID).subarray(0, 30));
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const certificate = await issueCertificate(spkiOf(publicKey), 'Alice', GUID);
    card.putObject(0x5fc105, buildCertificateObject(certificate));
    bench.readers.insert(0, card);
    expect(await bench.at('found')).toMatchObject({ card: { holderName: 'Alice Example' } });
  });

  test('at central where the copy does not have it', async () => {
    bench = await startBench({ copy: aCopy({ cards: [], people: [] }) });
    bench.central.lookup = { card: aCardRecord(), holder: aPerson() };
    bench.readers.insert(0, aCard());
    expect(await bench.at('found')).toMatchObject({
      card: { holderName: 'Alice Example', certificates: [] },
    });
  });

  test('by its serial whatever its objects hold, and no screen is an internal error', async () => {
    bench = await startBench();
    const tags = [CHUID, 0x5fc105, 0x5fc10a, 0x5fc10b, 0x5fc101, 0x5fc107, 0x5fc10c];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ tag: fc.constantFrom(...tags), content: fc.uint8Array({ maxLength: 300 }) })),
        fc.boolean(),
        async (objects, isKnown) => {
          const card = isKnown ? aCard() : aPlainCard({ personality: 'standard' });
          for (const { tag, content } of objects) card.putObject(tag, content);
          bench.readers.insert(0, card);
          const { walkUp } = await bench.until('an answer', (view) =>
            ['found', 'blank', 'refused'].includes(view.walkUp.kind),
          );
          if (isKnown) expect(walkUp.kind).toBe('found');
          else expect(codeOf(walkUp)).toMatch(/^RP-07-(blank|unknown)$/);
          expect(card.counters.writeApdus).toBe(0);
          if (walkUp.kind === 'refused') await bench.takeOutRefused(0);
          else bench.readers.pull(0);
          await bench.at('insertCard');
        },
      ),
      { numRuns: 40 },
    );
  });

  test('or refused where every answer is noise', async () => {
    bench = await startBench();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 2, maxLength: 40 }), { minLength: 1, maxLength: 20 }),
        async (answers) => {
          let at = 0;
          bench.readers.insert(0, {
            atr: Uint8Array.of(0x3b, 0x00),
            isContactless: false,
            reset: () => {},
            // SELECT works, then comes noise; in the end the card knows no command.
            async transmit(command) {
              if (command[1] === 0xa4) return Uint8Array.of(0x90, 0x00);
              at += 1;
              return answers[at - 1] ?? Uint8Array.of(0x6d, 0x00);
            },
          });
          const { code } = await bench.at('refused');
          expect(code).toMatch(/^(RP-07-(blank|unknown)|SE-07-card-answer|UX-06-card-unresponsive)$/);
          await bench.takeOutRefused(0);
          await bench.at('insertCard');
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a reader', () => {
  test('that another program holds is busy, and the card is looked at as soon as it is free', async () => {
    bench = await startBench();
    const card = aCard();
    bench.readers.insert(1, card);
    await bench.at('found');
    bench.press('back');
    await bench.at('insertCard');
    const held = await openWhenFree(bench.readers, 1);
    bench.press('confirm');
    await bench.until('a busy reader', ({ walkUp }) => codeOf(walkUp) === 'UX-06-reader-busy');
    await held.close();
    await bench.at('found');
  });
});

describe('without central', () => {
  test('a known card is refused before anything is asked, and Enter tries again', async () => {
    bench = await startBench();
    const card = aCard();
    putOnRecord(bench, card);
    bench.central.weather = 'down';
    await bench.until('central being away', (view) => !view.isCentralReached);
    bench.readers.insert(0, card);
    expect(await bench.at('refused')).toMatchObject({ code: 'SY-03-central-not-reached', canRetry: true });
    bench.central.weather = 'up';
    // Who is too quick is told the same again.
    await bench.until('central', (view) => view.isCentralReached);
    bench.press('confirm');
    await bench.at('found');
  });

  test('a card that the copy lacks is not known at this kiosk', async () => {
    bench = await startBench({ copy: aCopy({ cards: [] }) });
    bench.central.weather = 'down';
    bench.readers.insert(0, aCard());
    expect(await bench.at('refused')).toMatchObject({ code: 'RP-07-not-known-here', canRetry: true });
  });

  test('a refusal that the copy knows is told all the same', async () => {
    bench = await startBench({ copy: withCard({ state: 'disabled' }) });
    bench.central.weather = 'down';
    await bench.until('central being away', (view) => !view.isCentralReached);
    bench.readers.insert(0, aCard());
    expect(await bench.at('refused')).toMatchObject({ code: 'RP-06-disabled' });
  });

  test('no PIN try is spent when central goes away before the proof', async () => {
    bench = await startBench();
    const card = aCard();
    bench.readers.insert(0, card);
    await bench.at('found');
    bench.central.weather = 'down';
    bench.press('confirm');
    for (const digit of '999999') bench.kiosk.command({ kind: 'digit', digit: Number(digit) });
    bench.press('confirm');
    expect(await bench.at('refused')).toMatchObject({ code: 'SY-03-central-not-reached' });
    expect(card.pinTriesLeft).toBe(3);
  });

  test.each(['garbage', 'nonsense', 'failing'] as const)(
    'that answers %s the walk-up ends in a screen',
    async (weather) => {
      bench = await startBench();
      bench.readers.insert(0, aCard());
      await bench.at('found');
      bench.central.weather = weather;
      bench.press('confirm');
      for (const digit of '123456') bench.kiosk.command({ kind: 'digit', digit: Number(digit) });
      bench.press('confirm');
      const { code } = await bench.at('refused');
      expect(code).toBe(weather === 'failing' ? 'SY-03-central-not-reached' : 'SE-07-bad-request');
    },
  );
});
