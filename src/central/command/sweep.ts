import { parseArgs } from 'node:util';
import type { Central } from '../central.ts';
import { sweep } from '../sweep.ts';
import { CommandError, type CommandIo } from './command-io.ts';

/**
 * `central sweep [--json]`: abandons by age now, and counts valid certificates without a card; exit 1 when there is one
 * (RP-18).
 */
export async function sweepCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const report = await sweep(central);
  const lines = Object.entries(report).map(([name, count]) => `${name}: ${count}\n`);
  io.stdout.write(values.json ? `${JSON.stringify(report)}\n` : lines.join(''));
  if (report.certificatesWithoutCard > 0) {
    throw new CommandError(`sweep: ${report.certificatesWithoutCard} valid certificates are on no card`);
  }
}
