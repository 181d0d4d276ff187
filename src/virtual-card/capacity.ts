import { Refusal, SW } from './answer.ts';
import type { CardState } from './card-state.ts';

/** What fits on a card: room for all, and on some makes a room of its own for each object. */

const PAGE_BYTES = 64;

/** @throws Refusal 6A84 when the object would be longer than its room, or the card's */
export function requireRoomForObject(state: CardState, name: string, length: number): void {
  const room = state.rooms[name];
  if (room !== undefined && length > room) throw new Refusal(SW.notEnoughMemory);
  requireRoom(state, room === undefined ? roomFor(state, length) - takenBy(state, name) : 0);
}

/** @throws Refusal 6A84 when a key of so many bytes does not fit in place of the slot's */
export function requireRoomForKey(state: CardState, slot: string, bytes: number): void {
  requireRoom(state, bytes - storedBytes(state.keys[slot]?.pkcs8));
}

/** Stores an object's content, which is not empty. */
export function keepObject(state: CardState, name: string, content: Uint8Array): void {
  state.objects[name] = Buffer.from(content).toString('base64');
  if (state.personality.hasFixedRooms) state.rooms[name] ??= roomFor(state, content.length);
}

function requireRoom(state: CardState, moreBytes: number): void {
  const { capacityBytes } = state.personality;
  if (capacityBytes === null || moreBytes <= 0) return;
  const names = new Set([...Object.keys(state.objects), ...Object.keys(state.rooms)]);
  const objects = [...names].reduce((sum, name) => sum + takenBy(state, name), 0);
  const keys = Object.values(state.keys).reduce((sum, key) => sum + storedBytes(key.pkcs8), 0);
  if (objects + keys + moreBytes > capacityBytes) throw new Refusal(SW.notEnoughMemory);
}

function takenBy(state: CardState, name: string): number {
  return state.rooms[name] ?? storedBytes(state.objects[name]);
}

function roomFor({ personality }: CardState, length: number): number {
  return personality.hasFixedRooms ? Math.ceil(length / PAGE_BYTES) * PAGE_BYTES : length;
}

function storedBytes(base64: string | undefined): number {
  return base64 ? Buffer.byteLength(base64, 'base64') : 0;
}
