import type { Central } from '../central.ts';
import { inviteKiosk } from '../enrolment/invite.ts';
import { revokeKiosk } from '../enrolment/revoke.ts';
import { scopeOfGroups, UnknownGroupError } from '../enrolment/scope-of-groups.ts';
import { listGroups } from '../repositories/groups.ts';
import { type ListedKiosk, listKiosks } from '../repositories/kiosk-register.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

const USAGE = 'kiosk: add NAME --scope GROUP[,GROUP], list [--json], revoke NAME';
const NAME = /^[\w.-]{1,64}$/;

/**
 * `central kiosk add NAME --scope GROUP[,GROUP]`, `list [--json]`, `revoke NAME`. What `add` prints holds the token with
 * which the kiosk enrols, this once; a second time it invites another machine in its place.
 */
export async function kioskCommand(central: Central, args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, {
    scope: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [verb, name, ...more] = positionals;
  if (verb === 'list' && name === undefined) return list(central, values.json, io);
  if (name === undefined || more.length > 0) throw new UsageError(USAGE);
  if (verb === 'add' && !NAME.test(name)) {
    const known = 'up to 64 letters, digits, dots, hyphens and underscores, and no spaces';
    throw new UsageError(`kiosk: ${JSON.stringify(name)} can be no name of a kiosk; it is ${known}`);
  }
  if (verb === 'add') return add(central, name, values.scope, io);
  if (verb === 'revoke') return revoke(central, name, io);
  throw new UsageError(USAGE);
}

async function add(central: Central, name: string, scope: string | undefined, io: CommandIo): Promise<void> {
  const groups = (scope ?? '').split(',').filter((one) => one !== '');
  if (groups.length === 0) {
    const known = (await listGroups(central.database)).map(({ name }) => name).join(', ');
    throw new CommandError(`add kiosk: name the groups that it serves with --scope; there are ${known}`);
  }
  const token = await central.database.transaction(async (transaction) => {
    const scopeId = await scopeOfGroups(transaction, groups).catch((error) => {
      if (!(error instanceof UnknownGroupError)) throw error;
      throw new CommandError(`add kiosk: ${error.message}`);
    });
    return inviteKiosk(central, transaction, { name, scopeId, actor: 'command' });
  });
  const fingerprint = Buffer.from(central.authority.kioskAuthority.fingerprint).toString('hex');
  io.stdout.write(`token        ${token}
fingerprint  ${fingerprint}

The token works once, within 24 hours. At the kiosk, where it is asked for:
  recard kiosk enrol ${central.kioskUrl ?? 'https://CENTRAL:PORT'} --token -
`);
}

async function revoke(central: Central, name: string, io: CommandIo): Promise<void> {
  const result = await revokeKiosk(central, name, 'command');
  if (result === 'unknown')
    throw new CommandError(`revoke kiosk: there is no kiosk ${name}; see: kiosk list`);
  if (result === 'already') throw new CommandError(`revoke kiosk: ${name} is shut out already`);
  io.stdout.write(`${name} is shut out\n`);
}

async function list(central: Central, isJson: boolean, io: CommandIo): Promise<void> {
  const now = central.now();
  const rows = (await listKiosks(central.database)).map((kiosk) => describe(kiosk, now));
  if (isJson) return void io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  for (const { name, state, lastSeenAt, certificateUntil, scope, exceededSince } of rows) {
    const seen = lastSeenAt ? `seen ${lastSeenAt}` : 'never seen';
    const until = certificateUntil ? `certificate until ${certificateUntil.slice(0, 10)}` : 'no certificate';
    const more = exceededSince ? `  ! sends more than it may since ${exceededSince}` : '';
    io.stdout.write(`${name}  ${state}  ${seen}  ${until}  ${scope ?? 'no scope'}${more}\n`);
  }
}

function describe(kiosk: ListedKiosk, now: Date) {
  const { id, name, scope, addedAt, enrolledAt, lastSeenAt, revokedAt, certificateUntil, exceededSince } =
    kiosk;
  return {
    ...{ id, name, state: stateOf(kiosk, now), scope },
    addedAt: addedAt.toISOString(),
    enrolledAt: enrolledAt?.toISOString() ?? null,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    certificateUntil: certificateUntil?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    exceededSince: exceededSince?.toISOString() ?? null,
  };
}

/** `invited` also of one that is in use while another machine is to take its place: `enrolled` goes first then. */
function stateOf({ revokedAt, tokenExpiresAt, certificateUntil }: ListedKiosk, now: Date): string {
  const isInvited = tokenExpiresAt !== null && tokenExpiresAt > now;
  if (revokedAt) return isInvited ? 'revoked, invited' : 'revoked';
  if (certificateUntil) return certificateUntil > now ? 'enrolled' : 'certificate expired';
  return isInvited ? 'invited' : 'not enrolled';
}
