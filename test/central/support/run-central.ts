/** Central in a process of its own, to be killed: `node run-central.ts STATE_DIR`; prints its address as JSON. */
import { join } from 'node:path';
import { startCentral } from '../../../src/central/server.ts';

const stateDir = process.argv[2]!;
const logFile = join(stateDir, 'central.log');
const { url, databaseUrl, close } = await startCentral({
  ...{ stateDir, databaseUrl: null, host: '127.0.0.1', port: 0, logFile },
});
process.once('SIGTERM', () => close());
process.stdout.write(`${JSON.stringify({ url, databaseUrl })}\n`);
