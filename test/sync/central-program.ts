import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Child, type EndedError } from './child.ts';

const RECARD = join(import.meta.dirname, '../../src/recard.ts');
const POOL_SIZE = 8;

/** What all centrals of an organisation have in common. */
export interface CommonPlaces {
  readonly databaseUrlFile: string;
  readonly authorityFolder: string;
  readonly keyFile: string;
}

/** One of several centrals: the real program, with a configuration and a state folder of its own. */
export class CentralProgram {
  readonly name: string;
  readonly child: Child;
  readonly #folder: string;
  #startsAgain = true;

  constructor(folder: string, name: string, common: CommonPlaces) {
    this.name = name;
    this.#folder = join(folder, name);
    mkdirSync(this.#folder);
    const file = join(this.#folder, 'central.toml');
    writeFileSync(
      file,
      Object.entries({
        ...{ database_url_file: common.databaseUrlFile, authority_folder: common.authorityFolder },
        ...{ key_file: common.keyFile, state_folder: this.#folder, log_file: this.logFile },
      })
        .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
        .join('')
        .concat(`listen = "127.0.0.1"\npool_size = ${POOL_SIZE}\n`),
    );
    const { DATABASE_URL: _, ...env } = process.env;
    // Ended with the harness, however that ends.
    const words = ['--pdeathsig=KILL', '--', process.execPath, RECARD, 'central', 'start', '--config', file];
    const start = () => spawn('setpriv', words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = new Child(start, saysItsAddress);
  }

  get logFile(): string {
    return join(this.#folder, 'central.log');
  }

  /** For kiosks; the same from its first start on. */
  get port(): number {
    return Number(readFileSync(join(this.#folder, 'kiosk-port'), 'utf8'));
  }

  /** Until it runs: as a service manager does, again where its database was just away. @param onFault told of any other end */
  async start(onFault: (fault: string) => void): Promise<void> {
    const told = (error: EndedError) => onFault(`central ${this.name}: ${error.message}`);
    const again = (error: EndedError) => {
      told(error);
      void this.start(onFault);
    };
    while (this.#startsAgain) {
      try {
        return await this.child.start(again);
      } catch (error) {
        const { message } = error as EndedError;
        if (!/ask database: /.test(message)) told(error as EndedError);
      }
    }
  }

  /** As a service manager does. @throws Error when it does not end */
  async end(): Promise<void> {
    this.#startsAgain = false;
    await this.child.stop((child) => child.kill('SIGTERM'));
  }
}

function saysItsAddress({ stdout }: ChildProcess): Promise<unknown> {
  return once(createInterface(stdout!), 'line');
}
