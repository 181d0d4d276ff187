import type { WireSchema } from './routes.ts';

/** Keywords that bound one value: a reader that has one takes what the writer bounds in the same way. */
const TEXTUAL = ['pattern', 'format'] as const;
const LOWEST = ['minimum', 'minLength', 'minItems'] as const;
const HIGHEST = ['maximum', 'maxLength', 'maxItems'] as const;

/**
 * What a reader would not take of what a writer may write, each as `path: why`. What a reader does not know it ignores.
 * Careful: what cannot be compared counts as not taken.
 */
export function notTaken(reader: WireSchema, writer: WireSchema, path = 'it'): readonly string[] {
  if (saysNothing(reader)) return [];
  const writes = options(writer);
  if (writes.length > 1) return writes.flatMap((option) => notTaken(reader, option, path));
  const reads = options(reader);
  if (reads.length === 1) return notTakenByOne(reads[0]!, writer, path);
  const tries = reads.map((option) => notTaken(option, writer, path));
  return tries.reduce((least, one) => (one.length < least.length ? one : least));
}

function notTakenByOne(reader: WireSchema, writer: WireSchema, path: string): readonly string[] {
  const words = wordsOf(writer);
  const known = wordsOf(reader);
  if (known) {
    const news = (words ?? ['any text']).filter((word) => !known.includes(word));
    return news.map((word) => `${path}: ${JSON.stringify(word)} is not among ${known.join(', ')}`);
  }
  if (reader.type !== writer.type && !(reader.type === 'number' && writer.type === 'integer'))
    return [`${path}: ${writer.type ?? 'anything'} where ${reader.type} was`];
  if (reader.type === 'object') return notTakenObject(reader, writer, path);
  if (reader.type === 'array')
    return [...notTakenArray(reader, writer, path), ...notTakenBounds(reader, writer, path)];
  return words ? [] : notTakenBounds(reader, writer, path);
}

function notTakenObject(reader: WireSchema, writer: WireSchema, path: string): readonly string[] {
  const written = writer.properties ?? {};
  return Object.entries(reader.properties ?? {}).flatMap(([name, wanted]) => {
    const here = `${path}.${name}`;
    const isRequired = reader.required?.includes(name) ?? false;
    if (!(name in written)) return isRequired ? [`${here} is gone`] : [];
    if (isRequired && !writer.required?.includes(name)) return [`${here} may be missing`];
    return notTaken(wanted as WireSchema, written[name] as WireSchema, here);
  });
}

function notTakenArray(reader: WireSchema, writer: WireSchema, path: string): readonly string[] {
  if (reader.prefixItems) {
    const written = writer.prefixItems ?? [];
    return reader.prefixItems.flatMap((item, i) =>
      written[i] === undefined
        ? [`${path}[${i}] is gone`]
        : notTaken(item as WireSchema, written[i] as WireSchema, `${path}[${i}]`),
    );
  }
  return notTaken(reader.items as WireSchema, (writer.items ?? {}) as WireSchema, `${path}[]`);
}

function notTakenBounds(reader: WireSchema, writer: WireSchema, path: string): readonly string[] {
  const found: string[] = [];
  for (const word of TEXTUAL)
    if (reader[word] !== undefined && reader[word] !== writer[word]) found.push(`${path}: another ${word}`);
  for (const word of LOWEST)
    if ((reader[word] ?? Number.NEGATIVE_INFINITY) > (writer[word] ?? Number.NEGATIVE_INFINITY))
      found.push(`${path}: ${word} was ${writer[word] ?? 'none'}, is ${reader[word]}`);
  for (const word of HIGHEST)
    if ((reader[word] ?? Number.POSITIVE_INFINITY) < (writer[word] ?? Number.POSITIVE_INFINITY))
      found.push(`${path}: ${word} ${reader[word]} against ${writer[word] ?? 'none'}`);
  return found;
}

/** Also of a type that is a list: each as a schema of its own. */
function options(schema: WireSchema): readonly WireSchema[] {
  const { type } = schema as { readonly type?: string | readonly string[] };
  if (Array.isArray(type)) return type.map((one) => ({ ...schema, type: one }) as WireSchema);
  return (schema.anyOf ?? schema.oneOf ?? [schema]) as readonly WireSchema[];
}

function wordsOf(schema: WireSchema): readonly unknown[] | null {
  if (schema.enum) return schema.enum;
  return schema.const === undefined ? null : [schema.const];
}

function saysNothing(schema: WireSchema): boolean {
  return Object.keys(schema).every((word) => word === 'default' || word === 'description');
}
