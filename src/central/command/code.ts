import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { giveCode } from '../one-time-code.ts';
import { findCardByName } from '../repositories/cards.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

/**
 * `central code give CARD [--long]`: prints a one-time code for the card's holder, this once, and until when it is to be
 * typed at a kiosk (ID-03). CARD: label, id, GUID or chip serial.
 */
export async function codeCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, { long: { type: 'boolean', default: false } });
  const [verb, name, ...more] = positionals;
  if (verb !== 'give' || name === undefined || more.length > 0)
    throw new UsageError('code: give CARD [--long]');
  const card = await findCardByName(central.database, name);
  if (!card) throw new CommandError(`give code: central knows no card ${name}; see: card list`);
  const kind = values.long ? 'long' : 'short';
  const { code, expiresAt } = await giveCode(central, card.id, kind, 'command');
  io.stdout.write(`${Buffer.from(code).toString('latin1')}\nto be typed by ${toInstant(expiresAt)}\n`);
  code.fill(0);
}
