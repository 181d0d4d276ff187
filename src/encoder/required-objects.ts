import { OBJECT_TAGS } from '../piv/reference.ts';
import type { OperationPlan } from '../protocol/operation.ts';

const REQUIRED: ReadonlySet<number> = new Set([
  OBJECT_TAGS.CHUID,
  OBJECT_TAGS.CCC,
  OBJECT_TAGS.SECURITY_OBJECT,
]);

/**
 * Whether a card without this object (and its certificates) is not what its image says; what else it refuses is reported
 * and goes on. Keys that were put into retired slots by themselves are found by the Key History only.
 */
export function isRequired({ changesPin }: OperationPlan, tag: number): boolean {
  return REQUIRED.has(tag) || (!changesPin && tag === OBJECT_TAGS.KEY_HISTORY);
}
