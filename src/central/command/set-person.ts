import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EVERYBODY } from '../../../db/central/group-schema.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { isCollision } from '../database-failure.ts';
import { stopOperationsOf } from '../operation/stop-operations.ts';
import {
  checkApproval,
  checkLogin,
  checkMail,
  checkName,
  checkPersonState,
  checkPhoto,
  FieldError,
} from '../person-fields.ts';
import { recordAudit } from '../repositories/audit.ts';
import { findGroup } from '../repositories/groups.ts';
import { holdPerson, isUuid, type PersonWithPhoto, savePerson } from '../repositories/people.ts';
import { publishRevocationList } from '../revocation.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

const TRIES = 3;

/** `central person set ID …`: adds a person, or changes what is named of one. ID: a UUID or a login. */
export async function setPerson(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, {
    name: { type: 'string' },
    mail: { type: 'string' },
    upn: { type: 'string' },
    photo: { type: 'string' },
    group: { type: 'string' },
    state: { type: 'string' },
    'approved-until': { type: 'string' },
  });
  const [key, ...more] = positionals;
  if (key === undefined || more.length > 0) throw new UsageError('person: set ID …');
  const group = values.group === undefined ? {} : { groupId: await groupId(central, values.group) };
  const change = asked(() => ({
    ...group,
    ...given(values.name, (name) => ({ displayName: checkName(name) })),
    ...given(values.mail, (mail) => ({ mail: checkMail(mail) })),
    ...given(values.upn, (upn) => ({ userPrincipalName: checkMail(upn) })),
    ...given(values.photo, (file) => ({ photo: readPhoto(file) })),
    ...given(values.state, (state) => ({ state: checkPersonState(state) })),
    ...given(values['approved-until'], (until) => ({ approvedUntil: checkApproval(until) })),
  }));
  const saved = await saveChange(central, key, change);
  if (saved.state === 'disabled') await publishRevocationList(central, 'issuing');
  io.stdout.write(`${saved.id}\n`);
}

/** Somebody whom an import adds at this very moment is there when it is tried again. */
async function saveChange(
  central: Central,
  key: string,
  change: Partial<PersonWithPhoto>,
): Promise<PersonWithPhoto> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await central.database.transaction((transaction) => save(central, transaction, key, change));
    } catch (error) {
      if (!isCollision(error)) throw error;
      if (attempt >= TRIES) {
        const why = 'somebody changes the same records at this moment, an import perhaps; try again after it';
        throw new CommandError(`set person: ${why}`, { cause: error });
      }
    }
  }
}

async function save(
  central: Central,
  transaction: Database,
  key: string,
  change: Partial<PersonWithPhoto>,
): Promise<PersonWithPhoto> {
  const person = merge(await holdPerson(transaction, key), key, change);
  await savePerson(transaction, person);
  if (person.state === 'disabled') await stopOperationsOf(transaction, person.id, central.now());
  const detail = { person: person.id, changed: Object.keys(change) };
  await recordAudit(central, transaction, { type: 'person.set', actor: 'command', detail }, central.now());
  return person;
}

function merge(
  known: PersonWithPhoto | undefined,
  key: string,
  change: Partial<PersonWithPhoto>,
): PersonWithPhoto {
  if (known) return { ...known, ...change };
  const { displayName, mail } = change;
  if (displayName === undefined || mail === undefined) {
    throw new CommandError(`set person: ${key} is not known; to add them give --name and --mail`);
  }
  const login = isUuid(key) ? null : checkLogin(key);
  return {
    ...{ id: login === null ? key : randomUUID(), login, displayName, mail },
    ...{ userPrincipalName: mail, state: 'active', approvedUntil: null, photo: null, groupId: EVERYBODY },
    ...change,
  };
}

/** What was typed cannot be taken: the message says for what it was typed. */
function asked(read: () => Partial<PersonWithPhoto>): Partial<PersonWithPhoto> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new CommandError(`set person: ${error.message}`, { cause: error });
  }
}

async function groupId({ database }: Central, name: string): Promise<string> {
  const group = await findGroup(database, name);
  if (!group) throw new CommandError(`set person: there is no group ${name}; see: group list`);
  return group.id;
}

function given<T>(value: string | undefined, make: (value: string) => T): T | object {
  return value === undefined ? {} : make(value);
}

function readPhoto(file: string): Uint8Array {
  try {
    return checkPhoto(new Uint8Array(readFileSync(file)));
  } catch (cause) {
    if (cause instanceof FieldError) throw cause;
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new CommandError(`set person: ${file} cannot be read (${why}): name a file that is there`, {
      cause,
    });
  }
}
