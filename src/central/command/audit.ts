import { readAudit } from '../audit/check-audit.ts';
import { exportAudit } from '../audit/export-audit.ts';
import { describeFinding } from '../audit/finding.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import type { Central } from '../central.ts';
import type { AuditLine } from '../repositories/audit.ts';
import { cardNames } from '../repositories/cards.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';
import { columns } from './listing.ts';

const USAGE = 'audit: list [--json] | verify [--json] | export [--format jsonl|syslog] [--since TIME|NUMBER]';

/** `central audit list|verify|export` (SE-05). */
export async function auditCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, {
    json: { type: 'boolean', default: false },
    format: { type: 'string' },
    since: { type: 'string' },
  });
  const [verb, ...more] = positionals;
  const { json, format = 'jsonl', since } = values;
  const isExport = verb === 'export' && !json;
  const isOther =
    ['list', 'verify'].includes(verb ?? '') && values.format === undefined && since === undefined;
  if (more.length > 0 || !(isExport || isOther)) throw new UsageError(USAGE);
  if (verb === 'list') await list(central, json, io);
  else if (verb === 'verify') await verify(central, json, io);
  else await exportTo(central, format, since, io);
}

/** Every entry of central's own chain, and whether it holds; exit 1 when it does not. */
async function list(central: Central, isJson: boolean, io: CommandIo): Promise<void> {
  const { lines, brokenAt } = await readAudit(central);
  if (isJson) {
    io.stdout.write(`${JSON.stringify({ isIntact: brokenAt === null, brokenAt, entries: lines })}\n`);
  } else {
    const ids = lines.flatMap(({ cardId }) => (cardId ? [cardId] : []));
    for (const row of entryLines(lines, await cardNames(central.database, ids))) io.stdout.write(`${row}\n`);
  }
  if (brokenAt !== null)
    throw new CommandError(
      `list audit: the chain is broken at entry ${brokenAt}; recard central audit verify says how`,
    );
}

/** Central's chain and every kiosk's; exit 1 when something is missing, changed or reordered. */
async function verify(central: Central, isJson: boolean, io: CommandIo): Promise<void> {
  const { findings, entries, chains, events } = await verifyAudit(central);
  const isIntact = findings.length === 0;
  if (isJson) io.stdout.write(`${JSON.stringify({ isIntact, entries, chains, events, findings })}\n`);
  else {
    for (const finding of findings) io.stdout.write(`${describeFinding(finding)}\n`);
    io.stdout.write(`checked ${entries} entries, and ${events} events in ${chains} chains of kiosks\n`);
  }
  if (!isIntact)
    throw new CommandError('verify audit: it is not as it was written; compare with an export or a backup');
}

async function exportTo(
  central: Central,
  format: string,
  since: string | undefined,
  io: CommandIo,
): Promise<void> {
  if (format !== 'jsonl' && format !== 'syslog') throw new UsageError(USAGE);
  await exportAudit(central, format, since === undefined ? null : readSince(since), (line) => {
    io.stdout.write(`${line}\n`);
  });
}

function readSince(text: string): Date | number {
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  const time = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(time.getTime()))
    throw new UsageError('audit: --since takes a time (2026-11-22, 2026-11-22T12:00:00Z) or an entry number');
  return time;
}

const HEADINGS = ['NO', 'TIME', 'TYPE', 'ACTOR', 'CARD', 'DETAIL'] as const;

/** A heading, and one row an entry. */
function entryLines(lines: readonly AuditLine[], names: ReadonlyMap<string, string>): string[] {
  return columns([
    HEADINGS,
    ...lines.map(({ seq, at, type, actor, cardId, detail }) => {
      const card = cardId ? (names.get(cardId) ?? cardId) : '-';
      return [String(seq), at, type, actor, card, describeDetail(detail ?? {})];
    }),
  ]);
}

/** `n=7 code=RP-06-disabled`; what is no plain word as JSON. */
function describeDetail(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .map(([name, value]) => {
      const isPlain = typeof value === 'string' && /^[\w.:/+-]+$/.test(value);
      return `${name}=${isPlain ? value : JSON.stringify(value)}`;
    })
    .join(' ');
}
