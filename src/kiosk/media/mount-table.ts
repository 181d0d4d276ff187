/** One line of `/proc/self/mountinfo`. @see proc(5) */
export interface Mount {
  /** `major:minor`, as `st_dev` has them. */
  readonly device: string;
  readonly mountPoint: string;
  readonly fileSystem: string;
  readonly isReadOnly: boolean;
}

/** Reads mountinfo; lines that are none are left out. */
export function parseMountTable(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ');
    const [, , device, , mountPoint, options] = (before ?? '').split(' ');
    const [fileSystem, , superOptions] = (after ?? '').split(' ');
    if (!device || !mountPoint || !options || !fileSystem) return [];
    const isReadOnly = [options, superOptions ?? ''].some((list) => list.split(',').includes('ro'));
    return [{ device, mountPoint: unescapeOctal(mountPoint), fileSystem, isReadOnly }];
  });
}

/** Space, tab, newline and backslash are written as `\040` and so on, in bytes. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** `major:minor` of an `st_dev`. @see makedev(3), as glibc packs it */
export function deviceNumbers(device: bigint): string {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn);
  return `${major}:${minor}`;
}
