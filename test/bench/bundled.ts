import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, bundleScreen } from '../../packaging/bundle.ts';
import { firstFrame } from '../../packaging/first-frame.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The program as the package has it. @returns what Node is to be given */
export async function bundledRecard(folder: string): Promise<string> {
  await bundle(ROOT, folder);
  for (const name of ['node_modules', 'package.json']) symlinkSync(join(ROOT, name), join(folder, name));
  return join(folder, 'program/recard.js');
}

/**
 * A program of Ink and nothing else, bundled with the same settings.
 * @param how with Ink as it comes, or with the savings that the bundle makes in it
 * @returns what Node is to be given
 */
export function bundledInk(folder: string, how: 'as it comes' | 'saving'): Promise<string> {
  const [name, plugins] = how === 'saving' ? ['saving', firstFrame] : ['as-it-comes', []];
  return bundleScreen(ROOT, 'test/bench/bare-ink.tsx', join(folder, name), plugins);
}
