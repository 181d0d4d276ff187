import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';

/** `kiosk.toml`, checked; paths are absolute. */
export interface KioskConfiguration {
  /** As it stands on the screen and at central. */
  readonly name: string;
  readonly centralUrl: string;
  /** Holds the token that central gave this kiosk, and nothing else. Default: the unit's credential. */
  readonly tokenFile: string;
  /** Where the two databases live. */
  readonly stateFolder: string;
  readonly language: 'en' | 'de';
  readonly logFile: string;
  readonly idleSeconds: number;
}

/** The configuration cannot be used. The message names file, line and remedy. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const file = z.strictObject({
  name: z.string('write a name, such as "Lobby"').min(1, 'write a name, such as "Lobby"').max(60),
  central_url: z.url({
    protocol: /^https?$/,
    error: 'write an address, such as "https://central.example:8443"',
  }),
  token_file: z
    .string('write the path of the file with the token that central gave')
    .min(1)
    .default(() => join(process.env.CREDENTIALS_DIRECTORY ?? '/etc/recard', 'kiosk-token')),
  state_folder: z
    .string('write a folder that the kiosk may write to')
    .min(1)
    .default('/var/lib/recard/kiosk'),
  language: z.enum(['en', 'de'], 'write "en" or "de"').default('en'),
  log_file: z.string('write a path').min(1).default('/var/log/recard/kiosk.log'),
  idle_seconds: z
    .int('write a whole number')
    .min(10, 'write 10 or more')
    .max(3600, 'write 3600 or less')
    .default(90),
});

/**
 * Reads `kiosk.toml`; relative paths are relative to it.
 * @throws ConfigurationError
 */
export function readConfiguration(path: string): KioskConfiguration {
  const text = readText(path, 'read configuration', 'name another file with --config');
  const read = file.safeParse(parseToml(path, text));
  if (!read.success) throw new ConfigurationError(explain(path, text, read.error));
  const from = (relative: string) => resolve(dirname(path), relative);
  const { name, language } = read.data;
  return {
    name,
    language,
    centralUrl: read.data.central_url,
    tokenFile: from(read.data.token_file),
    stateFolder: from(read.data.state_folder),
    logFile: from(read.data.log_file),
    idleSeconds: read.data.idle_seconds,
  };
}

/** The token by which central knows this kiosk. @throws ConfigurationError */
export function readToken(configuration: KioskConfiguration): string {
  const { tokenFile } = configuration;
  const token = readText(
    tokenFile,
    'read token',
    'put the token that central gave this kiosk into it',
  ).trim();
  if (!/^[\x21-\x7e]{16,512}$/.test(token)) {
    throw new ConfigurationError(`read token ${tokenFile}: that is no token, ask central for a new one`);
  }
  return token;
}

function readText(path: string, intent: string, remedy: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new ConfigurationError(`${intent} ${path}: ${why}; ${remedy}`, { cause });
  }
}

function parseToml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const why = cause.message.split('\n')[0];
    throw new ConfigurationError(`read configuration ${path}, line ${cause.line}: ${why}`, { cause });
  }
}

function explain(path: string, text: string, error: z.ZodError): string {
  const issue = error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const known = Object.keys(file.shape).join(', ');
    return `read configuration ${path}${lineOf(text, key)}: ${key} is not known; known are ${known}`;
  }
  const key = String(issue.path[0]);
  return `read configuration ${path}${lineOf(text, key)}: ${key}: ${issue.message}`;
}

function lineOf(text: string, key: string): string {
  const at = text.split('\n').findIndex((line) => line.trimStart().startsWith(key));
  return at < 0 ? '' : `, line ${at + 1}`;
}
