/** Mails as files: for the demo, and for whoever hands them on in a way of their own. */
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { MailError, type MailTransport } from './mail-transport.ts';

/** Each mail is `ID.eml`, for its owner only, whole as soon as it has this name; a second copy takes the first one's place. */
export function folderTransport(folder: string): MailTransport {
  return {
    async send({ id, from, to, subject, text, messageId, date }) {
      const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
      const headers = { 'Auto-Submitted': 'auto-generated' };
      const composed = await composer.sendMail({
        ...{ from, to, subject, text, messageId, date, headers },
        ...{ disableFileAccess: true, disableUrlAccess: true, xMailer: false },
      });
      const path = join(folder, `${id}.eml`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(path, composed.message as Buffer);
      } catch (cause) {
        throw new MailError('away', `write ${path}: ${(cause as NodeJS.ErrnoException).code}`, { cause });
      }
      return path;
    },
  };
}

async function writeWhole(path: string, content: Buffer): Promise<void> {
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    const file = await open(unfinished, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
