/** Keys come into a token: made there, or brought from a file of central's. */
import { createECDH, createPublicKey } from 'node:crypto';
import pkcs11 from 'pkcs11js';
import { keptAttributes, nameAttributes, PRIVATE_KEY, SECRET_KEY } from './pkcs11-objects.ts';
import type { Attributes, Pkcs11Session } from './pkcs11-session.ts';
import { bringWrapped, canUnwrap } from './pkcs11-wrapped.ts';
import { TokenError } from './token-error.ts';

export type TokenCurve = 'P-256' | 'P-384';

/** How central and its token call a key. */
export interface TokenKeyName {
  /** CKA_ID, hex. */
  readonly id: string;
  readonly label: string;
}

interface Curve {
  /** As Node names it. */
  readonly name: string;
  /** Of a coordinate and of a private key, bytes. */
  readonly length: number;
  /** CKA_EC_PARAMS: its object identifier, DER. */
  readonly parameters: Buffer;
  /** SubjectPublicKeyInfo up to its point. */
  readonly spkiHead: Buffer;
}

const CURVES: Readonly<Record<TokenCurve, Curve>> = {
  'P-256': {
    ...{ name: 'prime256v1', length: 32, parameters: Buffer.from('06082a8648ce3d030107', 'hex') },
    spkiHead: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
  },
  'P-384': {
    ...{ name: 'secp384r1', length: 48, parameters: Buffer.from('06052b81040022', 'hex') },
    spkiHead: Buffer.from('3076301006072a8648ce3d020106052b81040022036200', 'hex'),
  },
};
const AES_KEY_LENGTH = 32;
/** ECPrivateKey: version 1, then an OCTET STRING. @see RFC 5915, 3 */
const SCALAR_HEAD = [0x02, 0x01, 0x01, 0x04];

/** @returns SubjectPublicKeyInfo */
export function makePair(
  { binding, handle }: Pkcs11Session,
  name: TokenKeyName,
  curve: TokenCurve,
): Uint8Array {
  const mechanism = { mechanism: pkcs11.CKM_EC_KEY_PAIR_GEN };
  const { publicKey } = binding.C_GenerateKeyPair(
    handle,
    mechanism,
    [
      ...[
        { type: pkcs11.CKA_TOKEN, value: true },
        { type: pkcs11.CKA_VERIFY, value: true },
      ],
      { type: pkcs11.CKA_EC_PARAMS, value: CURVES[curve].parameters },
      ...nameAttributes(name.id, name.label),
    ],
    [...keptAttributes(name.id, name.label), { type: pkcs11.CKA_SIGN, value: true }],
  );
  const [point] = binding.C_GetAttributeValue(handle, publicKey, [{ type: pkcs11.CKA_EC_POINT }]);
  return spkiOf(point?.value as Buffer, CURVES[curve]);
}

/** The point comes in an OCTET STRING, and from some tokens without. */
function spkiOf(value: Buffer, { spkiHead, length }: Curve): Uint8Array {
  const spki = Buffer.concat([spkiHead, value.subarray(-(1 + 2 * length))]);
  createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return spki;
}

/** @param pkcs8 of P-256 or P-384, as central stores it; not wiped @param spki its public half */
export function importPair(
  session: Pkcs11Session,
  name: TokenKeyName,
  pkcs8: Uint8Array,
  spki: Uint8Array,
): void {
  const curve = Object.values(CURVES).find(({ spkiHead }) =>
    spkiHead.equals(spki.subarray(0, spkiHead.length)),
  );
  if (!curve) throw new TokenError('refused', 'central moves keys of P-256 and P-384 only');
  const point = Buffer.from(spki.subarray(curve.spkiHead.length));
  const scalar = scalarOf(pkcs8, point, curve);
  const parameters = { type: pkcs11.CKA_EC_PARAMS, value: curve.parameters };
  try {
    // The private half last: where it is, both are.
    importPublicKey(session, name, [parameters], point);
    const kept: Attributes = [
      { type: pkcs11.CKA_CLASS, value: PRIVATE_KEY },
      { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_EC },
      ...[...keptAttributes(name.id, name.label), { type: pkcs11.CKA_SIGN, value: true }],
    ];
    bring(session, kept, pkcs8, [parameters, { type: pkcs11.CKA_VALUE, value: scalar }]);
  } finally {
    scalar.fill(0);
  }
}

/** @param point uncompressed */
function importPublicKey(
  { binding, handle }: Pkcs11Session,
  { id, label }: TokenKeyName,
  parameters: Attributes,
  point: Buffer,
): void {
  binding.C_CreateObject(handle, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PUBLIC_KEY },
    { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_EC },
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_VERIFY, value: true },
    ...[...parameters, ...nameAttributes(id, label)],
    { type: pkcs11.CKA_EC_POINT, value: Buffer.concat([Buffer.of(0x04, point.length), point]) },
  ]);
}

/** In place, since a string of Node's own export could not be wiped; its public half says that it was found. */
function scalarOf(pkcs8: Uint8Array, point: Buffer, { name, length }: Curve): Buffer {
  const bytes = Buffer.from(pkcs8.buffer as ArrayBuffer, pkcs8.byteOffset, pkcs8.length);
  const head = Buffer.from([...SCALAR_HEAD, length]);
  const at = bytes.indexOf(head) + head.length;
  const scalar = Buffer.from(bytes.subarray(at, at + length));
  const pair = createECDH(name);
  pair.setPrivateKey(scalar);
  if (pair.getPublicKey().equals(point)) return scalar;
  scalar.fill(0);
  throw new TokenError('refused', 'a stored key does not belong to its certificate; put the backup back');
}

export function makeSecret({ binding, handle }: Pkcs11Session, { id, label }: TokenKeyName): void {
  const mechanism = { mechanism: pkcs11.CKM_AES_KEY_GEN };
  const length = { type: pkcs11.CKA_VALUE_LEN, value: AES_KEY_LENGTH };
  binding.C_GenerateKey(handle, mechanism, [...secretAttributes(id, label), length]);
}

/** @param key 32 bytes; not wiped */
export function importSecret(session: Pkcs11Session, { id, label }: TokenKeyName, key: Uint8Array): void {
  if (key.length !== AES_KEY_LENGTH) throw new TokenError('refused', 'the archive key has another length');
  const value = Buffer.from(key.buffer as ArrayBuffer, key.byteOffset, key.length);
  bring(session, secretAttributes(id, label), key, [{ type: pkcs11.CKA_VALUE, value }]);
}

/**
 * Wrapped where the token can unwrap, else as it is: some take it only the one way, some only the other.
 * @param wrapped what is unwrapped: PKCS #8, or a secret key
 * @param inClear attributes with the value, besides those of `kept`
 */
function bring(session: Pkcs11Session, kept: Attributes, wrapped: Uint8Array, inClear: Attributes): void {
  if (canUnwrap(session)) {
    try {
      bringWrapped(session, kept, wrapped);
      return;
    } catch (error) {
      if (!(error instanceof pkcs11.Pkcs11Error)) throw error;
    }
  }
  session.binding.C_CreateObject(session.handle, [...kept, ...inClear]);
}

function secretAttributes(id: string, label: string): Attributes {
  return [
    { type: pkcs11.CKA_CLASS, value: SECRET_KEY },
    { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_AES },
    ...keptAttributes(id, label),
    { type: pkcs11.CKA_ENCRYPT, value: true },
    { type: pkcs11.CKA_DECRYPT, value: true },
  ];
}
