import { type KeyObject, sign } from 'node:crypto';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import type { KeyAlgorithm } from '../domain/slot.ts';
import { algorithmOf, hashFor, spkiOf } from './public-key.ts';

/** A private key that signs certificates, CRLs or card content; where it lives (file, token) is not said. */
export interface SigningKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly algorithm: KeyAlgorithm;
  /** Signs with `hashFor` the key: PKCS #1 v1.5 or ECDSA (DER). */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** A signing key in this process. @throws UnsupportedKeyError for an algorithm that is not used here */
export function signingKey(privateKey: KeyObject): SigningKey {
  const publicKey = spkiOf(privateKey);
  const algorithm = algorithmOf(publicKey);
  return {
    publicKey,
    algorithm,
    sign: (message) =>
      new Promise((resolve, reject) => {
        sign(hashFor(algorithm), message, privateKey, (error, signature) => {
          if (error) reject(error);
          else resolve(new Uint8Array(signature));
        });
      }),
  };
}

/** `signatureAlgorithm` of certificates and CRLs. @see RFC 4055, 5 and RFC 5758, 3.2 */
export function signatureAlgorithm(algorithm: KeyAlgorithm): AlgorithmIdentifier {
  switch (algorithm) {
    case 'P-256':
      return new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });
    case 'P-384':
      return new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.3' });
    default:
      return new AlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.11', parameters: null });
  }
}
