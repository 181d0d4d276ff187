import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigurationError, readTomlFile } from '../configuration/toml-file.ts';
import { type MailSettings, mailSettings, mailTable } from './mail/mail-settings.ts';
import { type TokenSettings, tokenSettings, tokenTable } from './token/token-settings.ts';

/** `central.toml`, checked; paths are absolute. What it does not say is undefined. */
export interface CentralConfiguration {
  readonly listen: string | undefined;
  readonly port: number | undefined;
  readonly httpPort: number | undefined;
  readonly names: readonly string[] | undefined;
  readonly kioskUrl: string | undefined;
  readonly publishedUrl: string | undefined;
  readonly databaseUrlFile: string | undefined;
  readonly stateFolder: string | undefined;
  readonly authorityFolder: string | undefined;
  readonly keyFile: string | undefined;
  readonly poolSize: number | undefined;
  readonly organisation: string | undefined;
  readonly logFile: string | undefined;
  readonly mail: MailSettings | undefined;
  readonly token: TokenSettings | undefined;
}

const DEFAULT_FILE = '/etc/recard/central.toml';
/** As the unit names them: LoadCredential=database-url:…, authority.key:…, mail-password:… and token-pin:… */
const CREDENTIALS = {
  databaseUrl: 'database-url',
  keyFile: 'authority.key',
  mailPassword: 'mail-password',
  tokenPin: 'token-pin',
} as const;

const PUBLISHED_URL = 'write an address without a path, such as "http://pki.example"';
const KIOSK_URL = 'write an address without a path, such as "https://central.example:8443"';
const port = z.int('write a port, such as 8443').min(1, 'write 1 to 65535').max(65_535, 'write 1 to 65535');
const path = (what: string) => z.string(`write the path of ${what}`).min(1, `write the path of ${what}`);

const file = z.strictObject({
  listen: z.string('write an address of this machine, such as "0.0.0.0"').min(1).optional(),
  port: port.optional(),
  http_port: port.optional(),
  names: z.array(z.string().min(1), 'write names, such as ["central.example"]').optional(),
  kiosk_url: z
    .url({ protocol: /^https$/, error: KIOSK_URL })
    .refine((url) => URL.parse(url)?.pathname === '/', KIOSK_URL)
    .transform((url) => new URL(url).origin)
    .optional(),
  published_url: z
    .url({ protocol: /^http$/, error: PUBLISHED_URL })
    .refine((url) => URL.parse(url)?.pathname === '/', PUBLISHED_URL)
    .transform((url) => new URL(url).origin)
    .optional(),
  database_url_file: path('a file with the address of the database').optional(),
  state_folder: path('a folder that central may write to').optional(),
  authority_folder: path('the folder with the keys of central').optional(),
  key_file: path('the file that opens the keys of central').optional(),
  pool_size: z.int('write a whole number').min(2, 'write 2 or more').max(200, 'write 200 or less').optional(),
  organisation: z.string('write a name, such as "Example Ltd"').min(1).max(60).optional(),
  log_file: path('a file').optional(),
  mail: mailTable.optional(),
  token: tokenTable.optional(),
});

/**
 * Reads `central.toml`; relative paths are relative to it.
 * @param named null: the file of the machine, if there is one and RECARD_HOME names no other home
 * @throws ConfigurationError
 */
export function readCentralConfiguration(named: string | null, env = process.env): CentralConfiguration {
  const isPlain = named === null && (env.RECARD_HOME || !existsSync(DEFAULT_FILE));
  const configuration = named ?? DEFAULT_FILE;
  const read = isPlain ? file.parse({}) : readTomlFile(configuration, file);
  const from = (relative: string | undefined) =>
    relative === undefined ? undefined : resolve(dirname(configuration), relative);
  const { listen, names, organisation, port: kioskPort } = read;
  return {
    ...{ listen, names, organisation, port: kioskPort, httpPort: read.http_port },
    ...{ kioskUrl: read.kiosk_url, publishedUrl: read.published_url },
    databaseUrlFile: from(read.database_url_file),
    stateFolder: from(read.state_folder),
    authorityFolder: from(read.authority_folder),
    keyFile: from(read.key_file),
    poolSize: read.pool_size,
    logFile: from(read.log_file),
    mail: read.mail && mailSettings(read.mail, dirname(configuration), credential(env, 'mailPassword')),
    token: read.token && tokenSettings(read.token, dirname(configuration), credential(env, 'tokenPin')),
  };
}

/** The file of a credential that the unit hands over. */
function credential(env: NodeJS.ProcessEnv, name: keyof typeof CREDENTIALS): string | undefined {
  const found = env.CREDENTIALS_DIRECTORY && join(env.CREDENTIALS_DIRECTORY, CREDENTIALS[name]);
  return found && existsSync(found) ? found : undefined;
}

/** Where one central keeps what it keeps: the server's and every command's. */
export interface CentralPlaces {
  readonly stateDir: string;
  /** Null: a cluster of central's own under the state folder. */
  readonly databaseUrl: string | null;
  /** Keys and their certificates; several centrals on one database have the same. Default: under the state folder. */
  readonly authorityDir?: string;
  /** Opens them. Default: under the state folder. */
  readonly keyFile?: string;
  /** Of the certificates that are issued when the authority is founded. */
  readonly organisation?: string;
  /** Connections to the database at most. */
  readonly poolSize?: number;
  /** How people are told of what is done to their cards. Default: they are not. */
  readonly mail?: MailSettings;
  /** The token that keys of the authority are in. Default: all are in sealed files. */
  readonly token?: TokenSettings;
}

/**
 * Credentials of the unit go first, so that commands and the unit may have the same file.
 * @param home for what the configuration does not name: `<home>/central`
 * @throws ConfigurationError when the file with the database's address cannot be used; its content is not told
 */
export function centralPlaces(
  configuration: CentralConfiguration,
  home: string,
  env = process.env,
): CentralPlaces {
  const { stateFolder, authorityFolder, organisation, poolSize, mail, token } = configuration;
  const databaseUrlFile = credential(env, 'databaseUrl') ?? configuration.databaseUrlFile;
  const fromFile = databaseUrlFile === undefined ? null : readDatabaseUrl(databaseUrlFile);
  return {
    stateDir: stateFolder ?? join(home, 'central'),
    databaseUrl: env.DATABASE_URL || fromFile,
    authorityDir: authorityFolder,
    keyFile: credential(env, 'keyFile') ?? configuration.keyFile,
    ...{ organisation, poolSize, mail, token },
  };
}

function readDatabaseUrl(path: string): string {
  const remedy = 'put the address into it, such as postgresql://recard@db.example/recard?sslmode=verify-full';
  try {
    const url = readFileSync(path, 'utf8').trim();
    if (/^postgres(ql)?:\/\/\S+$/.test(url)) return url;
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new ConfigurationError(`read database address ${path}: ${why}; ${remedy}`, { cause });
  }
  throw new ConfigurationError(`read database address ${path}: that is none; ${remedy}`);
}
