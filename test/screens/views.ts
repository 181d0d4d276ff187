import type { KioskView } from '../../src/flows/kiosk-view.ts';

/** What a kiosk shows that has nothing to complain of. */
export function aView(changes: Partial<KioskView> = {}): KioskView {
  return {
    walkUp: { kind: 'insertCard', passedOver: null },
    size: { columns: 80, rows: 24 },
    language: 'en',
    now: '2026-11-22T10:42:00Z',
    isCentralReached: true,
    refusedAs: null,
    dataAgeSeconds: 3,
    isCardServiceUp: true,
    readers: [{ reader: 0, name: 'Virtual PCD 00 00' }],
    kioskName: 'Lobby, ground floor',
    waitedSeconds: null,
    hasSecondCard: false,
    idleSecondsLeft: 45,
    footer: null,
    ...changes,
  };
}
