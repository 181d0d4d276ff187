import { parseArgs } from 'node:util';
import type { Central } from '../central.ts';
import { toInstantOrNull } from '../instant.ts';
import { findGroup, groupsBelow } from '../repositories/groups.ts';
import { findPerson, findPhoto, isUuid } from '../repositories/people.ts';
import { cardsOfHolder, type ListedPerson, searchPeople } from '../repositories/searches.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';
import { readLimit, writeTable } from './listing.ts';
import { setPerson } from './set-person.ts';

/** `central person set|list|show …`. */
export async function personCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const [verb, ...rest] = args;
  if (verb === 'set') return setPerson(central, rest, io);
  if (verb === 'list') return listPeople(central, rest, io);
  if (verb === 'show') return showPerson(central, rest, io);
  throw new UsageError('person: set, list or show');
}

/** `central person list [--group G] [--search TEXT] [--limit N] [--json]`; with a group, all below it too. */
async function listPeople(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      group: { type: 'string' },
      search: { type: 'string' },
      limit: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const limit = readLimit('person', values.limit);
  const { people, total } = await searchPeople(central.database, {
    ...{ text: values.search ?? null, limit },
    groupIds: values.group === undefined ? null : await idsBelow(central, values.group),
  });
  if (values.json) io.stdout.write(`${JSON.stringify({ total, people: people.map(described) })}\n`);
  else writeTable(io, { headings: HEADINGS, rows: people.map(line), total });
}

/** `central person show ID [--json]`. ID: a login or an id. */
async function showPerson(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } });
  const [key, ...more] = positionals;
  if (key === undefined || more.length > 0) throw new UsageError('person: show ID [--json]');
  const person = await findPerson(central.database, key);
  if (!person) {
    const how = isUuid(key) ? 'id' : 'login';
    throw new CommandError(`show person: nobody has the ${how} ${key}; see: person list --search TEXT`);
  }
  const { people } = await searchPeople(central.database, {
    ...{ text: null, limit: 1, groupIds: null, onlyId: person.id },
  });
  const cards = await cardsOfHolder(central.database, person.id);
  const description = {
    ...described(people[0]!),
    photoBytes: (await findPhoto(central.database, person.id))?.length ?? null,
    cards: cards.map(({ id, label, serial, state }) => ({ id, label, serial, state })),
  };
  io.stdout.write(values.json ? `${JSON.stringify(description)}\n` : lines(description));
}

async function idsBelow({ database }: Central, name: string): Promise<string[]> {
  const group = await findGroup(database, name);
  if (!group) throw new CommandError(`list people: there is no group ${name}; see: group list`);
  return groupsBelow(database, group.id);
}

function described(person: ListedPerson) {
  const { id, login, displayName, mail, userPrincipalName, group, state, approvedUntil } = person;
  return {
    ...{ id, login, displayName, mail, userPrincipalName, group, state },
    approvedUntil: toInstantOrNull(approvedUntil),
  };
}

const HEADINGS = ['LOGIN', 'NAME', 'MAIL', 'GROUP', 'STATE'];

function line({ id, login, displayName, mail, group, state }: ListedPerson): string[] {
  return [login ?? id, displayName, mail, group, state];
}

function lines(description: ReturnType<typeof described> & ShownExtras): string {
  const { photoBytes, cards, ...person } = description;
  const facts = [
    ['login', person.login ?? '-'],
    ['name', person.displayName],
    ['mail', person.mail],
    ['UPN', person.userPrincipalName],
    ['group', person.group],
    ['state', person.state],
    ['approved until', person.approvedUntil ?? 'never approved'],
    ['photo', photoBytes === null ? 'none' : `${photoBytes} bytes`],
    ['id', person.id],
    ...cards.map((card) => ['card', `${card.label ?? card.serial ?? card.id} ${card.state}`]),
  ];
  return facts.map(([name, value]) => `${`${name}:`.padEnd(16)}${value}\n`).join('');
}

interface ShownExtras {
  readonly photoBytes: number | null;
  readonly cards: readonly {
    readonly id: string;
    readonly label: string | null;
    readonly serial: string | null;
    readonly state: string;
  }[];
}
