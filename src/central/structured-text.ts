/** Documents that people write, in TOML or JSON, with the lines of what is in them. */
import { parse, TomlError } from 'smol-toml';
import { tomlTrouble } from '../configuration/toml-file.ts';

/** Text that is neither; the message names the line. */
export class StructuredTextError extends Error {
  override readonly name = 'StructuredTextError';
}

export interface StructuredText {
  readonly value: unknown;
  /** The line of a key, or of the nearest thing around it that is there; null for what is not there at all. */
  lineOf(path: readonly PropertyKey[]): number | null;
}

/** @param text JSON where it begins with a brace, else TOML. @throws StructuredTextError */
export function readStructuredText(text: string): StructuredText {
  if (/^\ufeff?\s*\{/.test(text)) {
    return { value: parseJson(text.replace(/^\ufeff/, '')), lineOf: (path) => lineInJson(text, path) };
  }
  return { value: parseToml(text), lineOf: (path) => lineInToml(text, path) };
}

function parseToml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    throw new StructuredTextError(`line ${cause.line}: ${tomlTrouble(cause)}`, { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const line = /\(line (\d+) column \d+\)/.exec(cause.message)?.[1] ?? text.trimEnd().split('\n').length;
    const what = cause.message.replace(/(?:, (?:\.{3})?"[\s\S]*| in JSON at position[\s\S]*)$/, '');
    throw new StructuredTextError(`line ${line}: this is not JSON: ${what}`, { cause });
  }
}

/** Goes along the path from key to key: enough for documents whose objects are not nested in arrays of arrays. */
function lineInJson(text: string, path: readonly PropertyKey[]): number | null {
  let at = 0;
  let isFound = path.length === 0;
  for (const part of path) {
    const next = typeof part === 'number' ? nthObject(text, at, part) : keyAt(text, at, String(part));
    if (next < 0) break;
    at = next;
    isFound = true;
  }
  return isFound ? text.slice(0, at).split('\n').length : null;
}

function keyAt(text: string, from: number, key: string): number {
  const found = new RegExp(`"${key.replace(/[^\w-]/g, '\\$&')}"\\s*:`).exec(text.slice(from));
  return found ? from + found.index : -1;
}

function nthObject(text: string, from: number, index: number): number {
  let at = text.indexOf('[', from);
  for (let left = index; left >= 0 && at >= 0; left -= 1) at = text.indexOf('{', at + 1);
  return at;
}

/** The line of a key, or of the nearest thing around it that is there; null for what is not there at all. */
function lineInToml(text: string, path: readonly PropertyKey[]): number | null {
  const key = path.findLast((part) => typeof part === 'string');
  const index = path.find((part) => typeof part === 'number') ?? 0;
  const names = path.filter((part) => typeof part === 'string');
  const table = (typeof path.at(-1) === 'number' ? names : names.slice(0, -1)).join('.');
  let current = '';
  let seen = -1;
  let tableLine: number | null = null;
  for (const [at, line] of text.split('\n').entries()) {
    const header = /^\s*\[+\s*([\w.-]+)\s*\]+/.exec(line)?.[1];
    if (header !== undefined) {
      current = header;
      if (header === (table || key)) seen += 1;
      if (header === (table || key) && seen === index) tableLine = at + 1;
    } else if (current === table && (table === '' || seen === index)) {
      if (/^\s*([\w-]+)\s*=/.exec(line)?.[1] === key) return at + 1;
    }
  }
  if (tableLine !== null || path.length < 2) return tableLine;
  return lineInToml(text, path.slice(0, -1));
}
