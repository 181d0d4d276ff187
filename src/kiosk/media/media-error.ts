/** Why nothing could be saved on a removable medium. In each case there is nothing new on it, and the request stays ready. */
export const MEDIA_CODES = [
  'KR-08-no-medium',
  'KR-08-several-media',
  'KR-08-not-a-file-system',
  'KR-08-medium-full',
  'KR-08-medium-read-only',
  'KR-08-medium-gone',
  'KR-08-medium-failed',
  'KR-08-read-back-differs',
] as const;
export type MediaCode = (typeof MEDIA_CODES)[number];

const WHY: Readonly<Record<MediaCode, string>> = {
  'KR-08-no-medium': 'nothing is plugged in; plug in a USB stick',
  'KR-08-several-media': 'more than one is plugged in; choose one, or take the others out',
  'KR-08-not-a-file-system':
    'what is plugged in has no file system that can be read here; take a stick with FAT, exFAT or ext4',
  'KR-08-medium-full': 'there is not enough space; remove something from it, or take another',
  'KR-08-medium-read-only': 'it is write-protected; slide its switch, or take another',
  'KR-08-medium-gone': 'it was taken out; plug it in again',
  'KR-08-medium-failed': 'it does not take what is written; take another',
  'KR-08-read-back-differs': 'what was read back is not what was written; take another',
};

/** Nothing was saved on a removable medium. */
export class MediaError extends Error {
  override readonly name: string = 'MediaError';
  readonly code: MediaCode;
  constructor(code: MediaCode, options?: ErrorOptions) {
    super(`save on removable medium: ${WHY[code]}`, options);
    this.code = code;
  }
}

/** There is less room than the file needs. */
export class MediumFullError extends MediaError {
  override readonly name = 'MediumFullError';
  readonly neededBytes: number;
  readonly freeBytes: number;
  constructor(neededBytes: number, freeBytes: number, options?: ErrorOptions) {
    super('KR-08-medium-full', options);
    this.neededBytes = neededBytes;
    this.freeBytes = freeBytes;
  }
}

const CODES: Readonly<Record<string, MediaCode>> = {
  EROFS: 'KR-08-medium-read-only',
  EACCES: 'KR-08-medium-read-only',
  EPERM: 'KR-08-medium-read-only',
  EIO: 'KR-08-medium-gone',
  ENXIO: 'KR-08-medium-gone',
  ENODEV: 'KR-08-medium-gone',
  ENOENT: 'KR-08-medium-gone',
  ENOTDIR: 'KR-08-medium-gone',
  ESTALE: 'KR-08-medium-gone',
  ESHUTDOWN: 'KR-08-medium-gone',
};
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the operating system says, as one of ours. @param neededBytes of the file */
export function asMediaError(cause: unknown, neededBytes: number): MediaError {
  if (cause instanceof MediaError) return cause;
  const code = String((cause as NodeJS.ErrnoException).code);
  if (FULL.has(code)) return new MediumFullError(neededBytes, 0, { cause });
  return new MediaError(CODES[code] ?? 'KR-08-medium-failed', { cause });
}
