import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isScreenCode } from '../../screens/texts/screen-codes.ts';
import { numberedName, safeFileName } from '../../src/kiosk/media/file-name.ts';
import { listMedia } from '../../src/kiosk/media/list-media.ts';
import { MEDIA_CODES, MediaError, MediumFullError } from '../../src/kiosk/media/media-error.ts';
import type { Medium, UsableMedium } from '../../src/kiosk/media/medium.ts';
import { deviceNumbers, parseMountTable } from '../../src/kiosk/media/mount-table.ts';
import { saveToMedium } from '../../src/kiosk/media/save-to-medium.ts';
import { watchMedia } from '../../src/kiosk/media/watch-media.ts';
import { type MediaWorld, makeMediaWorld } from './support/media-world.ts';

let world: MediaWorld;
beforeAll(async () => {
  world = await makeMediaWorld();
});
afterAll(() => world.dispose());

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => i % 251);
const aFile = (length = 5000) => ({ name: 'Ada Lovelace', ending: 'p12', bytes: bytes(length) });

/** The code with which it is refused. */
async function refusal(saving: Promise<string>): Promise<string> {
  const error = await saving.then(
    (name) => new Error(`it was saved as ${name}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof MediaError)) throw error;
  return error.code;
}

describe('a file on a stick', () => {
  test('is there, whole, and nothing else', async () => {
    world.plugIn('sda1');
    const name = await saveToMedium(await world.medium('sda1'), aFile());
    expect(name).toBe('Ada Lovelace.p12');
    expect(world.files('sda1')).toEqual([name]);
    const saved = readFileSync(join(world.place.folder, 'sda1', name));
    expect(Buffer.compare(saved, aFile().bytes)).toBe(0);
  });

  test('is there on a real file system too', async () => {
    world.plugInExt4('sdb1', 4);
    const medium = await world.medium('sdb1');
    expect(medium).toMatchObject({ fileSystem: 'ext4', isReadOnly: false, label: null });
    expect(medium.freeBytes).toBeGreaterThan(1024 * 1024);
    await saveToMedium(medium, aFile(200_000));
    expect(statSync(join(medium.folder, 'Ada Lovelace.p12')).mode & 0o777).toBe(0o644);
    expect(world.files('sdb1')).toEqual(['Ada Lovelace.p12', 'lost+found']);
    expect(await refusal(saveToMedium(medium, aFile(4 * 1024 * 1024)))).toBe('KR-08-medium-full');
    expect(world.files('sdb1')).toEqual(['Ada Lovelace.p12', 'lost+found']);
  });

  test('never takes the place of another, and what an earlier attempt left is removed', async () => {
    world.plugIn('sdc1');
    const medium = await world.medium('sdc1');
    writeFileSync(join(medium.folder, 'Ada Lovelace.p12'), 'another');
    writeFileSync(join(medium.folder, '.recard-0123456789abcdef.part'), 'half');
    writeFileSync(join(medium.folder, '.recard-notes.part'), 'not ours');
    expect(await saveToMedium(medium, aFile())).toBe('Ada Lovelace (2).p12');
    expect(await saveToMedium(medium, aFile())).toBe('Ada Lovelace (3).p12');
    expect(readFileSync(join(medium.folder, 'Ada Lovelace.p12'), 'utf8')).toBe('another');
    expect(world.files('sdc1')).toEqual([
      '.recard-notes.part',
      'Ada Lovelace (2).p12',
      'Ada Lovelace (3).p12',
      'Ada Lovelace.p12',
    ]);
  });
});

describe('a stick that does not take the file says why, and nothing is left on it', () => {
  test('when it is full, with how much is wanted', async () => {
    world.plugIn('full', '256k');
    const medium = await world.medium('full');
    const saving = saveToMedium(medium, aFile(300_000));
    await expect(saving).rejects.toThrow(MediumFullError);
    await expect(saving).rejects.toMatchObject({ neededBytes: 365_536, freeBytes: 262_144 });
    expect(world.files('full')).toEqual([]);
  });

  test('when somebody else fills it meanwhile: it has room, but no more entries', async () => {
    world.plugIn('entries', '1m,nr_inodes=2');
    const medium = await world.medium('entries');
    await saveToMedium(medium, aFile());
    expect(await refusal(saveToMedium(medium, aFile()))).toBe('KR-08-medium-full');
    expect(world.files('entries')).toEqual(['Ada Lovelace.p12']);
  });

  test('when it is write-protected, whether that was seen before or not', async () => {
    world.plugIn('locked');
    const before = await world.medium('locked');
    world.setReadOnly('locked');
    expect(await refusal(saveToMedium(before, aFile()))).toBe('KR-08-medium-read-only');
    const after = await world.medium('locked');
    expect(after.isReadOnly).toBe(true);
    expect(await refusal(saveToMedium(after, aFile()))).toBe('KR-08-medium-read-only');
    expect(world.files('locked')).toEqual([]);
  });

  test('when it was pulled, and when something else is in its place', async () => {
    world.plugIn('sdd1');
    const medium = await world.medium('sdd1');
    world.pull('sdd1');
    expect(await refusal(saveToMedium(medium, aFile()))).toBe('KR-08-medium-gone');
    world.plugInUnusable('sdd1');
    expect(await refusal(saveToMedium(medium, aFile()))).toBe('KR-08-medium-gone');
    expect(world.files('sdd1')).toEqual([]);
    world.plugIn('sdd2');
    const impostor = { ...(await world.medium('sdd2')), device: medium.device + 1n };
    expect(await refusal(saveToMedium(impostor, aFile()))).toBe('KR-08-medium-gone');
    expect(world.files('sdd2')).toEqual([]);
  });

  test('when its device is gone but still mounted: it is never told as saved', async () => {
    world.plugInExt4('lost', 4);
    const medium = await world.medium('lost');
    world.loseDevice('lost');
    const code = await refusal(saveToMedium(medium, aFile(200_000)));
    expect(['KR-08-medium-gone', 'KR-08-medium-read-only']).toContain(code);
    world.pull('lost');
    expect((await world.look()).map(({ name }) => name)).not.toContain('lost');
  });

  test('when it is pulled while it is written: never told as saved, and never half a file', async () => {
    for (let round = 0; round < 12; round += 1) {
      world.plugIn('pulled', '64m');
      const medium = await world.medium('pulled');
      const left = world.keepInSight('pulled');
      const saving = saveToMedium(medium, aFile(round * 400_000)).then(
        () => 'saved',
        (error: unknown) => error,
      );
      for (let turn = 0; turn < round; turn += 1) await new Promise(setImmediate);
      world.pull('pulled');
      const outcome = await saving;
      if (outcome !== 'saved') expect(outcome).toMatchObject({ code: 'KR-08-medium-gone' });
      expect(left()).toEqual(outcome === 'saved' ? ['Ada Lovelace.p12'] : []);
    }
  });
});

test('every reason has words on the screen', () => {
  expect(MEDIA_CODES.filter((code) => !isScreenCode(code))).toEqual([]);
});

describe('what is plugged in', () => {
  test('is listed with label, space and kind; what cannot be read is told as that', async () => {
    const own = await makeMediaWorld();
    try {
      expect(await own.look()).toEqual([]);
      own.plugInUnusable('sdz');
      own.plugIn('sdy1', '2m');
      const medium = await own.medium('sdy1');
      expect(medium).toMatchObject({ fileSystem: 'tmpfs', totalBytes: 2 * 1024 * 1024, label: null });
      own.setLabel(medium, 'Zo\\xc3\\xab\\x20ö\\x1b[31m');
      expect((await own.medium('sdy1')).label).toBe('Zoë ö [31m');
      expect((await own.look()).map(({ name, kind }) => [name, kind])).toEqual([
        ['sdy1', 'usable'],
        ['sdz', 'unusable'],
      ]);
      const now = new Date();
      const atOnce = { ...own.place, now: () => now };
      own.plugInUnusable('sdx');
      expect((await listMedia(atOnce)).map(({ name }) => name)).not.toContain('sdx');
    } finally {
      await own.dispose();
    }
  });

  test('is any folder, where the demo says so', async () => {
    const own = await makeMediaWorld();
    try {
      own.plugInUnusable('blue stick');
      const place = { ...own.place, needsMount: false };
      const [medium] = await listMedia(place);
      expect(medium).toMatchObject({ name: 'blue stick', label: 'blue stick', isReadOnly: false });
      await saveToMedium(medium as UsableMedium, aFile());
      expect(own.files('blue stick')).toEqual(['Ada Lovelace.p12']);
    } finally {
      await own.dispose();
    }
  });

  test('is seen when it comes and when it goes, within a second', async () => {
    const own = await makeMediaWorld();
    const ended = new AbortController();
    const seen: (readonly Medium[])[] = [];
    let whenLooked = () => {};
    const asleep: number[] = [];
    const sleep = (ms: number) =>
      new Promise<void>((resolve) => {
        asleep.push(ms);
        ended.signal.addEventListener('abort', () => resolve());
        whenLooked = resolve;
        looked.resolve();
      });
    let looked = Promise.withResolvers<void>();
    const lookAgain = async () => {
      looked = Promise.withResolvers<void>();
      whenLooked();
      await looked.promise;
    };
    const log = { info() {}, warn() {}, error() {} };
    const watching = watchMedia(
      { place: own.place, pause: { sleep }, log, onChange: (media) => seen.push(media) },
      ended.signal,
    );
    try {
      await looked.promise;
      await lookAgain();
      expect(seen).toEqual([[]]);
      own.plugIn('sde1');
      await lookAgain();
      await lookAgain();
      expect(seen.map((media) => media.map(({ name }) => name))).toEqual([[], ['sde1']]);
      own.pull('sde1');
      await lookAgain();
      expect(seen.at(-1)).toEqual([]);
      expect(Math.max(...asleep)).toBeLessThan(1000);
    } finally {
      ended.abort();
      await watching;
      await own.dispose();
    }
  });
});

describe('the name of a file', () => {
  test.each([
    ['Ada Lovelace, Verschlüsselung', 'Ada Lovelace, Verschlüsselung'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['a:b*c?"<>|\\d', 'a-b-c------d'],
    ['con', 'recard-con'],
    ['LPT1.old', 'recard-LPT1.old'],
    [' . ', 'recard'],
    ['a\nb\u202ec', 'a b c'],
    ['name. . ', 'name'],
  ])('%j becomes %j', (text, name) => {
    expect(safeFileName(text)).toBe(name);
  });

  test('is taken by FAT and ext4, whatever it is made of', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.integer({ min: 1, max: 99 }),
        (text, attempt) => {
          const name = numberedName(safeFileName(text), 'p12', attempt);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
          expect(name).not.toMatch(/["*/:<>?\\|\p{Cc}\p{Cs}]|^[. ]|[. ]$/u);
          expect(safeFileName(safeFileName(text))).toBe(safeFileName(text));
        },
      ),
    );
  });
});

test('the table of mounts is read with its escapes, and nonsense in it is left out', () => {
  const line = '36 35 8:17 / /run/recard-media/a\\040b rw,nosuid shared:1 master:2 - vfat /dev/sdb1 ro,uid=1';
  expect(parseMountTable(`${line}\nnonsense\n\n`)).toEqual([
    { device: '8:17', mountPoint: '/run/recard-media/a b', fileSystem: 'vfat', isReadOnly: true },
  ]);
  expect(deviceNumbers(0x811n)).toBe('8:17');
  expect(deviceNumbers(0x100300n)).toBe('3:256');
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseMountTable(text))));
});
