import { startCluster } from '../../../src/central/cluster.ts';

/** Central's cluster in a process that is there to be killed: the state folder comes as argument, the address goes back. */
process.once('disconnect', () => process.exit(0));
const { databaseUrl } = await startCluster(process.argv[2]!);
process.send?.(databaseUrl);
