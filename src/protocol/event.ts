import { z } from 'zod';
import * as v from './values.ts';

/** As central's database keeps it. */
const MAX_NUMBER = 2_147_483_647;
const MAX_BODY = 8192;
const text = v.text(200);

/** The chain of what a kiosk recorded before it had chains: known by number alone, neither hashed nor signed at central. */
export const LEGACY_CHAIN = '00000000-0000-0000-0000-000000000000';
/** How a kiosk is: central keeps the last one, and puts none into its own audit. */
export const HEALTH = 'health';

const place = z.object({
  /** Made with the kiosk's own database: one that begins anew begins another chain. */
  chain: v.id,
  /** 1, 2, 3 … in each chain. */
  n: z.int().min(1).max(MAX_NUMBER),
});

/** What happened at a kiosk; never holds a secret. */
export const kioskEvent = z.object({
  ...place.shape,
  at: v.instant,
  type: z.string().regex(/^[a-z][a-zA-Z.]{2,63}$/),
  cardId: v.id.nullable(),
  operationId: v.id.nullable(),
  /** Codes and counts only (`{"code":"RP-06-disabled"}`). */
  detail: z.record(text, z.union([text, z.number(), z.boolean(), z.null()])),
  /** Its place in a chain that could not be continued; central has never taken it from there. */
  carriedFrom: place.optional(),
});
export type KioskEvent = z.infer<typeof kioskEvent>;

/** An event as it travels: text, so that both sides hash the same bytes. */
export const signedEvent = z.object({
  /** JSON of a `kioskEvent`. */
  body: v.text(MAX_BODY),
  /** `eventHash`, lower-case hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** By the kiosk's key, over `signedBytes(hash)`; ECDSA with SHA-256 (DER). */
  signature: v.bytes,
  /** Serial number of the certificate of that key; it may have been replaced since. */
  certificate: z.string().regex(/^[0-9a-f]{2,64}$/),
});
export type SignedEvent = z.output<typeof signedEvent>;

/** Events of one chain, in order: central takes the one after the last that it has, and nothing else (SY-02). */
export const eventsRequest = z.object({ chain: place.shape.chain, events: z.array(signedEvent).max(100) });
export const eventsResponse = z.object({
  /** Central has 1 … n of this chain. */
  acknowledged: z.int().min(0),
  /** Central's clock. */
  now: v.instant,
});

/** Why central does not take an event. Nothing from it on was taken; what came before it in the request was. */
export const EVENT_REFUSALS = {
  /** The one before it is not here. */
  gap: 'SY-02-event-missing',
  /** Another one with this number is here. */
  changed: 'SE-05-event-changed',
  /** It does not follow the one before it. */
  broken: 'SE-05-chain-broken',
  /** No key of this kiosk has signed it. */
  unsigned: 'SE-05-not-signed',
  /** This kiosk has begun too many chains in a day: later. */
  tooManyChains: 'SE-07-too-many-chains',
  /** Central keeps no more of this kiosk's events for now: later, as its Retry-After says. Nothing of the request was taken. */
  shareUsed: 'SE-07-event-share-used',
} as const;
