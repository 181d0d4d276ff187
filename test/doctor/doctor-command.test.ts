import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const RECARD = join(import.meta.dirname, '..', '..', 'src', 'recard.ts');

async function doctor(...args: readonly string[]) {
  const child = spawn(process.execPath, [RECARD, 'doctor', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, err, status: child.exitCode };
}

test('a machine without a configuration is told to write one, and the command answers 1', async () => {
  const { out, err, status } = await doctor('--json', '--config', '/nowhere/kiosk.toml');
  expect(err).toBe('');
  const { isFine, findings } = JSON.parse(out) as {
    isFine: boolean;
    findings: { subject: string; verdict: string }[];
  };
  expect(isFine).toBe(false);
  expect(status).toBe(1);
  const verdictOf = (name: string) => findings.find(({ subject }) => subject === name)?.verdict;
  expect(verdictOf('runtime')).toBe('good');
  expect(verdictOf('configuration')).toBe('wrong');
  expect(verdictOf('central')).toBeUndefined();
});

test('nonsense is answered with usage', async () => {
  expect((await doctor('--nonsense')).status).toBe(2);
  expect((await doctor('--help')).out).toContain('usage: recard doctor');
});
