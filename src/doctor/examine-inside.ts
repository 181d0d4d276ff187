import { checkDatabase } from '../kiosk/check-database.ts';
import type { KioskConfiguration } from '../kiosk/configuration.ts';
import type { Readers } from '../readers/readers.ts';
import { examine } from './examine.ts';
import { type Finding, note } from './finding.ts';
import { lookAtReaders } from './look-at-readers.ts';
import { thisMachine } from './this-machine.ts';

/** A kiosk that runs, as the doctor may look at it. */
interface RunningKiosk {
  readonly configuration: KioskConfiguration;
  /** Where that was read. */
  readonly configurationFile: string;
  /** The kiosk's own: nothing else is asked about the readers. */
  readonly readers: Readers;
  /** False: they are in memory, and no pcscd has them. */
  readonly hasCardService?: boolean;
}

const COPY = 'replica.sqlite';

/**
 * The doctor from within a kiosk that runs, as its user and in its unit: what cannot be looked at from there says so (OP-04). Nothing is
 * opened a second time that the kiosk has in work.
 */
export async function examineInside(kiosk: RunningKiosk): Promise<readonly Finding[]> {
  const { configuration, configurationFile, readers, hasCardService } = kiosk;
  const findings = await examine(
    {
      ...thisMachine(),
      readers: () => lookAtReaders(unclosed(readers), 0),
      configuration: () => configuration,
      // Reading through the whole copy would stop the screen.
      database: (path) => (path.endsWith(COPY) ? null : checkDatabase(path)),
    },
    configurationFile,
    hasCardService,
  );
  return [...findings, note('database', 'the copy is looked at as it is used: a damaged one is made anew')];
}

/** They say at once what is there, and go on afterwards. */
function unclosed(readers: Readers): Pick<Readers, 'watch' | 'close'> {
  return { watch: (listener) => readers.watch(listener), close: async () => undefined };
}
