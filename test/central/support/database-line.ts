import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOCKET = '.s.PGSQL.5432';

/** The line between central and its PostgreSQL, which can be cut as networks are cut: nobody is told. */
export class DatabaseLine {
  readonly databaseUrl: string;
  readonly #folder: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(target: string, folder: string) {
    this.#folder = folder;
    this.databaseUrl = `postgresql://recard@/recard?host=${encodeURIComponent(folder)}`;
    this.#server = createServer((near) => this.#join(near, connect(target)));
  }

  /** @param sockets the folder of PostgreSQL's own socket */
  static async open(sockets: string): Promise<DatabaseLine> {
    const folder = mkdtempSync(join(tmpdir(), 'recard-line-'));
    const line = new DatabaseLine(join(sockets, SOCKET), folder);
    line.#server.listen(join(folder, SOCKET));
    await once(line.#server, 'listening');
    return line;
  }

  /** From now on nothing comes through, and nothing ends: who connects gets no word. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** What was cut stays dead, as after a firewall has forgotten it; who connects anew gets through. */
  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #join(near: Socket, far: Socket): void {
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => this.#sockets.delete(socket));
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => near.write(bytes));
    near.once('end', () => far.end());
    far.once('end', () => near.end());
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
    if (this.#isCut) near.pause();
  }
}
