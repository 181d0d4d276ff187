import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { VPCD_PORTS, VpcdReader } from '../../src/virtual-card/vpcd.ts';
import { type RunningDemo, startDemo, walk } from '../support/demo.ts';
import { PCSCD_HOOK_LIMIT_MS, startPcscd, type TestPcscd } from '../support/pcscd.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY, startInTerminal } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** `npm run demo -- --pcsc --adopt`: a card that the demo did not make, as it comes from the factory. */
let pcscd: TestPcscd;
let demo: RunningDemo | undefined;
const reader = new VpcdReader({ port: VPCD_PORTS[0], isQuick: true });
const card = VirtualCard.create(null, { name: 'from the factory', serial: 31415926 });

beforeAll(async () => {
  pcscd = await startPcscd();
  reader.insert(card);
}, PCSCD_HOOK_LIMIT_MS);
afterAll(async () => {
  reader.pull();
  await demo?.close();
  await pcscd?.stop();
});

test('a serial that is not the card’s adopts nothing and changes nothing', async () => {
  const home = mkdtempSync(join(tmpdir(), 'recard-'));
  const before = card.counters.writeApdus;
  const args = ['scripts/node.sh', 'src/recard.ts', 'demo', '--pcsc', '--adopt', '--yes', '271828'];
  const terminal = startInTerminal('bash', args, { env: { RECARD_HOME: home } });
  expect(await terminal.exited()).toBe(1);
  expect(terminal.screen()).toContain('271828 is not 31415926. Nothing was changed');
  expect(card.counters.writeApdus).toBe(before);
  rmSync(home, { recursive: true, force: true });
});

test('a card with factory keys is adopted and rewritten as the demo cardholder’s', async () => {
  demo = await startDemo({ args: ['--pcsc', '--adopt', '--yes', '31415926'], firstCode: 'RP-11-card-found' });
  const { terminal } = demo;
  expect(await terminal.until('RP-11-card-found')).toContain('Anna Winter');
  terminal.press(KEY.enter);
  await walk.fromPin(demo, '123456', '73914682');
  const { stdout } = await demo.recard('central', 'card', 'show', '31415926', '--json');
  const shown = JSON.parse(stdout) as {
    managementKey: { version: number };
    certificates: { state: string }[];
  };
  expect(shown.managementKey.version).toBeGreaterThan(0);
  expect(shown.certificates.filter(({ state }) => state === 'active')).toHaveLength(4);
});
