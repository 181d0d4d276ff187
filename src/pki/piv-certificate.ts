import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { type Extension, GeneralName, KeyUsageFlags, type Name, OtherName } from '@peculiar/asn1-x509';
import { Utf8String } from 'asn1js';
import { isEncryptionSlot, type KeyAlgorithm, type Slot } from '../domain/slot.ts';
import { type CertificateIssuer, signCertificate } from './certificate-builder.ts';
import * as extensions from './certificate-extensions.ts';
import { distinguishedName } from './distinguished-name.ts';
import { algorithmOf } from './public-key.ts';

/** Certificates of the slots of a PIV card. @see FPKI X.509 Certificate and CRL Extensions Profile, worksheets 5–9 */

const ID_KP_CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ID_KP_EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const ID_KP_SMART_CARD_LOGON = '1.3.6.1.4.1.311.20.2.2';
const ID_PIV_CARD_AUTH = '2.16.840.1.101.3.6.8';
const ID_PIV_INTERIM = '2.16.840.1.101.3.6.9.1';
const ID_PIV_FASC_N = '2.16.840.1.101.3.6.6';
const ID_MS_USER_PRINCIPAL_NAME = '1.3.6.1.4.1.311.20.2.3';
/** DER of FALSE: the holder's background check is done. */
const INTERIM_FALSE = Uint8Array.of(0x01, 0x01, 0x00);
/** Under the example arc of joint-iso-itu-t (2.999): a site puts its own in its place. */
const POLICY_ARC = '2.999.73';

const MAX_COMMON_NAME_LENGTH = 64;

/** A certificate that cannot be made from what was given; `field` says which part. */
export class CertificateOrderError extends Error {
  override readonly name = 'CertificateOrderError';
  readonly field: string;
  constructor(field: string, why: string) {
    super(`issue certificate: ${field} ${why}`);
    this.field = field;
  }
}

/** Who and what a card certificate is for. */
export interface PivSubject {
  readonly slot: Slot;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly commonName: string;
  readonly organisation: string;
  readonly mail: string | null;
  readonly userPrincipalName: string | null;
  /** 25 bytes. */
  readonly fascN: Uint8Array;
  /** Lower-case UUID. */
  readonly guid: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Where relying parties find the issuer's CRL and certificate. */
export interface PublicationPoints {
  readonly crlUrl: string;
  readonly caIssuersUrl: string;
}

/**
 * Signs the certificate of one slot.
 * @throws UnsupportedKeyError; CertificateOrderError for a name, address or life that no certificate can hold
 */
export async function signPivCertificate(
  subject: PivSubject,
  points: PublicationPoints,
  issuer: CertificateIssuer,
): Promise<Uint8Array> {
  checkSubject(subject);
  const algorithm = algorithmOf(subject.publicKey);
  return signCertificate(
    {
      subject: subjectName(subject),
      publicKey: subject.publicKey,
      notBefore: subject.notBefore,
      notAfter: subject.notAfter,
      extensions: [
        extensions.crlDistributionPoint(points.crlUrl),
        extensions.caIssuers(points.caIssuersUrl),
        ...slotExtensions(subject, algorithm),
      ],
    },
    issuer,
  );
}

/** 9E can be read by anyone who comes near: it names the card only. */
function subjectName(subject: PivSubject): Name {
  return subject.slot === '9E'
    ? distinguishedName([
        ['O', subject.organisation],
        ['serialNumber', subject.guid],
      ])
    : distinguishedName([
        ['O', subject.organisation],
        ['CN', subject.commonName],
      ]);
}

function slotExtensions(subject: PivSubject, algorithm: KeyAlgorithm): readonly Extension[] {
  const { slot, mail } = subject;
  const mailNames = mail ? [new GeneralName({ rfc822Name: mail })] : [];
  const cardNames = [
    fascNName(subject.fascN),
    new GeneralName({ uniformResourceIdentifier: `urn:uuid:${subject.guid}` }),
  ];
  const mailExtensions = mail
    ? [extensions.extendedKeyUsage([ID_KP_EMAIL_PROTECTION]), extensions.subjectAltName(mailNames)]
    : [];
  if (isEncryptionSlot(slot)) {
    const isRsa = algorithm.startsWith('RSA');
    const use = isRsa ? KeyUsageFlags.keyEncipherment : KeyUsageFlags.keyAgreement;
    return [extensions.keyUsage(use), extensions.certificatePolicy(`${POLICY_ARC}.3`), ...mailExtensions];
  }
  switch (slot) {
    case '9C':
      return [
        extensions.keyUsage(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation),
        extensions.certificatePolicy(`${POLICY_ARC}.2`),
        ...mailExtensions,
      ];
    case '9E':
      return [
        extensions.keyUsage(KeyUsageFlags.digitalSignature),
        extensions.certificatePolicy(`${POLICY_ARC}.4`),
        extensions.extendedKeyUsage([ID_PIV_CARD_AUTH], true),
        extensions.subjectAltName(cardNames),
        extensions.rawExtension(ID_PIV_INTERIM, INTERIM_FALSE),
      ];
    default:
      return [
        extensions.keyUsage(KeyUsageFlags.digitalSignature),
        extensions.certificatePolicy(`${POLICY_ARC}.1`),
        extensions.extendedKeyUsage([ID_KP_CLIENT_AUTH, ID_KP_SMART_CARD_LOGON]),
        extensions.subjectAltName([...upnNames(subject.userPrincipalName), ...cardNames]),
        extensions.rawExtension(ID_PIV_INTERIM, INTERIM_FALSE),
      ];
  }
}

function upnNames(userPrincipalName: string | null): readonly GeneralName[] {
  if (!userPrincipalName) return [];
  const value = new Utf8String({ value: userPrincipalName }).toBER();
  return [new GeneralName({ otherName: new OtherName({ typeId: ID_MS_USER_PRINCIPAL_NAME, value }) })];
}

function fascNName(fascN: Uint8Array): GeneralName {
  const value = AsnConvert.serialize(new OctetString(fascN));
  return new GeneralName({ otherName: new OtherName({ typeId: ID_PIV_FASC_N, value }) });
}

function checkSubject(subject: PivSubject): void {
  const nameLength = [...subject.commonName].length;
  if (nameLength === 0 || nameLength > MAX_COMMON_NAME_LENGTH)
    throw new CertificateOrderError('common name', `must have 1–${MAX_COMMON_NAME_LENGTH} characters`);
  // rfc822Name is an IA5String; an internationalised address has another form that few programs read.
  if (subject.mail !== null && !/^[\x21-\x3f\x41-\x7e]+@[\x21-\x3f\x41-\x7e]+$/.test(subject.mail))
    throw new CertificateOrderError('mail', 'is not an ASCII mail address');
  if (subject.fascN.length !== 25) throw new CertificateOrderError('FASC-N', 'is not 25 bytes long');
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(subject.guid))
    throw new CertificateOrderError('GUID', 'is not a lower-case UUID');
  if (!(subject.notBefore.getTime() < subject.notAfter.getTime()))
    throw new CertificateOrderError('validity', 'ends before it begins');
}
