import type { KioskView } from '../../src/flows/kiosk-view.ts';
import { codeOfEnd } from '../../src/flows/support.ts';

/** What a kiosk shows that has nothing to complain of. */
export function aView(changes: Partial<KioskView> = {}): KioskView {
  const isWrong = changes.walkUp !== undefined && codeOfEnd(changes.walkUp) !== null;
  return {
    ...(isWrong ? { support: { code: '7K2M-9QPX-41TD', isOpen: false } } : {}),
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
