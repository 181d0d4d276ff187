import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { register } from 'tsx/esm/api';
import { PICTURE_SURROUNDINGS } from './picture-surroundings.ts';

/** `npm run pictures`: every screen as a picture, in every language, drawn by the renderer of the kiosk. */
const FOLDER = 'docs/screens';

Object.assign(process.env, PICTURE_SURROUNDINGS, { NODE_ENV: 'production' });
// Node does not know JSX; the screens are what is drawn.
register();
const { drawEverything } = await import('./picture-files.ts');

const files = await drawEverything();
for (const [path, text] of files) {
  mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
  writeFileSync(join(FOLDER, path), text);
}
for (const path of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }))
  if (/\.(svg|md)$/.test(path) && !files.has(path)) rmSync(join(FOLDER, path));
process.stdout.write(`${files.size} files in ${FOLDER}\n`);
