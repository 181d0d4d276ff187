import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

function analyze(...args: string[]): string {
  const { stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  return stdout + stderr;
}

test('the unit of central is exposed by 1.2 at most, as systemd counts', () => {
  const report = analyze('security', '--offline=true', '--no-pager', '--threshold=12', './central.service');
  expect(report).toMatch(/Overall exposure level for central\.service: (0\.\d|1\.[012]) /);
});

test('the unit of central is understood by systemd; only the program is not installed here', () => {
  const complaints = analyze('verify', './central.service').split('\n');
  const others = complaints.filter((line) => line !== '' && !line.includes('is not executable'));
  expect(others).toEqual([]);
});

test('the unit of central gives it longer to end than it takes', () => {
  const unit = readFileSync('central.service', 'utf8');
  const start = readFileSync('src/central/command/start.ts', 'utf8');
  const patience = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) * 1000;
  const limit = Number(/END_LIMIT_MS = ([\d_]+)/.exec(start)?.[1]?.replaceAll('_', ''));
  expect(patience).toBeGreaterThan(limit);
});
