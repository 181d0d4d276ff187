import { join } from 'node:path';
import { realPause } from '../../../src/kiosk/backoff.ts';
import { CentralClient } from '../../../src/kiosk/central-client.ts';
import { CopyFollower } from '../../../src/kiosk/copy-follower.ts';
import { EventSender } from '../../../src/kiosk/event-sender.ts';
import { identityPath } from '../../../src/kiosk/identity-path.ts';
import { OperationJournal } from '../../../src/kiosk/journal.ts';
import { openLog } from '../../../src/kiosk/log.ts';
import { Outbox } from '../../../src/kiosk/outbox.ts';
import { openOwnDatabase } from '../../../src/kiosk/own-database.ts';
import { Replica } from '../../../src/kiosk/replica.ts';
import { TestSigner } from '../../support/event-signer.ts';

/**
 * A kiosk that does nothing but record, journal, send and take central's copy, until it is killed: prints each event's
 * number once it is durable. Its state folder and central's address come as arguments; a third one has it never let go of memory.
 */
const [folder, url, isHoarding] = process.argv.slice(2) as [string, string, string | undefined];
const { log } = openLog(join(folder, 'kiosk.log'));
const now = () => new Date();
const signer = new TestSigner();
const chainPorts = { now, signer: () => signer };
const refuse = (error: Error) => {
  throw error;
};
const own = openOwnDatabase(join(folder, 'own.sqlite'), refuse, chainPorts);
const replica = new Replica(join(folder, 'replica.sqlite'), url);
const outbox = new Outbox(own, chainPorts);
const central = { url, identityFile: identityPath(folder) };
const ports = {
  client: new CentralClient(central),
  pause: realPause,
  log,
};
const sender = new EventSender({ ...ports, outbox });
const follower = new CopyFollower({ ...ports, central, replica, now, onChange: () => undefined });
const operationId = '44444444-4444-4444-8444-444444444444';
const journal = new OperationJournal(own, operationId, '11111111-1111-4111-8111-111111111111', now);
const start = process.pid;
let step = 0;
const hoard: number[][] = [];

function write(): void {
  step += 1;
  if (isHoarding) hoard.push(Array.from({ length: 20_000 }, (_, i) => i + step / 2));
  journal.intend(`key:${step % 7}`);
  const n = outbox.record({ type: 'test.event', cardId: null, operationId, detail: { start, step } });
  journal.done(`key:${step % 7}`);
  sender.wake();
  void follower.refresh();
  process.stdout.write(`${n}\n`, () => setImmediate(write));
}

sender.start();
follower.start();
write();
