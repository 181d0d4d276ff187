import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../src/configuration/toml-file.ts';
import { lookOf, readConfiguration } from '../../src/kiosk/configuration.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-configuration-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const GOOD = 'name = "Lobby"\ncentral_url = "https://central.example:8443"\n';

function read(text: string) {
  const path = join(folder, 'kiosk.toml');
  writeFileSync(path, text);
  return readConfiguration(path);
}

function complaint(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.replace(folder, '');
    throw error;
  }
  return 'none';
}

describe('kiosk.toml', () => {
  test('says where central is, with defaults for the rest and paths beside it', () => {
    expect(read(GOOD)).toEqual({
      name: 'Lobby',
      centralUrl: 'https://central.example:8443',
      stateFolder: '/var/lib/recard/kiosk',
      language: 'en',
      logFile: '/var/log/recard/kiosk.log',
      idleSeconds: 90,
      mediaFolder: '/run/recard-media',
    });
  });

  test('says how the screens are drawn until somebody chooses', () => {
    expect(lookOf(read(GOOD))).toEqual({ theme: 'standard', isReadAloud: false });
    const wished = `${GOOD}[screen]\ntheme = "large"\nreader = true\n`;
    expect(lookOf(read(wished))).toEqual({ theme: 'large', isReadAloud: true });
  });

  test.each([
    [
      `${GOOD}language = "it"`,
      'read configuration /kiosk.toml, line 3: language: write "en", "de", "fr" or "es"',
    ],
    [
      `${GOOD}[screen]\ntheme = "dark"`,
      'kiosk.toml, line 4: screen.theme: write "standard", "contrast" or "large"',
    ],
    [`${GOOD}idle_seconds = 2`, 'read configuration /kiosk.toml, line 3: idle_seconds: write 10 or more'],
    [`${GOOD}colour = "red"`, 'read configuration /kiosk.toml, line 3: colour is not known; known are name,'],
    ['central_url = "x"', 'read configuration /kiosk.toml: name: write a name, such as "Lobby"'],
    [GOOD.replace('https', 'ftp'), 'read configuration /kiosk.toml, line 2: central_url: write an address'],
    ['name = ', 'read configuration /kiosk.toml, line 1: '],
  ])('that is wrong is refused with its line and a remedy: %j', (text, message) => {
    expect(complaint(text)).toContain(message);
  });
});
