import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { CardRemovedError } from '../../src/piv/connection.ts';
import type { InsertableCard } from '../../src/readers/memory-readers.ts';
import type { FromKiosk, ToKiosk } from './message-readers.ts';
import type { KioskPlace } from './tear-kiosk.ts';
import type { Screen } from './walk.ts';

/** A kiosk in a process of its own, a card in its reader; the card stays when the kiosk is killed. */
export interface KioskChild {
  readonly screen: Screen;
  /** Ends it as the kernel does, at once. */
  kill(): void;
  /** Resolves when the process is no more. */
  readonly ended: Promise<unknown>;
}

/**
 * Starts a kiosk process at a place.
 * @param card whatever throws CardRemovedError leaves the command without an answer
 */
export function startKioskChild(place: KioskPlace, card: InsertableCard): KioskChild {
  const atr = Buffer.from(card.atr).toString('hex');
  const program = join(import.meta.dirname, 'kiosk-process.ts');
  const child = fork(program, [JSON.stringify(place), atr], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  card.reset();
  let state: WalkUpState = { kind: 'looking', reader: 0, attempt: 0, trouble: null, awaits: null };
  const listeners = new Set<(state: WalkUpState) => void>();
  child.on('message', (message: FromKiosk) => {
    if (message.type === 'reset') card.reset();
    else if (message.type === 'transmit') void transmit(child, card, message);
    else {
      state = message.state as WalkUpState;
      for (const listener of [...listeners]) listener(state);
    }
  });
  const ended = once(child, 'exit').then(() => card.reset());
  return {
    kill: () => void child.kill('SIGKILL'),
    ended,
    screen: {
      state: () => state,
      command: (command) => say(child, { type: 'command', command }),
      onState(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}

async function transmit(
  child: ChildProcess,
  card: InsertableCard,
  { id, apdu }: Extract<FromKiosk, { type: 'transmit' }>,
): Promise<void> {
  try {
    const answer = await card.transmit(new Uint8Array(Buffer.from(apdu, 'hex')));
    say(child, { type: 'answer', id, answer: Buffer.from(answer).toString('hex') });
  } catch (error) {
    if (!(error instanceof CardRemovedError)) throw error;
  }
}

/** Nobody listens any more once it has been killed. */
function say(child: ChildProcess, message: ToKiosk): void {
  if (child.connected) child.send(message, () => undefined);
}
