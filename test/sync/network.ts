import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const HOST = '127.0.0.1';

/**
 * The network between kiosks and centrals: TLS goes through it as it is. It leads to one central after the other, and can be
 * cut, go deaf (what is sent arrives later, or never), or let nobody in.
 */
export class Network {
  readonly url: string;
  readonly #server: Server;
  readonly #ports: readonly number[];
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #turn = 0;
  #isDeaf = false;
  #isShut = false;

  private constructor(server: Server, ports: readonly number[]) {
    this.#server = server;
    this.#ports = ports;
    this.url = `https://${HOST}:${(server.address() as AddressInfo).port}`;
    server.on('connection', (near: Socket) => this.#lead(near));
  }

  /** @param ports where centrals listen */
  static async open(ports: readonly number[]): Promise<Network> {
    const server = createServer({ pauseOnConnect: true });
    server.listen(0, HOST);
    await once(server, 'listening');
    return new Network(server, ports);
  }

  /** Ends every connection, both ends told. */
  cut(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** From now on nothing comes through, and nobody is told. */
  deafen(): void {
    this.#isDeaf = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** Who connects from now on is turned away. */
  shut(): void {
    this.#isShut = true;
  }

  /** Who connects from now on gets to the next central, and nobody to this one any more. */
  switchOver(): void {
    this.#turn += 1;
    this.cut();
  }

  /** As before: what was on its way arrives. */
  mend(): void {
    this.#isDeaf = false;
    this.#isShut = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #lead(near: Socket): void {
    if (this.#isShut) return void near.resetAndDestroy();
    // Every third goes to the other one, as with a balancer.
    this.#turn += this.#pairs.size % 3 === 2 ? 1 : 0;
    const far = connect({ host: HOST, port: this.#ports[this.#turn % this.#ports.length]! });
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', (bytes) => void to.write(bytes));
      from.once('end', () => to.end());
      from.on('error', () => {});
      from.once('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
    }
    for (const socket of pair) {
      if (this.#isDeaf) socket.pause();
      else socket.resume();
    }
  }
}
