import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cardMasterKey } from '../../src/central/authority/card-master-key.ts';
import { readKeyStore } from '../../src/central/authority/key-store.ts';
import { type RunningDemo, startDemo, walk } from '../support/demo.ts';
import {
  formsOf,
  missedForms,
  searchBytes,
  searchFolder,
  searchProcesses,
} from '../support/secret-search.ts';
import { PATIENCE } from '../support/soon.ts';

vi.setConfig(PATIENCE);

type Forms = ReturnType<typeof formsOf>;

const begun = Date.now();
let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo?.close());

/** Central's own keys, and the PUKs that this card has had, opened with the key file as central opens them. */
async function formsOfCentral(): Promise<Forms> {
  const folder = join(demo.home, 'central');
  const keys = (await readKeyStore(
    join(folder, 'authority', 'keys'),
    readFileSync(join(folder, 'authority.key')),
  ))!;
  const shown = await demo.recard('central', 'card', 'show', 'good', '--json');
  const card = JSON.parse(shown.stdout) as { id: string; puk: { version: number } };
  const puks = [card.puk.version, card.puk.version - 1].map((version) =>
    cardMasterKey(keys.cardMasterKey).derivePuk(card.id, version),
  );
  return [
    ...formsOf('card master key', keys.cardMasterKey, false),
    ...[keys.root, keys.issuing, keys.contentSigner].flatMap(({ privateKey }) =>
      formsOf('key of central', privateKey.subarray(36, 68), false),
    ),
    ...puks.flatMap((puk) => formsOf('PUK', puk, true)),
  ];
}

/** Management key and private keys, from the card itself. */
function formsOfCard(name: string): Forms {
  const state = JSON.parse(readFileSync(join(demo.home, 'demo', 'cards', `${name}.json`), 'utf8'));
  const keys = Object.values<{ algorithm: string; pkcs8: string }>(state.keys);
  return [
    ...formsOf('management key', Buffer.from(state.managementKey.value, 'base64'), false),
    ...keys.flatMap(({ algorithm, pkcs8 }) => {
      const key = Buffer.from(pkcs8, 'base64');
      // What follows the scalar of P-256 is public.
      const secret = algorithm === 'P-256' ? key.subarray(36, 68) : key.subarray(-64);
      return formsOf('key of the card', secret, false);
    }),
  ];
}

test('after a whole run no PIN, PUK, management or private key stands in any file, log, database or process list', async () => {
  const before = formsOfCard('good');
  const pin = String(randomInt(10 ** 7, 10 ** 8));
  expect(await walk.reprovision(demo, 'good', '123456', pin)).not.toContain(pin);
  const after = formsOfCard('good');
  // Slot keys but 9D's, which is kept, are new, and so is the management key.
  expect(after[0]!.bytes.equals(before[0]!.bytes)).toBe(false);
  const forms = [
    ...formsOf('new PIN', Buffer.from(pin), true),
    ...before,
    ...after,
    ...(await formsOfCentral()),
  ];
  const cards = join(demo.home, 'demo', 'cards');
  expect(searchFolder(demo.home, forms, [cards])).toEqual([]);
  expect(searchProcesses(forms)).toEqual([]);
  expect(searchBytes('what was drawn', Buffer.from(demo.terminal.drawn()), forms)).toEqual([]);
  expect(searchFolder(tmpdir(), forms, [demo.home], begun)).toEqual([]);
  // The search would have found them: each form is found where it is written, and the card does have keys in its file.
  const scratch = join(demo.home, 'scratch');
  expect(missedForms(forms, scratch)).toEqual([]);
  expect(searchFolder(cards, forms, []).length).toBeGreaterThan(3);
});

test('after a key came out of the archive it stands nowhere but there, sealed, and on the card', async () => {
  const before = formsOfCard('archived');
  await demo.recard('card', 'pull');
  await demo.terminal.until('RP-11-insert-card');
  const exposed = 5;
  await walk.reprovision(demo, 'archived', '123456', String(randomInt(10 ** 7, 10 ** 8)), exposed);
  const after = formsOfCard('archived');
  // The same as before in the history, and a new one.
  expect(after.length).toBeGreaterThan(before.length);
  const forms = [...before, ...after];
  const cards = join(demo.home, 'demo', 'cards');
  expect(searchFolder(demo.home, forms, [cards])).toEqual([]);
  expect(searchProcesses(forms)).toEqual([]);
  expect(searchFolder(tmpdir(), forms, [demo.home], begun)).toEqual([]);
  expect(searchFolder(cards, forms, []).length).toBeGreaterThan(3);
});
