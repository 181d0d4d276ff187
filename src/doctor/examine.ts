import type { KioskConfiguration } from '../kiosk/configuration.ts';
import { checkCardService, checkReaders } from './checks/card-service.ts';
import { checkCentral } from './checks/central.ts';
import { checkMemory } from './checks/memory.ts';
import { checkRuntime } from './checks/runtime.ts';
import { checkState } from './checks/state.ts';
import { checkTerminal } from './checks/terminal.ts';
import { checkUnits } from './checks/units.ts';
import { type Finding, good, wrong } from './finding.ts';
import type { Machine } from './machine.ts';

/**
 * Looks at everything that a kiosk needs of its machine, in the order in which it is put right.
 * @param configurationFile `kiosk.toml`; what hangs on it is left out where it cannot be read
 * @param hasCardService false: the readers are none of the machine's, and no pcscd is wanted
 */
export async function examine(
  machine: Machine,
  configurationFile: string,
  hasCardService = true,
): Promise<readonly Finding[]> {
  const [finding, configuration] = readConfiguration(machine, configurationFile);
  return [
    ...checkRuntime(machine),
    ...checkTerminal(machine),
    ...(await (hasCardService ? checkCardService(machine) : checkReaders(machine))),
    finding,
    ...(configuration === null
      ? []
      : [
          ...(await checkCentral(machine, configuration, configurationFile)),
          ...checkState(machine, configuration),
        ]),
    ...(await checkUnits(machine)),
    ...checkMemory(machine),
  ];
}

function readConfiguration(machine: Machine, path: string): [Finding, KioskConfiguration | null] {
  try {
    const configuration = machine.configuration(path);
    return [good('configuration', `${path}: ${configuration.name}`), configuration];
  } catch (error) {
    const remedy = `write it, with two lines: name = "Lobby" and central_url = "https://central.example:8443"`;
    return [wrong('configuration', (error as Error).message, remedy), null];
  }
}
