import { eq } from 'drizzle-orm';
import { recoveredCertificates } from '../../db/central/request-schema.ts';
import { archiveKeyPair } from '../../src/central/archive/archive-key-pair.ts';
import { issueCertificate } from '../../src/central/issue.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { fileRequest } from '../../src/central/request/file-request.ts';
import { CentralWorld, type IssuedCard } from '../central/support/central-world.ts';
import { FULL_CARD, OperationRun, proveHolder } from '../central/support/operation-run.ts';
import { BusyKiosks } from './busy-kiosks.ts';

interface RecoveringCard extends IssuedCard {
  /** Of a certificate that another card of the same holder has, and whose key is archived. */
  readonly serialNumber: string;
}

/** Kiosks that collect one recovered key after the other, always the same one: it is taken off by hand in between. */
const kiosks = new BusyKiosks();
const world = await CentralWorld.openAt(kiosks.order);
const { central } = world;
const cards: RecoveringCard[] = [];
for (let n = 0; n < kiosks.order.cards; n += 1) cards.push(await cardToRecover());

await kiosks.work(cards, async (kiosk, issued, steps) => {
  const { card, soft, serialNumber } = issued;
  const { id } = await fileRequest(central, COMMAND, {
    ...{ kind: 'existingCard', cardId: card.id, certificates: [serialNumber] },
    ...{ without: [], confirmedRemovals: [], note: null },
  });
  const proofId = await proveHolder(kiosk, issued);
  steps.step = 'waiting';
  const { items } = await kiosk.waiting({ proofId, cardId: card.id, capabilities: FULL_CARD });
  if (!items.some((item) => item.requestId === id && item.isForThisCard)) throw new Error('it does not wait');
  steps.step = 'collect';
  const run = await OperationRun.collect(kiosk, issued, id, { proofId });
  steps.step = 'authenticate';
  await run.authenticate();
  steps.step = 'release';
  await run.writeKeys();
  steps.step = 'complete';
  await run.kiosk.complete(run.id, run.report());
  await central.database.delete(recoveredCertificates).where(eq(recoveredCertificates.cardId, card.id));
  for (const { slot } of run.plan.keys) soft.keys.delete(slot);
});
await world.close();

async function cardToRecover(): Promise<RecoveringCard> {
  const issued = await world.issueCard();
  const { holder } = issued;
  const old = await world.issueCard({ holder });
  return central.database.transaction(async (transaction) => {
    const order = { slot: '82', algorithm: 'P-256', ownerId: holder.id, operationId: null } as const;
    const publicKey = await archiveKeyPair(central, transaction, order);
    const { serialNumber } = await issueCertificate(central, transaction, {
      ...{ card: old.card, holder, slot: '82', publicKey, lifetimeDays: 100, notBefore: central.now() },
      operationId: null,
    });
    return { ...issued, serialNumber };
  });
}
