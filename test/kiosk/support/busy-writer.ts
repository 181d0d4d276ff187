import { OperationJournal } from '../../../src/kiosk/journal.ts';
import { Outbox } from '../../../src/kiosk/outbox.ts';
import { openOwnDatabase } from '../../../src/kiosk/own-database.ts';

/** A kiosk that does nothing but write, until it is killed: prints each event's number once it is durable. */

const own = openOwnDatabase(process.argv[2]!, (error) => {
  throw error;
});
const now = () => new Date();
const outbox = new Outbox(own, now);
const operationId = '44444444-4444-4444-8444-444444444444';
const journal = new OperationJournal(own, operationId, '11111111-1111-4111-8111-111111111111', now);

function write(): void {
  journal.intend('key:9A');
  const n = outbox.record({ type: 'test.event', cardId: null, operationId, detail: {} });
  if (n % 5 === 0) outbox.acknowledge(n - 3);
  journal.done('key:9A');
  process.stdout.write(`${n}\n`, () => setImmediate(write));
}
write();
