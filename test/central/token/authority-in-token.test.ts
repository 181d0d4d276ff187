import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Authority,
  type AuthorityOptions,
  openAuthority,
  type RevokedCertificate,
} from '../../../src/central/authority/certificate-authority.ts';
import { tokenSigningKey } from '../../../src/central/authority/token-signing-key.ts';
import { type RefusedPins, refusedPins } from '../../../src/central/token/pin-file.ts';
import { openToken, type Token } from '../../../src/central/token/token.ts';
import { parseCertificate, toPem } from '../../../src/pki/certificate.ts';
import { verifyChuidSignature } from '../../../src/pki/content-signature.ts';
import { spkiOf } from '../../../src/pki/public-key.ts';
import { openWorkbench, type Workbench } from '../../pki/openssl.ts';
import { openSoftToken, type SoftToken } from '../support/soft-token.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let soft: SoftToken;
let folder: string;
let pins: RefusedPins;
let token: Token;
let options: AuthorityOptions;
let authority: Authority;
let bench: Workbench;

beforeAll(async () => {
  soft = openSoftToken();
  folder = mkdtempSync(join(tmpdir(), 'recard-in-token-'));
  const keyFile = join(folder, 'authority.key');
  pins = refusedPins(join(folder, 'refused'), keyFile);
  token = openToken(soft.settings, pins);
  options = {
    ...{ folder: join(folder, 'authority'), keyFile, organisation: 'Example', token },
    crlUrl: 'http://central.example/crl/issuing.crl',
    rootCrlUrl: 'http://central.example/crl/root.crl',
    caIssuersUrl: 'http://central.example/ca/issuing.cer',
  };
  authority = await openAuthority(options);
  bench = openWorkbench();
});
afterAll(async () => {
  await token?.close();
  bench?.dispose();
  rmSync(folder, { recursive: true, force: true });
  soft?.dispose();
});

const NOW = () => ({ thisUpdate: new Date(Date.now() - 1000), nextUpdate: new Date(Date.now() + DAY_MS) });

function issueOne() {
  return authority.ca.issue({
    ...{
      slot: '9A',
      commonName: 'Zoë',
      mail: null,
      userPrincipalName: 'zoe@example.org',
      guid: randomUUID(),
    },
    publicKey: spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey),
    fascN: Buffer.from('D13810D828AB6C10C339E5A1685A08C92ADE0A6184E739C3E7', 'hex'),
    ...{ notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + DAY_MS) },
  });
}

async function judge(der: Uint8Array, revoked: readonly RevokedCertificate[]) {
  const { ca } = authority;
  const lists = [
    await ca.signCrl({ number: 7, ...NOW(), revoked }),
    await ca.signRootCrl({ number: 7, ...NOW(), revoked: [] }),
  ];
  return bench.run(
    ...['verify', '-x509_strict', '-crl_check_all'],
    ...['-CAfile', bench.put('root.pem', toPem('CERTIFICATE', ca.rootCertificate))],
    ...['-untrusted', bench.put('issuing.pem', toPem('CERTIFICATE', ca.issuingCertificate))],
    ...['-CRLfile', bench.put('crls.pem', lists.map((list) => toPem('X509 CRL', list)).join(''))],
    bench.put('card.pem', toPem('CERTIFICATE', der)),
  );
}

describe('an authority that was founded in a token', () => {
  test('issues certificates and lists that openssl accepts', async () => {
    const { der, serialNumber } = await issueOne();
    expect(await judge(der, [])).toMatchObject({ code: 0 });
    const revokedAt = new Date().toISOString();
    const judged = await judge(der, [{ serialNumber, revokedAt, reason: 'keyCompromise' }]);
    expect(judged.output).toContain('certificate revoked');
  });

  test('signs what is on a card', async () => {
    const { contentSigner } = authority;
    const fields = Buffer.from(`3019${'d1'.repeat(25)}3410${'7b'.repeat(16)}35083230333031323331fe00`, 'hex');
    const signature = await contentSigner.signChuid(fields);
    expect(verifyChuidSignature(fields, signature)).toEqual(contentSigner.certificate);
  });

  test('has every private key where it can never be read out, as another program sees it', () => {
    const objects = soft.list().split(/(?=^\w[^\n]*Object)/m);
    const secret = objects.filter((text) => /^(Private|Secret) Key Object/.test(text));
    expect(secret.map((text) => /label:\s+(.*)/.exec(text)?.[1]).sort()).toEqual(
      ['recard archive key', 'recard content signer', 'recard issuing CA', 'recard root CA'].sort(),
    );
    for (const text of secret) {
      expect(text).toContain('Access:     sensitive, always sensitive, never extractable, local');
    }
  });

  test('seals keys for the archive, each record naming the key that has sealed it', async () => {
    const { archiveKey } = authority;
    const place = { id: randomUUID(), publicKey: randomBytes(91) };
    const sealed = await archiveKey.seal(Buffer.from('a private key'), place);
    expect(Buffer.from(await archiveKey.open(sealed, place)).toString()).toBe('a private key');
    expect(Buffer.from(sealed).toString('hex')).toContain(archiveKey.fingerprint.slice(0, 32));
    const changed = (at: number) => sealed.map((byte, index) => (index === at ? byte ^ 1 : byte));
    for (const [record, at] of [
      [sealed, { ...place, id: randomUUID() }],
      [changed(sealed.length - 1), place],
      [changed(10), place],
      [sealed.subarray(0, 30), place],
    ] as const) {
      await expect(archiveKey.open(record, at)).rejects.toMatchObject({
        name: 'KeyStoreError',
        problem: 'wrongKey',
      });
    }
  });

  test('is the same one when central starts again, and asks the token for nothing before it has to', async () => {
    const anew = openToken(soft.settings, pins);
    const again = await openAuthority({ ...options, token: anew });
    expect(again.ca.issuingCertificate).toEqual(authority.ca.issuingCertificate);
    expect(again.archiveKey.fingerprint).toBe(authority.archiveKey.fingerprint);
    expect(anew.pid).toBeUndefined();
    await again.custody.prove();
    await anew.close();
  });

  test('is not opened without its token being named, and says what to do', async () => {
    const opened = openAuthority({ ...options, token: undefined });
    await expect(opened).rejects.toThrow(/its keys are in a PKCS #11 token; name that in \[token\]/);
  });

  test('is told from another token that has keys of the same names', async () => {
    const tokens = process.env.SOFTHSM2_CONF;
    const other = openSoftToken();
    const otherToken = openToken(other.settings, pins);
    const { custody } = await openAuthority({ ...options, token: otherToken });
    const { archive, issuing } = custody.tokenIds;
    await expect(custody.prove()).rejects.toMatchObject({ problem: 'noKey' });
    await otherToken.makeSecret(archive ?? '', 'recard archive key');
    await expect(custody.prove()).rejects.toMatchObject({ name: 'KeyStoreError', problem: 'wrongKey' });
    await otherToken.makePair(issuing ?? '', 'recard issuing CA', 'P-384');
    const signing = tokenSigningKey(
      otherToken,
      issuing ?? '',
      parseCertificate(authority.ca.issuingCertificate).publicKey,
    );
    await expect(signing.sign(Buffer.from('x'))).rejects.toMatchObject({
      name: 'TokenError',
      problem: 'unfit',
    });
    await otherToken.close();
    other.dispose();
    process.env.SOFTHSM2_CONF = tokens;
  });
});
