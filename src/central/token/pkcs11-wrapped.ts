/**
 * A key goes into a token without ever being in clear on the way to it, as tokens in FIPS mode demand: the token makes an RSA
 * pair for this session, a key of AES comes in under that, and the key itself under it.
 */
import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import pkcs11 from 'pkcs11js';
import type { Attributes, Pkcs11Session } from './pkcs11-session.ts';

const RSA_BITS = 3072;
const EXPONENT = Buffer.of(1, 0, 1);
const AES_KEY_LENGTH = 32;
/** AES key wrap with padding. @see RFC 5649, 3 */
const WRAP = { cipher: 'id-aes256-wrap-pad', iv: Buffer.from('a65959a6', 'hex') } as const;

/** Whether the token has what `bringWrapped` needs. @throws Pkcs11Error */
export function canUnwrap({ binding, handle }: Pkcs11Session): boolean {
  const mechanisms = binding.C_GetMechanismList(binding.C_GetSessionInfo(handle).slotID);
  const needed = [pkcs11.CKM_RSA_PKCS_KEY_PAIR_GEN, pkcs11.CKM_RSA_PKCS_OAEP, pkcs11.CKM_AES_KEY_WRAP_PAD];
  return needed.every((one) => mechanisms.includes(one));
}

/**
 * @param content PKCS #8, or a secret key; not wiped
 * @param template what the key shall be, without its value
 * @throws Pkcs11Error also when the token has none of this
 */
export function bringWrapped(session: Pkcs11Session, template: Attributes, content: Uint8Array): void {
  const { binding, handle } = session;
  const pair = makeSessionPair(session);
  const wrappingKey = randomBytes(AES_KEY_LENGTH);
  const discard = [pair.privateKey, pair.publicKey];
  try {
    const oaep = { hashAlg: pkcs11.CKM_SHA_1, mgf: pkcs11.CKG_MGF1_SHA1, source: 1 };
    const mechanism = {
      mechanism: pkcs11.CKM_RSA_PKCS_OAEP,
      parameter: { type: pkcs11.CK_PARAMS_RSA_OAEP, ...oaep },
    };
    const wrapped = publicEncrypt(
      {
        key: publicKeyOf(session, pair.publicKey),
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: 'sha1',
      },
      wrappingKey,
    );
    const unwrapping = binding.C_UnwrapKey(handle, mechanism, pair.privateKey, wrapped, UNWRAPPING);
    discard.push(unwrapping);
    const cipher = createCipheriv(WRAP.cipher, wrappingKey, WRAP.iv);
    const blob = Buffer.concat([cipher.update(content), cipher.final()]);
    binding.C_UnwrapKey(handle, { mechanism: pkcs11.CKM_AES_KEY_WRAP_PAD }, unwrapping, blob, template);
  } finally {
    wrappingKey.fill(0);
    for (const object of discard) discardFromSession(session, object);
  }
}

/** What cannot be destroyed ends with the session; the key that was brought is there all the same. */
function discardFromSession({ binding, handle }: Pkcs11Session, object: pkcs11.Handle): void {
  try {
    binding.C_DestroyObject(handle, object);
  } catch {
    // As said above.
  }
}

/** Of this session alone, and good for nothing but to unwrap. */
const UNWRAPPING: Attributes = [
  { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_SECRET_KEY },
  { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_AES },
  { type: pkcs11.CKA_TOKEN, value: false },
  { type: pkcs11.CKA_SENSITIVE, value: true },
  { type: pkcs11.CKA_EXTRACTABLE, value: false },
  { type: pkcs11.CKA_UNWRAP, value: true },
];

function makeSessionPair({ binding, handle }: Pkcs11Session): pkcs11.KeyPair {
  return binding.C_GenerateKeyPair(
    handle,
    { mechanism: pkcs11.CKM_RSA_PKCS_KEY_PAIR_GEN },
    [
      ...[
        { type: pkcs11.CKA_TOKEN, value: false },
        { type: pkcs11.CKA_WRAP, value: true },
      ],
      { type: pkcs11.CKA_MODULUS_BITS, value: RSA_BITS },
      { type: pkcs11.CKA_PUBLIC_EXPONENT, value: EXPONENT },
    ],
    [
      ...[
        { type: pkcs11.CKA_TOKEN, value: false },
        { type: pkcs11.CKA_UNWRAP, value: true },
      ],
      ...[
        { type: pkcs11.CKA_SENSITIVE, value: true },
        { type: pkcs11.CKA_EXTRACTABLE, value: false },
      ],
    ],
  );
}

function publicKeyOf({ binding, handle }: Pkcs11Session, key: pkcs11.Handle) {
  const [modulus] = binding.C_GetAttributeValue(handle, key, [{ type: pkcs11.CKA_MODULUS }]);
  const jwk = {
    kty: 'RSA',
    n: Buffer.from((modulus?.value as Buffer | undefined) ?? []).toString('base64url'),
    e: EXPONENT.toString('base64url'),
  };
  return createPublicKey({ key: jwk, format: 'jwk' });
}
