import { z } from 'zod';
import * as v from './values.ts';

/** As central's database keeps it. */
const MAX_NUMBER = 2_147_483_647;
const text = v.text(200);

/** What happened at a kiosk, in order; central takes each `n` once (SY-02). Never holds a secret. */
export const kioskEvent = z.object({
  /** 1, 2, 3 … for each kiosk. */
  n: z.int().min(1).max(MAX_NUMBER),
  at: v.instant,
  type: z.string().regex(/^[a-z][a-zA-Z.]{2,63}$/),
  cardId: v.id.nullable(),
  operationId: v.id.nullable(),
  /** Codes and counts only (`{"code":"RP-06-disabled"}`). */
  detail: z.record(text, z.union([text, z.number(), z.boolean(), z.null()])),
});
export type KioskEvent = z.infer<typeof kioskEvent>;
export const eventsRequest = z.object({ events: z.array(kioskEvent).max(500) });
/** Highest n up to which nothing is missing. */
export const eventsResponse = z.object({ acknowledged: z.int().min(0) });
