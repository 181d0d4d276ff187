import { rmSync, writeFileSync } from 'node:fs';
import type { KioskView } from '../flows/kiosk-view.ts';

/** Twice the smallest terminal that everything fits into: its letters can be twice as large. */
const ROOM = { columns: 160, rows: 48 } as const;

/**
 * Asks root for letters twice as large on this terminal's console while the theme is the large one, by a file that is there or is not:
 * systemd/recard-font-large@.path. Nothing in it is read. The terminal then says that it has half the cells.
 */
export class ConsoleFont {
  readonly #file: string | undefined;
  #isAsked = false;

  /** @param file where kiosk.service says; undefined: nobody is there to ask */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  /** Asks as a view wants it. Where that cannot be, the letters stay as they are. */
  follow({ theme, size }: Pick<KioskView, 'theme' | 'size'>): void {
    const hasRoom = this.#isAsked || (size.columns >= ROOM.columns && size.rows >= ROOM.rows);
    const isWanted = theme === 'large' && hasRoom;
    if (isWanted === this.#isAsked) return;
    this.#isAsked = isWanted;
    if (isWanted) this.#ask();
    else this.close();
  }

  #ask(): void {
    if (this.#file === undefined) return;
    try {
      writeFileSync(this.#file, '');
    } catch (error) {
      // Another kiosk on this machine has ended, and taken the folder along.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }

  /** The usual letters again. */
  close(): void {
    if (this.#file !== undefined) rmSync(this.#file, { force: true });
  }
}
