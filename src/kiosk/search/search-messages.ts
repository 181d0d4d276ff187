import type { Found } from './find-hits.ts';

/** What the thread of the search is started with. */
export interface SearchThreadData {
  readonly replicaPath: string;
  /** Address of central: a copy that came from another one is not searched. */
  readonly source: string;
  /** One 32-bit number: the newest question. Whoever works at an older one stops. */
  readonly newest: SharedArrayBuffer;
}

export type ToSearchThread =
  | { readonly type: 'find'; readonly id: number; readonly text: string }
  /** The copy is about to be replaced: let go of it, and say so. */
  | { readonly type: 'release'; readonly id: number };

export type FromSearchThread =
  /** `found` null: there is no copy that can be searched. */
  | { readonly type: 'found'; readonly id: number; readonly found: Found | null }
  | { readonly type: 'overtaken'; readonly id: number }
  | { readonly type: 'released'; readonly id: number }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly name: string;
      readonly message: string;
      /** It is the copy's fault, and does not pass by itself. */
      readonly isDamage: boolean;
    };
