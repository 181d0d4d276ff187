import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The names under which packages carry their terms. */
const TERMS = /^(licen[cs]e|notice|copying)/i;

/**
 * Who has written what is in the package, and under which terms: name, version and licence of each npm package, then its own words.
 * @param folders of the npm packages
 * @throws Error when one does not say its licence
 */
export function thirdPartyLicences(root: string, folders: readonly string[]): string {
  return folders.map((folder) => licenceOf(join(root, folder))).join(`\n\n${'='.repeat(80)}\n\n`);
}

function licenceOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string | { readonly type: string };
  };
  const { name, version, license } = manifest;
  const licence = typeof license === 'string' ? license : license?.type;
  const terms = existsSync(folder) ? readdirSync(folder).filter((file) => TERMS.test(file)) : [];
  if (licence === undefined && terms.length === 0) throw new Error(`${name} ${version}: it says no licence`);
  const words = terms.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version}: ${licence ?? 'see below'}`, ...words].join('\n\n');
}
