import type { CentralAddress } from '../central-connection.ts';

/** What the thread of sync is started with: plain data. */
export interface CopyThreadData {
  /** Path of the copy. */
  readonly path: string;
  readonly central: CentralAddress;
}

/** What the thread of sync says. */
export type FromCopyThread =
  /** Central begins or ceases to be heard. */
  | { readonly type: 'reached'; readonly isReached: boolean }
  /** Central begins or ceases to refuse this kiosk for what it is (SE-01). */
  | { readonly type: 'refusedAs'; readonly code: string | null }
  /** The copy is central's now. `asOf`: it has everything from before then (milliseconds of this machine's clock), or null. */
  | { readonly type: 'confirmed'; readonly asOf: number | null }
  /** Something in the copy is another than before. */
  | { readonly type: 'changed' }
  /** A new copy is ready, and nobody writes in the present one: close it, swap, and say `swapped`. */
  | { readonly type: 'swap' }
  | { readonly type: 'refreshed'; readonly id: number }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly message: string;
      readonly detail: Readonly<Record<string, string | number>>;
    };

/** What it is told. */
export type ToCopyThread =
  | { readonly type: 'refresh'; readonly id: number }
  | { readonly type: 'swapped' }
  /** What stands in the copy cannot be read, or makes no sense. */
  | { readonly type: 'unusable' }
  | { readonly type: 'stop' };
