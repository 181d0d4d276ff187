import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { Slot } from '../../src/domain/slot.ts';
import { CentralClient } from '../../src/kiosk/central-client.ts';
import { createRecipient } from '../../src/pki/hpke.ts';
import type { CardCapabilities } from '../../src/protocol/operation.ts';
import { challengeMessage } from '../../src/protocol/proof.ts';
import { ascii, onCopy, takes } from './card-copy.ts';
import { type KioskPlace, openKiosk } from './tear-kiosk.ts';
import type { TearCard } from './tear-world.ts';
import { walk } from './walk.ts';

/** Whoever finds a half-written card: what they try, at a kiosk of their own if need be. */

const FACTORY_PIN = '123456';
const GUESSES = [FACTORY_PIN, '00000000'];
const WANTED_PIN = '99887766';
const FACTORY_PUK = '12345678';
const FACTORY_KEY = Uint8Array.from({ length: 24 }, (_, i) => 1 + (i % 8));

/** Machines that run tests may be busy. */
const PATIENCE_MS = 120_000;

const CAPABILITIES: CardCapabilities = {
  ...{ hasMetadata: true, canSetManagementKey: true, canMoveKeys: true, canImportKeys: true },
  ...{ canReset: true, canAttest: true, hasExtendedLength: true, managementKeyAlgorithm: null },
};

/** What a stranger could do with a card as it lies there, and must not. Works on copies. @returns what they got away with */
export async function letStrangerTry(place: KioskPlace, card: TearCard): Promise<string[]> {
  return [...(await tryCard(card)), ...(await tryCentral(place, card)), ...(await tryKiosk(place, card))];
}

/** The card itself: no PIN without the PIN or PUK that it has. */
async function tryCard(card: TearCard): Promise<string[]> {
  const got: string[] = [];
  const wanted = ascii(WANTED_PIN);
  const attempt = async (what: string, command: Parameters<typeof takes>[1]) => {
    if (await onCopy(card, (copy) => takes(copy, command))) got.push(what);
  };
  for (const guess of GUESSES) {
    await attempt(`changed the PIN with ${guess}`, (session) => session.changePin(ascii(guess), wanted));
  }
  await attempt('set a PIN with the factory PUK', (session) =>
    session.unblockPin(ascii(FACTORY_PUK), wanted),
  );
  await attempt('set tries without the management key', (session) => session.setRetries(3, 3));
  await attempt('reset the card', (session) => session.reset());
  await attempt('wrote with the factory management key', async (session) => {
    await session.setManagementKey('3DES', FACTORY_KEY);
  });
  return got;
}

/** Central: nothing begins on a proof that was not given, or that another key has signed. */
async function tryCentral(
  { centralUrl: url, identityFile }: KioskPlace,
  { row }: TearCard,
): Promise<string[]> {
  const client = new CentralClient({ url, identityFile, timeoutMs: PATIENCE_MS });
  try {
    return await askAsStranger(client, row.id);
  } finally {
    await client.close();
  }
}

async function askAsStranger(client: CentralClient, cardId: string): Promise<string[]> {
  const got: string[] = [];
  const begin = async (what: string, proofId: string) => {
    const answer = await client.begin({
      ...{ proofId, cardId, reason: 'profile-updated', capabilities: CAPABILITIES },
      ...{ recipientKey: (await createRecipient()).publicKey, acceptsKeyLoss: true },
    });
    if (answer.kind !== 'refused' || answer.code !== 'ID-01-not-proved') got.push(`${what}: ${answer.kind}`);
  };
  await begin('began without a proof', randomUUID());
  const asked = await client.challenge(cardId);
  if (asked.kind !== 'ok') return [...got, `central asks nothing: ${JSON.stringify(asked)}`];
  const { proofId, challenge, slots } = asked.value;
  await begin('began with a question that nobody answered', proofId);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signature = new Uint8Array(sign('sha256', challengeMessage(proofId, challenge), privateKey));
  const answer = await client.answer(proofId, { slot: slots[0]!.slot as Slot, signature });
  if (answer.kind !== 'refused') got.push('proved the holder with another key');
  await begin('began with a refused proof', proofId);
  return got;
}

/** The kiosk: a PIN that the card does not have leads nowhere. */
async function tryKiosk(place: KioskPlace, card: TearCard): Promise<string[]> {
  return onCopy(card, async (copy) => {
    const kiosk = await openKiosk(place);
    try {
      kiosk.insert(copy);
      const end = await walk(kiosk.screen, { pins: [FACTORY_PIN], newPin: WANTED_PIN });
      const isTold = end.kind === 'stopped' && end.code === 'no PIN works';
      return isTold ? [] : [`got past the kiosk with a wrong PIN: ${JSON.stringify(end)}`];
    } finally {
      await kiosk.close();
    }
  });
}
