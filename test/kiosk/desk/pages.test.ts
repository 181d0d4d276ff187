import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { putOperator } from '../../../src/central/command/put-operator.ts';
import { removeOperator } from '../../../src/central/repositories/operators.ts';
import { certificateTag } from '../../../src/piv/reference.ts';
import { DeskBench, type Holder, PIN } from './desk-bench.ts';

/** The operator's pages at the kiosk, of a real central (OP-01, OP-03, OP-04). */

let bench: DeskBench;
let helga: Holder;
let anna: Holder;
beforeAll(async () => {
  bench = await DeskBench.open();
  helga = await bench.addOperator('helga');
  anna = await bench.addHolder('anna', { displayName: 'Anna Sommer' });
  await bench.addHolder('hostile', { displayName: 'Otto Kaputt', photo: new Uint8Array(30_000).fill(0xff) });
  await bench.addHolder('faceless', { displayName: 'Nora Niemand', photo: null });
  await bench.start();
});
afterAll(() => bench.close());
afterEach(async () => {
  for (const reader of [0, 1]) bench.readers.pull(reader);
  bench.press('esc');
  await bench.at('away');
  await bench.until('nobody', ({ walkUp }) => walkUp.kind === 'insertCard');
});

/** From the menu to the page of somebody. */
async function openPerson(name: string) {
  bench.press('1');
  bench.write(name);
  await bench.until('found', ({ desk }) => {
    const page = desk?.state.kind === 'open' ? desk.state.pages.at(-1) : undefined;
    return page?.kind === 'search' && page.result?.query === name && page.result.lines.length > 0;
  });
  bench.press('enter');
  return bench.page('person');
}

test('half a name finds a person, and Enter opens what central has of them', async () => {
  await bench.signIn(helga);
  const { page } = await openPerson('som');
  expect(page?.person).toMatchObject({ displayName: 'Anna Sommer', hasPhoto: true });
  expect(page?.cards).toMatchObject([{ id: anna.row.id, state: 'issued' }]);
});

describe('the photo', () => {
  test('is drawn when it is asked for, and gone when the page is left', async () => {
    await bench.signIn(helga);
    await openPerson('som');
    bench.press('F');
    await bench.until('photo', ({ desk }) => {
      const page = desk?.state.kind === 'open' ? desk.state.pages.at(-1) : undefined;
      return page?.kind === 'person' && page.photo?.picture?.width === 40;
    });
    bench.press('esc', 'esc', 'esc');
    const { pages } = await bench.at('open');
    expect(JSON.stringify(pages)).not.toContain('rgb');
  });

  test('that nobody can read is refused in sight, and the page stays', async () => {
    await bench.signIn(helga);
    await openPerson('kap');
    bench.press('F');
    await bench.until('refused', ({ desk }) => {
      const page = desk?.state.kind === 'open' ? desk.state.pages.at(-1) : undefined;
      return page?.kind === 'person' && page.photo?.refused === 'OP-01-photo-unreadable';
    });
  });

  test('that there is none of is said by the key for it', async () => {
    await bench.signIn(helga);
    await openPerson('niem');
    bench.press('F');
    expect(await bench.page('person')).toMatchObject({ photo: null, said: 'OP-01-no-photo' });
  });
});

describe('a card in the other reader', () => {
  /** From the menu, once the walk-up has found it. */
  async function openCardInReader(reader = 1) {
    await bench.until(
      'in hand',
      ({ desk }) => desk?.inHand.kind === 'known' && desk.inHand.reader === reader,
    );
    bench.press('2');
    await bench.until('read', ({ desk }) => {
      const page = desk?.state.kind === 'open' ? desk.state.pages.at(-1) : undefined;
      return page?.kind === 'card' && page.attempt === null && page.onCard?.attempt === null;
    });
    return bench.page('card');
  }

  test('is shown as central has it, and as it is', async () => {
    anna.card.putObject(
      certificateTag('9E'),
      new Uint8Array([0x70, 0x01, 0x00, 0x71, 0x01, 0x00, 0xfe, 0x00]),
    );
    bench.readers.insert(1, anna.card);
    await bench.signIn(helga);
    const page = await openCardInReader();
    expect(page.page?.slots.map(({ slot }) => slot)).toEqual(['9A', '9C', '9D', '9E']);
    const recorded = new Map(page.page?.slots.map(({ slot, serialNumber }) => [slot, serialNumber]));
    const [first, , , last] = page.onCard!.slots!;
    expect(first).toMatchObject({ slot: '9A', serialNumber: recorded.get('9A') });
    expect(last).toEqual({ slot: '9E', serialNumber: null, subject: null, notAfter: null });
    // The walk-up holds the one connection there is.
    await expect(bench.readers.open(1)).rejects.toThrow('in use');
  });

  test('that is pulled while its page is in sight leaves the page, without what was on it', async () => {
    await bench.signIn(helga);
    bench.readers.insert(1, anna.card);
    await openCardInReader();
    bench.readers.pull(1);
    expect(await bench.page('card')).toMatchObject({ onCard: null, cardId: anna.row.id });
  });

  test('is the cardholder’s again when the operator’s card is pulled, on every page', async () => {
    for (const key of ['1', '3', '4', '5', '6']) {
      await bench.signIn(helga);
      bench.press(key);
      bench.readers.insert(1, anna.card);
      bench.readers.pull(0);
      expect(bench.desk.kind).toBe('away');
      await bench.until('found', ({ walkUp }) => walkUp.kind === 'found' && walkUp.reader === 1);
      bench.readers.pull(1);
    }
  });
});

test('this kiosk is described as it is', async () => {
  await bench.signIn(helga);
  bench.press('5');
  // Central is not heard for a moment where this machine has much else to do.
  const view = await bench.until(
    'facts',
    ({ desk }) => desk?.machine?.clockOffsetMs != null && desk.machine.isCentralReached,
  );
  expect(view.desk?.machine).toMatchObject({
    ...{ kioskName: 'hall', isCentralReached: true, refusedAs: null, isCardServiceUp: true },
    readers: [
      { reader: 0, hasCard: true, trouble: null },
      { reader: 1, hasCard: false, trouble: null },
    ],
  });
  expect(view.desk?.machine?.diskFreeMiB).toBeGreaterThan(0);
  bench.press('esc');
  expect(bench.view.desk?.machine).toBeNull();
});

test('the audit of this kiosk has the sign-in that brought it into sight', async () => {
  await bench.signIn(helga);
  bench.press('6');
  const { lines } = await bench.page('audit');
  expect(lines?.map(({ type }) => type)).toContain('session.started');
});

test('a right that central takes away is gone with the next question, and it is said', async () => {
  await bench.signIn(helga);
  bench.press('4');
  await bench.page('operations');
  await removeOperator(bench.central.database, helga.person.id);
  bench.press('esc', '3');
  expect(await bench.at('signedOut')).toMatchObject({ code: 'ID-05-not-an-operator' });
  await putOperator(bench.central, 'helga', 'helpdesk', 'all');
});

test('the language that the operator has chosen is theirs until they sign out', async () => {
  bench.kiosk.command({ kind: 'nextLanguage' });
  await bench.signIn(helga);
  expect(bench.view.language).toBe('de');
  bench.readers.insert(1, anna.card);
  await bench.until('in hand', ({ desk }) => desk?.inHand.kind === 'known');
  bench.readers.pull(1);
  expect(bench.view.language).toBe('de');
  bench.readers.pull(0);
  bench.kiosk.command({ kind: 'digit', digit: 1 });
  expect(bench.view.language).toBe('en');
});

test('no PIN and no token is in the log or in what the screens are told', async () => {
  let told = '';
  const tokens = new Set<string>();
  const onHeaders = (message: unknown) => {
    const { headers } = message as { readonly headers: string };
    const token = /recard-session: (\S+)/.exec(headers)?.[1];
    if (token) tokens.add(token);
  };
  subscribe('undici:client:sendHeaders', onHeaders);
  const stop = bench.kiosk.onView((view) => {
    told += JSON.stringify(view);
  });
  await bench.signIn(helga);
  await openPerson('som');
  stop();
  unsubscribe('undici:client:sendHeaders', onHeaders);
  expect(tokens.size).toBeGreaterThan(0);
  for (const token of tokens) {
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(told + bench.files()).not.toContain(token);
  }
  expect(told + bench.files()).not.toContain(PIN);
});
