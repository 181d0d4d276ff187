import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KioskConfiguration } from '../../src/kiosk/configuration.ts';
import { EnrolError } from '../../src/kiosk/enrol.ts';
import { enrolByCredential } from '../../src/kiosk/enrol-by-credential.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-credential-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function configuration(): KioskConfiguration {
  return {
    ...{ name: 'Lobby', centralUrl: 'https://central.example:8443', language: 'en', idleSeconds: 90 },
    ...{ stateFolder: join(folder, 'state'), logFile: join(folder, 'kiosk.log'), mediaFolder: folder },
  };
}

function credential(token: string): void {
  writeFileSync(join(folder, 'enrolment-token'), token);
}

describe('a kiosk that is given its token as a credential of its unit', () => {
  test('enrols with it, and says what is wrong with it without repeating it', async () => {
    credential('not-a-token\n');
    const enrolling = enrolByCredential(configuration(), folder);
    await expect(enrolling).rejects.toThrow(EnrolError);
    await expect(enrolling).rejects.not.toThrow(/not-a-token/);
  });

  test.each(['none', '', '\n'])(
    'does nothing where the administrator has put down no token (%j)',
    async (token) => {
      credential(token);
      await enrolByCredential(configuration(), folder);
    },
  );

  test('does nothing without credentials, or where it is enrolled', async () => {
    await enrolByCredential(configuration(), undefined);
    await enrolByCredential(configuration(), join(folder, 'nowhere'));
    credential('not-a-token');
    mkdirSync(join(folder, 'state'));
    writeFileSync(join(folder, 'state', 'identity.pem'), 'an identity');
    await enrolByCredential(configuration(), folder);
  });
});
