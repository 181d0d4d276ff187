import type { KioskView } from '../flows/kiosk-view.ts';
import { type KioskConfiguration, lookOf } from './configuration.ts';

/** The console without a desktop, whose font has few signs (UX-01). */
const LINUX_CONSOLE = 'linux';

/** The kiosk's terminal, as far as its size and colours go. */
export type KioskTerminal = Pick<NodeJS.WriteStream, 'columns' | 'rows' | 'on' | 'off'> &
  Partial<Pick<NodeJS.WriteStream, 'getColorDepth'>>;

/** What the screens have to know of a terminal besides its size. */
export function terminalFacts(stdout: KioskTerminal): Pick<KioskView, 'hasFewGlyphs' | 'colourDepth'> {
  return { hasFewGlyphs: process.env.TERM === LINUX_CONSOLE, colourDepth: stdout.getColorDepth?.() };
}

/** Of a terminal now. */
export function terminalSize({ columns, rows }: KioskTerminal): KioskView['size'] {
  return { columns: columns ?? 80, rows: rows ?? 24 };
}

/** The first screen as it is before there are databases and readers: drawn at once, while they are opened. */
export function startingView(
  configuration: KioskConfiguration,
  stdout: KioskTerminal,
  now = new Date(),
): KioskView {
  const { name, language } = configuration;
  return {
    walkUp: { kind: 'insertCard', passedOver: null },
    ...{ isStarting: true, size: terminalSize(stdout), language, now: now.toISOString(), kioskName: name },
    ...{ isCentralReached: false, refusedAs: null, dataAgeSeconds: null, waitedSeconds: null },
    ...{ isCardServiceUp: false, readers: [], hasSecondCard: false, idleSecondsLeft: null, footer: null },
    ...terminalFacts(stdout),
    ...lookOf(configuration),
  };
}
