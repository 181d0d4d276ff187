/** Central's records without a server, and the commands upon them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Central } from '../../../src/central/central.ts';
import type { CommandIo } from '../../../src/central/command/command-io.ts';
import { personCommand } from '../../../src/central/command/person.ts';
import { openCentralForCommand } from '../../../src/central/server.ts';

type Command = (central: Central, args: readonly string[], io: CommandIo) => Promise<void>;

export class Records {
  readonly central: Central;
  /** For files to import. */
  readonly folder: string;
  readonly #close: () => Promise<void>;

  private constructor(central: Central, folder: string, close: () => Promise<void>) {
    this.central = central;
    this.folder = folder;
    this.#close = close;
  }

  static async open(): Promise<Records> {
    const folder = mkdtempSync(join(tmpdir(), 'recard-records-'));
    const { central, close } = await openCentralForCommand(join(folder, 'central'), null);
    return new Records(central, folder, async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Runs a command. @returns what it wrote @throws what it throws */
  async run(command: Command, ...args: string[]): Promise<string> {
    let text = '';
    const io = { stdout: { write: (more: string) => (text += more) }, stderr: { write: () => {} } };
    await command(this.central, args, io);
    return text;
  }

  /** Why a command refused. */
  async refusal(command: Command, ...args: string[]): Promise<string> {
    try {
      await this.run(command, ...args);
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error(`${args.join(' ')} was not refused`);
  }

  /** Somebody with a name and a mail address made from their login. */
  async addPerson(login: string): Promise<void> {
    await this.run(personCommand, 'set', login, '--name', login, '--mail', `${login}@example.org`);
  }

  async personId(login: string): Promise<string> {
    return JSON.parse(await this.run(personCommand, 'show', login, '--json')).id;
  }

  /** @returns its path */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }
}
