import { CARD_ACTIONS, type CardAction } from '../../domain/card-life.ts';
import { type ChangedCard, cancelCard, disableCard, enableCard } from '../card-life/change-card.ts';
import type { Central } from '../central.ts';
import { RefusedError } from '../refused.ts';
import { findCardByName } from '../repositories/cards.ts';
import type { Actor } from '../request/actor.ts';
import { actAs } from './act-as.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

const HOW =
  'card: cancel NAME --reason R, disable NAME --reason R, or enable NAME; each with [--note TEXT] [--as LOGIN] [--json]';
/** As in the interface of operators. */
const MAX_NOTE = 500;

/**
 * `central card cancel|disable NAME --reason R`, and `central card enable NAME` (OP-02). With `--as LOGIN` it acts as that operator, with
 * their rights and in their scope.
 */
export async function changeCardCommand(
  central: Central,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values, positionals } = readArgs(args, {
    ...{ reason: { type: 'string' }, note: { type: 'string' }, as: { type: 'string' } },
    json: { type: 'boolean', default: false },
  });
  const [verb, name, ...more] = positionals;
  const action = CARD_ACTIONS.find((one) => one === verb);
  if (!action || name === undefined || more.length > 0) throw new UsageError(HOW);
  if ((action === 'enable') !== (values.reason === undefined)) throw new UsageError(HOW);
  if ((values.note ?? '').length > MAX_NOTE) throw new CommandError(`${action} card: the note is too long`);
  const actor = await actAs(central, values.as);
  const card = await findCardByName(central.database, name);
  if (!card) throw new CommandError(`${action} card: central knows no card ${name}; see: card list`);
  const wish = { reason: values.reason ?? '', note: values.note ?? null };
  const changed = await change(central, actor, action, card.id, wish);
  io.stdout.write(values.json ? `${JSON.stringify(described(changed))}\n` : line(changed));
}

async function change(
  central: Central,
  actor: Actor,
  action: CardAction,
  cardId: string,
  wish: { readonly reason: string; readonly note: string | null },
): Promise<ChangedCard> {
  try {
    const work = { cancel: cancelCard, disable: disableCard, enable: enableCard }[action];
    return await work(central, actor, cardId, wish);
  } catch (error) {
    if (error instanceof RefusedError)
      throw new CommandError(`${error.message} [${error.code}]`, { cause: error });
    throw error;
  }
}

function described({ card, revoked, held, released }: ChangedCard) {
  const { id, serial, label, state, stateReason } = card;
  return { card: { id, serial, label, state, reason: stateReason }, revoked, held, released };
}

function line({ card, revoked, held, released }: ChangedCard): string {
  const why = card.stateReason === null ? '' : ` (${card.stateReason})`;
  const counts = `${revoked.length} certificates revoked, ${held.length} put on hold, ${released.length} taken off the list`;
  return `${card.label ?? card.serial ?? card.id} is ${card.state}${why}: ${counts}\n`;
}
