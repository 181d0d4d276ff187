import { z } from 'zod';
import { CERTIFICATE_STATES } from '../domain/card.ts';
import { PLANNED_CHANGES } from '../domain/planned-change.ts';
import * as v from './values.ts';

/** The shape of `ListedCertificate` (src/domain/difference.ts). */
export const listedCertificate = z.object({
  /** Hex, as in the certificate. */
  serialNumber: z.string(),
  subject: z.string(),
  notBefore: v.instant,
  notAfter: v.instant,
  state: v.openWords(CERTIFICATE_STATES),
  /** Central has its key, and can give it back. */
  isArchived: z.boolean(),
});

/** The shape of `PlannedChange` (src/domain/planned-change.ts). */
export const plannedChange = z.object({
  change: v.openWords(PLANNED_CHANGES),
  from: v.slot.nullable(),
  to: v.slot.nullable(),
  certificate: listedCertificate.nullable(),
  notAfter: v.instant.nullable(),
});
