import { AsnConvert } from '@peculiar/asn1-schema';
import {
  CertificateList,
  CRLNumber,
  CRLReason,
  Extensions,
  id_ce_cRLNumber,
  id_ce_cRLReasons,
  type RevokedCertificate,
  type TBSCertList,
  Version,
} from '@peculiar/asn1-x509';
import { CRL_REASONS, type CrlReason } from '../domain/crl-reason.ts';
import { openCertificate } from './certificate.ts';
import { type CertificateIssuer, wholeSeconds } from './certificate-builder.ts';
import { authorityKeyIdentifier, extension } from './certificate-extensions.ts';
import { nameToText } from './distinguished-name.ts';
import { isSignedBy } from './signature-check.ts';
import { signatureAlgorithm } from './signing-key.ts';

/** Certificate revocation lists. @see RFC 5280, 5 */

/** Both let about 100,000 entries through. */
const MAX_CRL_LENGTH = 4 * 1024 * 1024;
const MAX_ASN1_NODES = 1_000_000;
const HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
};

/** Bytes that are not the CRL they should be, or one that its issuer has not signed. */
export class CrlError extends Error {
  override readonly name = 'CrlError';
}

interface CrlEntry {
  /** Lower-case hex, without leading zero bytes. */
  readonly serialNumber: string;
  readonly revokedAt: Date;
  readonly reason: CrlReason;
}

export interface CrlContent {
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly entries: readonly CrlEntry[];
}

export interface CrlFacts {
  /** RFC 4514. */
  readonly issuer: string;
  /** null where the CRL has none. */
  readonly number: number | null;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  /** A reason that we have no name for reads `unspecified`. */
  readonly entries: readonly CrlEntry[];
}

/** Signs a complete CRL, DER. It is written out byte by byte: one with a hundred thousand entries is signed again and again. */
export async function signCrl(content: CrlContent, issuer: CertificateIssuer): Promise<Uint8Array> {
  const signature = encoded(signatureAlgorithm(issuer.key.algorithm));
  const extensions = new Extensions([
    authorityKeyIdentifier(issuer.key.publicKey),
    extension(id_ce_cRLNumber, new CRLNumber(content.number), false),
  ]);
  const tbsCertList = tlv(TAG.sequence, [
    Uint8Array.of(TAG.integer, 1, Version.v2),
    ...[signature, encoded(issuer.name)],
    ...[encoded(wholeSeconds(content.thisUpdate)), encoded(wholeSeconds(content.nextUpdate))],
    // An empty list must be absent.
    ...(content.entries.length > 0 ? [tlv(TAG.sequence, content.entries.map(encodedEntry))] : []),
    tlv(TAG.crlExtensions, [encoded(extensions)]),
  ]);
  const value = await issuer.key.sign(tbsCertList);
  return tlv(TAG.sequence, [tbsCertList, signature, tlv(TAG.bitString, [Uint8Array.of(0), value])]);
}

/**
 * Reads a CRL from outside after checking that this CA has signed it.
 * @param issuerCertificate DER
 * @throws CrlError; MalformedCertificateError for the issuer's
 */
export function readCrl(der: Uint8Array, issuerCertificate: Uint8Array): CrlFacts {
  const list = decode(der);
  const hash = HASHES[list.signatureAlgorithm.algorithm];
  const key = openCertificate(issuerCertificate).publicKey;
  const signed = list.tbsCertListRaw;
  if (!hash || !signed || !isSignedBy(key, hash, new Uint8Array(signed), new Uint8Array(list.signature)))
    throw new CrlError('read CRL: its signature is not the CA’s');
  return facts(list.tbsCertList);
}

function decode(der: Uint8Array): CertificateList {
  if (der.length > MAX_CRL_LENGTH) throw new CrlError(`read CRL: ${der.length} bytes are too many`);
  try {
    return AsnConvert.parse(der, CertificateList, { berOptions: { maxNodes: MAX_ASN1_NODES } });
  } catch (cause) {
    throw new CrlError('read CRL: it is not one', { cause });
  }
}

function facts(tbs: TBSCertList): CrlFacts {
  const numberValue = tbs.crlExtensions?.find(({ extnID }) => extnID === id_ce_cRLNumber)?.extnValue;
  try {
    return {
      issuer: nameToText(tbs.issuer),
      number: numberValue ? AsnConvert.parse(numberValue.buffer, CRLNumber).value : null,
      thisUpdate: tbs.thisUpdate.getTime(),
      nextUpdate: tbs.nextUpdate?.getTime() ?? null,
      entries: (tbs.revokedCertificates ?? []).map(entryOf),
    };
  } catch (cause) {
    throw new CrlError('read CRL: a field cannot be read', { cause });
  }
}

function entryOf(revoked: RevokedCertificate): CrlEntry {
  const value = revoked.crlEntryExtensions?.find(({ extnID }) => extnID === id_ce_cRLReasons)?.extnValue;
  const code: number = value ? AsnConvert.parse(value.buffer, CRLReason).reason : 0;
  const reason = Object.entries(CRL_REASONS).find(([, number]) => number === code)?.[0] ?? 'unspecified';
  return {
    serialNumber: Buffer.from(revoked.userCertificate)
      .toString('hex')
      .replace(/^(00)+(?=..)/, ''),
    revokedAt: revoked.revocationDate.getTime(),
    reason: reason as CrlReason,
  };
}

const TAG = {
  ...{
    integer: 0x02,
    bitString: 0x03,
    octetString: 0x04,
    enumerated: 0x0a,
    utcTime: 0x17,
    generalizedTime: 0x18,
  },
  ...{ sequence: 0x30, crlExtensions: 0xa0 },
} as const;
/** OBJECT IDENTIFIER 2.5.29.21. */
const REASON_CODE = Uint8Array.of(0x06, 3, 0x55, 0x1d, 0x15);

function encodedEntry({ serialNumber, revokedAt, reason }: CrlEntry): Uint8Array {
  const code = CRL_REASONS[reason];
  return tlv(TAG.sequence, [
    tlv(TAG.integer, [serialBytes(serialNumber)]),
    encodedTime(revokedAt),
    // `unspecified` must be absent. @see RFC 5280, 5.3.1
    ...(code === 0 ? [] : [reasonExtensions(code)]),
  ]);
}

function reasonExtensions(code: number): Uint8Array {
  const value = tlv(TAG.octetString, [Uint8Array.of(TAG.enumerated, 1, code)]);
  return tlv(TAG.sequence, [tlv(TAG.sequence, [REASON_CODE, value])]);
}

/** @see RFC 5280, 5.1.2.6: two digits for the year until 2049 */
function encodedTime(at: Date): Uint8Array {
  const digits = `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  const isShort = at.getUTCFullYear() < 2050;
  return tlv(isShort ? TAG.utcTime : TAG.generalizedTime, [Buffer.from(isShort ? digits.slice(2) : digits)]);
}

function serialBytes(hex: string): Uint8Array {
  if (!/^([0-9a-f]{2}){1,20}$/.test(hex))
    throw new CrlError(`sign CRL: ${JSON.stringify(hex)} is no serial number`);
  const bytes = Buffer.from(hex, 'hex');
  return bytes[0]! > 0x7f ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes;
}

function encoded(value: unknown): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(value));
}

function tlv(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return new Uint8Array(Buffer.concat([Uint8Array.of(tag, ...lengthBytes(length)), ...parts]));
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes = Buffer.from(length.toString(16).padStart(8, '0'), 'hex');
  const short = bytes.subarray(bytes.findIndex((byte) => byte > 0));
  return [0x80 | short.length, ...short];
}
