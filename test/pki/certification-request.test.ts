import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildCertificationRequest,
  CertificationRequestError,
  provenKey,
} from '../../src/pki/certification-request.ts';
import { signingKey } from '../../src/pki/signing-key.ts';

const key = (namedCurve = 'P-256') => signingKey(generateKeyPairSync('ec', { namedCurve }).privateKey);

function complaint(der: Uint8Array): string {
  try {
    provenKey(der);
    return 'none';
  } catch (error) {
    if (error instanceof CertificationRequestError) return error.why;
    throw error;
  }
}

describe('a certification request', () => {
  test('tells the key that has signed it, and OpenSSL says so too', async () => {
    const asking = key();
    const request = await buildCertificationRequest(asking, 'kiosk');
    expect(provenKey(request)).toEqual(asking.publicKey);
    const options = ['req', '-inform', 'DER', '-verify', '-noout', '-subject'];
    const said = execFileSync('openssl', options, { input: request, stdio: ['pipe', 'pipe', 'pipe'] });
    expect(String(said)).toMatch(/CN ?= ?kiosk/);
  });

  test('that OpenSSL has made is understood', () => {
    const options = ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const output = ['-keyout', '/dev/null', '-subj', '/CN=x', '-outform', 'DER'];
    const request = execFileSync('openssl', [...options, ...output], { stdio: ['pipe', 'pipe', 'pipe'] });
    expect(provenKey(new Uint8Array(request))).toHaveLength(91);
  });

  test('for a key that whoever asks does not have is refused', async () => {
    const [theirs, mine] = [key(), key()];
    const request = await buildCertificationRequest({ ...mine, publicKey: theirs.publicKey }, 'kiosk');
    expect(complaint(request)).toBe('its key has not signed it');
  });

  test('that is none is refused, whatever it is', async () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => complaint(bytes) !== 'none'));
    const request = await buildCertificationRequest(key(), 'kiosk');
    fc.assert(
      fc.property(fc.nat(request.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(request);
        changed[at]! ^= change;
        const why = complaint(changed);
        // Some bytes say nothing: then it is the same request still.
        if (why === 'none') expect(provenKey(changed)).toEqual(provenKey(request));
      }),
    );
  });
});
