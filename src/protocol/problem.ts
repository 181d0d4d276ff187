import { z } from 'zod';
import { terms } from './operation.ts';

/** Every answer that is not 2xx: a refusal that a person can act on, with its stable code. */
export const problem = z.object({
  /** As at the screen's bottom right: `RP-06-disabled`, `ID-01-not-proved`, `SE-07-bad-request`. */
  code: z.string().regex(/^[A-Z]{2}-[0-9]{2}-[a-z0-9-]+$/),
  message: z.string(),
  /** Of a wrong one-time code (ID-03). */
  triesLeft: z.int().min(0).optional(),
  /** Of `RP-19-accept-terms`, for whoever has nobody else to show them: in the language that was asked for, and in English. */
  terms: terms.optional(),
});
export type Problem = z.infer<typeof problem>;
