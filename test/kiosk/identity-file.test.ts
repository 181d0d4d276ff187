import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeIdentity } from '../../src/kiosk/identity-file.ts';

const SOMEBODY = 4711;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-identity-'));
  if (process.getuid?.() === 0) chownSync(folder, SOMEBODY, SOMEBODY);
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['a state folder that is there', (place: string) => join(place, 'identity.pem')],
  ['a folder that is made for it', (place: string) => join(place, 'kiosk', 'identity.pem')],
])('an identity in %s belongs to whoever the kiosk runs as, and to nobody else', (_where, pathIn) => {
  const path = pathIn(folder);
  writeIdentity(path, 'identity', false);
  const { uid, gid, mode } = statSync(path);
  const owner = statSync(folder);
  expect({ uid, gid, mode: mode & 0o777 }).toEqual({ uid: owner.uid, gid: owner.gid, mode: 0o600 });
  expect(statSync(join(path, '..')).uid).toBe(owner.uid);
});
