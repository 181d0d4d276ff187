import { MediaError } from './media-error.ts';
import type { Medium, UsableMedium } from './medium.ts';

/**
 * The medium on which something is saved by itself: the only one that is plugged in.
 * @throws MediaError `KR-08-no-medium`, `KR-08-several-media`, `KR-08-not-a-file-system`
 */
export function onlyMedium(media: readonly Medium[]): UsableMedium {
  const usable = media.filter((medium) => medium.kind === 'usable');
  if (usable.length > 1) throw new MediaError('KR-08-several-media');
  const [only] = usable;
  if (only !== undefined) return only;
  throw new MediaError(media.length > 0 ? 'KR-08-not-a-file-system' : 'KR-08-no-medium');
}
