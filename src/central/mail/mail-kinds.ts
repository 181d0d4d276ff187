/** What people are told of by mail, and what is kept of it until then. */
import { z } from 'zod';
import { REQUEST_KINDS } from '../../domain/request.ts';

/**
 * rewritten: by the holder with their card. rewrittenByCode: with a one-time code, which sets a new PIN; …ByOperator: an operator vouched for them. pinReset: that, and no more. cardIssued: a blank one
 * became theirs. keys…: archived encryption keys, asked for, approved, put onto a card, saved as a file, and stored on a
 * machine of the person's own; keysGivenOut: given out for one of these, and nobody has said that it came about. card…: what an operator does to a card's life. …Given: brings the one-time code, or the number for a new card.
 */
export const MAIL_KINDS = [
  'rewritten',
  'rewrittenByCode',
  'rewrittenByOperator',
  'pinReset',
  'cardIssued',
  'keysRequested',
  'keysApproved',
  'keysRecovered',
  'keysSaved',
  'keysStored',
  'keysGivenOut',
  'cardCancelled',
  'cardDisabled',
  'cardEnabled',
  'codeGiven',
  'numberGiven',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** Nobody's name, no secret; what is absent is not told. */
export const mailFacts = z.object({
  /** Name of the kiosk. */
  kiosk: z.string().optional(),
  /** Where keys were stored, as that machine calls itself. */
  machine: z.string().max(64).optional(),
  /** The last four characters of the card's serial number. */
  card: z.string().max(4).optional(),
  /** How many keys. */
  keys: z.int().optional(),
  /** What they are for. */
  onto: z.enum(REQUEST_KINDS).optional(),
  /** Who it was, as seen from the person. */
  by: z.enum(['owner', 'helpdesk', 'administrator']).optional(),
  /** By when the code that it brings is to be typed. */
  until: z.iso.datetime().optional(),
});
export type MailFacts = z.output<typeof mailFacts>;

/** @param serial null: not known */
export function cardFact(serial: string | null): Pick<MailFacts, 'card'> {
  return serial === null ? {} : { card: serial.slice(-4) };
}
