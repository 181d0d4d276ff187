import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readSupportCode } from '../../src/domain/support-code.ts';
import { codeOf } from '../../src/flows/walk-up.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { programVersion } from '../../src/kiosk/program-version.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aCard, aCentral, anImage, OLD_PIN, takesPin } from '../encoder/support/card-run.ts';
import { SOON } from '../support/soon.ts';
import { type BenchOptions, type KioskBench, putOnRecord, startBench } from './support/kiosk-bench.ts';
import { aCardRecord, aCopy, aPerson } from './support/small-world.ts';

const NEW_PIN = '84726195';
const ANOTHER_PIN = '16180339';
/** GENERATE ASYMMETRIC KEY PAIR. @see SP 800-73-4, part 2, 3.3.2 */
const GENERATE = 0x47;
const lengthOf = (state: WalkUpState) => ('length' in state ? state.length : null);

let bench: KioskBench;
const begin = async (options?: BenchOptions) => {
  bench = await startBench(options);
  return bench;
};
afterEach(() => bench.close());

/** A card that this kiosk knows, in the first reader. */
async function withKnownCard(options?: BenchOptions): Promise<VirtualCard> {
  await begin(options);
  const card = aCard();
  putOnRecord(bench, card);
  bench.readers.insert(0, card);
  return card;
}

/** A copy that knows another person's card as well. */
function withSecondCard() {
  const holderId = '66666666-6666-4666-8666-666666666666';
  const other = {
    ...{ id: '55555555-5555-4555-8555-555555555555', guid: '77777777-7777-4777-8777-777777777777' },
    ...{ serial: '4321', holderId },
  };
  return aCopy({
    people: [aPerson(), aPerson({ id: holderId, displayName: 'Bob Example' })],
    cards: [aCardRecord(), aCardRecord(other)],
  });
}

function everythingWritten(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
}

describe('a walk-up', () => {
  test('goes on with the next card when a reader fails to let go of one', async () => {
    const { readers } = await begin();
    const open = readers.open.bind(readers);
    readers.open = async (reader) => {
      const connection = await open(reader);
      const close = async () => {
        await connection.close();
        throw new Error('close card: the reader is gone');
      };
      return { ...connection, close };
    };
    for (const _ of ['first', 'second']) {
      readers.insert(0, aCard());
      await bench.at('found');
      readers.pull(0);
      await bench.at('insertCard');
    }
    expect(everythingWritten(bench.folder)).toContain('the reader is gone');
  });

  test('ends with a rewritten card, a new PIN, and no PIN anywhere else', async () => {
    const card = await withKnownCard();
    const { card: shown } = await bench.at('found');
    expect(shown).toMatchObject({ holderName: 'Alice Example', profileTitle: 'Staff card', triesLeft: 3 });
    await bench.walkToRepeatedPin(NEW_PIN);
    bench.press('confirm');
    await bench.at('done');
    expect(bench.central.operation!.completed).not.toBeNull();
    const written = everythingWritten(bench.folder);
    for (const form of [
      NEW_PIN,
      Buffer.from(NEW_PIN).toString('hex'),
      Buffer.from(NEW_PIN).toString('base64').slice(0, 10),
    ]) {
      expect(written).not.toContain(form);
    }
    const types = () => bench.central.happened.map(({ type }) => type);
    await vi.waitFor(() => expect(types()).toEqual(['operation.begun', 'operation.completed']), SOON);
    bench.readers.pull(0);
    await bench.at('insertCard');
    expect(await takesPin(card, NEW_PIN)).toBe(true);
  });

  test('lists the reasons in their order', async () => {
    await withKnownCard();
    await bench.at('found');
    bench.press('confirm');
    bench.type('123456');
    bench.press('confirm');
    const { reasons } = await bench.at('chooseReason');
    expect(reasons.map(({ code }) => code)).toEqual(['first', 'second']);
  });

  test('shows the tries left after a wrong PIN, and ends when the PIN is blocked', async () => {
    const card = await withKnownCard();
    for (const triesLeft of [2, 1]) {
      await bench.until('found or PIN', ({ walkUp }) => ['found', 'enterPin'].includes(walkUp.kind));
      if (bench.state().kind === 'found') bench.press('confirm');
      bench.type('999999');
      bench.press('confirm');
      await bench.until(
        `${triesLeft} tries`,
        ({ walkUp }) => walkUp.kind === 'enterPin' && walkUp.card.triesLeft === triesLeft,
      );
      expect(bench.state()).toMatchObject({ error: 'wrong', length: 0 });
    }
    bench.type('999999');
    bench.press('confirm');
    bench.press('confirm', 'confirm');
    expect(card.pinTriesLeft).toBe(1);
    bench.press('yes');
    await bench.until('a blocked PIN', ({ walkUp }) => codeOf(walkUp) === 'ID-04-pin-blocked');
    expect(card.counters.writeApdus).toBe(0);
  });

  test('asks for the wished confirmation when a key would be lost', async () => {
    await withKnownCard();
    bench.central.encryptionKey = 'lose';
    await bench.at('found');
    bench.press('confirm');
    bench.type('123456');
    bench.press('confirm');
    await bench.at('chooseReason');
    bench.press('confirm');
    expect(await bench.at('warning')).toMatchObject({ losesKey: true, hasAcceptedLoss: false });
  });

  test('goes no further when central says in a new word what would become of a key (SY-06)', async () => {
    await withKnownCard();
    bench.central.encryptionKey = 'escrow' as 'lose';
    await bench.at('found');
    bench.press('confirm');
    bench.type('123456');
    bench.press('confirm');
    await bench.at('chooseReason');
    bench.press('confirm');
    expect(await bench.at('refused')).toMatchObject({ code: 'SY-06-newer-kiosk' });
  });

  test('shows the policy before the first digit, and judges by the PIN that was proven', async () => {
    await withKnownCard();
    await bench.at('found');
    bench.press('confirm');
    bench.type('123456');
    bench.press('confirm');
    await bench.at('chooseReason');
    bench.press('confirm');
    await bench.at('warning');
    bench.press('confirm');
    const rules = ['length', 'repeated', 'sequence', 'current'];
    const verdicts = () => {
      const state = bench.state();
      return state.kind === 'newPin' ? state.verdicts : [];
    };
    expect(verdicts().map(({ rule }) => rule)).toEqual(rules);
    bench.type('123456');
    expect(
      verdicts()
        .filter(({ satisfied }) => !satisfied)
        .map(({ rule }) => rule),
    ).toEqual(['sequence', 'current']);
    bench.press('back');
    await bench.at('warning');
  });

  test('takes eight digits of a thousand', async () => {
    await withKnownCard();
    await bench.at('found');
    bench.press('confirm');
    bench.type('5'.repeat(1000));
    expect(bench.state()).toMatchObject({ kind: 'enterPin', length: 8 });
    bench.press('erase', 'erase');
    expect(bench.state()).toMatchObject({ length: 6 });
  });

  test('goes back to the start when nobody is there, and gives the card back', async () => {
    await withKnownCard({ idleSeconds: 1 });
    await bench.at('found');
    expect(bench.kiosk.view().idleSecondsLeft).toBe(1);
    expect(await bench.at('insertCard')).toMatchObject({ passedOver: 0 });
    const connection = await vi.waitFor(() => bench.readers.open(0), SOON);
    await connection.close();
  });

  test('tells the helpdesk what went wrong and with what, until that was read', async () => {
    await begin();
    bench.readers.insert(0, VirtualCard.create(null, { name: 'foreign', hasPiv: false }));
    await bench.at('refused');
    const { support } = bench.kiosk.view();
    expect(readSupportCode(support?.code ?? '')).toEqual({
      kind: 'read',
      facts: {
        ...{ code: 'RP-07-no-piv', step: 'looking', statusWord: null },
        ...{ reader: 'other', family: 'virtual', version: programVersion() },
      },
    });
    bench.kiosk.command({ kind: 'helpdeskCode' });
    expect(bench.kiosk.view().support).toEqual({ ...support, isOpen: true });
    bench.readers.pull(0);
    await bench.until('an empty reader', ({ walkUp }) => walkUp.kind === 'refused' && !walkUp.isCardIn);
    bench.press('confirm');
    expect(bench.kiosk.view()).toMatchObject({ support, walkUp: { kind: 'refused' } });
    bench.press('confirm');
    await bench.at('insertCard');
    expect(bench.kiosk.view().support).toBeUndefined();
  });

  test('speaks the other language until the next person comes', async () => {
    await begin();
    bench.press('nextLanguage');
    expect(bench.kiosk.view().language).toBe('de');
    const card = VirtualCard.create(null, { name: 'foreign', hasPiv: false });
    bench.readers.insert(0, card);
    await bench.at('refused');
    expect(bench.kiosk.view().language).toBe('de');
    await bench.takeOutRefused(0);
    await bench.at('insertCard');
    expect(bench.kiosk.view().language).toBe('en');
  });

  test('goes on in the language of whoever goes back while their card is in, and not of whoever has gone away', async () => {
    await withKnownCard();
    await bench.at('found');
    bench.press('nextLanguage', 'changeCard');
    await bench.at('insertCard');
    expect(bench.kiosk.view().language).toBe('de');
    bench.press('confirm');
    await bench.at('found');
    expect(bench.kiosk.view().language).toBe('de');
    bench.press('back');
    await bench.at('insertCard');
    bench.readers.pull(0);
    await bench.until('its own language', ({ language }) => language === 'en');
  });

  test('keeps what somebody chose for their own card when they put it in again, and for nobody else', async () => {
    await begin({ copy: aCopy({ cards: [aCardRecord({ state: 'disabled' })] }) });
    const refused = async (card: VirtualCard) => {
      bench.readers.insert(0, card);
      await bench.until('a refusal', ({ walkUp }) => walkUp.kind === 'refused' && walkUp.isCardIn);
      const { language, theme } = bench.kiosk.view();
      bench.readers.pull(0);
      await bench.until('the card out', ({ walkUp }) => walkUp.kind === 'refused' && !walkUp.isCardIn);
      return [language, theme];
    };
    bench.press('nextLanguage', 'nextTheme');
    expect(await refused(aCard())).toEqual(['de', 'contrast']);
    expect(await refused(aCard())).toEqual(['de', 'contrast']);
    expect(await refused(VirtualCard.create(null, { name: 'foreign', hasPiv: false }))).toEqual([
      ...['en', 'standard'],
    ]);
  });

  test('is drawn as somebody wants it until the next person comes', async () => {
    await begin();
    const look = () => {
      const { theme, isReadAloud } = bench.kiosk.view();
      return { theme, isReadAloud };
    };
    expect(look()).toEqual({ theme: 'standard', isReadAloud: false });
    bench.press('nextTheme', 'toggleReader');
    bench.readers.insert(0, VirtualCard.create(null, { name: 'foreign', hasPiv: false }));
    await bench.at('refused');
    expect(look()).toEqual({ theme: 'contrast', isReadAloud: true });
    bench.press('nextTheme', 'toggleReader');
    expect(look()).toEqual({ theme: 'large', isReadAloud: false });
    await bench.takeOutRefused(0);
    await bench.at('insertCard');
    expect(look()).toEqual({ theme: 'standard', isReadAloud: false });
  });

  test('speaks the language of a digit on the first screen, and its own again when nobody puts a card in', async () => {
    await begin({ idleSeconds: 1 });
    bench.type('2');
    expect(bench.kiosk.view().language).toBe('de');
    bench.type('9');
    expect(bench.kiosk.view().language).toBe('de');
    await bench.until('its own language', ({ language }) => language === 'en');
  });
});

describe('a one-time code', () => {
  const CODE = '58203917';

  async function toTheCode(): Promise<VirtualCard> {
    const card = await withKnownCard();
    await bench.at('found');
    bench.press('confirm', 'otherWay');
    await bench.at('enterCode');
    return card;
  }

  test('is asked for again with its tries when it is wrong, and ends in a screen when it is dead', async () => {
    const card = await toTheCode();
    bench.central.code = CODE;
    bench.type('11111111');
    bench.press('confirm');
    await bench.until('a wrong code', ({ walkUp }) => codeOf(walkUp) === 'ID-03-wrong-code');
    expect(bench.state()).toMatchObject({ length: 0, triesLeft: 4 });
    bench.central.code = null;
    bench.type('22222222');
    bench.press('confirm');
    expect(await bench.at('refused')).toMatchObject({ code: 'ID-03-code-dead' });
    expect(card.pinTriesLeft).toBe(3);
  });

  test('may take as long to be fetched as ten minutes, with the time counted down in sight', async () => {
    await toTheCode();
    const left = bench.kiosk.view().idleSecondsLeft!;
    expect(left).toBeGreaterThan(590);
    expect(left).toBeLessThanOrEqual(600);
    bench.press('back');
    await bench.at('enterPin');
    expect(bench.kiosk.view().idleSecondsLeft).toBeLessThanOrEqual(90);
  });

  test('leads to the reasons, and the new PIN is not compared with one that nobody knows', async () => {
    await toTheCode();
    bench.central.code = CODE;
    bench.type(CODE);
    bench.press('confirm');
    expect(await bench.at('chooseReason')).toMatchObject({ by: 'code' });
    bench.press('confirm');
    await bench.at('warning');
    bench.press('confirm');
    const { verdicts } = await bench.at('newPin');
    expect(verdicts.map(({ rule }) => rule)).toEqual(['length', 'repeated', 'sequence']);
    expect(everythingWritten(bench.folder)).not.toContain(CODE);
  });
});

describe('a question to central', () => {
  test('is dropped by Esc', async () => {
    await withKnownCard();
    await bench.at('found');
    bench.press('confirm');
    bench.type('123456');
    bench.press('confirm');
    await bench.at('chooseReason');
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    bench.central.before = (route) => {
      if (!route.endsWith('/preview')) return;
      asked();
      return isReleased;
    };
    bench.press('confirm');
    await isAsked;
    bench.press('back');
    await bench.at('chooseReason');
    bench.central.before = () => {};
    bench.press('confirm');
    // Not held up by the first question, which nobody has answered.
    await bench.at('warning');
    release();
  });
});

describe('a write', () => {
  test('waits for a central that is away, with the card in, and goes on', async () => {
    await withKnownCard();
    await bench.walkToRepeatedPin(NEW_PIN);
    bench.central.before = (route) => {
      if (route.endsWith('/certificates')) bench.central.weather = 'down';
    };
    bench.press('confirm');
    await bench.until('waiting', ({ walkUp }) => walkUp.kind === 'writing' && walkUp.waitsForCentral);
    await bench.until('the time waited', ({ waitedSeconds }) => (waitedSeconds ?? 0) >= 1);
    bench.central.before = () => {};
    bench.central.weather = 'up';
    await bench.at('done');
  });

  test('that is cut off by the card being pulled is finished when it is put in again', async () => {
    const card = await withKnownCard();
    await bench.walkToRepeatedPin(NEW_PIN);
    card.cutAt(40, 'after');
    bench.press('confirm');
    expect(await bench.at('interrupted')).toMatchObject({ code: 'RP-17-card-removed', isCardIn: false });
    bench.readers.insert(0, card);
    await bench.at('found');
    bench.press('confirm');
    bench.type(NEW_PIN);
    bench.press('confirm');
    expect(await bench.at('warning')).toMatchObject({ isResume: true });
    // The first run has set this PIN: no other one is asked for.
    bench.press('confirm');
    await bench.until('the writing', ({ walkUp }) => walkUp.kind === 'writing' || walkUp.kind === 'done');
    await bench.at('done');
    bench.readers.pull(0);
    expect(await takesPin(card, NEW_PIN)).toBe(true);
    expect(everythingWritten(bench.folder)).not.toContain(NEW_PIN);
  });

  test.each([
    ['before', OLD_PIN],
    ['after', NEW_PIN],
  ] as const)(
    'that is cut off just %s its new PIN is set asks for another than the one on the card',
    async (when, onCard) => {
      const card = await withKnownCard();
      await bench.walkToRepeatedPin(NEW_PIN);
      bench.central.before = (route) => {
        if (route.endsWith('/intents')) card.cutAt(1, when);
      };
      bench.press('confirm');
      await bench.at('interrupted');
      bench.central.before = () => {};
      bench.readers.insert(0, card);
      await bench.at('found');
      bench.press('confirm');
      bench.type(onCard);
      bench.press('confirm');
      expect(await bench.at('warning')).toMatchObject({ isResume: true, keepsPin: false });
      bench.press('confirm');
      bench.type(onCard);
      const { walkUp } = await bench.until('a whole PIN', (view) => lengthOf(view.walkUp) === onCard.length);
      if (walkUp.kind !== 'newPin') throw new Error('no new PIN is asked for');
      expect(walkUp.verdicts.find(({ rule }) => rule === 'current')).toMatchObject({ satisfied: false });
      bench.press('confirm');
      expect(bench.state()).toMatchObject({ kind: 'newPin', field: 'new', error: 'policy' });
      for (const _ of onCard) bench.press('erase');
      for (const _ of ['new', 'repeat']) {
        bench.type(ANOTHER_PIN);
        bench.press('confirm');
      }
      await bench.at('done');
      bench.readers.pull(0);
      expect(await takesPin(card, ANOTHER_PIN)).toBe(true);
    },
  );

  test('for which a card has too little room leaves it as it was, and nothing open at central', async () => {
    await begin();
    const card = aCard('small', { securityObject: new Uint8Array(400).fill(7) });
    putOnRecord(bench, card);
    bench.readers.insert(0, card);
    await bench.walkToRepeatedPin(NEW_PIN);
    bench.press('confirm');
    expect(await bench.at('refused')).toMatchObject({ code: 'RP-17-card-too-small' });
    await vi.waitFor(() => expect(bench.central.asked).toContain('POST /operations/:id/cancel'), SOON);
    expect(card.object(0x5fc106)).toHaveLength(400);
    bench.readers.pull(0);
    expect(await takesPin(card, OLD_PIN)).toBe(true);
  });

  test('that has no room for a photo is done without it', async () => {
    await begin();
    const card = aCard('small');
    putOnRecord(bench, card);
    const objects = anImage('P-256').objects.map((object) =>
      object.tag === '5FC108' ? { ...object, content: new Uint8Array(5_251).fill(1) } : object,
    );
    const image = anImage('P-256', { objects, changesManagementKey: false, replacesPuk: false });
    bench.central.operation = aCentral(image);
    bench.readers.insert(0, card);
    await bench.walkToRepeatedPin(NEW_PIN);
    bench.press('confirm');
    await bench.at('done');
    expect(bench.central.operation.completed?.unwritableObjects).toEqual(['5FC108']);
  });

  test('knows from the first step how long it takes, once a card of the family was written here, after a restart too', async () => {
    await begin();
    // The card alone moves this clock: how busy the machine is says nothing of how long cards take.
    let nowMs = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const firstWord = async () => {
      const card = aCard();
      putOnRecord(bench, card);
      const transmit = (apdu: Uint8Array) => {
        nowMs += apdu[1] === GENERATE ? 310 : 10;
        return card.transmit(apdu);
      };
      const { atr, isContactless } = card;
      bench.readers.insert(0, { atr, isContactless, reset: () => card.reset(), transmit });
      await bench.walkToRepeatedPin(NEW_PIN);
      bench.press('confirm');
      const isWriting = ({ walkUp }: { walkUp: WalkUpState }) =>
        walkUp.kind === 'writing' && walkUp.progress !== null;
      const { walkUp } = await bench.until('the first word', isWriting);
      const begunMs = nowMs;
      await bench.at('done');
      const tookMs = nowMs - begunMs;
      bench.readers.pull(0);
      await bench.at('insertCard');
      return walkUp.kind === 'writing' ? walkUp.progress!.remainingMs / tookMs : Number.NaN;
    };
    try {
      const ordinary = await firstWord();
      await bench.restart();
      await bench.until('central', ({ isCentralReached }) => isCentralReached);
      const learned = await firstWord();
      expect(Math.abs(learned - 1)).toBeLessThan(Math.abs(ordinary - 1));
      expect(learned).toBeLessThan(2);
      expect(learned).toBeGreaterThan(0.5);
    } finally {
      clock.mockRestore();
    }
  });

  test('that was cut off keeps other cards out, until the first one is back', async () => {
    const card = await withKnownCard({ copy: withSecondCard() });
    await bench.walkToRepeatedPin(NEW_PIN);
    card.cutAt(40, 'after');
    bench.press('confirm');
    await bench.at('interrupted');
    const other = VirtualCard.create(null, { name: 'other', serial: 4321 });
    bench.readers.insert(0, other);
    expect(await bench.at('refused')).toMatchObject({ code: 'RP-17-other-card' });
    expect(other.counters.writeApdus).toBe(0);
    await bench.takeOutRefused(0);
    expect(await bench.at('interrupted')).toMatchObject({ isCardIn: false });
    bench.readers.insert(0, card);
    expect(codeOf(await bench.at('found'))).toBe('RP-17-unfinished');
  });

  test('that a restart of the kiosk cut off is finished with the card still in', async () => {
    const card = await withKnownCard();
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    await bench.walkToRepeatedPin(NEW_PIN);
    bench.central.before = (route) => {
      if (!route.endsWith('/certificates')) return;
      asked();
      return isReleased;
    };
    bench.press('confirm');
    await isAsked;
    bench.central.data = aCopy({ cards: [aCardRecord({ hasOpenOperation: true })] });
    bench.central.before = () => {};
    await bench.restart();
    release();
    expect(codeOf(await bench.at('found'))).toBe('RP-17-unfinished');
    bench.press('confirm');
    bench.type(NEW_PIN);
    bench.press('confirm');
    expect(await bench.at('warning')).toMatchObject({ isResume: true, keepsPin: true });
    bench.press('confirm');
    await bench.at('done');
    bench.readers.pull(0);
    expect(await takesPin(card, NEW_PIN)).toBe(true);
  });

  test('does not touch a second card, and says so', async () => {
    await withKnownCard();
    await bench.at('found');
    expect(bench.kiosk.view().hasSecondCard).toBe(false);
    const second = VirtualCard.create(null, { name: 'other', serial: 4321 });
    bench.readers.insert(1, second);
    await bench.until('a second card', (view) => view.hasSecondCard);
    await bench.walkToRepeatedPin(NEW_PIN);
    bench.press('confirm');
    await bench.at('done');
    expect(second.counters.apdus).toBe(0);
  });

  test('that central refuses at its end is written, and not valid', async () => {
    await withKnownCard();
    await bench.walkToRepeatedPin(NEW_PIN);
    bench.central.before = (route) => {
      if (route.endsWith('/complete')) bench.central.operation = null;
    };
    bench.press('confirm');
    expect(await bench.at('interrupted')).toMatchObject({ code: 'RP-06-disabled', isWritten: true });
  });

  test('can be cancelled before the first write, and then nothing is written', async () => {
    const card = await withKnownCard();
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
    await bench.walkToRepeatedPin(NEW_PIN);
    expect(card.counters.writeApdus).toBe(0);
    const chuid = card.object(0x5fc102);
    bench.central.before = (route) => (route.endsWith('/witness') ? isReleased : undefined);
    bench.press('confirm');
    await bench.until(
      'authentication',
      ({ walkUp }) => walkUp.kind === 'writing' && walkUp.progress?.phase === 'authenticate',
    );
    bench.press('back');
    expect(await bench.at('refused')).toMatchObject({ code: 'RP-17-cancelled', canRetry: true });
    release();
    await vi.waitFor(() => expect(bench.central.asked).toContain('POST /operations/:id/cancel'), SOON);
    expect(card.object(0x5fc102)).toEqual(chuid);
    bench.readers.pull(0);
    expect(await takesPin(card, '123456')).toBe(true);
  });

  test('is completed without the card once everything was read back', async () => {
    await withKnownCard();
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
    await bench.walkToRepeatedPin(NEW_PIN);
    bench.central.before = (route) => (route.endsWith('/complete') ? isReleased : undefined);
    bench.press('confirm');
    expect(codeOf(await bench.at('written'))).toBe('SY-03-written-waiting');
    bench.readers.pull(0);
    expect(await bench.at('written')).toMatchObject({ isCardIn: false });
    release();
    expect(await bench.at('done')).toMatchObject({ isCardIn: false });
    await vi.waitFor(() => expect(bench.central.happened.at(-1)!.type).toBe('operation.completed'), SOON);
    expect(bench.central.operation!.completed).not.toBeNull();
  });

  test('that central refuses in the middle says so', async () => {
    await withKnownCard();
    await bench.walkToRepeatedPin(NEW_PIN);
    bench.central.before = (route) => {
      if (route.endsWith('/intents')) bench.central.operation = null;
    };
    bench.press('confirm');
    expect(await bench.at('refused')).toMatchObject({ code: 'RP-06-disabled' });
  });
});
