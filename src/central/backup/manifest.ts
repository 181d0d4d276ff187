import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TarFile } from './tar.ts';

export const MANIFEST_NAME = 'manifest.json';
/** Parts of the database's dump, in order: `cat database/* | pg_restore …`. */
export const DUMP_FOLDER = 'database/';
/** Of one file of a backup. */
export const MAX_PART = 8 * 1024 * 1024;

/** The last file of a backup but its signature: what stands before it, so that nothing can be missing. */
export const manifest = z.object({
  format: z.literal('recard backup 1'),
  /** Of its own, for the audit of both centrals. */
  id: z.uuid(),
  madeAt: z.iso.datetime(),
  /** Number of migrations that the database had. */
  schema: z.int().min(1),
  files: z.array(
    z.object({ name: z.string(), size: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
export type Manifest = z.infer<typeof manifest>;
export type ManifestFile = Manifest['files'][number];

export function describeFile({ name, content }: TarFile): ManifestFile {
  return { name, size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}
