import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SnapshotFiles } from '../../src/central/copy/snapshot-files.ts';

test('a snapshot whose description was cut off is forgotten, and central starts with the others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recard-snapshots-'));
  const scope = randomUUID();
  const sound = {
    ...{ id: 'a'.repeat(64), size: 1, fileSize: 1, scope, epoch: randomUUID(), revision: 0, schema: 1 },
    madeAt: new Date().toISOString(),
  };
  const descriptions = {
    [sound.id]: JSON.stringify(sound),
    ['b'.repeat(64)]: '{"id":"bb',
    ['c'.repeat(64)]: '',
  };
  for (const [id, text] of Object.entries(descriptions)) {
    writeFileSync(join(folder, `${id}.json`), text);
    writeFileSync(join(folder, `${id}.zst`), 'x');
  }
  const files = new SnapshotFiles(folder);
  expect([files.newestOf(scope, 1), files.newestOf(scope, 2)]).toEqual([sound, undefined]);
  expect(readdirSync(folder).sort()).toEqual([`${sound.id}.json`, `${sound.id}.zst`]);
  rmSync(folder, { recursive: true });
});
