/** Whether the keys of a backup can be opened, before anything of it is put back. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openAuthority } from '../authority/certificate-authority.ts';
import { KeyStoreError } from '../authority/sealed-file.ts';
import { BackupError } from './backup-error.ts';
import { KEY_FILE, type StatePlaces, writeStateFiles } from './state-files.ts';
import type { TarFile } from './tar.ts';

/** What the certificates of an authority that is opened to look at it would say: it signs nothing. */
const NOWHERE = { crlUrl: '', rootCrlUrl: '', caIssuersUrl: '', organisation: '' };

/**
 * Opens them in a folder beside their place, where no token is named that they could be in.
 * @throws BackupError when they cannot be opened, or are in a token
 */
export async function demandUsableKeys(
  { stateDir, keyFile }: StatePlaces,
  files: readonly TarFile[],
): Promise<void> {
  const scratch = await mkdtemp(join(stateDir, 'restoring-'));
  try {
    const isInBackup = files.some(({ name }) => name === KEY_FILE);
    await writeStateFiles({ stateDir: scratch }, files);
    await openAuthority({
      ...NOWHERE,
      folder: join(scratch, 'authority'),
      keyFile: isInBackup || keyFile === undefined ? join(scratch, KEY_FILE) : keyFile,
    });
  } catch (cause) {
    if (!(cause instanceof KeyStoreError)) throw cause;
    const why = cause.message.replace(/^open key store [^:]*: /, '');
    throw new BackupError(`restore: ${why}; nothing was put back`, { cause });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
