import type { Central } from '../central.ts';
import { toInstant, toInstantOrNull } from '../instant.ts';
import { listMasterKeysInUse, MasterKeyError, retireMasterKey, rotateMasterKey } from '../master-keys.ts';
import { type CommandIo, readArgs, UsageError } from './command-io.ts';

/**
 * `central master-key rotate`: makes the next card master key; each card changes over to it when it is rewritten. `list
 * [--json]`: how many cards still need which. `retire N`: destroys one that none needs.
 */
export async function masterKeyCommand(
  central: Central,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } });
  const [verb, number, ...more] = positionals;
  if (verb === 'rotate' && number === undefined) return rotate(central, io);
  if (verb === 'list' && number === undefined) return list(central, values.json, io);
  if (verb === 'retire' && number !== undefined && more.length === 0) return retire(central, number, io);
  throw new UsageError('master-key: rotate, list [--json], or retire N');
}

async function rotate(central: Central, io: CommandIo): Promise<void> {
  const number = await rotateMasterKey(central, 'command');
  const { masterKeys } = central.authority;
  io.stdout.write(`card master key ${number} is in use from now on: ${masterKeys.pathOf(number)}\n`);
  io.stderr.write(
    'recard: make a backup, and copy this file to every other central that has its own folder\n',
  );
}

async function list(central: Central, isJson: boolean, io: CommandIo): Promise<void> {
  const described = (await listMasterKeysInUse(central)).map((one) => ({
    ...{ number: one.number, isNewest: one.isNewest, cards: one.cards, isHere: one.isHere },
    madeAt: toInstantOrNull(one.madeAt),
    retiredAt: toInstantOrNull(one.retiredAt),
  }));
  if (isJson) {
    io.stdout.write(`${JSON.stringify(described)}\n`);
    return;
  }
  for (const { number, isNewest, cards, isHere, madeAt, retiredAt } of described) {
    const state = retiredAt ? `retired ${retiredAt}` : isNewest ? 'in use' : 'until its cards are rewritten';
    const place = isHere || retiredAt ? '' : ', MISSING AT THIS CENTRAL';
    io.stdout.write(`${number}  ${cards} cards  made ${madeAt ?? 'with central'}  ${state}${place}\n`);
  }
}

async function retire(central: Central, text: string, io: CommandIo): Promise<void> {
  const number = Number(text);
  if (!Number.isInteger(number)) throw new MasterKeyError(`retire master key: ${text} is no number`);
  const retiredAt = await retireMasterKey(central, number, 'command');
  io.stdout.write(`card master key ${number} is retired since ${toInstant(retiredAt)}\n`);
}
