import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Central } from '../../src/central/central.ts';
import { startCluster } from '../../src/central/cluster.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { openCentralForCommand } from '../../src/central/server.ts';
import { PROFILE } from '../central/support/central-world.ts';
import { CentralProgram } from './central-program.ts';

/** A database of its own with fsync, one profile in it, and central's programs beside this process. */
export interface CentralDatabase {
  /** Of PostgreSQL, and of the central that is here. */
  readonly stateDir: string;
  readonly databaseUrl: string;
  /** Beside the programs: to fill the database, and to look. */
  readonly central: Central;
  /** Not started yet. */
  readonly programs: readonly CentralProgram[];
  close(): Promise<void>;
}

/**
 * @param names of the centrals
 * @param authority folder in which their common authority is kept, its key too
 */
export async function openDatabase(
  folder: string,
  names: readonly string[],
  authority = folder,
): Promise<CentralDatabase> {
  const stateDir = join(folder, 'state');
  mkdirSync(stateDir);
  const cluster = await startCluster(stateDir);
  const { databaseUrl } = cluster;
  const common = {
    databaseUrlFile: join(folder, 'database-url'),
    authorityFolder: join(authority, 'authority'),
    keyFile: join(authority, 'authority.key'),
  };
  writeFileSync(common.databaseUrlFile, databaseUrl);
  const places = { authorityDir: common.authorityFolder, keyFile: common.keyFile };
  const { central, close } = await openCentralForCommand(stateDir, databaseUrl, places);
  await putProfile(central, PROFILE);
  return {
    ...{ stateDir, databaseUrl, central },
    programs: names.map((name) => new CentralProgram(folder, name, common)),
    async close() {
      await close();
      await cluster.close();
    },
  };
}
