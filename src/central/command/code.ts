import type { CodeKind } from '../../../db/central/code-schema.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { giveNumber } from '../new-card/give-number.ts';
import { type GivenCode, giveCode } from '../one-time-code.ts';
import { RefusedError } from '../refused.ts';
import { findCardByName } from '../repositories/cards.ts';
import { isUuid } from '../repositories/people.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

/**
 * `central code give CARD [--long]`: prints a one-time code for the card's holder, this once, and until when it is to be
 * typed at a kiosk (ID-03). CARD: label, id, GUID or chip serial. `--request ID`: the number for a new card (ID-02).
 */
export async function codeCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, {
    long: { type: 'boolean', default: false },
    request: { type: 'string' },
  });
  const [verb, name, ...more] = positionals;
  const { request } = values;
  const isNamed = (name === undefined) !== (request === undefined);
  if (verb !== 'give' || !isNamed || more.length > 0)
    throw new UsageError('code: give CARD [--long], or give --request ID [--long]');
  const kind = values.long ? 'long' : 'short';
  const given =
    request === undefined
      ? giveForCard(central, name as string, kind)
      : giveForRequest(central, request, kind);
  const { code, expiresAt } = await given.catch(asRefused);
  io.stdout.write(`${Buffer.from(code).toString('latin1')}\nto be typed by ${toInstant(expiresAt)}\n`);
  code.fill(0);
}

async function giveForCard(central: Central, name: string, kind: CodeKind): Promise<GivenCode> {
  const card = await findCardByName(central.database, name);
  if (!card) throw new CommandError(`give code: central knows no card ${name}; see: card list`);
  if (card.state === 'planned')
    throw new CommandError(`give code: card ${name} was not issued yet; use: code give --request ID`);
  return giveCode(central, card.id, kind, 'command');
}

async function giveForRequest(central: Central, id: string, kind: CodeKind): Promise<GivenCode> {
  if (!isUuid(id)) throw new CommandError(`give code: ${id} is no id of a request; see: request list`);
  return giveNumber(central, id, kind, 'command');
}

function asRefused(error: unknown): never {
  if (!(error instanceof RefusedError)) throw error;
  const why = error.message.replace(/^reprovision card: /, '');
  throw new CommandError(`give code: ${why} (${error.code})`, { cause: error });
}
