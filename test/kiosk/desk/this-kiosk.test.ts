/** What the page of this kiosk does besides showing (OP-04, SE-06). */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { actionsOf } from '../../../src/flows/desk-actions.ts';
import { DeskBench, type Holder } from './desk-bench.ts';

let bench: DeskBench;
let helga: Holder;
let admin: Holder;
let hasLeft = false;
beforeAll(async () => {
  bench = await DeskBench.open();
  helga = await bench.addOperator('helga');
  admin = await bench.addOperator('admin', 'administrator');
  void bench.kiosk.left.then(() => {
    hasLeft = true;
  });
  await bench.start();
});
afterAll(() => bench.close());
afterEach(async () => {
  bench.readers.pull(0);
  bench.press('esc', 'esc');
  await bench.at('away');
});

const leaveRefusal = () => actionsOf(bench.view.desk!).find(({ name }) => name === 'leaveKiosk')?.refusal;

test('whoever is no administrator finds leaving grey, and nothing happens by its key', async () => {
  await bench.signIn(helga);
  bench.press('5');
  await bench.page('kiosk');
  expect(leaveRefusal()).toBe('OP-02-no-right');
  bench.press('M');
  expect(await bench.page('kiosk')).toMatchObject({ said: 'OP-02-no-right' });
  expect(await bench.listening.audited('kiosk.maintenance')).toEqual([]);
  expect(hasLeft).toBe(false);
});

test('finding faults asks whoever has looked, also for the helpdesk', async () => {
  await bench.signIn(helga);
  bench.press('5', 'F');
  const { test: found } = await bench.page('kiosk');
  expect(found).toMatchObject({ kind: 'faults' });
  await bench.until('what was found', () => {
    const page = bench.desk.kind === 'open' ? bench.desk.pages.at(-1) : undefined;
    return page?.kind === 'kiosk' && page.test?.kind === 'faults' && page.test.findings !== null;
  });
});

test('an administrator leaves it after a yes; central has it on record before the kiosk ends', async () => {
  await bench.signIn(admin);
  bench.press('5', 'M');
  await bench.step('confirm');
  expect(hasLeft).toBe(false);
  bench.press('enter');
  expect(await bench.step('said')).toMatchObject({ step: { outcome: { kind: 'left' } } });
  await bench.kiosk.left;
  const [entry, ...more] = await bench.listening.audited('kiosk.maintenance');
  expect(more).toEqual([]);
  expect(JSON.parse(entry!)).toMatchObject({
    ...{ type: 'kiosk.maintenance', actor: 'operator:admin' },
    detail: { operator: admin.person.id, kiosk: 'hall' },
  });
});
