/** The links of a chain of events, made by the kiosk and checked by central (SE-05). */
import { createHash } from 'node:crypto';

/** What event 1 follows. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

const PURPOSE = new TextEncoder().encode('recard kiosk event v1\0');

/** SHA-256(hash of the event before ‖ body). The body holds chain and number, so that the hash stands for its place too. */
export function eventHash(previous: Uint8Array, body: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(previous).update(body).digest());
}

/** What a kiosk signs of an event: its key signs TLS handshakes as well, which never begin like this. */
export function signedBytes(hash: Uint8Array): Uint8Array {
  return Uint8Array.from([...PURPOSE, ...hash]);
}
