import type { KioskConfiguration } from '../kiosk/configuration.ts';
import type { KioskIdentity } from '../kiosk/identity.ts';
import type { CentralSight } from '../kiosk/look-at-central.ts';

/** A file or folder as the file system has it. */
export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'socket' | 'other';
  /** Permission bits: 0o600. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** The terminal on which the doctor is run. */
export interface TerminalFacts {
  readonly columns: number;
  readonly rows: number;
  /** Bits: 1, 4, 8 or 24. */
  readonly colourDepth: number;
  /** `TERM`. */
  readonly name: string;
}

/** A reader as PC/SC has it. */
export interface ReaderFacts {
  readonly name: string;
  /** `mute`: one is in it that does not answer. */
  readonly card: 'none' | 'answers' | 'mute';
}

/** What can be found out about a machine. Everything that the doctor knows comes from here; nothing in here changes anything. */
export interface Machine {
  readonly nodeVersion: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uid: number;
  now(): Date;
  /** Null where the doctor does not run on a terminal. */
  terminal(): TerminalFacts | null;
  /** Null where it is not there, or may not be read. */
  read(path: string): string | null;
  /** Null where it is not there, or may not be looked at. */
  file(path: string): FileFacts | null;
  /** Null where there is no such folder. */
  freeMiB(folder: string): number | null;
  /** What a program prints and how it ends; null where it is not installed, or may not be started from here. */
  run(
    program: string,
    ...args: readonly string[]
  ): Promise<{ readonly status: number; readonly text: string } | null>;
  /** Whether this user may connect to a stream socket: `ok`, or an errno such as `EACCES`. */
  connect(socket: string): Promise<string>;
  /** The programs that have loaded a library, as `name (pid)`; null where those of others cannot be seen. */
  programsWith(library: string): readonly string[] | null;
  /** Null where the card service does not answer. */
  readers(): Promise<readonly ReaderFacts[] | null>;
  /** @throws ConfigurationError */
  configuration(path: string): KioskConfiguration;
  /** @param line what enrols this kiosk @throws IdentityError */
  identity(path: string, line: string): KioskIdentity;
  central(url: string, identityFile: string): Promise<CentralSight>;
  /** `ok`, what is wrong, or null where there is none. */
  database(path: string): string | null;
}
