/** The configuration files of both programs: TOML, checked against a schema, with errors that name the line and the remedy. */
import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import type * as z from 'zod/mini';

/** The configuration cannot be used. The message names file, line and remedy. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** An object of zod's, or of zod/mini's: both check themselves. */
type Schema = z.core.$ZodObject & { safeParse(value: unknown): z.core.util.SafeParseResult<unknown> };

/**
 * Reads a file of settings, in tables or without.
 * @param schema strict; the messages of its checks say what to write
 * @throws ConfigurationError
 */
export function readTomlFile<T extends Schema>(path: string, schema: T): z.output<T> {
  const text = readText(path);
  const read = schema.safeParse(parseToml(path, text));
  if (!read.success)
    throw new ConfigurationError(explain(path, text, read.error, Object.keys(schema._zod.def.shape)));
  return read.data as z.output<T>;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const message = `read configuration ${path}: ${why}; name another file with --config`;
    throw new ConfigurationError(message, { cause });
  }
}

function parseToml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const where = `${path}, line ${cause.line}`;
    throw new ConfigurationError(`read configuration ${where}: ${tomlTrouble(cause)}`, { cause });
  }
}

/** What the library says, in one line; an open text is met by it as a line break that cannot be there. */
export function tomlTrouble({ message }: TomlError): string {
  const what = message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? '';
  if (/control characters are not allowed in strings|unfinished string/.test(what))
    return 'a text is not closed: end it with a quotation mark on its line';
  return `this is not TOML: ${what}`;
}

function explain(path: string, text: string, error: z.core.$ZodError, known: readonly string[]): string {
  const issue = error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const keys = [...issue.path, issue.keys[0]!].map(String);
    const where = `${path}${lineOf(text, keys)}`;
    const those = issue.path.length === 0 ? `; known are ${known.join(', ')}` : '';
    return `read configuration ${where}: ${keys.join('.')} is not known${those}`;
  }
  // What is inside of a list is told of the list.
  const keys = issue.path.filter((key) => typeof key === 'string');
  return `read configuration ${path}${lineOf(text, keys)}: ${keys.join('.')}: ${issue.message}`;
}

/** Of a key, or of its table where it is missing. @param keys the tables that it is in, and the key */
function lineOf(text: string, keys: readonly string[]): string {
  const lines = text.split('\n');
  const isHead = (line: string) => /^\s*\[/.test(line);
  const named = (line: string) => line.split('=')[0]!.replace(/["'[\]\s]/g, '');
  const [table, key] = [keys.slice(0, -1).join('.'), keys.at(-1)];
  const head = table === '' ? -1 : lines.findIndex((line) => isHead(line) && named(line) === table);
  const end = lines.findIndex((line, at) => at > head && isHead(line));
  const inside = lines.slice(0, end < 0 || table === '' ? undefined : end);
  const at = inside.findIndex((line, index) => index > head && named(line) === key);
  const found = at < 0 ? head : at;
  return found < 0 ? '' : `, line ${found + 1}`;
}
