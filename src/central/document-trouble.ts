/** What zod finds wrong in a document that people write, in words for them. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  ...{
    string: 'text in quotation marks',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
  },
  ...{ array: 'a list', object: 'a table', record: 'a table' },
};

/**
 * Where it is, in the document's own names: `slot 9C: algorithm` for the second of the slots.
 * @param value the document
 */
export function placeIn(value: unknown, path: readonly PropertyKey[]): string {
  const at = path.findIndex((part) => typeof part === 'number');
  if (at < 1) return path.join('.') || 'the document';
  const [list, index] = [path.slice(0, at).join('.'), path[at] as number];
  const rest = path.slice(at + 1).join('.');
  const one = path.slice(0, at + 1).reduce(inside, value);
  const name = inside(one, list.replace(/s$/, ''));
  const which =
    typeof name === 'string' ? `${list.replace(/s$/, '')} ${name}` : `${list}, number ${index + 1}`;
  return rest === '' ? which : `${which}: ${rest}`;
}

/** What is wrong there, and what to write; a check's own message as it is. */
export function troubleOf(issue: Issue, value: unknown): string {
  if (!/^(Invalid|Too|Unrecognized)\b/.test(issue.message)) return issue.message;
  if (issue.path.length > 0 && issue.path.reduce(inside, value) === undefined)
    return `it is missing: ${wanted(issue)}`;
  return wanted(issue);
}

function wanted(issue: Issue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${issue.keys.join(', ')} is not known here: check its spelling or remove it`;
    case 'invalid_type':
      return `write ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `write ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((one) => JSON.stringify(one)).join(', ')}`;
    case 'too_small':
      return `at least ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `at most ${amount(issue.maximum, issue.origin)}`;
    default:
      return issue.message;
  }
}

function amount(count: number | bigint, origin: string): string {
  if (origin === 'string') return `${count} character${count === 1 ? '' : 's'}`;
  if (origin === 'array') return `${count} of them`;
  return String(count);
}

function inside(value: unknown, part: PropertyKey): unknown {
  return (value as Record<PropertyKey, unknown> | null | undefined)?.[part];
}
