import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { findRevision, newestRevision, type ProfileRevision } from '../repositories/profiles.ts';
import { CommandError } from './command-io.ts';

/**
 * `central profile show NAME [--revision N]`: the document as it was put in; of a withdrawn profile too.
 * @param revision null: the newest
 */
export async function showProfile(central: Central, name: string, revision: string | null): Promise<string> {
  const found = revision === null ? await newestRevision(central.database, name) : null;
  if (found === undefined) throw unknown('show', name);
  const { document } = found ?? (await revisionOf(central, 'show', name, revision ?? ''));
  return document.endsWith('\n') ? document : `${document}\n`;
}

/** `central profile diff NAME N N`: what differs between two documents, as `diff -u` writes it; empty for nothing. */
export async function diffProfile(central: Central, name: string, from: string, to: string): Promise<string> {
  const [before, after] = [
    await revisionOf(central, 'diff', name, from),
    await revisionOf(central, 'diff', name, to),
  ];
  if (before.document === after.document) return '';
  const headings = [before, after].map(({ profile }) => `${name} revision ${profile.revision}`) as [
    string,
    string,
  ];
  const dates = [before, after].map(({ savedAt }) => toInstant(savedAt)) as [string, string];
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(...headings, before.document, after.document, ...dates, options);
}

async function revisionOf(
  central: Central,
  verb: string,
  name: string,
  revision: string,
): Promise<ProfileRevision> {
  const newest = await newestRevision(central.database, name);
  if (!newest) throw unknown(verb, name);
  const found = /^[1-9]\d{0,8}$/.test(revision)
    ? await findRevision(central.database, name, Number(revision))
    : undefined;
  if (found) return found;
  throw new CommandError(
    `${verb} profile: ${name} has the revisions 1 to ${newest.profile.revision}, and no ${revision}`,
  );
}

function unknown(verb: string, name: string): CommandError {
  return new CommandError(`${verb} profile: there is no ${name}; see: profile list`);
}
