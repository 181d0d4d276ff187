import type { Central } from '../central.ts';
import { CARDS } from '../import/cards.ts';
import type { ImportChange } from '../import/change-plan.ts';
import { GROUPS } from '../import/groups.ts';
import { type ImportReport, importFile } from '../import/import-file.ts';
import type { ImportKind } from '../import/import-kind.ts';
import { PEOPLE } from '../import/people.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

const KINDS: readonly ImportKind[] = [GROUPS, PEOPLE, CARDS];
const USAGE =
  'import: groups|people|cards FILE [--dry-run [--show N]] [--separator CHARACTER] [--disable-missing] [--json]';
/** How many changes a dry run tells in detail, to people. */
const SHOWN = '20';

/**
 * `central import groups|people|cards FILE`: takes over what the file says, all of it or nothing. With `--dry-run` tells
 * what it would change.
 */
export async function importRecords(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, {
    'dry-run': { type: 'boolean', default: false },
    show: { type: 'string', default: SHOWN },
    separator: { type: 'string' },
    'disable-missing': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const [name, path, ...more] = positionals;
  const kind = KINDS.find((one) => one.name === name);
  if (!kind || path === undefined || more.length > 0) throw new UsageError(USAGE);
  if (values['disable-missing'] && kind !== PEOPLE) {
    throw new UsageError('import: --disable-missing is for people');
  }
  const changes = values.json ? new JsonChanges(io) : new ShownChanges(io, readCount(values.show));
  const isDryRun = values['dry-run'];
  const report = await reading(path, () =>
    importFile(central, {
      ...{ kind, path, isDryRun, disablesMissing: values['disable-missing'] },
      ...{ separator: readSeparator(values.separator), onChange: (change) => changes.tell(change) },
    }),
  );
  changes.end(kind, report, isDryRun);
}

/** Both forms in which changes are told. */
interface Changes {
  tell(change: ImportChange): void;
  end(kind: ImportKind, report: ImportReport, isDryRun: boolean): void;
}

/** For people: the first few, then the counts. */
class ShownChanges implements Changes {
  readonly #io: CommandIo;
  #left: number;
  #hidden = 0;

  constructor(io: CommandIo, left: number) {
    this.#io = io;
    this.#left = left;
  }

  tell({ line, isNew, name, fields }: ImportChange): void {
    if (this.#left === 0) this.#hidden += 1;
    if (this.#left === 0) return;
    this.#left -= 1;
    const where = line === null ? 'not in the file' : `line ${line}`;
    this.#io.stdout.write(`${where}: ${name} ${isNew ? 'is added' : 'changes'}\n`);
    for (const [field, [before, after]] of Object.entries(fields)) {
      const value = isNew ? shown(after) : `${shown(before)} → ${shown(after)}`;
      this.#io.stdout.write(`    ${field}: ${value}\n`);
    }
  }

  end(
    { name }: ImportKind,
    { added, changed, unchanged, changedFields }: ImportReport,
    isDryRun: boolean,
  ): void {
    if (this.#hidden > 0) this.#io.stdout.write(`… and ${this.#hidden} more (--show N, or --json for all)\n`);
    const fields = Object.entries(changedFields).map(([field, count]) => `${field} ${count}`);
    const which = fields.length > 0 ? ` (${fields.join(', ')})` : '';
    const counts = `${added} added, ${changed} changed${which}, ${unchanged} unchanged`;
    this.#io.stdout.write(
      `${name}: ${counts}${isDryRun ? '; nothing was written: this was a dry run' : ''}\n`,
    );
  }
}

/** For programs: one object, all changes of a dry run in it. Written as they come: there may be very many. */
class JsonChanges implements Changes {
  readonly #io: CommandIo;
  #isFirst = true;

  constructor(io: CommandIo) {
    this.#io = io;
  }

  tell(change: ImportChange): void {
    this.#io.stdout.write(`${this.#isFirst ? '{"changes":[' : ','}\n${JSON.stringify(change)}`);
    this.#isFirst = false;
  }

  end({ name }: ImportKind, report: ImportReport, isDryRun: boolean): void {
    const rest = JSON.stringify({ kind: name, isDryRun, ...report }).slice(1);
    const open = this.#isFirst ? `{${isDryRun ? '"changes":[],' : ''}` : '\n],';
    this.#io.stdout.write(`${open}${rest}\n`);
  }
}

function shown(value: string | null): string {
  return value ?? 'nothing';
}

function readCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError('import: --show takes a number');
}

function readSeparator(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (text === 'tab') return '\t';
  if (text.length === 1 && !/["\r\n]/.test(text)) return text;
  throw new UsageError('import: --separator takes one character, or the word tab');
}

async function reading<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    const isOfFile =
      syscall === 'open' || syscall === 'read' || syscall === 'lstat' || syscall === 'realpath';
    if (!isOfFile) throw error;
    throw new CommandError(`import: ${path} cannot be read (${code}): name a file that is there`, {
      cause: error,
    });
  }
}
