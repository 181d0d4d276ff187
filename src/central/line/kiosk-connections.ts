import type { Socket } from 'node:net';
import { MAX_KIOSK_CONNECTIONS } from './limits.ts';

/** The open connections of kiosks to this process, by the certificate that they were made with. */
export class KioskConnections {
  readonly #sockets = new Map<string, Set<Socket>>();

  /** Certificates with open connections, their serial numbers. */
  serials(): readonly string[] {
    return [...this.#sockets.keys()];
  }

  /** Notes a connection until it ends. @returns false when the kiosk has too many */
  admit(serial: string, socket: Socket): boolean {
    const sockets = this.#sockets.get(serial) ?? new Set();
    // It may have ended while its kiosk was looked up; then nobody will say so any more.
    if (sockets.has(socket) || socket.destroyed) return true;
    if (sockets.size >= MAX_KIOSK_CONNECTIONS) return false;
    this.#sockets.set(serial, sockets.add(socket));
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0 && this.#sockets.get(serial) === sockets) this.#sockets.delete(serial);
    });
    return true;
  }

  /** Ends every connection that was made with this certificate, whatever goes on there. @returns how many */
  cut(serial: string): number {
    const sockets = [...(this.#sockets.get(serial) ?? [])];
    for (const socket of sockets) socket.destroy();
    return sockets.length;
  }
}
