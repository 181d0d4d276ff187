import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EVERYBODY } from '../../../db/central/group-schema.ts';
import { PERSON_STATES, type PersonState } from '../../domain/card.ts';
import { readJpegSize } from '../../piv/objects/jpeg-size.ts';
import type { Central } from '../central.ts';
import { changeCopy } from '../database.ts';
import { stopOperationsOf } from '../operation/stop-operations.ts';
import { recordAudit } from '../repositories/audit.ts';
import { findPerson, isUuid, type PersonRow, savePerson } from '../repositories/people.ts';
import { publishRevocationList } from '../revocation.ts';
import { CommandError, type CommandIo, UsageError } from './command-io.ts';

/** Printed Information has room for this much. @see NIST SP 800-73-4 part 1, table 14 */
const MAX_NAME_BYTES = 125;
const MAX_PHOTO_BYTES = 32 * 1024;
const LOGIN = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** `central person set ID …`: adds a person, or changes what is named of one. ID: a UUID or a login. */
export async function personCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      mail: { type: 'string' },
      upn: { type: 'string' },
      photo: { type: 'string' },
      state: { type: 'string' },
      'approved-until': { type: 'string' },
    },
  });
  const [verb, key, ...more] = positionals;
  if (verb !== 'set' || key === undefined || more.length > 0) throw new UsageError('person: set ID …');
  const change: Partial<PersonRow> = {
    ...given(values.name, (name) => ({ displayName: checkName(name) })),
    ...given(values.mail, (mail) => ({ mail: checkMail(mail) })),
    ...given(values.upn, (upn) => ({ userPrincipalName: checkMail(upn) })),
    ...given(values.photo, (file) => ({ photo: readPhoto(file) })),
    ...given(values.state, (state) => ({ state: checkState(state) })),
    ...given(values['approved-until'], (until) => ({ approvedUntil: checkApproval(until) })),
  };
  const saved = await changeCopy(central.database, async (transaction) => {
    const person = merge(await findPerson(transaction, key), key, change);
    await savePerson(transaction, person);
    if (person.state === 'disabled') await stopOperationsOf(transaction, person.id, central.now());
    const detail = { person: person.id, changed: Object.keys(change) };
    await recordAudit(central, transaction, { type: 'person.set', actor: 'command', detail }, central.now());
    return person;
  });
  if (saved.state === 'disabled') await publishRevocationList(central, 'issuing');
  io.stdout.write(`${saved.id}\n`);
}

function merge(known: PersonRow | undefined, key: string, change: Partial<PersonRow>): PersonRow {
  if (known) return { ...known, ...change };
  const { displayName, mail } = change;
  if (displayName === undefined || mail === undefined) {
    throw new CommandError(`set person: ${key} is not known; to add them give --name and --mail`);
  }
  if (!isUuid(key) && !LOGIN.test(key)) {
    throw new CommandError('set person: a login has lower-case letters, digits, dots and hyphens');
  }
  return {
    ...{ id: isUuid(key) ? key : randomUUID(), login: isUuid(key) ? null : key, displayName, mail },
    ...{ userPrincipalName: mail, state: 'active', approvedUntil: null, photo: null, groupId: EVERYBODY },
    ...change,
  };
}

function given<T>(value: string | undefined, make: (value: string) => T): T | object {
  return value === undefined ? {} : make(value);
}

function checkName(name: string): string {
  const isPlain = name.trim() === name && name !== '' && !/\p{Cc}/u.test(name);
  if (isPlain && Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  throw new CommandError(`set person: a name is one line of at most ${MAX_NAME_BYTES} bytes`);
}

function checkMail(mail: string): string {
  // Certificates take ASCII only here (RFC 5280, rfc822Name).
  if (/^[!-?A-~]+@[A-Za-z0-9.-]+$/.test(mail) && mail.length <= 254) return mail;
  throw new CommandError('set person: that is not a mail address in ASCII');
}

function checkState(state: string): PersonState {
  const found = PERSON_STATES.find((one) => one === state);
  if (!found) throw new CommandError(`set person: a state is one of ${PERSON_STATES.join(', ')}`);
  return found;
}

function checkApproval(until: string): Date | null {
  if (until === 'never') return null;
  const time = Date.parse(until);
  if (!/^\d{4}-\d{2}-\d{2}/.test(until) || Number.isNaN(time)) {
    throw new CommandError('set person: --approved-until takes 2031-12-31, an instant in ISO 8601, or never');
  }
  return new Date(time);
}

function readPhoto(file: string): Uint8Array {
  let photo: Uint8Array;
  try {
    photo = new Uint8Array(readFileSync(file));
    readJpegSize(photo);
  } catch (cause) {
    throw new CommandError(`set person: ${file} is not a JPEG that can be read`, { cause });
  }
  if (photo.length > MAX_PHOTO_BYTES) {
    throw new CommandError(
      `set person: a photo has at most ${MAX_PHOTO_BYTES} bytes, a card has no room for more`,
    );
  }
  return photo;
}
