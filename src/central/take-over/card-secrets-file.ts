/** The file with the secrets of another system's cards (RP-21). No message repeats anything that stands in it. */
import type { ManagementKeyAlgorithm } from '../../domain/slot.ts';
import { MANAGEMENT_KEY_ALGORITHMS } from '../../domain/slot.ts';
import { MANAGEMENT_KEY_LENGTHS } from '../authority/card-master-key.ts';
import { isGuessableTripleDesKey } from '../authority/triple-des-key.ts';
import { csvRecords, findSeparator } from '../import/csv-records.ts';
import { MAX_PROBLEMS, UnreadableFileError } from '../import/problem.ts';

const COLUMNS = ['card', 'algorithm', 'management_key', 'puk'] as const;
const REQUIRED = COLUMNS.slice(0, 3);
/** As cards take it; shorter ones are padded with FF on the card. */
const PUK_TEXT = /^[\x21-\x7e]{6,8}$/;
const PUK_HEX = /^[0-9a-f]{16}$/i;

/** What the file says of one card. Whoever gets it wipes the secrets. */
export interface ForeignSecrets {
  /** Of the file, from 1. */
  readonly line: number;
  /** Id, label, GUID or chip serial. */
  readonly card: string;
  readonly algorithm: ManagementKeyAlgorithm;
  readonly managementKey: Uint8Array;
  readonly puk: Uint8Array | null;
}

export interface LineProblem {
  readonly line: number;
  readonly why: string;
}

/** The file was not taken over: nothing was changed. */
export class CardSecretsError extends Error {
  override readonly name = 'CardSecretsError';
  readonly problems: readonly LineProblem[];
  constructor(problems: readonly LineProblem[]) {
    const lines = problems.slice(0, MAX_PROBLEMS).map(({ line, why }) => `line ${line}: ${why}`);
    if (problems.length > MAX_PROBLEMS) lines.push(`and ${problems.length - MAX_PROBLEMS} more`);
    super(`import card secrets: nothing was taken over\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

interface ReadSecrets {
  readonly rows: readonly ForeignSecrets[];
  readonly problems: readonly LineProblem[];
}

/**
 * Reads CSV with the columns `card,algorithm,management_key,puk` (hex; PUK as text of 6 to 8 characters, or 16 hex digits, or
 * empty); `,` `;` or tab between them. Problems are told together with what could be read.
 */
export async function readCardSecrets(text: string): Promise<ReadSecrets> {
  const lines = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const rows: ForeignSecrets[] = [];
  const problems: LineProblem[] = [];
  let header: readonly string[] | null = null;
  try {
    for await (const { line, cells } of csvRecords(inOnePiece(lines), findSeparator(lines))) {
      const trimmed = cells.map((cell) => cell.trim());
      if (header === null) {
        header = trimmed.map((name) => name.toLowerCase());
        if (!isHeader(header)) break;
        continue;
      }
      const row = readLine(header, trimmed);
      if (typeof row === 'string') problems.push({ line, why: row });
      else rows.push({ line, ...row });
    }
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    problems.push({ line: error.line, why: error.message });
  }
  if (header !== null && isHeader(header)) return { rows, problems };
  const why = `the first line names the columns: ${REQUIRED.join(',')}, and puk where PUKs are known`;
  return { rows: [], problems: [{ line: 1, why }] };
}

async function* inOnePiece(text: string): AsyncGenerator<string> {
  yield text;
}

/** What is wrong with the line where it cannot be taken. */
function readLine(
  header: readonly string[],
  cells: readonly string[],
): Omit<ForeignSecrets, 'line'> | string {
  if (cells.length !== header.length)
    return `it has ${cells.length} fields and the first line ${header.length}`;
  const said = new Map(header.map((name, at) => [name, cells[at]!]));
  const card = said.get('card')!;
  if (card === '') return 'it names no card';
  const algorithm = MANAGEMENT_KEY_ALGORITHMS.find((one) => one === said.get('algorithm')!.toUpperCase());
  if (!algorithm) return `the algorithm is one of ${MANAGEMENT_KEY_ALGORITHMS.join(', ')}`;
  const managementKey = readHex(said.get('management_key')!);
  const length = MANAGEMENT_KEY_LENGTHS[algorithm];
  if (managementKey?.length !== length) return `a management key of ${algorithm} is ${length * 2} hex digits`;
  if (algorithm === '3DES' && isGuessableTripleDesKey(managementKey))
    return 'this Triple-DES key is weak; no card has it, so it was written down wrongly';
  const puk = readPukCell(said.get('puk') ?? '');
  if (puk === undefined) return 'a PUK has 6 to 8 characters, or is 16 hex digits';
  return { card, algorithm, managementKey, puk };
}

/** Null when there is none, undefined for what cannot be one. */
function readPukCell(cell: string): Uint8Array | null | undefined {
  if (cell === '') return null;
  if (PUK_HEX.test(cell)) return readHex(cell) ?? undefined;
  return PUK_TEXT.test(cell) ? new TextEncoder().encode(cell) : undefined;
}

function readHex(cell: string): Uint8Array | null {
  return /^([0-9a-f]{2})+$/i.test(cell) ? Uint8Array.from(Buffer.from(cell, 'hex')) : null;
}

function isHeader(header: readonly string[]): boolean {
  const isKnown = header.every((name) => (COLUMNS as readonly string[]).includes(name));
  return isKnown && new Set(header).size === header.length && REQUIRED.every((name) => header.includes(name));
}
