import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { revokeKiosk } from '../../src/central/enrolment/revoke.ts';
import type { KioskView } from '../../src/flows/kiosk-view.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { createKiosk, type Kiosk } from '../../src/kiosk/kiosk.ts';
import { MemoryReaders } from '../../src/readers/memory-readers.ts';
import { inviteForTest } from '../central/support/invite-for-test.ts';
import { ListeningCentral } from '../central/support/listening-central.ts';
import { ownTime } from '../support/own-time.ts';

let central: ListeningCentral;
let folder: string;
beforeAll(async () => {
  central = await ListeningCentral.open();
  folder = mkdtempSync(join(tmpdir(), 'recard-shut-out-'));
});
afterAll(async () => {
  await central.close();
  rmSync(folder, { recursive: true });
});

function until(kiosk: Kiosk, holds: (view: KioskView) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = kiosk.onView((view) => {
      if (!holds(view)) return;
      stop();
      resolve();
    });
    if (holds(kiosk.view())) {
      stop();
      resolve();
    }
  });
}

test('a kiosk that is shut out says so in sight within seconds, and works again when it is enrolled anew', async () => {
  const { address } = await central.kiosk('watched');
  const readers = new MemoryReaders(1);
  const kiosk = createKiosk({
    readers,
    configuration: {
      ...{ name: 'Watched', centralUrl: central.url, stateFolder: dirname(address.identityFile) },
      ...{ language: 'en', logFile: join(folder, 'kiosk.log'), idleSeconds: 90 },
      mediaFolder: join(folder, 'media'),
    },
  });
  await kiosk.start();
  try {
    await until(kiosk, (view) => view.isCentralReached && view.dataAgeSeconds !== null);
    expect(kiosk.view().refusedAs).toBeNull();
    await revokeKiosk(central.world.central, 'watched', 'test');
    const elapsedMs = ownTime();
    await until(kiosk, (view) => view.refusedAs === 'SE-01-kiosk-revoked');
    expect(elapsedMs()).toBeLessThan(10_000);
    const token = await inviteForTest(central.world.central, 'watched');
    await enrol({ ...address, token, replaces: true });
    await until(kiosk, (view) => view.refusedAs === null && view.isCentralReached);
  } finally {
    await kiosk.close();
    await readers.close();
  }
});
