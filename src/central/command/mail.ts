import { randomUUID } from 'node:crypto';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { mailSender } from '../mail/mail-rounds.ts';
import { isAddress } from '../mail/mail-settings.ts';
import { MailError } from '../mail/mail-transport.ts';
import { noAddress } from '../mail/send-due.ts';
import { writeMail } from '../mail/write-mail.ts';
import { type AddressedMail, listUnsentMails, retryMails } from '../repositories/mails.ts';
import { findPerson, isUuid } from '../repositories/people.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

/**
 * `central mail list [--json]`: what was not sent, waiting or given up; `central mail retry ID|all`: tried again by whichever
 * central runs, all being those that were given up; `central mail test PERSON`: sends one now, and says what the server said.
 */
export async function mailCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } });
  const [verb, one, ...more] = positionals;
  if (verb === 'list' && one === undefined) await list(central, values.json, io);
  else if (verb === 'retry' && one !== undefined && more.length === 0 && !values.json)
    await retry(central, one, io);
  else if (verb === 'test' && one !== undefined && more.length === 0 && !values.json)
    await test(central, one, io);
  else throw new UsageError('mail: list [--json], retry ID|all, or test PERSON');
}

async function list(central: Central, isJson: boolean, io: CommandIo): Promise<void> {
  const mails = (await listUnsentMails(central.database)).map(described);
  io.stdout.write(isJson ? `${JSON.stringify({ mails })}\n` : mails.map(line).join(''));
}

function described({ mail, login, name }: AddressedMail) {
  const { id, personId, kind, madeAt, failures, dueAt, givenUpWith } = mail;
  return {
    ...{ id, state: givenUpWith === null ? 'waiting' : 'givenUp', kind },
    person: { id: personId, login, name },
    ...{ madeAt: toInstant(madeAt), failures },
    dueAt: givenUpWith === null ? toInstant(dueAt) : null,
    givenUpWith,
  };
}

function line(mail: ReturnType<typeof described>): string {
  const { person, failures } = mail;
  const cells = [mail.id, mail.state, person.login ?? person.id, mail.kind, mail.madeAt];
  return `${[...cells, `${failures} failed`, mail.givenUpWith ?? mail.dueAt].join('\t')}\n`;
}

async function retry(central: Central, id: string, io: CommandIo): Promise<void> {
  if (id !== 'all' && !isUuid(id)) throw new CommandError(`retry mail: ${id} is no id; see: mail list`);
  const count = await retryMails(central.database, id === 'all' ? null : id, central.now());
  if (count === 0 && id !== 'all')
    throw new CommandError(`retry mail: none waits with id ${id}; see: mail list`);
  io.stdout.write(`${count} due now; a central that runs sends them\n`);
}

async function test(central: Central, key: string, io: CommandIo): Promise<void> {
  const { mail: settings } = central;
  if (settings === null) {
    throw new CommandError('test mail: nothing says where mails go; write [mail] into central.toml');
  }
  const person = await findPerson(central.database, key);
  if (!person) throw new CommandError(`test mail: nobody is called ${key}; see: person list`);
  const { displayName: name, mail: address } = person;
  if (!isAddress(address))
    throw new CommandError(`test mail: ${noAddress(address)}; give one with: person set`);
  const about = { id: randomUUID(), kind: 'test', facts: {}, madeAt: central.now(), name, address } as const;
  try {
    const { transport, limitMs } = mailSender(settings);
    const answer = await transport.send(writeMail(about, settings), AbortSignal.timeout(limitMs));
    io.stdout.write(`sent to ${address}: ${answer}\n`);
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    throw new CommandError(`test mail to ${address}: ${error.message}; look at [mail] in central.toml`, {
      cause: error,
    });
  }
}
