import type { PfxContent } from '../../pki/pfx.ts';

/** To the thread, once. Private keys and password are in memory that both threads see: whoever sends it wipes it. */
export type ToPfxThread = PfxContent;

/** From the thread, once. Of what went wrong only the kind and the reason go on: no stack, no cause (SE-02). */
export type FromPfxThread =
  | { readonly type: 'made'; readonly pfx: Uint8Array }
  | { readonly type: 'refused'; readonly kind: 'content' | 'password' | 'other'; readonly why: string };
