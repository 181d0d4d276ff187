import type { z } from 'zod';
import { beginRequest, termsAnswer } from './operation.ts';

/**
 * `POST /cards/:id/pin-reset`: opens the operation that sets a new PIN by the PUK and then replaces the PUK, or takes it up again; answers a
 * plan without keys and objects. The proof is by a code or an operator's; by card and PIN only to finish one that has set that PIN.
 * Refused besides what a begin is: `ID-02-code-needed`, `ID-02-pin-not-set` where central knows no PUK that could do it, `RP-17-finish-first`
 * over another operation of the card, `OP-02-witness-wanted`, `RP-19-accept-terms`.
 */
export const pinResetRequest = beginRequest
  .pick({ proofId: true, recipientKey: true, capabilities: true })
  .extend({ witnessId: beginRequest.shape.proofId.nullable().default(null), ...termsAnswer });
export type PinResetRequest = z.infer<typeof pinResetRequest>;
