import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SCRIPT = resolve(import.meta.dirname, '../../packaging/test-install.sh');
/** Most of it is debootstrap, which fetches some eighty packages. */
const LIMIT_MS = 600_000;

test(
  'the package is installed, upgraded, removed and purged in a fresh Debian, whose systemd understands its units',
  async () => {
    const { stdout } = await promisify(execFile)('bash', [SCRIPT, '--install'], { timeout: LIMIT_MS });
    expect(stdout).toMatch(/^7 passed, 0 failed$/m);
  },
  LIMIT_MS,
);
