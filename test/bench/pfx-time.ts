import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { makePfx } from '../../src/kiosk/pfx/make-pfx.ts';
import type { PfxKey } from '../../src/pki/pfx.ts';
import { aSoftKey } from '../pki/soft-key.ts';
import { type Benchmark, below, type Measure, plain, quantile } from './measure.ts';

const ROUNDS = 9;
const MANY = 20;
/** The interface draws at 60 frames a second. */
const FRAME_MS = 16;
const PASSWORD = 'Blaue Kühe 7';

/** Making a PFX aside, and what the thread of the interface notices of it. */
export const pfxTime: Benchmark = {
  names: ['pfx.time', 'pfx.time-many', 'pfx.interface'],
  about:
    `a PFX of one RSA-2048 key, and one of ${MANY} (\`-many\`), from the call to the bytes, in its thread with that thread's start, median of ${ROUNDS}; ` +
    `the first beside \`openssl pkcs12 -export -iter 125000\`, its start included (it has one count for all, and so half of our MAC's). \`interface\`: the longest that the thread ` +
    'of the interface waited meanwhile, median of all rounds of both: on a busy machine single rounds measure the machine.',
  async run() {
    const [one, many] = [await times(1), await times(MANY)];
    const peer = await opensslMs();
    const ms = quantile(one.tookMs, 0.5);
    const waited = quantile([...one.waitedMs, ...many.waitedMs], 0.5);
    return [
      beside(plain('pfx.time', ms, 'ms'), peer),
      plain('pfx.time-many', quantile(many.tookMs, 0.5), 'ms'),
      below('pfx.interface', waited, 'ms', FRAME_MS),
    ];
  },
};

function beside(measure: Measure, against: number): Measure {
  const rounded = Math.round(against);
  return { ...measure, against: rounded, ratio: Math.round((measure.value / against) * 1000) / 1000 };
}

async function times(count: number) {
  const tookMs: number[] = [];
  const waitedMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const keys = await Promise.all(Array.from({ length: count }, () => aSoftKey({ kind: 'RSA-2048' })));
    const password = new TextEncoder().encode(PASSWORD);
    // What making the keys has left to do is done first.
    await pause(50);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const began = performance.now();
    await makePfx({ keys, password, encryption: 'default' });
    tookMs.push(performance.now() - began);
    delay.disable();
    waitedMs.push(delay.max / 1e6);
  }
  return { tookMs, waitedMs };
}

async function opensslMs(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'recard-pfx-'));
  try {
    const key = await aSoftKey({ kind: 'RSA-2048' });
    writeFileSync(join(folder, 'key.pem'), pemOf(key));
    const args = [
      'pkcs12',
      '-export',
      '-in',
      'key.pem',
      '-out',
      'a.p12',
      '-passout',
      'pass:x',
      '-iter',
      '125000',
    ];
    const tookMs = Array.from({ length: ROUNDS }, () => {
      const began = performance.now();
      execFileSync('openssl', [...args, '-macalg', 'sha256'], { cwd: folder, stdio: 'pipe' });
      return performance.now() - began;
    });
    return quantile(tookMs, 0.5);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pemOf({ privateKey, certificate, chain }: PfxKey): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const certificates = [certificate, ...chain].map((one) => String(new X509Certificate(one)));
  return [key.export({ format: 'pem', type: 'pkcs8' }), ...certificates].join('\n');
}
