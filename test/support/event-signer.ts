import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { EventSigner } from '../../src/kiosk/event-chain.ts';
import { spkiOf } from '../../src/pki/public-key.ts';

/** A kiosk's key in a test, with the serial number of a certificate that nobody has issued. */
export class TestSigner implements EventSigner {
  readonly certificateSerial: string;
  readonly #privateKey: KeyObject;

  constructor(certificateSerial = '01') {
    this.certificateSerial = certificateSerial;
    this.#privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  }

  get publicKey(): Uint8Array {
    return spkiOf(this.#privateKey);
  }

  sign(bytes: Uint8Array): Uint8Array {
    return new Uint8Array(sign('sha256', bytes, this.#privateKey));
  }
}
