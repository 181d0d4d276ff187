import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCertificateObject, parseCertificateObject } from '../../src/piv/objects/certificate.ts';
import { parseSecurityObject } from '../../src/piv/objects/security-object.ts';
import type { CompleteRequest } from '../../src/protocol/operation.ts';
import { CentralWorld } from './support/central-world.ts';
import { OperationRun } from './support/operation-run.ts';

const PRINTED_INFORMATION = '5FC109';
/** Its container in the Security Object. @see NIST SP 800-73-4 part 1, table 2 */
const PRINTED_INFORMATION_CONTAINER = 0x3001;
const NOT_VERIFIED = { code: 'RP-18-verify-failed' };

let world: CentralWorld;
beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const containersOf = (content: Uint8Array) =>
  parseSecurityObject(content).dataGroups.map(({ containerId }) => containerId);

describe('an object that a card has no room for', () => {
  test('leaves the image and the Security Object, for a later run at another kiosk too', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    const report = await run.write();
    const planned = run.plan.objects.find(({ tag }) => tag === '5FC106')!.content;
    expect(containersOf(planned)).toContain(PRINTED_INFORMATION_CONTAINER);
    const { securityObject } = await run.kiosk.leaveOut(run.id, [PRINTED_INFORMATION]);
    expect(containersOf(securityObject)).not.toContain(PRINTED_INFORMATION_CONTAINER);
    expect(containersOf(securityObject)).toHaveLength(containersOf(planned).length - 1);
    const again = await run.kiosk.leaveOut(run.id, [PRINTED_INFORMATION]);
    expect(again.securityObject).toEqual(securityObject);

    const resumed = await OperationRun.begin(world.kiosk, issued);
    await resumed.authenticate();
    const objects = new Map(resumed.plan.objects.map(({ tag, content }) => [tag, content]));
    expect(objects.get(PRINTED_INFORMATION)).toHaveLength(0);
    expect(objects.get('5FC106')).toEqual(securityObject);

    await expect(run.kiosk.complete(run.id, report)).rejects.toMatchObject(NOT_VERIFIED);
    const rest = report.readBack.filter(({ tag }) => ![PRINTED_INFORMATION, '5FC106'].includes(tag));
    const readBack = [...rest, { tag: '5FC106', sha256: sha256(securityObject) }];
    const unwritableObjects = [PRINTED_INFORMATION];
    const result = await run.kiosk.complete(run.id, { ...report, readBack, unwritableObjects });
    expect(result.certificates).toHaveLength(4);
  });

  test.each(['5FC102', '5FC106', '5FC107'])('is never %s', async (tag) => {
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    await run.authenticate();
    await expect(run.kiosk.leaveOut(run.id, [tag])).rejects.toMatchObject(NOT_VERIFIED);
  });
});

describe('a certificate that was stored compressed', () => {
  async function aReport(change: (der: Uint8Array) => Uint8Array) {
    const run = await OperationRun.begin(world.kiosk, await world.issueCard());
    const report = await run.write();
    const resumed = await OperationRun.begin(world.kiosk, run.issued);
    await resumed.authenticate();
    const der = resumed.plan.keys.find(({ slot }) => slot === '9A')!.certificate!;
    const compressed = Uint8Array.from(change(der));
    const stored = { tag: '5FC105', sha256: sha256(compressed), compressed };
    const readBack = [...report.readBack.filter(({ tag }) => tag !== '5FC105'), stored];
    return { run, report: { ...report, readBack } satisfies CompleteRequest };
  }

  test('counts as what it unpacks to', async () => {
    const { run, report } = await aReport((der) => buildCertificateObject(der, true));
    const { certificates } = await run.kiosk.complete(run.id, report);
    expect(certificates).toHaveLength(4);
  });

  test('is refused when it is another, or broken', async () => {
    const other = await OperationRun.begin(world.kiosk, await world.issueCard());
    const foreign = other.plan.keys.find(({ certificate }) => certificate)!.certificate!;
    for (const broken of [
      (der: Uint8Array) => buildCertificateObject(der, true).subarray(0, 200),
      () => buildCertificateObject(foreign, true),
      () => new Uint8Array(),
    ]) {
      const { run, report } = await aReport(broken);
      await expect(run.kiosk.complete(run.id, report)).rejects.toMatchObject(NOT_VERIFIED);
    }
    expect(parseCertificateObject(buildCertificateObject(foreign, true))).toEqual(new Uint8Array(foreign));
  });
});
