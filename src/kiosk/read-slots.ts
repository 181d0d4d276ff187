import type { SlotOnCard } from '../domain/desk-pages.ts';
import { SLOTS, type Slot } from '../domain/slot.ts';
import { parseCertificateObject } from '../piv/objects/certificate.ts';
import { ObjectFormatError } from '../piv/objects/fields.ts';
import { certificateTag } from '../piv/reference.ts';
import type { PivSession } from '../piv/session.ts';
import { MalformedCertificateError, parseCertificate } from '../pki/certificate.ts';
import { isNonsense } from './card-trouble.ts';

/** What stands in the certificate slots of a card, by the card alone; empty ones are left out. Only reads (OP-01). @throws what the connection throws; AbortError */
export async function readSlots(session: PivSession, signal: AbortSignal): Promise<readonly SlotOnCard[]> {
  const found: SlotOnCard[] = [];
  for (const slot of SLOTS) {
    signal.throwIfAborted();
    const content = await readObject(session, slot);
    if (content !== null) found.push({ slot, ...factsOf(content) });
  }
  return found;
}

/** Null: there is none. Empty: the card would not say. */
async function readObject(session: PivSession, slot: Slot): Promise<Uint8Array | null> {
  try {
    return await session.object(certificateTag(slot));
  } catch (error) {
    if (!isNonsense(error)) throw error;
    return new Uint8Array();
  }
}

/** Nothing of it is verified: it is compared with central's record. */
function factsOf(content: Uint8Array): Omit<SlotOnCard, 'slot'> {
  try {
    const { serialNumber, subject, notAfter } = parseCertificate(parseCertificateObject(content));
    return { serialNumber, subject, notAfter: instant(notAfter) };
  } catch (error) {
    if (!(error instanceof ObjectFormatError || error instanceof MalformedCertificateError)) throw error;
    return { serialNumber: null, subject: null, notAfter: null };
  }
}

/** As central writes them. */
function instant(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
