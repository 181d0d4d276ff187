import type { z } from 'zod';
import { beginRequest } from './operation.ts';

/**
 * `POST /cards/:id/empty`: opens the operation that makes a cancelled card blank, or takes it up again; answers a plan. Nobody has to
 * prove who they are. Refused: `RP-06-not-cancelled`, `RP-06-cannot-empty`, `RP-07-not-served-here`, `RP-21-foreign-card`.
 */
export const emptyRequest = beginRequest.pick({ capabilities: true, recipientKey: true });
export type EmptyRequest = z.infer<typeof emptyRequest>;
