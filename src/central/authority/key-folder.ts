import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readKeyFile } from './key-file.ts';
import { openSealed, readSealed } from './sealed-file.ts';

/**
 * The sealed files of central that are made while it works, each with a key of its own. Several centrals share them, mounted
 * or copied: so none is made by merely looking for it.
 */
export interface KeyFolder {
  pathOf(name: string): string;
  /** Null when there is no such file. Whoever gets the content wipes it. @throws KeyStoreError */
  read(name: string): Promise<Uint8Array | null>;
  /** Made when there is no such file. Whoever gets the content wipes it. @throws KeyStoreError */
  open(name: string, make: () => Promise<Uint8Array>): Promise<Uint8Array>;
  remove(name: string): Promise<void>;
}

/** @param keyFile read at each use, so that its secret does not stay in memory */
export function keyFolder(folder: string, keyFile: string): KeyFolder {
  const pathOf = (name: string) => join(folder, name);
  return {
    pathOf,
    read: (name) => withSecret(keyFile, (secret) => readSealed(pathOf(name), name, secret)),
    open: (name, make) => withSecret(keyFile, (secret) => openSealed(pathOf(name), name, secret, make)),
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}

async function withSecret<T>(keyFile: string, use: (secret: Uint8Array) => Promise<T>): Promise<T> {
  const secret = await readKeyFile(keyFile);
  try {
    return await use(secret);
  } finally {
    secret.fill(0);
  }
}
