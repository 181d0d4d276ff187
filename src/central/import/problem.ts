/** What is wrong with a file that people or cards are imported from. */

/** So many are told at once. */
export const MAX_PROBLEMS = 100;

/** One thing that is not as it should be. */
export interface ImportProblem {
  /** Line of the file, from 1; null for the file as a whole. */
  readonly line: number | null;
  /** As it is called in the file. */
  readonly field: string | null;
  /** What is wrong, and after the colon what to write instead. */
  readonly message: string;
}

/** A cell that cannot be taken; the message says what to write instead. */
export class CellError extends Error {
  override readonly name = 'CellError';
}

/** The file cannot be read on from here. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
  readonly line: number;
  constructor(line: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.line = line;
  }
}

/** The file was not imported. The message has one line for each problem. */
export class ImportRefusedError extends Error {
  override readonly name = 'ImportRefusedError';
  readonly problems: readonly ImportProblem[];
  constructor(file: string, problems: readonly ImportProblem[]) {
    const more = problems.length >= MAX_PROBLEMS ? `\nthere may be more: only ${MAX_PROBLEMS} are told` : '';
    super(`import: nothing was imported from ${file}\n${problems.map(describeProblem).join('\n')}${more}`);
    this.problems = problems;
  }
}

/** Collects problems until there are enough of them. */
export class ImportProblems {
  readonly #problems: ImportProblem[] = [];

  add(line: number | null, field: string | null, message: string): void {
    if (!this.isFull) this.#problems.push({ line, field, message });
  }

  get isFull(): boolean {
    return this.#problems.length >= MAX_PROBLEMS;
  }

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  /** By line. */
  list(): ImportProblem[] {
    return this.#problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  }
}

/** A value of the file as it may stand in a message: short, and in one line. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}

function describeProblem({ line, field, message }: ImportProblem): string {
  const where = [line === null ? [] : `line ${line}`, field ?? []].flat().join(', ');
  return where === '' ? message : `${where}: ${message}`;
}
