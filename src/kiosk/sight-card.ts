import { X509Certificate } from 'node:crypto';
import type { CardSighting } from '../domain/card.ts';
import { ACTIVE_SLOTS } from '../domain/slot.ts';
import { parseCertificateObject } from '../piv/objects/certificate.ts';
import { parseChuid } from '../piv/objects/chuid.ts';
import { ObjectFormatError } from '../piv/objects/fields.ts';
import { certificateTag, OBJECT_TAGS } from '../piv/reference.ts';
import type { PivSession } from '../piv/session.ts';
import { guid as anyGuid } from '../protocol/values.ts';
import { isNonsense } from './card-trouble.ts';

const NO_GUID = '00000000-0000-0000-0000-000000000000';

/**
 * Reads what a card says of itself, and writes nothing. What is damaged counts as there, but says nothing.
 * @param isEnough whether its serial number alone says which card it is: then the CHUID, three kilobytes often, is not read
 * @throws what the connection throws
 */
export async function sightCard(
  session: PivSession,
  isEnough: (serial: string) => boolean = () => false,
): Promise<CardSighting> {
  const serial = await tolerant(() => session.serial(), null);
  if (serial !== null && isEnough(serial))
    return { hasPiv: true, isContactless: false, serial, guid: null, isBlank: false };
  const chuid = await readObject(session, OBJECT_TAGS.CHUID);
  const isBlank = chuid === null && !(await hasCertificate(session));
  const guid = (chuid && guidOf(chuid)) ?? (await guidInCertificates(session));
  return { hasPiv: true, isContactless: false, serial, guid, isBlank };
}

/** Tries left for the PIN; null where the card does not say. */
export function readTries(session: PivSession): Promise<number | null> {
  return tolerant(() => session.pinTriesLeft(), null);
}

async function hasCertificate(session: PivSession): Promise<boolean> {
  for (const slot of ACTIVE_SLOTS) {
    if ((await readObject(session, certificateTag(slot))) !== null) return true;
  }
  return false;
}

/** Null for a CHUID that is broken, or whose GUID identifies nothing. */
function guidOf(chuid: Uint8Array): string | null {
  try {
    const { guid } = parseChuid(chuid);
    return anyGuid.safeParse(guid).success && guid !== NO_GUID ? guid : null;
  } catch (error) {
    if (error instanceof ObjectFormatError) return null;
    throw error;
  }
}

/**
 * The card UUID that the certificates for signing in and for doors carry: what is left of a card without a chip serial
 * whose CHUID was torn (operation.md B). Not looked at where the CHUID says it. @see FIPS 201-3, 4.2.2
 */
async function guidInCertificates(session: PivSession): Promise<string | null> {
  for (const slot of ['9A', '9E'] as const) {
    const content = await readObject(session, certificateTag(slot));
    const guid = content && content.length > 0 ? guidInCertificate(content) : null;
    if (guid !== null) return guid;
  }
  return null;
}

function guidInCertificate(content: Uint8Array): string | null {
  let names: string | undefined;
  try {
    names = new X509Certificate(parseCertificateObject(content)).subjectAltName;
  } catch {
    // No certificate, or one that cannot be read.
    return null;
  }
  const guid = /URI:urn:uuid:([0-9a-f-]{36})/i.exec(names ?? '')?.[1]?.toLowerCase();
  return guid !== undefined && anyGuid.safeParse(guid).success && guid !== NO_GUID ? guid : null;
}

/** Empty for an object that is there and cannot be read. */
function readObject(session: PivSession, tag: number): Promise<Uint8Array | null> {
  return tolerant(() => session.object(tag), new Uint8Array());
}

async function tolerant<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isNonsense(error)) throw error;
    return otherwise;
  }
}
