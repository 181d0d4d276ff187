/** The configuration files of both programs: TOML, checked against a schema, with errors that name the line and the remedy. */
import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import type { z } from 'zod';

/** The configuration cannot be used. The message names file, line and remedy. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Reads a file of settings without tables.
 * @param schema strict; the messages of its checks say what to write
 * @throws ConfigurationError
 */
export function readTomlFile<T extends z.ZodObject>(path: string, schema: T): z.output<T> {
  const text = readText(path);
  const read = schema.safeParse(parseToml(path, text));
  if (!read.success) throw new ConfigurationError(explain(path, text, read.error, Object.keys(schema.shape)));
  return read.data;
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
    const why = cause.message.split('\n')[0];
    throw new ConfigurationError(`read configuration ${path}, line ${cause.line}: ${why}`, { cause });
  }
}

function explain(path: string, text: string, error: z.ZodError, known: readonly string[]): string {
  const issue = error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const where = `${path}${lineOf(text, key)}`;
    return `read configuration ${where}: ${key} is not known; known are ${known.join(', ')}`;
  }
  const key = String(issue.path[0]);
  return `read configuration ${path}${lineOf(text, key)}: ${key}: ${issue.message}`;
}

function lineOf(text: string, key: string): string {
  const named = (line: string) => line.split(/[=.]/)[0]!.replace(/["'[\]\s]/g, '');
  const at = text.split('\n').findIndex((line) => named(line) === key);
  return at < 0 ? '' : `, line ${at + 1}`;
}
