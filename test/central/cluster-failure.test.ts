import { expect, test } from 'vitest';
import { initFailure } from '../../src/central/cluster-failure.ts';

const failed = (stderr: string) =>
  initFailure('/srv/pg/data', Object.assign(new Error('Command failed'), { stderr }));

test('a disk that is full when central is founded is named, with what helps', () => {
  const { message } = failed(
    `2026-11-23 08:34:08.315 UTC [6157] FATAL:  could not write to file "pg_wal/xlogtemp.6157": No space left on device
child process exited with exit code 1
initdb: removing contents of data directory "/srv/pg/data.1"
`,
  );
  expect(message).toBe(
    'start database: it cannot be made in /srv/pg/data (could not write to file "pg_wal/xlogtemp.6157": No space left on device); make room on its disk, or name another state_folder',
  );
});

test('whatever else initdb says is told, also where it says nothing', () => {
  expect(
    failed('initdb: error: could not access directory "/srv/pg/data": Permission denied\n').message,
  ).toContain('(could not access directory "/srv/pg/data": Permission denied); put that right');
  expect(failed('').message).toContain('(Command failed)');
});
