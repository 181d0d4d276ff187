import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { LANGUAGES } from '../../src/flows/kiosk-view.ts';
import { STATES } from '../flows/walk-up-states.ts';
import { drawEverything } from '../support/picture-files.ts';
import { FLOWS } from '../support/pictures.ts';
import { DESK_STATES } from './desk-states.ts';

// Before anything is imported that draws.
await vi.hoisted(async () => {
  const { PICTURE_SURROUNDINGS } = await import('../support/picture-surroundings.ts');
  Object.assign(process.env, PICTURE_SURROUNDINGS);
});

const FOLDER = 'docs/screens';
/** What is larger loads slowly in a list of a hundred. */
const LARGEST = 12 * 1024;
const PICTURES = FLOWS.flatMap(({ pictures }) => pictures);
let files: ReadonlyMap<string, string>;

beforeAll(async () => {
  files = await drawEverything();
});

describe('The pictures in docs/screens', () => {
  it('are what the kiosk shows, in every language, and no others are there', () => {
    const onDisk = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(svg|md)$/.test(path),
    );
    const stale = [...files].filter(([path, text]) => !onDisk.includes(path) || read(path) !== text);
    const surplus = onDisk.filter((path) => !files.has(path));
    const wrong = [...stale.map(([path]) => path), ...surplus];
    expect(wrong, 'docs/screens is not what the kiosk shows: run: npm run pictures').toEqual([]);
  });

  it('are of every step of a cardholder, and of every page and question of the desk', () => {
    const drawn = PICTURES.map(({ view }) => view);
    const kinds = new Set(drawn.map(({ walkUp }) => walkUp?.kind));
    expect(Object.keys(STATES).filter((kind) => !kinds.has(kind as keyof typeof STATES))).toEqual([]);
    const shown = new Set(drawn.flatMap(({ desk }) => (desk ? kindsOf(desk.state) : [])));
    const wanted = new Set(DESK_STATES.flatMap(([, state]) => kindsOf(state)));
    expect([...wanted].filter((kind) => !shown.has(kind))).toEqual([]);
  });

  it('are small, and have names of their own', () => {
    const large = [...files].filter(([path, text]) => path.endsWith('.svg') && text.length > LARGEST);
    expect(large.map(([path]) => path)).toEqual([]);
    expect(files.size).toBe(PICTURES.length * LANGUAGES.length + 1);
  });
});

/** The page, or the step of a dialog over it. */
function kindsOf(state: (typeof DESK_STATES)[number][1]): readonly string[] {
  if (state.kind !== 'open') return [state.kind];
  return [state.dialog === null ? `page ${state.pages.at(-1)!.kind}` : `step ${state.dialog.step.kind}`];
}

function read(path: string): string {
  return readFileSync(join(FOLDER, path), 'utf8');
}
