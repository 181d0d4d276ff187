import { OPERATOR_ROLES } from '../../domain/operator.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { recordAudit } from '../repositories/audit.ts';
import { findGroup } from '../repositories/groups.ts';
import {
  findOperator,
  listOperators,
  lockOperators,
  type OperatorRow,
  removeOperator,
  saveOperator,
} from '../repositories/operators.ts';
import { findPerson, type PersonRow } from '../repositories/people.ts';
import { CommandError } from './command-io.ts';

/** Gives somebody a role for a group and all below it, or another one. @throws CommandError */
export async function putOperator(
  central: Central,
  login: string,
  roleName: string,
  groupName: string,
): Promise<string> {
  const role = OPERATOR_ROLES.find((one) => one === roleName);
  if (!role) throw new CommandError(`add operator: a role is ${OPERATOR_ROLES.join(' or ')}`);
  return central.database.transaction(async (transaction) => {
    await lockOperators(transaction);
    const person = await demandPerson(transaction, 'add', login);
    if (person.state !== 'active')
      throw new CommandError(`add operator: ${login} is disabled; name somebody who is active`);
    const group = await findGroup(transaction, groupName);
    if (!group) throw new CommandError(`add operator: there is no group ${groupName}; see: group list`);
    const before = await findOperator(transaction, person.id);
    if (before && role !== 'administrator') await demandAnother(transaction, before, login);
    const added = { addedAt: central.now(), addedBy: 'command' };
    await saveOperator(transaction, {
      ...{ personId: person.id, role, groupId: group.id },
      ...(before ? { addedAt: before.addedAt, addedBy: before.addedBy } : added),
    });
    const detail = { person: person.id, role, group: group.id, before: before?.role ?? null };
    const entry = { type: 'operator.added', actor: 'command', detail };
    await recordAudit(central, transaction, entry, central.now());
    return `${person.displayName}: ${role} for ${groupName}\n`;
  });
}

/** Takes the role of an operator away, at once. @throws CommandError of the last administrator, too */
export async function takeOperator(central: Central, login: string): Promise<string> {
  return central.database.transaction(async (transaction) => {
    await lockOperators(transaction);
    const person = await demandPerson(transaction, 'remove', login);
    const operator = await findOperator(transaction, person.id);
    if (!operator) throw new CommandError(`remove operator: ${login} is none; see: operator list`);
    await demandAnother(transaction, operator, login);
    await removeOperator(transaction, person.id);
    const detail = { person: person.id, role: operator.role, group: operator.groupId };
    const entry = { type: 'operator.removed', actor: 'command', detail };
    await recordAudit(central, transaction, entry, central.now());
    return `${person.displayName} is no operator any more\n`;
  });
}

async function demandPerson(transaction: Database, verb: string, login: string): Promise<PersonRow> {
  const person = await findPerson(transaction, login);
  if (!person) throw new CommandError(`${verb} operator: nobody is called ${login}; see: person list`);
  return person;
}

/** Somebody who is active stays an administrator. */
async function demandAnother(
  transaction: Database,
  { role, personId }: OperatorRow,
  login: string,
): Promise<void> {
  if (role !== 'administrator') return;
  const others = (await listOperators(transaction)).filter(
    (one) => one.role === 'administrator' && one.state === 'active' && one.personId !== personId,
  );
  if (others.length > 0) return;
  throw new CommandError(
    `change operator: ${login} is the last administrator; make somebody else one first: operator add LOGIN --role administrator --group NAME`,
  );
}
