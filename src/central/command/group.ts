import { EVERYBODY } from '../../../db/central/group-schema.ts';
import type { Central } from '../central.ts';
import { recordAudit } from '../repositories/audit.ts';
import {
  findGroup,
  type GroupUse,
  type ListedGroup,
  listGroups,
  removeGroup,
  useOfGroup,
} from '../repositories/groups.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

/** `central group list [--json]`: the tree with how many people are right in each; `central group delete NAME`. */
export async function groupCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } });
  const [verb, name, ...more] = positionals;
  if (verb === 'list' && name === undefined) {
    const groups = await listGroups(central.database);
    io.stdout.write(values.json ? `${JSON.stringify({ groups: described(groups) })}\n` : tree(groups));
  } else if (verb === 'delete' && name !== undefined && more.length === 0 && !values.json) {
    await deleteGroup(central, name);
    io.stdout.write(`${name} is deleted\n`);
  } else {
    throw new UsageError('group: list [--json], or delete NAME');
  }
}

function described(groups: readonly ListedGroup[]) {
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  return groups.map(({ name, parentId, people }) => ({
    ...{ name, parent: parentId === null ? null : (names.get(parentId) ?? null), people },
  }));
}

/** Each group below its parent, two spaces further in. */
function tree(groups: readonly ListedGroup[]): string {
  const below = Map.groupBy(groups, ({ parentId }) => parentId);
  const lines: string[] = [];
  const add = ({ id, name, people }: ListedGroup, depth: number) => {
    lines.push(`${'  '.repeat(depth)}${name}\t${people}\n`);
    for (const group of below.get(id) ?? []) add(group, depth + 1);
  };
  for (const root of below.get(null) ?? []) add(root, 0);
  return lines.join('');
}

async function deleteGroup(central: Central, name: string): Promise<void> {
  await central.database.transaction(async (transaction) => {
    const group = await findGroup(transaction, name);
    if (!group) throw new CommandError(`delete group: there is no ${name}; see: group list`);
    if (group.id === EVERYBODY) {
      throw new CommandError(`delete group: ${name} is the top of the tree and stays`);
    }
    const why = whyKept(await useOfGroup(transaction, group.id));
    if (why !== null) throw new CommandError(`delete group: ${name} ${why}`);
    await removeGroup(transaction, group.id);
    const entry = { type: 'group.deleted', actor: 'command', detail: { name, group: group.id } };
    await recordAudit(central, transaction, entry, central.now());
  });
}

/** What still hangs on it, and what to do about that; null for nothing. */
function whyKept({ people, subgroups, kiosks, operators }: GroupUse): string | null {
  if (people > 0) return `has ${people} people: move them first (import people, or person set --group)`;
  if (subgroups.length > 0) {
    return `has ${subgroups.join(', ')} below it: give them another parent first (import groups)`;
  }
  if (kiosks.length > 0) return `is served by ${kiosks.join(', ')}: give the kiosks another scope first`;
  return operators > 0 ? `is the scope of ${operators} operators: give them another one first` : null;
}
