/** A new PIN is set for somebody who has forgotten theirs, and nothing else of the card changes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giveCode } from '../../src/central/one-time-code.ts';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { auditRows, parseEntry } from '../../src/central/repositories/audit.ts';
import { changeCard, findCard } from '../../src/central/repositories/cards.ts';
import { findOpenOperation, findOperation } from '../../src/central/repositories/operations.ts';
import { encodeCard } from '../../src/encoder/encode-card.ts';
import type { StepName } from '../../src/encoder/ports.ts';
import { PivSession } from '../../src/piv/session.ts';
import { createRecipient } from '../../src/pki/hpke.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import type { CentralWorld, IssuedCard } from './support/central-world.ts';
import { CollectionWorld } from './support/collection-world.ts';
import {
  asVirtualCard,
  CAPABILITIES,
  CARD_PIN,
  CHOSEN_PIN,
  encodeThrough,
  portOf,
} from './support/encode-through.ts';
import type { KioskCaller } from './support/kiosk-caller.ts';
import { CutOff } from './support/new-card-world.ts';
import { OperationRun, proveHolder } from './support/operation-run.ts';

const LATER_PIN = '395172';

let collections: CollectionWorld;
let world: CentralWorld;
let other: KioskCaller;
beforeAll(async () => {
  collections = await CollectionWorld.open();
  ({ world } = collections);
  other = await world.addKiosk('other');
});
afterAll(() => world.close());

async function aCard(): Promise<{ issued: IssuedCard; card: VirtualCard }> {
  const issued = await world.issueCard();
  return { issued, card: asVirtualCard(issued) };
}

async function give({ card }: IssuedCard): Promise<string> {
  const { code } = await giveCode(world.central, card.id, 'long', 'command');
  return Buffer.from(code).toString('latin1');
}

interface Wish {
  readonly kiosk?: KioskCaller;
  readonly pin?: string;
  readonly stopBefore?: StepName;
  readonly stopAfter?: StepName;
  /** In place of a code: the PIN that is on the card by now. */
  readonly knows?: string;
}

/** Types a code, and sets the PIN as a kiosk does. @throws CutOff, what the encoder throws, Refused */
async function reset(issued: IssuedCard, card: VirtualCard, code: string | null, wish: Wish = {}) {
  const { kiosk = world.kiosk, pin = CHOSEN_PIN, stopBefore, stopAfter, knows } = wish;
  const { id: cardId } = issued.card;
  const proofId =
    code === null ? await proveHolder(kiosk, issued) : (await kiosk.typeCode(cardId, code)).proofId;
  const recipient = await createRecipient();
  const asked = { proofId, recipientKey: recipient.publicKey, capabilities: CAPABILITIES, witnessId: null };
  const plan = await kiosk.resetPin(cardId, asked);
  card.reset();
  const ascii = (text: string) => new TextEncoder().encode(text);
  const session = await PivSession.select(card);
  await encodeCard({
    ...{ connection: card, session, plan, capabilities: CAPABILITIES },
    central: portOf(kiosk, plan.operationId),
    journal: {
      intend: (step) => {
        if (step === stopBefore) throw new CutOff(step);
      },
      done: (step) => {
        if (step === stopAfter) throw new CutOff(step);
      },
    },
    pin: knows
      ? { old: ascii(knows), next: ascii(knows), isKept: true }
      : { old: null, next: ascii(pin), isKept: false },
    openSealed: (sealed, context) => recipient.open(sealed, context),
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  return plan;
}

async function takes(card: VirtualCard, pin: string): Promise<boolean> {
  card.reset();
  const session = await PivSession.select(card);
  return session.verifyPin(new TextEncoder().encode(pin)).then(
    () => true,
    () => false,
  );
}

async function tellings(cardId: string) {
  const told = [];
  for await (const row of auditRows(world.central.database, 1)) {
    const entry = parseEntry(row);
    if (entry?.cardId === cardId) told.push(entry);
  }
  return told;
}

describe('a new PIN', () => {
  test('is set with a code, and all else of the card is as it was', async () => {
    const { issued, card } = await aCard();
    const before = await findCard(world.central.database, issued.card.id);
    const plan = await reset(issued, card, await give(issued));
    expect(plan).toMatchObject({ keys: [], objects: [], emptiedCertificates: [], removedKeys: [] });
    expect(plan.managementKey.next).toBeNull();
    expect(await takes(card, CHOSEN_PIN)).toBe(true);
    const after = await findCard(world.central.database, issued.card.id);
    expect(after).toEqual({ ...before, pukVersion: before!.pukVersion + 1 });
    expect(await findOpenOperation(world.central.database, issued.card.id)).toBeUndefined();
    const told = await tellings(issued.card.id);
    expect(told.at(-1)).toMatchObject({ type: 'pin.reset', detail: { proof: 'code' } });
    // Its secrets are as central has them: it is rewritten with them.
    const later = await encodeThrough(world.kiosk, issued, card, await give(issued));
    expect(later.kind).toBe('completed');
  });

  test('spends the code', async () => {
    const { issued, card } = await aCard();
    const code = await give(issued);
    await reset(issued, card, code);
    await expect(reset(issued, card, code)).rejects.toMatchObject({ code: 'ID-03-code-dead' });
  });

  test('takes few commands of the card', async () => {
    const { issued, card } = await aCard();
    const code = await give(issued);
    let count = 0;
    const transmit = card.transmit.bind(card);
    card.transmit = (apdu) => {
      count += 1;
      return transmit(apdu);
    };
    await reset(issued, card, code);
    // SELECT, two of the mutual authentication, two looks at the tries of the PUK, PIN, PUK.
    expect(count).toBeLessThanOrEqual(7);
  });

  test('is not for whoever knows the one that is there', async () => {
    const { issued, card } = await aCard();
    await expect(reset(issued, card, null)).rejects.toMatchObject({ status: 403, code: 'ID-02-code-needed' });
    expect(await takes(card, CARD_PIN)).toBe(true);
  });

  test('is not begun where central knows no PUK, nor over a rewrite', async () => {
    const { issued, card } = await aCard();
    await changeCard(world.central.database, issued.card.id, { isPukKnown: false });
    const code = await give(issued);
    await expect(reset(issued, card, code)).rejects.toMatchObject({ code: 'ID-02-pin-not-set' });
    expect(await findOpenOperation(world.central.database, issued.card.id)).toBeUndefined();
    await changeCard(world.central.database, issued.card.id, { isPukKnown: true });
    await OperationRun.begin(world.kiosk, issued);
    await expect(reset(issued, card, code)).rejects.toMatchObject({ code: 'RP-17-finish-first' });
  });

  test('gives up keys that were being put onto the card, since nobody knows the PIN for them', async () => {
    const { issued, card } = await aCard();
    const [serial] = await collections.oldKeys(issued, 'P-256');
    const id = await collections.request(issued, [serial!]);
    const { plan } = await OperationRun.collect(world.kiosk, issued, id);
    await reset(issued, card, await give(issued));
    expect((await findOperation(world.central.database, plan.operationId))!.state).toBe('abandoned');
    expect(await collections.stateOf(id)).toBe('failed');
    // By card and PIN they are finished first.
    const next = await collections.request(issued, [serial!]);
    await OperationRun.collect(world.kiosk, issued, next);
    await expect(reset(issued, card, null)).rejects.toMatchObject({ code: 'RP-17-finish-first' });
  });

  test('is not set on a card that is disabled', async () => {
    const { issued, card } = await aCard();
    const code = await give(issued);
    await changeCard(world.central.database, issued.card.id, { state: 'disabled' });
    await expect(reset(issued, card, code)).rejects.toMatchObject({ code: 'RP-06-disabled' });
  });
});

const CUTS = (['pin', 'puk'] as const).flatMap((step) => [
  ['before', step] as const,
  ['after', step] as const,
]);

describe('a card that was taken out', () => {
  test.each(CUTS)('%s its %s gets its PIN by the same code, at another kiosk', async (cut, step) => {
    const { issued, card } = await aCard();
    const code = await give(issued);
    const stop = cut === 'before' ? { stopBefore: step } : { stopAfter: step };
    await expect(reset(issued, card, code, stop)).rejects.toBeInstanceOf(CutOff);
    const plan = await reset(issued, card, code, { kiosk: other, pin: LATER_PIN });
    expect(plan.isResumed).toBe(true);
    expect(await takes(card, LATER_PIN)).toBe(true);
    expect((await encodeThrough(world.kiosk, issued, card, await give(issued))).kind).toBe('completed');
  });

  test('with its new PIN on it is finished by that PIN, without a code', async () => {
    const { issued, card } = await aCard();
    await expect(reset(issued, card, await give(issued), { stopBefore: 'puk' })).rejects.toBeInstanceOf(
      CutOff,
    );
    const plan = await reset(issued, card, null, { knows: CHOSEN_PIN });
    expect(plan).toMatchObject({ isResumed: true, isPinSet: true });
    expect((await tellings(issued.card.id)).at(-1)).toMatchObject({ type: 'pin.reset' });
  });

  test.each(CUTS)('%s its %s and given up gets its PIN all the same', async (cut, step) => {
    const { issued, card } = await aCard();
    const stop = cut === 'before' ? { stopBefore: step } : { stopAfter: step };
    await expect(reset(issued, card, await give(issued), stop)).rejects.toBeInstanceOf(CutOff);
    const { id } = (await findOpenOperation(world.central.database, issued.card.id))!;
    await abandonOperation(world.central, id, { actor: 'command', why: null });
    expect((await reset(issued, card, await give(issued), { pin: LATER_PIN })).isResumed).toBe(false);
    expect(await takes(card, LATER_PIN)).toBe(true);
  });
});

describe('a PIN that was being set', () => {
  test.each(CUTS)('and was cut off %s its %s does not keep its holder from a rewrite', async (cut, step) => {
    const { issued, card } = await aCard();
    const stop = cut === 'before' ? { stopBefore: step } : { stopAfter: step };
    await expect(reset(issued, card, await give(issued), stop)).rejects.toBeInstanceOf(CutOff);
    const { id } = (await findOpenOperation(world.central.database, issued.card.id))!;
    const run = await OperationRun.begin(world.kiosk, issued);
    expect(run.plan.isResumed).toBe(false);
    expect((await findOperation(world.central.database, id))!.state).toBe('abandoned');
  });

  test('is finished by its code, which rewrites nothing', async () => {
    const { issued, card } = await aCard();
    const code = await give(issued);
    await expect(reset(issued, card, code, { stopAfter: 'pin' })).rejects.toBeInstanceOf(CutOff);
    await expect(encodeThrough(world.kiosk, issued, card, code)).rejects.toMatchObject({
      code: 'RP-17-finish-first',
    });
    await reset(issued, card, code);
  });
});
