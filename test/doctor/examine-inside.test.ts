import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examineInside } from '../../src/doctor/examine-inside.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { MemoryReaders } from '../../src/readers/memory-readers.ts';

let folder: string;
let readers: MemoryReaders;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-inside-'));
  readers = new MemoryReaders(2, ['Lobby reader', 'Empty reader']);
});
afterEach(async () => {
  await readers.close();
  rmSync(folder, { recursive: true });
});

/** A card the wrong way up: power, and no answer. */
const MUTE = {
  ...{ atr: new Uint8Array(), isContactless: false, reset: () => undefined },
  transmit: async () => new Uint8Array(),
};

const examined = (hasCardService?: boolean) =>
  examineInside({
    ...(hasCardService === undefined ? {} : { hasCardService }),
    configurationFile: '/etc/recard/kiosk.toml',
    readers,
    configuration: {
      ...{ name: 'hall', centralUrl: 'https://127.0.0.1:1', stateFolder: folder, language: 'en' },
      ...{ logFile: join(folder, 'kiosk.log'), idleSeconds: 60, mediaFolder: join(folder, 'media') },
    },
  });
const of = (findings: readonly Finding[], subject: string) =>
  findings.filter((one) => one.subject === subject);

test('a running kiosk is looked at with its own configuration, and says what it leaves out', async () => {
  const findings = await examined();
  expect(of(findings, 'configuration')).toMatchObject([{ verdict: 'good' }]);
  expect(of(findings, 'certificate')).toMatchObject([{ verdict: 'wrong' }]);
  expect(of(findings, 'database').at(-1)).toMatchObject({ verdict: 'note' });
  for (const { verdict, remedy } of findings) if (verdict === 'wrong') expect(remedy).not.toBeNull();
});

test('of readers in memory no card service is wanted, and each is looked at', async () => {
  const findings = await examined(false);
  const names = findings.map(({ subject }) => subject);
  expect(names).not.toContain('card-service');
  expect(of(findings, 'readers').map(({ says }) => says)).toEqual([
    'Lobby reader: empty',
    'Empty reader: empty',
  ]);
});

test('the readers of the kiosk go on being its own', async () => {
  const seen: string[] = [];
  const stop = readers.watch(({ type }) => seen.push(type));
  await examined();
  readers.insert(1, MUTE);
  stop();
  expect(seen).toContain('cardInserted');
});
