import { CentralWorld, type IssuedCard } from '../central/support/central-world.ts';
import { OperationRun, proveHolder } from '../central/support/operation-run.ts';
import { BusyKiosks } from './busy-kiosks.ts';

/** Kiosks that carry out one rewrite after the other. */
const kiosks = new BusyKiosks();
const world = await CentralWorld.openAt(kiosks.order);
const cards: IssuedCard[] = [];
for (let n = 0; n < kiosks.order.cards; n += 1) cards.push(await world.issueCard());
await world.close();

await kiosks.work(cards, async (kiosk, card, steps) => {
  const proofId = await proveHolder(kiosk, card);
  steps.step = 'begin';
  const run = await OperationRun.begin(kiosk, card, { proofId });
  steps.step = 'authenticate';
  await run.authenticate();
  steps.step = 'certificates';
  await run.writeKeys();
  steps.step = 'secrets';
  await run.changePin();
  await run.changeSecrets();
  steps.step = 'complete';
  await kiosk.complete(run.id, run.report());
});
