import { parseArgs } from 'node:util';
import type { Central } from '../central.ts';
import { readAudit } from '../repositories/audit.ts';
import { CommandError, type CommandIo, UsageError } from './command-io.ts';

/** `central audit list [--json]`: every entry, and whether the chain holds; exit 1 when it does not (SE-05). */
export async function auditCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  if (positionals.length !== 1 || positionals[0] !== 'list') throw new UsageError('audit: list [--json]');
  const { lines, brokenAt } = await readAudit(central);
  const entries = lines.map(({ line }) => line);
  if (values.json) {
    io.stdout.write(`${JSON.stringify({ isIntact: brokenAt === null, brokenAt, entries })}\n`);
  } else {
    for (const { seq, at, type, actor, cardId, detail } of entries) {
      io.stdout.write(
        `${seq}\t${at}\t${type}\t${actor}\t${cardId ?? '-'}\t${JSON.stringify(detail ?? {})}\n`,
      );
    }
  }
  if (brokenAt !== null) throw new CommandError(`list audit: the chain is broken at entry ${brokenAt}`);
}
