import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the unit of the kiosk is exposed by 1.2 at most, as systemd counts', () => {
  const args = ['security', '--offline=true', '--no-pager', '--threshold=12', './kiosk.service'];
  const report = execFileSync('systemd-analyze', args, { encoding: 'utf8', stdio: 'pipe' });
  expect(report).toMatch(/Overall exposure level for kiosk\.service: [01]\.[0-9]/);
});
