/** How much of central one caller may take (SE-07). Times in ms, lengths in bytes. */

/** Of the body of a request, where its route says nothing else. */
export const BODY_LIMIT = 64 * 1024;
/** Of a batch of events. */
export const EVENTS_BODY_LIMIT = 1024 * 1024;

/** Of every listener's HTTP server. */
export const SERVER_LIMITS = {
  maxHeaderSize: 8 * 1024,
  /** For all headers of a request; a connection that says nothing ends by it too. */
  headersTimeout: 10_000,
  /** For a whole request, its body included; an answer may take as long as it wants. */
  requestTimeout: 20_000,
  /** How often both are looked at. */
  connectionsCheckingInterval: 1000,
  /** For a connection between two requests: longer than kiosks keep them, so that it is they who end it. */
  keepAliveTimeout: 75_000,
} as const;

/** For a TLS handshake. */
export const HANDSHAKE_TIMEOUT = 10_000;
/** For a connection on which nothing moves, as that of somebody who does not take the answer; who waits for news is sent beats. */
export const SILENCE_TIMEOUT = 120_000;
/** Of a process, for all kiosks; beyond these nobody is let in. */
export const MAX_CONNECTIONS = 20_000;
/**
 * Of these, connections that have shown no certificate of ours, not yet or not at all. Beyond, who has been silent for longest goes:
 * a kiosk shows its own within moments.
 */
export const MAX_STRANGERS = 10_000;
/** Of a process, for whoever wants a revocation list. */
export const MAX_PUBLISHED_CONNECTIONS = 4000;
/** Of one kiosk: its program has two agents of eight connections at most. */
export const MAX_KIOSK_CONNECTIONS = 64;
/** Requests of one connection at once. Kiosks ask one after the other; the next may come before the end of an answer is noticed. */
export const MAX_PIPELINED = 2;
/** Tries to enrol of one address in a minute that are refused each by its own code; a token that is good is taken at any time. */
export const ENROLMENTS_PER_MINUTE = 20;
/** Requests of one kiosk that may write; a rewrite needs about sixty, and virtual cards are rewritten in a blink. Counted by each process, as the next. */
export const KIOSK_REQUESTS = { atOnce: 30_000, perMinute: 30_000 } as const;
/** Of the events that one kiosk sends: what gathers in weeks without central at once, then more than any kiosk has to tell. */
export const KIOSK_EVENT_BYTES = { atOnce: 64 * 1024 * 1024, perMinute: 4 * 1024 * 1024 } as const;
/**
 * Of the events that one kiosk has central keep, counted in the database for all processes. At once: four weeks of a busy kiosk that was
 * cut off (20 000 events a day). A day: three times as much as such a kiosk tells.
 */
export const KIOSK_EVENT_SHARE = { atOnce: 512 * 1024 * 1024, perDay: 48 * 1024 * 1024 } as const;
/** What central keeps of an event besides its text: its row, and its entry in the audit but for the text. */
export const EVENT_ROW_BYTES = 256;
/** Certificates of one kiosk in an hour, counted in the database for all processes, as the next. */
export const RENEWALS_PER_HOUR = 10;
/** Chains of events that one kiosk may begin in a day: one for each database of its own that it has lost. */
export const CHAINS_PER_DAY = 10;
