/** Kept free for a number and an ending: ext4 takes 255 bytes, FAT 255 units of UTF-16. */
const MAX_BYTES = 180;
/** @see FAT32 file system specification 1.03, 7; the names of devices of Windows */
const RESERVED = /["*/:<>?\\|]/g;
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name that every file system of a stick takes, and that every system shows: without characters that FAT reserves, without
 * a dot or space at its ends, no name of a device, not too long, never empty.
 */
export function safeFileName(text: string): string {
  const cleaned = text
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(RESERVED, '-')
    .replace(/\s+/g, ' ');
  const trimmed = shortened(cleaned.replace(/^[. ]+/, '')).replace(/[. ]+$/, '');
  if (trimmed === '') return 'recard';
  return DEVICE.test(trimmed) ? `recard-${trimmed}` : trimmed;
}

function shortened(text: string): string {
  let length = 0;
  const kept = [...text].filter((character) => {
    length += Buffer.byteLength(character);
    return length <= MAX_BYTES;
  });
  return kept.join('');
}

/** The name with its ending; from the second attempt on with a number, as file managers have it. */
export function numberedName(name: string, ending: string, attempt: number): string {
  return attempt === 1 ? `${name}.${ending}` : `${name} (${attempt}).${ending}`;
}
