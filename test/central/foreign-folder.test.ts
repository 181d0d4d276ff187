import { chownSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unreadable } from '../../src/central/age.ts';
import { makePrivate } from '../../src/central/cluster-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-foreign-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a command run as another user names the owner of the database, and never says to remove it', () => {
  // Whoever is not root meets root's folders, and root those of a user.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(folder, 4711, 4711);
  const complain = () => makePrivate(isRoot ? folder : '/', null);
  expect(complain).toThrow(`belongs to user ${isRoot ? 4711 : 0}: run this as that user`);
  expect(complain).not.toThrow('remove');
});

test('a link in the place of the database folder is not followed', () => {
  const path = join(folder, 'data');
  symlinkSync(folder, path);
  expect(() => makePrivate(path, null)).toThrow(`${path} is no folder`);
});

test('an encrypted file that is not there is not called damaged', () => {
  const missing = Object.assign(new Error('no such file'), { code: 'ENOENT' });
  expect(unreadable('b.age', missing).message).toBe(
    'b.age: it cannot be read (ENOENT): name a file that is there and yours',
  );
});
