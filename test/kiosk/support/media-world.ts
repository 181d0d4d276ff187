import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listMedia, type MediaPlace, mediaPlace } from '../../../src/kiosk/media/list-media.ts';
import type { Medium, UsableMedium } from '../../../src/kiosk/media/medium.ts';

/**
 * Removable media that are real file systems, in a mount namespace of their own: it is held by one process that ends with this
 * one, so that no mount is ever left behind. Looked at through /proc.
 */
export interface MediaWorld {
  readonly place: MediaPlace;
  /** A tmpfs. @param size as mount takes it */
  plugIn(name: string, size?: string): void;
  /** ext4 in a file. */
  plugInExt4(name: string, megabytes: number): void;
  /** The device under it is gone, and nobody has unmounted it yet. */
  loseDevice(name: string): void;
  /** A folder on which nothing could be mounted. */
  plugInUnusable(name: string): void;
  setReadOnly(name: string): void;
  /** As the root unit does when the device has gone. */
  pull(name: string): void;
  /** What udev would know. */
  setLabel(medium: UsableMedium, encoded: string): void;
  look(): Promise<readonly Medium[]>;
  /** Fails where it is not there or not usable. */
  medium(name: string): Promise<UsableMedium>;
  /** Keeps it in sight when it is pulled. @returns what is on it, hidden files too */
  keepInSight(name: string): () => readonly string[];
  /** Everything on a medium, hidden files too. */
  files(name: string): readonly string[];
  dispose(): Promise<void>;
}

export async function makeMediaWorld(): Promise<MediaWorld> {
  const outside = mkdtempSync(join(tmpdir(), 'recard-media-'));
  const media = join(outside, 'media');
  const udevFolder = join(outside, 'udev');
  for (const folder of [media, udevFolder]) mkdirSync(folder);
  const holder = await holdNamespace();
  const folder = `/proc/${holder.pid}/root${media}`;
  const inNamespace = (...command: readonly string[]) =>
    void execFileSync('nsenter', [`--mount=/proc/${holder.pid}/ns/mnt`, '--', ...command], { stdio: 'pipe' });
  // Long after anything was made.
  const now = () => new Date(Date.now() + 60_000);
  const place = { ...mediaPlace(folder, now), mountTable: `/proc/${holder.pid}/mountinfo`, udevFolder };
  const look = () => listMedia(place);
  return {
    place,
    look,
    plugIn(name, size = '1m') {
      mkdirSync(join(media, name));
      inNamespace(
        'mount',
        '-t',
        'tmpfs',
        '-o',
        `nosuid,nodev,noexec,size=${size}`,
        'tmpfs',
        join(media, name),
      );
    },
    plugInExt4(name, megabytes) {
      const image = join(outside, `${name}.img`);
      writeFileSync(image, new Uint8Array(megabytes * 1024 * 1024));
      execFileSync('mkfs.ext4', ['-q', '-m', '0', image], { stdio: 'pipe' });
      mkdirSync(join(media, name));
      inNamespace('mount', '-t', 'ext4', '-o', 'loop,nosuid,nodev,noexec', image, join(media, name));
    },
    loseDevice: (name) => truncateSync(join(outside, `${name}.img`)),
    plugInUnusable: (name) => void mkdirSync(join(media, name)),
    setReadOnly: (name) => inNamespace('mount', '-o', 'remount,ro', join(media, name)),
    pull(name) {
      inNamespace('umount', '--lazy', join(media, name));
      rmSync(join(media, name), { recursive: true });
    },
    setLabel({ device }, encoded) {
      const [major, minor] = [device >> 8n, device & 0xffn];
      writeFileSync(
        join(udevFolder, `b${major}:${minor}`),
        `S:disk/x\nE:ID_FS_LABEL_ENC=${encoded}\nE:ID_FS_TYPE=vfat\n`,
      );
    },
    async medium(name) {
      const found = (await look()).find((one) => one.name === name);
      if (found?.kind !== 'usable') throw new Error(`${name} is not usable: ${JSON.stringify(found?.kind)}`);
      return found;
    },
    keepInSight(name) {
      const kept = mkdtempSync(join(outside, 'kept-'));
      inNamespace('mount', '--bind', join(media, name), kept);
      return () => readdirSync(`/proc/${holder.pid}/root${kept}`);
    },
    files: (name) => readdirSync(join(folder, name)).sort(),
    async dispose() {
      const ended = new Promise((resolve) => holder.once('exit', resolve));
      holder.stdin?.end();
      await ended;
      rmSync(outside, { recursive: true });
    },
  };
}

/** `cat` ends when its input does. It answers once it is in its namespace. */
async function holdNamespace(): Promise<ChildProcess> {
  const options = ['--mount', '--propagation', 'private', 'cat'];
  const holder = spawn('unshare', options, { stdio: ['pipe', 'pipe', 'inherit'] });
  holder.stdin.write('\n');
  await new Promise((resolve, reject) => {
    holder.stdout.once('data', resolve);
    holder.once('exit', reject);
  });
  return holder;
}
