import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { concat, tlv } from '../piv/tlv.ts';
import { toBytes } from './raw-ecdsa.ts';
import { generateSlotKey } from './slot-key.ts';

/** The key that says which keys were made on this card, and its self-signed certificate. */
interface AttestationIdentity {
  /** DER, base64. */
  readonly pkcs8: string;
  readonly certificate: string;
}

/** What is attested of one key. */
interface AttestedKey {
  readonly slot: string;
  readonly privateKey: KeyObject;
  readonly serial: number;
  readonly pinPolicy: number;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const OCTET_STRING = 0x04;
const TRUE = Uint8Array.of(0x01, 0x01, 0xff);
/** OIDs as DER content. */
const OID = {
  ecdsaWithSha256: Buffer.from('2a8648ce3d040302', 'hex'),
  commonName: Buffer.from('550403', 'hex'),
  basicConstraints: Buffer.from('551d13', 'hex'),
  /** As YubiKeys write them, 1.3.6.1.4.1.41482.3: .3 firmware, .7 serial, .8 PIN and touch policy. */
  firmware: Buffer.from('2b0601040182c40a0303', 'hex'),
  serial: Buffer.from('2b0601040182c40a0307', 'hex'),
  policies: Buffer.from('2b0601040182c40a0308', 'hex'),
} as const;
const ISSUER = 'Recard virtual card attestation';
const SIGNATURE_ALGORITHM = tlv(SEQUENCE, oid('ecdsaWithSha256'));

/** From 2016 (UTCTime) without end: such a certificate says nothing about time. @see RFC 5280, 4.1.2.5 */
const VALIDITY = tlv(SEQUENCE, tlv(0x17, ascii('160314000000Z')), tlv(0x18, ascii('99991231235959Z')));

/** Makes the attestation key of one card. */
export async function attestationIdentity(): Promise<AttestationIdentity> {
  const key = await generateSlotKey('P-256');
  const isAuthority = extension('basicConstraints', tlv(SEQUENCE, TRUE), true);
  return {
    pkcs8: key.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    certificate: Buffer.from(certificate(ISSUER, key, key, [isAuthority])).toString('base64'),
  };
}

/** The certificate (DER) over a key that was generated on this card. */
export function attestationCertificate(identity: AttestationIdentity, key: AttestedKey): Uint8Array {
  const pkcs8 = Buffer.from(identity.pkcs8, 'base64');
  const signer = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return certificate(`${ISSUER} ${key.slot}`, key.privateKey, signer, [
    extension('firmware', Uint8Array.of(5, 7, 1)),
    extension('serial', integer(unsigned(key.serial))),
    extension('policies', Uint8Array.of(key.pinPolicy, 1)),
  ]);
}

/** @see RFC 5280, 4.1 */
function certificate(
  subject: string,
  subjectKey: KeyObject,
  signer: KeyObject,
  extensions: readonly Uint8Array[],
): Uint8Array {
  const serialNumber = randomBytes(16);
  serialNumber[0] = (serialNumber[0]! & 0x3f) | 0x40;
  const toBeSigned = tlv(
    SEQUENCE,
    tlv(0xa0, integer(Uint8Array.of(2))),
    integer(serialNumber),
    SIGNATURE_ALGORITHM,
    name(ISSUER),
    VALIDITY,
    name(subject),
    createPublicKey(subjectKey).export({ format: 'der', type: 'spki' }),
    tlv(0xa3, tlv(SEQUENCE, ...extensions)),
  );
  const signature = sign('sha256', toBeSigned, signer);
  return tlv(SEQUENCE, toBeSigned, SIGNATURE_ALGORITHM, tlv(0x03, Uint8Array.of(0), signature));
}

function name(commonName: string): Uint8Array {
  const text = tlv(0x0c, ascii(commonName));
  return tlv(SEQUENCE, tlv(SET, tlv(SEQUENCE, oid('commonName'), text)));
}

function extension(id: keyof typeof OID, value: Uint8Array, isCritical = false): Uint8Array {
  return tlv(SEQUENCE, concat(oid(id), isCritical ? TRUE : new Uint8Array(), tlv(OCTET_STRING, value)));
}

/** Two's complement, as short as DER wants it. */
function unsigned(value: number): Uint8Array {
  const bytes = toBytes(BigInt(value));
  return bytes[0]! >= 0x80 ? concat(Uint8Array.of(0), bytes) : bytes;
}

function integer(value: Uint8Array): Uint8Array {
  return tlv(0x02, value);
}

function oid(id: keyof typeof OID): Uint8Array {
  return tlv(0x06, OID[id]);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
