import type { KioskCondition, KioskPlace } from './sync-kiosk.ts';

/** What a process of kiosks is started with. */
export interface KiosksOrder {
  readonly places: readonly KioskPlace[];
  readonly seed: number;
  /** Longest time between two events of a kiosk. */
  readonly eventGapMs: number;
}

/** What it is told. `hush`: to record nothing more. */
export type ToKiosks = 'hush' | 'report' | 'stop';

/** What it says. */
export type FromKiosks =
  | { readonly type: 'ready' }
  /** This event is durable. */
  | { readonly type: 'recorded'; readonly name: string; readonly i: number }
  | { readonly type: 'report'; readonly conditions: readonly KioskCondition[] };
