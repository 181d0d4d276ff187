import * as asn1js from 'asn1js';

/** The few forms of DER that a PFX is made of. No private key in clear ever goes through here. */

type Value = asn1js.BaseBlock;

/** SEQUENCE. */
export const sequence = (...value: Value[]): Value => new asn1js.Sequence({ value });

/** SET OF, in the order of the encoded values. @see X.690, 11.6 */
export const setOf = (...value: Value[]): Value => {
  const sorted = value.map((one) => [one, Buffer.from(one.toBER())] as const);
  sorted.sort(([, a], [, b]) => Buffer.compare(a, b));
  return new asn1js.Set({ value: sorted.map(([one]) => one) });
};

export const oid = (value: string): Value => new asn1js.ObjectIdentifier({ value });

export const integer = (value: number): Value => new asn1js.Integer({ value });

/** `NULL`, the parameters of an algorithm that has none. */
export const none = (): Value => new asn1js.Null();

export const octets = (bytes: Uint8Array): Value =>
  new asn1js.OctetString({ valueHex: new Uint8Array(bytes).buffer });

/** UTF-16, big endian. */
export const bmpString = (value: string): Value => new asn1js.BmpString({ value });

/** `[0] EXPLICIT`. */
export const explicit0 = (value: Value): Value =>
  new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [value] });

/** `[0] IMPLICIT OCTET STRING`. */
export const implicitOctets0 = (bytes: Uint8Array): Value =>
  new asn1js.Primitive({
    idBlock: { tagClass: 3, tagNumber: 0 },
    valueHex: new Uint8Array(bytes).buffer,
  });

/** AlgorithmIdentifier. */
export const algorithm = (name: string, parameters: Value): Value => sequence(oid(name), parameters);
