import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { certificatesOfCard } from '../../src/central/repositories/certificates.ts';
import { parseBiometric, signedBiometricContent } from '../../src/piv/objects/biometric.ts';
import { parseChuid, signedChuidContent } from '../../src/piv/objects/chuid.ts';
import { containerId } from '../../src/piv/objects/container-id.ts';
import { parseFacialRecord } from '../../src/piv/objects/facial-record.ts';
import { parsePrintedInformation } from '../../src/piv/objects/printed-information.ts';
import { parseSecurityObject } from '../../src/piv/objects/security-object.ts';
import { tagNumber } from '../../src/piv/reference.ts';
import { verifyBiometricSignature, verifyChuidSignature } from '../../src/pki/content-signature.ts';
import { verifySecurityObject } from '../../src/pki/security-object.ts';
import { CentralWorld, type IssuedCard, PROFILE } from './support/central-world.ts';
import { OperationRun } from './support/operation-run.ts';

const PHOTO = join(import.meta.dirname, '../../src/demo/photos/golden-piv.jpg');

let world: CentralWorld;
let issued: IssuedCard;
let run: OperationRun;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-objects-'));
  world = await CentralWorld.open();
  await putProfile(world.central, PROFILE.replace('facial_image = false', 'facial_image = true'));
  issued = await world.issueCard({ holder: { photo: new Uint8Array(readFileSync(PHOTO)) } });
  run = await OperationRun.begin(world.kiosk, issued);
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

function content(tag: string): Uint8Array {
  return run.plan.objects.find((object) => object.tag === tag)!.content;
}

function signerOfChuid(): Uint8Array {
  const chuid = content('5FC102');
  return verifyChuidSignature(signedChuidContent(chuid), parseChuid(chuid).signature!);
}

describe('the objects of a card', () => {
  test('come in writing order, the CHUID last, and what central does not keep is gone', () => {
    const gone = ['5FC103', '5FC121', '5FC122', '5FC123'];
    const tags = ['5FC109', '5FC108', ...gone, '5FC107', '5FC10C', '7E', '5FC106', '5FC102'];
    expect(run.plan.objects.map(({ tag }) => tag)).toEqual(tags);
    for (const tag of gone) expect(content(tag)).toHaveLength(0);
  });

  test('say who the holder is, and show the photo that central has', () => {
    expect(parsePrintedInformation(content('5FC109'))).toMatchObject({
      name: 'Anna Sommer',
      expiry: issued.card.chuidExpiry,
    });
    const { header, record, signature } = parseBiometric(content('5FC108'));
    expect(Buffer.from(parseFacialRecord(record)).equals(readFileSync(PHOTO))).toBe(true);
    const { fascN, guid } = issued.card;
    const signed = signedBiometricContent(header, record, signature.length);
    verifyBiometricSignature({ record: signed, signature, fascN, guid }, signerOfChuid());
  });

  test('are signed by a content signer that outlives the card', () => {
    const { validTo } = new X509Certificate(signerOfChuid());
    expect(Date.parse(validTo)).toBeGreaterThan(issued.card.expiresAt.getTime());
  });

  test('have each their hash in the Security Object', () => {
    const { dataGroups, signature } = parseSecurityObject(content('5FC106'));
    const hashes = verifySecurityObject(signature, signerOfChuid());
    const hashed = run.plan.objects.filter((object) => object.content.length > 0 && object.tag !== '5FC106');
    expect(dataGroups).toHaveLength(hashed.length);
    for (const object of hashed) {
      const group = dataGroups.find((one) => one.containerId === containerId(tagNumber(object.tag)))!;
      const hash = createHash('sha256').update(object.content).digest();
      expect(Buffer.from(hashes.get(group.number)!).equals(hash)).toBe(true);
    }
  });
});

test('openssl accepts each new certificate until it is revoked', async () => {
  await run.kiosk.complete(run.id, await run.write());
  const chain = join(folder, 'chain.pem');
  const lists = await Promise.all(
    ['issuing', 'root'].map((name) => world.published.inject({ method: 'GET', url: `/crl/${name}.crl` })),
  );
  const pem = lists.map(({ rawPayload }) =>
    execFileSync('openssl', ['crl', '-inform', 'DER'], { input: rawPayload, encoding: 'utf8' }),
  );
  writeFileSync(chain, [world.central.authority.chainPem, ...pem].join(''));
  const verify = (der: Uint8Array): string => {
    const file = join(folder, 'one.pem');
    writeFileSync(file, new X509Certificate(der).toString());
    const options = ['verify', '-x509_strict', '-crl_check_all', '-CAfile', chain, file];
    return execFileSync('openssl', options, { encoding: 'utf8', stdio: 'pipe' });
  };
  const all = await certificatesOfCard(world.central.database, issued.card.id);
  for (const { der, state } of all) {
    if (state === 'active') expect(verify(der)).toContain('OK');
    else expect(() => verify(der)).toThrow('certificate revoked');
  }
  expect(all.filter(({ state }) => state === 'active')).toHaveLength(4);
});
