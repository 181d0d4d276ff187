import { CentralWorld } from './central-world.ts';
import { OperationRun } from './operation-run.ts';

/** Central and kiosks at it, in a process that is there to be killed: says where it is, then each card that it has completed. */
export type Said =
  | { readonly stateDir: string }
  | { readonly operationId: string; readonly cardId: string; readonly serialNumbers: readonly string[] };

const KIOSKS = 3;

process.once('disconnect', () => process.exit(0));
const say = (said: Said) => process.send?.(said);

async function complete(world: CentralWorld): Promise<void> {
  const run = await OperationRun.begin(world.kiosk, await world.issueCard());
  const report = await run.write();
  const { operationId, certificates } = await world.kiosk.complete(run.id, report);
  const serialNumbers = certificates.map(({ serialNumber }) => serialNumber);
  say({ operationId, cardId: run.issued.card.id, serialNumbers });
}

const world = await CentralWorld.open();
say({ stateDir: world.stateDir });
await Promise.all(
  Array.from({ length: KIOSKS }, async () => {
    for (;;) await complete(world);
  }),
);
