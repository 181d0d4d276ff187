/**
 * Records what goes over the line between kiosk and central of this program, for the programs after it:
 * `bash scripts/node.sh test/contract/record.ts`, then Biome over the files; at each release, and never to make a test green (docs/decisions/0011).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { PROTOCOL_PATH } from '../../src/protocol/version.ts';
import { ListeningCentral } from '../central/support/listening-central.ts';
import { Recorder } from './support/recorder.ts';
import { schemasNow } from './support/routes.ts';
import { visitCentral } from './support/visit.ts';

const folder = new URL(`.${PROTOCOL_PATH}/`, import.meta.url);
const central = await ListeningCentral.open();
const recorder = new Recorder();
try {
  recorder.start();
  await visitCentral(central, { now: (doing) => recorder.now(doing) });
} finally {
  recorder.stop();
  await central.close();
}
mkdirSync(folder, { recursive: true });
for (const [doing, exchanges] of recorder.exchanges) write(doing, exchanges);
write('schemas', schemasNow());
process.stdout.write(`recorded ${recorder.all().length} exchanges\n`);

function write(name: string, content: unknown): void {
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(content, null, 2)}\n`);
}
