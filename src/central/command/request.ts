import { parseArgs } from 'node:util';
import { REQUEST_STATES, type RequestState } from '../../domain/request.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { RefusedError } from '../refused.ts';
import { findPerson, isUuid, type PersonRow } from '../repositories/people.ts';
import type { Actor } from '../request/actor.ts';
import { approveRequest, cancelRequest, rejectRequest } from '../request/decide.ts';
import { describePerson } from '../request/describe-person.ts';
import { showFound } from '../request/describe-request.ts';
import { fileRequest } from '../request/file-request.ts';
import { listRequests } from '../request/list-requests.ts';
import { giveTokenByCommand } from '../soft/give-token.ts';
import { actAs } from './act-as.ts';
import { CommandError, type CommandIo, UsageError } from './command-io.ts';
import { readLimit, writeTable } from './listing.ts';
import { readWish, WISH_OPTIONS } from './new-request.ts';
import { certificateLine, REQUEST_HEADINGS, requestCells, requestText } from './request-text.ts';

const HOW =
  'request: new KIND …, list [--state STATE], show ID, approve ID --as LOGIN, reject ID --as LOGIN --note TEXT, cancel ID, token ID, or certificates PERSON';

const OPTIONS = {
  ...WISH_OPTIONS,
  as: { type: 'string' },
  note: { type: 'string' },
  state: { type: 'string' },
  person: { type: 'string' },
  limit: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** What the options say, but for those of a new request. */
interface Words {
  readonly as?: string | undefined;
  readonly note?: string | undefined;
  readonly state?: string | undefined;
  readonly person?: string | undefined;
  readonly limit?: string | undefined;
  readonly json: boolean;
}

/**
 * `central request new|list|show|approve|reject|cancel|token|certificates …` (KR-01 to KR-05). With `--as LOGIN` it acts as that operator, with their
 * rights and in their scope; without it as the administrator at this machine, who approves and rejects nothing.
 */
export async function requestCommand(
  central: Central,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [verb, name, ...more] = positionals;
  const isNamed = name !== undefined && more.length === 0;
  try {
    const actor = await actAs(central, values.as);
    if (verb === 'new') {
      const wish = await readWish(central, positionals.slice(1), values);
      await show(central, actor, (await fileRequest(central, actor, wish)).id, values.json, io);
    } else if (verb === 'list' && name === undefined) await list(central, actor, values, io);
    else if (verb === 'show' && isNamed) await show(central, actor, readId(name), values.json, io);
    else if (verb === 'token' && isNamed) await token(central, actor, readId(name), io);
    else if (verb === 'certificates' && isNamed) await certificates(central, actor, name, values.json, io);
    else if (isNamed && (verb === 'approve' || verb === 'reject' || verb === 'cancel'))
      await decide(central, actor, verb, readId(name), values, io);
    else throw new UsageError(HOW);
  } catch (error) {
    if (error instanceof RefusedError)
      throw new CommandError(`${error.message} [${error.code}]`, { cause: error });
    throw error;
  }
}

/** @throws CommandError */
function readId(text: string): string {
  if (isUuid(text)) return text;
  throw new CommandError(`find request: ${text} is no id of a request; see: request list`);
}

async function decide(
  central: Central,
  actor: Actor,
  verb: 'approve' | 'reject' | 'cancel',
  id: string,
  { note, json }: Words,
  io: CommandIo,
): Promise<void> {
  if (verb === 'reject') {
    if (!note) throw new UsageError('request: reject ID --as LOGIN --note TEXT: say why');
    await rejectRequest(central, actor, id, note);
  } else await { approve: approveRequest, cancel: cancelRequest }[verb](central, actor, id, note ?? null);
  await show(central, actor, id, json, io);
}

/** Printed this once: what collects a soft certificate on its owner's own machine. */
async function token(central: Central, actor: Actor, id: string, io: CommandIo): Promise<void> {
  const { token: given, expiresAt } = await giveTokenByCommand(central, actor, id);
  const how = `recard collect ${central.kioskUrl ?? 'https://CENTRAL:8443'} --nss DIR`;
  const text = Buffer.from(given).toString('latin1');
  io.stdout.write(`${text}\nto be typed by ${toInstant(expiresAt)}, once, where this asks for it: ${how}\n`);
  given.fill(0);
}

async function show(
  central: Central,
  actor: Actor,
  id: string,
  isJson: boolean,
  io: CommandIo,
): Promise<void> {
  const request = await showFound(central, actor, id);
  io.stdout.write(isJson ? `${JSON.stringify(request)}\n` : requestText(request));
}

async function list(central: Central, actor: Actor, words: Words, io: CommandIo): Promise<void> {
  const { requests, total } = await listRequests(central.database, actor, {
    ...readView(words.state),
    ownerId: words.person === undefined ? null : (await personOf(central, words.person)).id,
    cardId: null,
    limit: readLimit('request', words.limit),
  });
  if (words.json) io.stdout.write(`${JSON.stringify({ total, requests })}\n`);
  else writeTable(io, { headings: REQUEST_HEADINGS, rows: requests.map(requestCells), total });
}

/** toApprove, waiting and done are views; else one state. */
function readView(text = 'waiting') {
  if (text === 'toApprove' || text === 'waiting' || text === 'done' || text === 'all')
    return { view: text, state: null } as const;
  const state: RequestState | undefined = REQUEST_STATES.find((one) => one === text);
  if (state) return { view: 'all', state } as const;
  throw new CommandError(
    `list requests: a state is toApprove, waiting, done, all, or one of ${REQUEST_STATES.join(', ')}`,
  );
}

async function certificates(
  central: Central,
  actor: Actor,
  name: string,
  isJson: boolean,
  io: CommandIo,
): Promise<void> {
  const { id } = await personOf(central, name);
  const described = await describePerson(central, actor, id);
  io.stdout.write(
    isJson ? `${JSON.stringify(described)}\n` : described.certificates.map(certificateLine).join(''),
  );
}

async function personOf({ database }: Central, name: string): Promise<PersonRow> {
  const person = await findPerson(database, name);
  if (!person) throw new CommandError(`find requests: nobody is called ${name}; see: person list`);
  return person;
}
