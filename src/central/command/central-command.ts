import { existsSync } from 'node:fs';
import { StateFolderError } from '../../configuration/state-folder.ts';
import { ConfigurationError } from '../../configuration/toml-file.ts';
import { argumentError } from '../../domain/argument-error.ts';
import { AgeFileError } from '../age.ts';
import { AttestationRootError } from '../attestation.ts';
import { KeyStoreError } from '../authority/sealed-file.ts';
import { BackupError } from '../backup/backup-error.ts';
import { PostgresToolError } from '../backup/postgres-tools.ts';
import type { Central } from '../central.ts';
import { centralPlaces, readCentralConfiguration } from '../central-configuration.ts';
import { ClusterError } from '../cluster-folder.ts';
import { asDatabaseError, DatabaseError } from '../database.ts';
import { ImportRefusedError } from '../import/problem.ts';
import { MasterKeyError } from '../master-keys.ts';
import { ProfileDocumentError } from '../profile-document.ts';
import { ListenError } from '../remembered.ts';
import { openCentralForCommand } from '../server.ts';
import { CardSecretsError } from '../take-over/card-secrets-file.ts';
import { TokenError } from '../token/token-error.ts';
import { auditCommand } from './audit.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { caCommand } from './ca.ts';
import { cardCommand } from './card.ts';
import { importKeyCommand } from './card-secrets.ts';
import { codeCommand } from './code.ts';
import { CommandError, type CommandIo, UsageError } from './command-io.ts';
import { groupCommand } from './group.ts';
import { importCommand } from './import.ts';
import { kioskCommand } from './kiosk.ts';
import { mailCommand } from './mail.ts';
import { masterKeyCommand } from './master-key.ts';
import { operationCommand } from './operation.ts';
import { operatorCommand } from './operator.ts';
import { personCommand } from './person.ts';
import { profileCommand } from './profile.ts';
import { requestCommand } from './request.ts';
import { startCommand } from './start.ts';
import { sweepCommand } from './sweep.ts';
import { tokenCommand } from './token.ts';

const USAGE = `usage: recard central start [--host ADDRESS] [--port N] [--http-port N] [--name NAME]…
                            [--published-url URL] [--log FILE] [--docs]
       recard central … --config FILE   instead of /etc/recard/central.toml
       recard central person set ID [--name NAME] [--mail MAIL] [--upn UPN] [--photo FILE]
                                    [--group NAME] [--state active|disabled] [--approved-until DATE|never]
       recard central person list [--group NAME] [--search TEXT] [--limit N] [--json]
       recard central person show ID [--json]
       recard central group list [--json]
       recard central group delete NAME
       recard central profile put FILE [--dry-run]
       recard central profile list [--json]
       recard central profile show NAME [--revision N]
       recard central profile diff NAME REVISION REVISION
       recard central profile delete NAME
       recard central card show NAME [--json]
       recard central card list [--holder ID] [--state issued|disabled|cancelled] [--limit N] [--json]
       recard central card cancel NAME --reason lost|stolen|damaged|leaver [--note TEXT] [--as LOGIN] [--json]
       recard central card disable NAME --reason under-investigation [--note TEXT] [--as LOGIN] [--json]
       recard central card enable NAME [--note TEXT] [--as LOGIN] [--json]
       recard central import groups|people|cards FILE [--dry-run [--show N]] [--separator CHARACTER]
                                    [--disable-missing] [--json]
       recard central import card-secrets FILE [--dry-run]
       recard central import-key
       recard central operator bootstrap --person LOGIN
       recard central operator add LOGIN --role helpdesk|administrator --group NAME
       recard central operator remove LOGIN
       recard central operator list [--json]
       recard central request certificates PERSON [--json]
       recard central request new existing-card CARD [--certificate SERIAL]…
                                    [--without SERIAL --confirm-removal SERIAL]…
       recard central request new soft-certificate PERSON --profile NAME --certificate SERIAL…
       recard central request new new-card PERSON --profile NAME [--certificate SERIAL]…
                                    [--in-place-of CARD --reason REASON]
       recard central request new card-update CARD --reason REASON
       recard central request list [--state toApprove|waiting|done|all|STATE] [--person ID] [--limit N] [--json]
       recard central request show ID [--json]
       recard central request approve ID --as LOGIN [--note TEXT]
       recard central request reject ID --as LOGIN --note TEXT
       recard central request cancel ID [--note TEXT]
       recard central request token ID
       recard central request … --as LOGIN   as that operator, with their rights
       recard central code give CARD [--long]
       recard central code give --request ID [--long]
       recard central operation list [--json]
       recard central operation abandon ID [--reason TEXT]
       recard central sweep [--json]
       recard central mail list [--json]
       recard central mail retry ID|all
       recard central mail test PERSON
       recard central kiosk add NAME --scope GROUP[,GROUP]
       recard central kiosk list [--json]
       recard central kiosk revoke NAME
       recard central ca revoke SERIAL --reason REASON [--crl-only]
       recard central ca chain
       recard central audit list [--json]
       recard central audit verify [--json]
       recard central audit export [--format jsonl|syslog] [--since TIME|NUMBER]
       recard central master-key rotate
       recard central master-key list [--json]
       recard central master-key retire N
       recard central token show [--json]
       recard central token move
       recard central backup FILE --recipient age1…|--passphrase-file F
       recard central backup --verify FILE --identity F|--passphrase-file F
       recard central restore FILE --identity F|--passphrase-file F --signed-by FINGERPRINT [--state DIR] [--replace NAME]
`;

const HELP = ['--help', '-h'];

type Command = (central: Central, args: readonly string[], io: CommandIo) => Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = {
  person: personCommand,
  profile: profileCommand,
  card: cardCommand,
  code: codeCommand,
  operation: operationCommand,
  sweep: sweepCommand,
  ca: caCommand,
  audit: auditCommand,
  kiosk: kioskCommand,
  group: groupCommand,
  mail: mailCommand,
  operator: operatorCommand,
  request: requestCommand,
  import: importCommand,
  'import-key': importKeyCommand,
  'master-key': masterKeyCommand,
};

/**
 * `recard central …`: the server, and its records beside it or without it.
 * @param args with `--config FILE` anywhere among them
 * @param home where the configuration names no state folder, state is in `<home>/central`; the database is DATABASE_URL's, the
 *   configuration's, else central's own
 * @returns 0 done, 1 refused, 2 usage
 */
export async function centralCommand(args: readonly string[], home: string, io: CommandIo): Promise<number> {
  let words = args;
  try {
    const { config, rest: others } = withoutConfig(args);
    words = others;
    const [noun = '', ...rest] = words;
    if (words.some((word) => HELP.includes(word))) {
      io.stdout.write(usageOf(noun));
      return 0;
    }
    const configuration = readCentralConfiguration(config);
    const places = centralPlaces(configuration, home);
    const { stateDir, databaseUrl } = places;
    if (noun === 'start') {
      await startCommand(configuration, places, rest, io);
      return 0;
    }
    if (noun === 'restore') {
      await restoreCommand({ ...places, config }, rest, io);
      return 0;
    }
    const command = Object.hasOwn(COMMANDS, noun) ? COMMANDS[noun] : undefined;
    if (!command && noun !== 'backup' && noun !== 'token')
      throw new UsageError(noun === '' ? 'central: what?' : noSuch(noun));
    if (databaseUrl === null && !existsSync(stateDir)) {
      throw new CommandError(
        `there is no central in ${stateDir}: start it, or name another one with --config or RECARD_HOME`,
      );
    }
    if (noun === 'backup') {
      await backupCommand(places, rest, io);
      return 0;
    }
    if (noun === 'token') {
      await tokenCommand(places, rest, io);
      return 0;
    }
    const { central, close } = await openCentralForCommand(stateDir, databaseUrl, places);
    try {
      await command?.(central, rest, io);
    } finally {
      await close();
    }
    return 0;
  } catch (error) {
    return report(asDatabaseError(error) ?? error, words, io);
  }
}

/** All of them would push it off the screen. */
function noSuch(noun: string): string {
  const nouns = ['start', ...Object.keys(COMMANDS), 'token', 'backup', 'restore'].join(', ');
  return `central: there is no ${noun}; there are ${nouns}`;
}

/** How the commands of one noun are used, or the one that is meant; all of them where there is no such noun. */
function usageOf(noun: string, verb = ''): string {
  const entries = USAGE.replace('usage: ', '       ').split(/^(?=\s{7}recard)/m);
  const own = entries.filter((entry) => entry.trim().split(/\s+/)[2] === noun);
  const meant = own.filter((entry) => entry.trim().split(/\s+/)[3] === verb);
  const shown = meant.length > 0 ? meant : own;
  return shown.length === 0 ? USAGE : shown.join('').replace('       ', 'usage: ');
}

/** Takes `--config FILE` out, wherever it stands: every command knows it. */
function withoutConfig(args: readonly string[]): {
  readonly config: string | null;
  readonly rest: readonly string[];
} {
  const at = args.findIndex((one) => one === '--config' || one.startsWith('--config='));
  if (at < 0) return { config: null, rest: args };
  const isOneWord = args[at] !== '--config';
  const config = isOneWord ? args[at]!.slice('--config='.length) : args[at + 1];
  if (!config) throw new UsageError('central: --config needs a file');
  return { config, rest: args.toSpliced(at, isOneWord ? 1 : 2) };
}

/** What somebody can act on is said in one line, the last one; the rest is a bug and goes on up. */
function report(error: unknown, [noun = '', verb]: readonly string[], io: CommandIo): number {
  const mistyped = argumentError(error);
  const mistake = mistyped === null ? null : `${noun}: ${mistyped}`;
  const said = error instanceof UsageError ? error.message : mistake;
  if (said !== null) {
    const isKnown = noun === '' || usageOf(noun) !== USAGE;
    io.stderr.write(`${isKnown ? usageOf(noun, verb) : ''}recard: ${said}\n`);
    return 2;
  }
  const expected = [
    ...[AttestationRootError, CommandError, ProfileDocumentError, ClusterError, ListenError],
    ...[ImportRefusedError, KeyStoreError, AgeFileError, CardSecretsError, MasterKeyError],
    ...[BackupError, PostgresToolError, ConfigurationError, DatabaseError, StateFolderError],
    TokenError,
  ];
  if (error instanceof Error && expected.some((kind) => error instanceof kind)) {
    io.stderr.write(`recard: ${error.message}\n`);
    return 1;
  }
  throw error;
}
