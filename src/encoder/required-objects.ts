import { OBJECT_TAGS } from '../piv/reference.ts';

/** Without these (and its certificates) a card is not what its image says; what else it refuses is reported and goes on. */
export const REQUIRED: ReadonlySet<number> = new Set([
  OBJECT_TAGS.CHUID,
  OBJECT_TAGS.CCC,
  OBJECT_TAGS.SECURITY_OBJECT,
]);
