import type { Photo } from '../../../flows/desk-data.ts';
import type { PictureLimits } from './shrink-picture.ts';

/** What the thread that draws one photo is given. */
export interface PhotoOrder {
  readonly jpeg: Uint8Array;
  /** Of what is drawn. */
  readonly limits: PictureLimits;
}

/** What it answers, once. Null: that is no picture it can read. */
export type DrawnPhoto = Photo | null;
