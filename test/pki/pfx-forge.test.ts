import forge from 'node-forge';
import { expect, test } from 'vitest';
import { buildPfx } from '../../src/pki/pfx.ts';
import { aSoftKey } from './soft-key.ts';

const PASSWORD = 'correct horse 42';

/** What node-forge, which shares no code with what makes the file, finds in it, as hex. */
function opened(pfx: Uint8Array, password: string) {
  const file = forge.pkcs12.pkcs12FromAsn1(fromDer(pfx), password);
  const bags = (type: string) => file.getBags({ bagType: type })[type] ?? [];
  const { pkcs8ShroudedKeyBag, certBag } = forge.pki.oids;
  const [key] = bags(pkcs8ShroudedKeyBag!);
  const privateKey = forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key!.key!));
  // A certificate that is signed with an elliptic key it hands over as it is.
  const certificates = bags(certBag!).map(({ asn1 }) => toHex(asn1));
  return { privateKey: toHex(privateKey), certificates };
}

function fromDer(der: Uint8Array): forge.asn1.Asn1 {
  return forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(der).toString('binary')));
}

function toHex(value: forge.asn1.Asn1): string {
  return forge.util.bytesToHex(forge.asn1.toDer(value).getBytes());
}

test.each(['default', 'legacy'] as const)(
  'the %s encryption of an RSA key is opened by another implementation, with its password only',
  async (encryption) => {
    const key = await aSoftKey({ kind: 'RSA-2048' });
    const password = new TextEncoder().encode(PASSWORD);
    const pfx = buildPfx({ keys: [key], password, encryption });
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    expect(opened(pfx, PASSWORD)).toEqual({
      privateKey: hex(key.privateKey),
      certificates: [key.certificate, ...key.chain].map(hex),
    });
    expect(() => opened(pfx, `${PASSWORD}!`)).toThrow(/password/);
  },
);
