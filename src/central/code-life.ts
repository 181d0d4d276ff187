import type { CodeRow } from './repositories/codes.ts';
import type { OperationRow } from './repositories/operations.ts';

/** How long one that was accepted may be put in again. */
const ACCEPTED_LIFE_MS = 24 * 60 * 60 * 1000;

/**
 * Whether a code that is still alive can prove anybody now: until it is first accepted one time counts, from then on
 * another; and what belongs to an operation is good for that one only.
 * @param open the operation of its card that is not finished
 */
export function canServe(
  { acceptedAt, expiresAt, operationId }: CodeRow,
  open: OperationRow | undefined,
  now: Date,
): boolean {
  const end = acceptedAt ? acceptedAt.getTime() + ACCEPTED_LIFE_MS : expiresAt.getTime();
  return now.getTime() < end && (operationId === null || operationId === open?.id);
}
