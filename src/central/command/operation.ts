import type { Central } from '../central.ts';
import { toInstant, toInstantOrNull } from '../instant.ts';
import { abandonOperation } from '../operation/abandon.ts';
import { LATELY_MS, unfinishedState } from '../operation/unfinished-state.ts';
import { RefusedError } from '../refused.ts';
import { findCertificate } from '../repositories/certificates.ts';
import { listIntents, listOperationKeys } from '../repositories/operations.ts';
import { isUuid } from '../repositories/people.ts';
import { listUnfinished, type UnfinishedOperation } from '../repositories/unfinished-operations.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

/**
 * `central operation list [--json]`: what is open, stuck, refused, or was abandoned lately (OP-05); `central operation
 * abandon ID [--reason TEXT]`: ends one that nobody will finish.
 */
export async function operationCommand(
  central: Central,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values, positionals } = readArgs(args, {
    json: { type: 'boolean', default: false },
    reason: { type: 'string' },
  });
  const [verb, id, ...more] = positionals;
  if (verb === 'list' && id === undefined && values.reason === undefined) {
    await list(central, values.json, io);
  } else if (verb === 'abandon' && id !== undefined && more.length === 0 && !values.json) {
    await abandon(central, id, values.reason ?? null, io);
  } else {
    throw new UsageError('operation: list [--json], or abandon ID [--reason TEXT]');
  }
}

async function list(central: Central, isJson: boolean, io: CommandIo): Promise<void> {
  const since = new Date(central.now().getTime() - LATELY_MS);
  const operations = [];
  for (const one of await listUnfinished(central.database, since)) {
    operations.push(await describe(central, one));
  }
  io.stdout.write(isJson ? `${JSON.stringify({ operations })}\n` : operations.map(line).join(''));
}

async function describe(central: Central, unfinished: UnfinishedOperation) {
  const { operation, card, holder, kiosk, lastWordAt } = unfinished;
  const now = central.now();
  const { id, reason, refusedWith, startedAt, endedAt } = operation;
  return {
    ...{ id, state: unfinishedState(unfinished, now), refusedWith },
    ageSeconds: Math.floor((now.getTime() - startedAt.getTime()) / 1000),
    ...{ card, holder, kind: operation.kind, reason, request: operation.requestId, kiosk },
    startedAt: toInstant(startedAt),
    lastWordAt: toInstant(lastWordAt),
    endedAt: toInstantOrNull(endedAt),
    held: await heldBy(central, id),
    undecidedSecrets: (await listIntents(central.database, id)).flatMap(({ secret, state }) =>
      state === 'intended' ? [secret] : [],
    ),
  };
}

async function heldBy(central: Central, operationId: string) {
  const held = [];
  for (const { slot, certificate } of await listOperationKeys(central.database, operationId)) {
    const issued = certificate ? await findCertificate(central.database, certificate) : undefined;
    if (issued?.state === 'held') held.push({ slot, serialNumber: issued.serialNumber });
  }
  return held;
}

function line(one: Awaited<ReturnType<typeof describe>>): string {
  const hours = Math.floor(one.ageSeconds / 3600);
  const state = one.refusedWith ? `${one.state} ${one.refusedWith}` : one.state;
  const card = one.card.label ?? one.card.serial ?? one.card.id;
  const held = one.held.map(({ slot }) => slot).join(' ') || '-';
  return `${[one.id, state, `${hours} h`, card, one.holder, one.reason || one.kind, one.kiosk, held].join('\t')}\n`;
}

async function abandon(central: Central, id: string, why: string | null, io: CommandIo): Promise<void> {
  if (!isUuid(id)) throw new CommandError(`abandon operation: ${id} is no id; see: operation list`);
  try {
    const isAbandonedNow = await abandonOperation(central, id, { actor: 'command', why });
    io.stdout.write(`${id} ${isAbandonedNow ? 'abandoned' : 'was abandoned before'}\n`);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    throw new CommandError(error.message, { cause: error });
  }
}
