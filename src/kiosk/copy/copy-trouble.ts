/** What goes wrong with following central, and what is to be done about it. */
import { REFUSED_AS } from '../../protocol/enrolment.ts';
import { LOG_CODES } from '../../protocol/log.ts';
import { MissingRowsError, NonsenseRowError } from './checked-rows.ts';
import { CentralAwayError, CentralRefusedError } from './copy-http.ts';
import type { FromCopyThread } from './copy-messages.ts';
import { UnfitCopyError } from './copy-schema.ts';

/** What will not mend itself soon is not asked for every few seconds. */
const HOPELESS_MS = 15_000;
const NOT_LET_IN: readonly string[] = Object.values(REFUSED_AS);
const UNFIT_CODES: readonly string[] = [LOG_CODES.gone, LOG_CODES.notYours];

/** Whether the copy cannot be gone on with. */
export function makesUnfit(error: unknown): boolean {
  if (error instanceof MissingRowsError || error instanceof UnfitCopyError) return true;
  return error instanceof CentralRefusedError && UNFIT_CODES.includes(error.code);
}

/** How long to wait at least before the next try, in milliseconds. @param random from 0 to 1 */
export function restAfter(error: unknown, random: () => number): number {
  if (error instanceof CentralAwayError) return error.retryAfterMs;
  const isHopeless = error instanceof NonsenseRowError || isForbidden(error);
  return isHopeless ? HOPELESS_MS * (0.5 + random() / 2) : 0;
}

/** What the log says of it. */
export function logOf(error: unknown): FromCopyThread {
  const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
  const level = error instanceof CentralAwayError ? 'warn' : 'error';
  return { type: 'log', level, message: 'the copy of central is not followed', detail: { name, message } };
}

/** A kiosk that is not let in may be enrolled anew at any moment; until then its line does not ask (SE-01). */
function isForbidden(error: unknown): boolean {
  if (!(error instanceof CentralRefusedError)) return false;
  return !UNFIT_CODES.includes(error.code) && !NOT_LET_IN.includes(error.code);
}
