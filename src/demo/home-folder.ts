import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { makeFolder } from '../configuration/make-folder.ts';
import type { DemoPaths } from './paths.ts';

/** This home is not the demo's to use. */
export class HomeError extends Error {
  override readonly name = 'HomeError';
}

/**
 * Makes the demo's folders, or takes them as they were left. A world that was not finished is made anew.
 * @throws HomeError when there is state here that no demo has made
 */
export function prepareHome(paths: DemoPaths, isFresh: boolean): void {
  const isDemo = existsSync(paths.demo);
  if (!isDemo && [paths.central, paths.kiosk].some(hasContent)) {
    throw new HomeError(
      `start demo: ${paths.home} holds the state of a real kiosk or central; choose another folder with RECARD_HOME`,
    );
  }
  if (isFresh || !existsSync(paths.marker)) {
    for (const folder of [paths.central, paths.kiosk, paths.demo])
      rmSync(folder, { recursive: true, force: true });
  }
  makeFolder(paths.home, 0o755);
  for (const folder of [paths.demo, paths.kiosk]) mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** From now on this world is kept. */
export function markWorld(paths: DemoPaths): void {
  if (!existsSync(paths.marker)) writeFileSync(paths.marker, `${JSON.stringify({ version: 1 })}\n`);
}

function hasContent(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length > 0;
}
