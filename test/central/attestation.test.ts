import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  AttestationRootError,
  checkAttestation,
  readAttestationRoots,
} from '../../src/central/attestation.ts';
import { certificatesOfCard } from '../../src/central/repositories/certificates.ts';
import { toPem } from '../../src/pki/certificate.ts';
import { spkiOf } from '../../src/pki/public-key.ts';
import { attestationCertificate, attestationIdentity } from '../../src/virtual-card/attestation.ts';
import { CentralWorld, strayPublicKey } from './support/central-world.ts';
import { OperationRun } from './support/operation-run.ts';

const REFUSED = { status: 409, code: 'SE-07-attestation' };

/** A card that attests a key which it has just made. */
async function attestedKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const identity = await attestationIdentity();
  const key = { slot: '9A', privateKey, serial: 4711, pinPolicy: 2 };
  return {
    publicKey: spkiOf(privateKey),
    attestation: attestationCertificate(identity, key),
    issuer: new Uint8Array(Buffer.from(identity.certificate, 'base64')),
  };
}

describe('a key that its card attests', () => {
  let world: CentralWorld;
  beforeAll(async () => {
    world = await CentralWorld.open();
  });
  afterAll(() => world.close());

  test('is certified, and another one under the same attestation is not', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    const { publicKey, attestation, issuer } = await attestedKey();
    const request = { slot: '9A' as const, attestation, attestationChain: [issuer] };
    const software = run.kiosk.certificate(run.id, { ...request, publicKey: strayPublicKey() });
    await expect(software).rejects.toMatchObject(REFUSED);
    const nonsense = { ...request, publicKey, attestation: Uint8Array.of(0x30, 0) };
    await expect(run.kiosk.certificate(run.id, nonsense)).rejects.toMatchObject(REFUSED);
    const all = await certificatesOfCard(world.central.database, issued.card.id);
    expect(all.filter(({ operationId }) => operationId === run.id)).toEqual([]);
    await run.kiosk.certificate(run.id, { ...request, publicKey });
  });
});

describe('where there are attestation roots', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'recard-roots-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('only what one of them vouches for is believed', async () => {
    const { issuer, ...ours } = await attestedKey();
    const { issuer: stranger, ...theirs } = await attestedKey();
    mkdirSync(join(folder, 'good'));
    writeFileSync(join(folder, 'good', 'maker.pem'), toPem('CERTIFICATE', issuer));
    writeFileSync(join(folder, 'good', 'README'), 'not a certificate');
    const roots = readAttestationRoots(join(folder, 'good'));
    expect(roots).toHaveLength(1);
    checkAttestation({ ...ours, chain: [] }, roots);
    checkAttestation({ ...ours, chain: [issuer] }, roots);
    for (const chain of [[], [issuer], [stranger]]) {
      expect(() => checkAttestation({ ...theirs, chain }, roots)).toThrow('none of the roots');
    }
    // It is its own issuer's word only.
    checkAttestation({ ...theirs, chain: [] }, []);
  });

  test('without the folder there are none, and a damaged file is named', () => {
    expect(readAttestationRoots(join(folder, 'none'))).toEqual([]);
    writeFileSync(join(folder, 'broken.pem'), 'nothing');
    expect(() => readAttestationRoots(folder)).toThrow(AttestationRootError);
    expect(() => readAttestationRoots(folder)).toThrow('broken.pem');
  });
});
