import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { CellError } from './problem.ts';

/** Photos and certificates that lie beside the file that is imported: a row names them by their path from there. */
export class AttachedFiles {
  readonly #folder: string;

  /** @param folder of the file that is imported */
  constructor(folder: string) {
    this.#folder = realpathSync(folder);
  }

  /** @throws CellError when there is no such file, it is elsewhere, or larger than this */
  read(path: string, maxBytes: number): Uint8Array {
    const file = this.#locate(path);
    const stat = statSync(file);
    if (!stat.isFile()) throw new CellError('that is no file');
    if (stat.size > maxBytes)
      throw new CellError(`the file has ${stat.size} bytes: at most ${maxBytes} are taken`);
    return new Uint8Array(readFileSync(file));
  }

  #locate(path: string): string {
    if (isAbsolute(path) || path.includes('\0')) throw this.#elsewhere();
    let file: string;
    try {
      file = realpathSync(join(this.#folder, path));
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new CellError(`there is no such file beside the imported one (${code})`, { cause });
    }
    if (!file.startsWith(`${this.#folder}${sep}`)) throw this.#elsewhere();
    return file;
  }

  #elsewhere(): CellError {
    return new CellError(
      'the path leads elsewhere: put the file beside the imported one, and name it from there',
    );
  }
}
