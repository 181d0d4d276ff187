import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file, mode 0600, that nobody ever sees half written or replaced, several processes at once included.
 * @returns false, with nothing changed, when it is there already
 */
export async function createOnce(path: string, content: Uint8Array): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await file.close();
    await unlink(temporary);
  }
  await syncFolder(dirname(path));
  return true;
}

/**
 * Puts another content, mode 0600, in the place of a file that is there; nobody ever sees it half written. What stood there is
 * written over once nothing has its name any more: a disk that writes elsewhere, or a backup, may still have it.
 */
export async function replaceDestroying(path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const old = await open(path, 'r+');
  try {
    const { size } = await old.stat();
    if (!(await createOnce(temporary, content))) throw new Error(`write ${temporary}: it is there`);
    await rename(temporary, path);
    await syncFolder(dirname(path));
    await old.write(randomBytes(size), 0, size, 0);
    await old.sync();
  } finally {
    await old.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
