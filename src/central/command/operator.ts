import { EVERYBODY } from '../../../db/central/group-schema.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { recordAudit } from '../repositories/audit.ts';
import { addOperator, type ListedOperator, listOperators, lockOperators } from '../repositories/operators.ts';
import { findPerson } from '../repositories/people.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';
import { putOperator, takeOperator } from './put-operator.ts';

/**
 * `central operator bootstrap --person LOGIN`: makes the first operator, once (OP-05); `operator add LOGIN --role R --group NAME`: gives
 * somebody a role, or another one; `operator remove LOGIN`; `operator list [--json]`.
 */
export async function operatorCommand(
  central: Central,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values, positionals } = readArgs(args, {
    ...{ person: { type: 'string' }, json: { type: 'boolean', default: false } },
    ...{ role: { type: 'string' }, group: { type: 'string' } },
  });
  const { person, json, role, group } = values;
  const [verb, login, ...more] = positionals;
  const has = (...given: unknown[]) => given.every((one) => one !== undefined);
  const hasNone = (...given: unknown[]) => given.every((one) => one === undefined || one === false);
  if (verb === 'list' && hasNone(login, person, role, group)) {
    const operators = await listOperators(central.database);
    io.stdout.write(
      json ? `${JSON.stringify({ operators: operators.map(described) })}\n` : operators.map(line).join(''),
    );
  } else if (verb === 'bootstrap' && person !== undefined && hasNone(login, json, role, group)) {
    const name = await bootstrap(central, person);
    io.stdout.write(`${name} is an administrator for everybody\n`);
  } else if (verb === 'add' && has(login, role, group) && more.length === 0 && hasNone(person, json)) {
    io.stdout.write(await putOperator(central, login!, role!, group!));
  } else if (verb === 'remove' && has(login) && more.length === 0 && hasNone(person, json, role, group)) {
    io.stdout.write(await takeOperator(central, login!));
  } else {
    throw new UsageError(
      'operator: bootstrap --person LOGIN, add LOGIN --role ROLE --group NAME, remove LOGIN, or list [--json]',
    );
  }
}

/** Of two that run at the same time one waits for the other, and then finds an operator there. */
async function bootstrap(central: Central, key: string): Promise<string> {
  return central.database.transaction(async (transaction) => {
    await lockOperators(transaction);
    const present = await listOperators(transaction);
    if (present.length > 0) throw alreadyThere(present);
    const person = await findPerson(transaction, key);
    if (!person) throw new CommandError(`bootstrap operator: nobody is called ${key}; see: person list`);
    if (person.state !== 'active') {
      throw new CommandError(`bootstrap operator: ${key} is disabled; name somebody who is active`);
    }
    const role = 'administrator';
    const addedBy = 'command';
    const operator = {
      personId: person.id,
      role,
      groupId: EVERYBODY,
      addedAt: central.now(),
      addedBy,
    } as const;
    await addOperator(transaction, operator);
    const detail = { person: person.id, role, group: EVERYBODY };
    const entry = { type: 'operator.bootstrapped', actor: addedBy, detail };
    await recordAudit(central, transaction, entry, central.now());
    return person.displayName;
  });
}

function alreadyThere(present: readonly ListedOperator[]): CommandError {
  const names = present
    .filter(({ role }) => role === 'administrator')
    .map(({ login, displayName }) => `${displayName} (${login ?? '-'})`);
  return new CommandError(
    `bootstrap operator: there is one already (${names.join(', ')}), and this works once; add more with: operator add LOGIN --role helpdesk|administrator --group NAME`,
  );
}

function described({ addedAt, ...operator }: ListedOperator) {
  return { ...operator, addedAt: toInstant(addedAt) };
}

function line({ personId, login, displayName, state, role, group, addedAt }: ListedOperator): string {
  return `${[login ?? personId, displayName, role, group, state, toInstant(addedAt)].join('\t')}\n`;
}
