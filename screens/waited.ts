import type { KioskView } from '../src/flows/kiosk-view.ts';

/** Read aloud it is said twice a minute, and not each second. */
const SAID_EACH = 30;

/** How long central has been waited for, in seconds, as it is said. */
export function waitedFor({ waitedSeconds, isReadAloud }: KioskView): number {
  const seconds = waitedSeconds ?? 0;
  return isReadAloud ? Math.floor(seconds / SAID_EACH) * SAID_EACH : seconds;
}
