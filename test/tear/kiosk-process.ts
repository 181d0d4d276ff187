import type { Command } from '../../src/flows/command.ts';
import { createKiosk } from '../../src/kiosk/kiosk.ts';
import { MessageReaders, type ToKiosk, tell } from './message-readers.ts';
import { configurationOf, type KioskPlace, NO_TERMINAL } from './tear-kiosk.ts';

/** A kiosk that is there to be killed: its place and its card's ATR (hex) come as arguments, its card by messages. */
const place: KioskPlace = JSON.parse(process.argv[2]!);
const readers = new MessageReaders(new Uint8Array(Buffer.from(process.argv[3]!, 'hex')));
const kiosk = createKiosk({ readers, stdout: NO_TERMINAL, configuration: configurationOf(place) });
process.on('message', (message: ToKiosk) => {
  if (message.type === 'answer') readers.take(message.id, message.answer);
  else kiosk.command(message.command as Command);
});
process.once('disconnect', () => process.exit(0));
let last: unknown = null;
kiosk.onView(({ walkUp }) => {
  // Before it has seen its card it shows what nobody waits for.
  if (walkUp === last || (last === null && walkUp.kind === 'insertCard')) return;
  last = walkUp;
  tell({ type: 'state', state: walkUp });
});
await kiosk.start();
