import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every form in which a leaked secret would be found: as it is, padded as a PIN, in hex, and in base64 at its three alignments. */
export function formsOf(
  name: string,
  secret: Uint8Array,
  isPin: boolean,
): { name: string; form: string; bytes: Buffer }[] {
  const raw = Buffer.from(secret);
  const forms: [string, Buffer][] = [['raw', raw]];
  const values = isPin ? [raw, Buffer.concat([raw, Buffer.alloc(8 - raw.length, 0xff)])] : [raw];
  for (const value of values) {
    forms.push(
      ['hex', Buffer.from(value.toString('hex'))],
      ['HEX', Buffer.from(value.toString('hex').toUpperCase())],
    );
    for (const alignment of [0, 1, 2]) {
      const text = Buffer.concat([Buffer.alloc(alignment), value]).toString('base64');
      // The first and last characters may mix with what stands around: of six bits each, those between are sure, and all of them
      // are looked for. Of a PIN's digits few would be in a file by chance.
      const [from, to] = [Math.ceil((alignment * 8) / 6), Math.floor(((alignment + value.length) * 8) / 6)];
      forms.push([`base64+${alignment}`, Buffer.from(text.slice(from, to))]);
    }
  }
  return forms.filter(([, bytes]) => bytes.length >= 6).map(([form, bytes]) => ({ name, form, bytes }));
}

/** Larger files are somebody else's: ours are small. */
const MAX_FILE_BYTES = 100 * 1024 * 1024;

/**
 * Where any of the forms stands in the files of a folder.
 * @param leaveOut folders that hold the secret by right
 * @param since only files changed from then on, ms since 1970: there may be none
 * @throws Error when fewer than three files were there to search, and `since` does not say why
 */
export function searchFolder(
  folder: string,
  forms: ReturnType<typeof formsOf>,
  leaveOut: readonly string[],
  since = 0,
): string[] {
  const found: string[] = [];
  let files = 0;
  // Another file system that is mounted below (a /proc, say) is not ours, and may have no end.
  const { dev } = lstatSync(folder);
  const walk = (path: string) => {
    if (leaveOut.includes(path)) return;
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.dev !== dev) return;
    if (stat?.isDirectory()) for (const entry of entriesOf(path)) walk(join(path, entry));
    if (!stat?.isFile() || stat.size > MAX_FILE_BYTES || stat.mtimeMs < since) return;
    files += 1;
    found.push(...searchBytes(path, contentOf(path), forms));
  };
  walk(folder);
  if (since === 0 && files < 3) throw new Error(`search ${folder}: only ${files} files were there`);
  return found;
}

/** A test of the search itself: every form, written to a file, must be found there. @returns the forms that were missed */
export function missedForms(forms: ReturnType<typeof formsOf>, scratch: string): string[] {
  return forms
    .filter(({ bytes }) => {
      writeFileSync(
        scratch,
        Buffer.concat([Buffer.from('something before '), bytes, Buffer.from(' and after')]),
      );
      return searchBytes(scratch, readFileSync(scratch), forms).length === 0;
    })
    .map(({ name, form }) => `${name} (${form})`);
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it has gone meanwhile
  }
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0); // it has gone meanwhile
  }
}

export function searchBytes(where: string, content: Buffer, forms: ReturnType<typeof formsOf>): string[] {
  return forms
    .filter(({ bytes }) => content.includes(bytes))
    .map(({ name, form }) => `${name} (${form}) in ${where}`);
}

/** Command lines and environments of every process. */
export function searchProcesses(forms: ReturnType<typeof formsOf>): string[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((pid) => ['cmdline', 'environ'].map((file) => join('/proc', pid, file)))
    .flatMap((file) => {
      try {
        return searchBytes(file, readFileSync(file), forms);
      } catch {
        return []; // it has ended meanwhile
      }
    });
}
