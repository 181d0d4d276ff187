import { z } from 'zod';
import * as v from './values.ts';

/** What happened at a kiosk, in order; central takes each `n` once (SY-02). Never holds a secret. */
export const kioskEvent = z.object({
  /** 1, 2, 3 … for each kiosk. */
  n: z.int().min(1),
  at: v.instant,
  type: z.string().regex(/^[a-z][a-zA-Z.]{2,63}$/),
  cardId: v.id.nullable(),
  operationId: v.id.nullable(),
  /** Codes and counts only (`{"code":"RP-06-disabled"}`). */
  detail: z.record(z.string(), z.union([z.string().max(200), z.number(), z.boolean(), z.null()])),
});
export type KioskEvent = z.infer<typeof kioskEvent>;
export const eventsRequest = z.object({ events: z.array(kioskEvent).max(500) });
/** Highest n up to which nothing is missing. */
export const eventsResponse = z.object({ acknowledged: z.int().min(0) });
