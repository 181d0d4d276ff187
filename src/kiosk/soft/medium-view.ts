import type { MediumView } from '../../flows/soft-state.ts';
import type { Medium } from '../media/medium.ts';

/** More than a file with as many keys as there can be takes, and what the file system wants for itself. */
const ENOUGH_BYTES = 256 * 1024;

/** What the flow is told of what is plugged in. */
export function mediumView(medium: Medium): MediumView {
  if (medium.kind === 'unusable')
    return { name: medium.name, label: null, freeBytes: 0, obstacle: 'KR-08-not-a-file-system' };
  const { name, label, freeBytes, isReadOnly } = medium;
  const isFull = freeBytes < ENOUGH_BYTES;
  const obstacle = isReadOnly ? 'KR-08-medium-read-only' : isFull ? 'KR-08-medium-full' : null;
  return { name, label, freeBytes, obstacle };
}
