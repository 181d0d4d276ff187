import { readdir, readFile, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Medium } from './medium.ts';
import { deviceNumbers, type Mount, parseMountTable } from './mount-table.ts';

/** Where removable media are seen. */
export interface MediaPlace {
  /** Holds one folder for each, made by root; `media_folder` of kiosk.toml. */
  readonly folder: string;
  readonly mountTable: string;
  /** What udev knows of devices, `b8:17` and so on. */
  readonly udevFolder: string;
  /** False in the demo: any folder in there is a stick. */
  readonly needsMount: boolean;
  readonly now: () => Date;
}

/** On a machine with systemd. @param folder `media_folder` of kiosk.toml */
export function mediaPlace(folder: string, now: () => Date): MediaPlace {
  return { folder, mountTable: '/proc/self/mountinfo', udevFolder: '/run/udev/data', needsMount: true, now };
}

/** A folder is made a moment before something is mounted there. */
const SETTLED_MS = 3_000;
const MAX_LABEL_LENGTH = 40;

/** Everything that is plugged in, by name. Whatever goes while we look is left out; no folder means nothing. */
export async function listMedia(place: MediaPlace): Promise<readonly Medium[]> {
  const names = await readdir(place.folder).catch(whenGone([]));
  if (names.length === 0) return [];
  const mounts = parseMountTable(await readFile(place.mountTable, 'utf8'));
  const media = await Promise.all(names.sort().map((name) => look(place, name, mounts)));
  return media.filter((medium) => medium !== null);
}

async function look(place: MediaPlace, name: string, mounts: readonly Mount[]): Promise<Medium | null> {
  const folder = join(place.folder, name);
  const [parent, own] = await Promise.all([
    stat(place.folder, { bigint: true }).catch(whenGone(null)),
    stat(folder, { bigint: true }).catch(whenGone(null)),
  ]);
  if (parent === null || !own?.isDirectory()) return null;
  if (own.dev === parent.dev && place.needsMount) {
    const isSettled = place.now().getTime() - Number(own.ctimeMs) > SETTLED_MS;
    return isSettled ? { kind: 'unusable', name } : null;
  }
  const device = deviceNumbers(own.dev);
  const mount = place.needsMount
    ? mounts.findLast((one) => one.device === device && basename(one.mountPoint) === name)
    : { fileSystem: 'folder', isReadOnly: false };
  const space = await statfs(folder).catch(whenGone(null));
  if (mount === undefined || space === null) return null;
  return {
    ...{ kind: 'usable', name, folder, device: own.dev },
    label: place.needsMount ? await labelOf(place, device) : name,
    fileSystem: mount.fileSystem,
    freeBytes: space.bavail * space.bsize,
    totalBytes: space.blocks * space.bsize,
    isReadOnly: mount.isReadOnly,
  };
}

/** What udev has read from the medium: anybody may have written it. */
async function labelOf({ udevFolder }: MediaPlace, device: string): Promise<string | null> {
  const known = await readFile(join(udevFolder, `b${device}`), 'utf8').catch(whenGone(''));
  const encoded = /^E:ID_FS_LABEL_ENC=(.*)$/m.exec(known)?.[1] ?? '';
  const label = Buffer.from(unescapeHex(Buffer.from(encoded).toString('latin1')), 'latin1').toString();
  const shown = label.replace(/[\p{C}\p{Zl}\p{Zp}\ufffd]+/gu, ' ').trim();
  return [...shown].slice(0, MAX_LABEL_LENGTH).join('') || null;
}

/** Of bytes, a character each: what udev finds unsafe is written as `\x20`. */
function unescapeHex(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** A medium may go at any moment. */
const GONE = new Set(['ENOENT', 'ENOTDIR', 'EIO', 'ENODEV', 'ENXIO', 'ESTALE', 'EACCES']);

function whenGone<T>(otherwise: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (GONE.has(String(error.code))) return otherwise;
    throw error;
  };
}
