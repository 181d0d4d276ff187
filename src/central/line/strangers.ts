import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/**
 * Keeps connections that have shown no certificate of this central's to a number: beyond, the one that has been so for longest ends.
 * Kiosks that are known keep the rest of the places, and one that comes is no stranger any more when its handshake is over.
 */
export function limitStrangers(server: Server, most: number): void {
  /** In the order in which they came. */
  const strangers = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const end = endOf(socket);
    const [oldest] = strangers;
    if (oldest && strangers.size >= most) {
      strangers.delete(oldest[0]);
      oldest[1].destroy();
    }
    strangers.set(end, socket);
    socket.once('close', () => {
      if (strangers.get(end) === socket) strangers.delete(end);
    });
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    if (socket.authorized) strangers.delete(endOf(socket));
  });
}

/** A connection by its other end: that of TLS is another one than that below it. */
export function endOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
