import type { KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '../domain/slot.ts';
import type { Answer } from './answer.ts';
import type { CardState } from './card-state.ts';
import type { CommandApdu } from './command-apdu.ts';

/** What a card forgets without power, and in part at SELECT. */
export interface Session {
  isSelected: boolean;
  isPinVerified: boolean;
  /** A VERIFY that no private key has used yet: what 9C asks for. */
  isPinFresh: boolean;
  isManagementKeyProven: boolean;
  /** Clear text the host has yet to show that it can compute; used once. */
  expectedWitness: Uint8Array | null;
  expectedResponse: Uint8Array | null;
}

/** The session of a card that has just been given power. */
export function newSession(): Session {
  return {
    isSelected: false,
    isPinVerified: false,
    isPinFresh: false,
    isManagementKeyProven: false,
    expectedWitness: null,
    expectedResponse: null,
  };
}

/** What commands work on. `state` is written to the file after each of them. */
export interface Chip {
  readonly state: CardState;
  session: Session;
  /** Makes a key, at the pace and from the source that the card was told. */
  generateKey(algorithm: KeyAlgorithm): Promise<KeyObject>;
}

/**
 * Carries out one whole command (chained blocks are joined already).
 * @throws Refusal with the status word; TlvError (answered with 6A80)
 */
export type Command = (chip: Chip, apdu: CommandApdu) => Answer | Promise<Answer>;
