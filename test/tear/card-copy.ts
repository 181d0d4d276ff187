import { randomUUID } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { PivSession } from '../../src/piv/session.ts';
import { CommandRefusedError } from '../../src/piv/status-word.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import type { TearCard } from './tear-world.ts';

/** Lets somebody do what they like to a copy of a card as it is now; the card itself notices nothing. */
export async function onCopy<T>({ path }: TearCard, work: (card: VirtualCard) => Promise<T>): Promise<T> {
  const copy = `${path}.${randomUUID()}`;
  copyFileSync(path, copy);
  try {
    return await work(VirtualCard.open(copy));
  } finally {
    rmSync(copy, { force: true });
  }
}

/** Which of these PINs the card has; undefined when none. */
export async function pinOf(card: TearCard, pins: readonly string[]): Promise<string | undefined> {
  for (const pin of pins) {
    if (await onCopy(card, (copy) => takes(copy, (session) => session.verifyPin(ascii(pin))))) return pin;
  }
  return undefined;
}

/** Whether the card does this, its PIV application just selected. */
export async function takes(
  card: VirtualCard,
  command: (session: PivSession) => Promise<unknown>,
): Promise<boolean> {
  card.reset();
  try {
    await command(await PivSession.select(card));
    return true;
  } catch (error) {
    if (error instanceof CommandRefusedError) return false;
    throw error;
  }
}

export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
