import { startCentral } from '../../src/central/server.ts';

/** A central that is there to be killed: its state folder and log file come as arguments, its address goes back. */
const [stateDir, logFile] = process.argv.slice(2) as [string, string];
process.once('disconnect', () => process.exit(0));
const central = await startCentral({ stateDir, databaseUrl: null, host: '127.0.0.1', port: 0, logFile });
process.send?.(central.url);
