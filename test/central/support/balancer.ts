import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** As dumb a TCP balancer as there is: each connection to the next central, or the one after it when that one is gone. */
export class Balancer {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  static async open(ports: readonly number[]): Promise<Balancer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const balancer = new Balancer(server);
    let turn = 0;
    server.on('connection', (near) => {
      turn += 1;
      balancer.#join(near, ports, turn, ports.length);
    });
    return balancer;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(near: Socket, ports: readonly number[], turn: number, tries: number): void {
    const far = connect(ports[turn % ports.length]!, '127.0.0.1');
    let isJoined = false;
    for (const socket of [near, far]) this.#sockets.add(socket.on('error', () => {}));
    far.once('connect', () => {
      isJoined = true;
      near.pipe(far).pipe(near);
    });
    far.once('close', () => {
      if (isJoined || tries === 1) near.destroy();
      else this.#join(near, ports, turn + 1, tries - 1);
    });
    near.once('close', () => far.destroy());
  }
}
