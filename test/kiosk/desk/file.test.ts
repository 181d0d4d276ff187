import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMAND } from '../../../src/central/request/actor.ts';
import { fileRequest } from '../../../src/central/request/file-request.ts';
import { CollectionWorld } from '../../central/support/collection-world.ts';
import { openWorkbench, type Workbench } from '../../pki/openssl.ts';
import { DeskBench, type Holder, PIN } from './desk-bench.ts';

/** A file for somebody who has no card with them, once an operator has vouched for them (KR-02, KR-08). */

const PASSWORD = 'correct horse 7';

class Keys extends CollectionWorld {
  static of(bench: DeskBench): Keys {
    return new Keys(bench.listening.world);
  }
}

let bench: DeskBench;
let openssl: Workbench;
let helga: Holder;
beforeAll(async () => {
  openssl = openWorkbench();
  bench = await DeskBench.open();
  helga = await bench.addOperator('helga');
  await bench.start();
});
afterAll(async () => {
  await bench?.close();
  openssl?.dispose();
});

test('the owner types the password, and openssl opens what is on the stick', async () => {
  const owner = await bench.listening.world.issueCard({
    holder: { login: 'ada', displayName: 'Ada Winter' },
  });
  const certificates = await Keys.of(bench).oldKeys(owner, 'P-256');
  const wish = { kind: 'softCertificate', ownerId: owner.holder.id, profileName: 'employee' } as const;
  await fileRequest(bench.central, COMMAND, { ...wish, certificates, note: null });
  const stick = join(bench.folder, 'media', 'STICK');
  mkdirSync(stick, { recursive: true });
  await bench.signIn(helga);
  bench.press('3');
  await bench.page('requests');
  bench.press('tab');
  await bench.until('waiting', ({ desk }) => {
    const page = desk?.state.kind === 'open' ? desk.state.pages.at(-1) : undefined;
    return page?.kind === 'requests' && page.view === 'waiting' && (page.lines?.length ?? 0) > 0;
  });
  bench.press('enter');
  await bench.page('request');
  bench.press('L');
  await bench.step('confirm');
  bench.press('enter');
  await bench.step('sign');
  bench.type(PIN);
  bench.press('enter');
  await bench.at('handedOver');
  await bench.until(
    'media',
    ({ walkUp }) => walkUp.kind === 'chooseMedium' && (walkUp.media?.length ?? 0) > 0,
  );
  bench.press('enter');
  await bench.until('asked', ({ walkUp }) => ['softEncryption', 'softPassword'].includes(walkUp.kind));
  if (bench.view.walkUp.kind === 'softEncryption') bench.press('enter');
  for (const _ of ['password', 'repeat']) {
    await bench.until('password', ({ walkUp }) => walkUp.kind === 'softPassword' && walkUp.length === 0);
    bench.write(PASSWORD);
    bench.press('enter');
  }
  await bench.until('saved', ({ walkUp }) => walkUp.kind === 'softDone');
  const [file] = readdirSync(stick);
  const { code, output } = await openssl.run(
    ...['pkcs12', '-in', join(stick, file!), '-passin', `pass:${PASSWORD}`, '-noenc'],
  );
  expect(code, output).toBe(0);
  expect(output).toContain('PRIVATE KEY');
  expect(bench.files()).not.toContain(PASSWORD);
});
