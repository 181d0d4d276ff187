import { AsnConvert } from '@peculiar/asn1-schema';
import { id_ce_subjectAltName, SubjectAlternativeName } from '@peculiar/asn1-x509';
import { decodeCertificate, MalformedCertificateError } from './certificate.ts';

const COMMON_NAME = '2.5.4.3';

/** Whom a certificate names. */
export interface CertificateHolder {
  /** The last one, which is the most special; empty where there is none. */
  readonly commonName: string;
  /** The first rfc822Name; empty where there is none. */
  readonly mail: string;
}

/** Reads whom a certificate from outside names. @throws MalformedCertificateError */
export function readCertificateHolder(der: Uint8Array): CertificateHolder {
  const { tbsCertificate } = decodeCertificate(der);
  const names = [...tbsCertificate.subject].flatMap((rdn) => [...rdn]);
  const commonName = names.findLast(({ type }) => type === COMMON_NAME)?.value.toString() ?? '';
  const extension = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_subjectAltName);
  if (!extension) return { commonName, mail: '' };
  try {
    const alternatives = AsnConvert.parse(extension.extnValue.buffer, SubjectAlternativeName);
    const mail = [...alternatives].find(({ rfc822Name }) => rfc822Name !== undefined)?.rfc822Name;
    return { commonName, mail: mail ?? '' };
  } catch (cause) {
    throw new MalformedCertificateError('read certificate: its alternative names cannot be read', { cause });
  }
}
