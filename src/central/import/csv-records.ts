import { CsvError, type InfoRecord, type Parser, parse } from 'csv-parse';
import { UnreadableFileError } from './problem.ts';

/** One record of a CSV file. */
export interface CsvRecord {
  /** Where it begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [',', ';', '\t'];
const MAX_RECORD_CHARACTERS = 1024 * 1024;

const REMEDIES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed: close it',
  CSV_INVALID_CLOSING_QUOTE:
    'text follows a closing quote: write a quote that is part of the text twice, "like ""this"""',
  INVALID_OPENING_QUOTE:
    'a quote is in the middle of a field: put the whole field into quotes, and write this one twice',
  CSV_MAX_RECORD_SIZE: 'the record has more than a million characters: is a quote not closed?',
};

/**
 * The records of CSV text; empty lines are passed over.
 * @param pieces with LF as the end of a line
 * @throws UnreadableFileError, after all records before it; its message repeats nothing of the text
 * @see RFC 4180
 */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
  separator: string,
): AsyncGenerator<CsvRecord> {
  let records: CsvRecord[] = [];
  let line = 0;
  let emptyLines = 0;
  const parser = parse({
    ...{ delimiter: separator, record_delimiter: '\n', bom: false, relax_column_count: true },
    ...{ skip_empty_lines: true, max_record_size: MAX_RECORD_CHARACTERS },
    onRecord(cells: unknown, info: InfoRecord) {
      records.push({ line: line + info.empty_lines - emptyLines + 1, cells: cells as string[] });
      line = info.lines;
      emptyLines = info.empty_lines;
      return null;
    },
  });
  const failure = failureOf(parser);
  for await (const piece of pieces) {
    await passOn(parser, failure, (done) => parser.write(piece, done));
    yield* records;
    records = [];
    if (failure.error) throw unreadable(failure.error, line + 1);
  }
  await passOn(parser, failure, (done) => parser.end(done));
  yield* records;
  if (failure.error) throw unreadable(failure.error, line + 1);
}

/** The one that the header has most of. @param head of the file, its first line at least */
export function findSeparator(head: string): string {
  const header = head.split('\n', 1)[0]!;
  const count = (separator: string) => header.split(separator).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

interface Failure {
  error: Error | null;
}

function failureOf(parser: Parser): Failure {
  const failure: Failure = { error: null };
  parser.on('error', (error) => {
    failure.error = error;
  });
  parser.resume();
  return failure;
}

function passOn(parser: Parser, failure: Failure, pass: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      parser.off('close', settle);
      resolve();
    };
    if (failure.error) return settle();
    parser.once('close', settle);
    pass(settle);
  });
}

function unreadable(cause: Error, line: number): Error {
  if (!(cause instanceof CsvError)) return cause;
  const remedy = REMEDIES[cause.code] ?? 'this is no CSV';
  return new UnreadableFileError(line, `${remedy}; what follows was not read`, { cause });
}
