import { execFileSync } from 'node:child_process';
import { createHash, verify, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseCertificateObject } from '../../src/piv/objects/certificate.ts';
import { parseChuid } from '../../src/piv/objects/chuid.ts';
import { parsePrintedInformation } from '../../src/piv/objects/printed-information.ts';
import { certificateTag, hexTag, OBJECT_TAGS } from '../../src/piv/reference.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { type RunningDemo, startDemo, walk } from '../support/demo.ts';
import { PCSCD_HOOK_LIMIT_MS, run, startPcscd, type TestPcscd, until } from '../support/pcscd.ts';
import { PATIENCE } from '../support/soon.ts';

vi.setConfig(PATIENCE);

/** A card rewritten at the real kiosk, in a real PC/SC reader, judged by programs that are not ours. */

const MODULE = ['--module', 'opensc-pkcs11.so'];
const NEW_PIN = '73914682';
const OLD_PIN = '123456';
const SLOTS = ['9A', '9C', '9D', '9E'] as const;

interface ShownCard {
  readonly expiresAt: string;
  readonly chuidExpiry: string;
  readonly guid: string;
  readonly fascN: string;
  readonly profile: { readonly name: string; readonly revision: number };
  readonly certificates: readonly {
    readonly slot: string;
    readonly serialNumber: string;
    readonly state: string;
    readonly isOnCard: boolean;
    readonly notAfter: string;
    readonly revokedAt: string | null;
  }[];
}

let pcscd: TestPcscd;
let demo: RunningDemo;
beforeAll(async () => {
  pcscd = await startPcscd();
  demo = await startDemo({ args: ['--pcsc'] });
}, PCSCD_HOOK_LIMIT_MS);
afterAll(async () => {
  await demo?.close();
  await pcscd?.stop();
});

const cardFile = (name: string) => VirtualCard.open(join(demo.home, 'demo', 'cards', `${name}.json`));

async function shown(name: string): Promise<ShownCard> {
  return JSON.parse((await demo.recard('central', 'card', 'show', name, '--json')).stdout);
}

/** Signs by OpenSC's PKCS #11 module; whether the certificate of the slot verifies it. */
async function signs(card: VirtualCard, slot: '9A' | '9C', mechanism: string, pin: string): Promise<boolean> {
  const [input, output] = [join(demo.home, 'text'), join(demo.home, 'signature')];
  const text = Buffer.from('signed by a stranger’s program');
  writeFileSync(input, text);
  const key = ['--id', slot === '9A' ? '01' : '02', '-m', mechanism, '--signature-format', 'openssl'];
  const always = slot === '9C' ? ['--always-auth'] : [];
  await run(
    'pkcs11-tool',
    ...MODULE,
    '--login',
    '--pin',
    pin,
    ...always,
    '--sign',
    ...key,
    '-i',
    input,
    '-o',
    output,
  );
  return verify('sha256', text, certificateOf(card, slot).publicKey, readFileSync(output));
}

function certificateOf(card: VirtualCard, slot: (typeof SLOTS)[number]): X509Certificate {
  return new X509Certificate(parseCertificateObject(card.object(certificateTag(slot))!));
}

/** `openssl verify` with both revocation lists, as strict as it can be. */
async function passesOpenssl(certificate: X509Certificate): Promise<string> {
  const { caFile, crlUrl } = await demo.info();
  const file = join(demo.home, 'certificate.pem');
  const crls = join(demo.home, 'crls.pem');
  writeFileSync(file, certificate.toString());
  const lists = await Promise.all([crlUrl, crlUrl.replace('issuing', 'root')].map(fetchCrl));
  writeFileSync(crls, lists.join(''));
  return run(
    'openssl',
    'verify',
    '-x509_strict',
    '-crl_check_all',
    '-CAfile',
    caFile,
    '-CRLfile',
    crls,
    file,
  );
}

async function fetchCrl(url: string): Promise<string> {
  const der = Buffer.from(await (await fetch(url)).arrayBuffer());
  return execFileSync('openssl', ['crl', '-inform', 'DER'], { input: der, encoding: 'utf8' });
}

const CASES = [
  { name: 'good', algorithm: 'RSA', mechanism: 'SHA256-RSA-PKCS', holder: 'anna', profile: 'employee' },
  {
    name: 'revoked-elsewhere',
    algorithm: 'EC',
    mechanism: 'ECDSA-SHA256',
    holder: 'ben',
    profile: 'contractor',
  },
] as const;

describe.each(CASES)('the $algorithm card $name', ({ name, mechanism, holder, profile }) => {
  let before: VirtualCard;
  let after: VirtualCard;
  let recordBefore: ShownCard;
  let record: ShownCard;

  beforeAll(async () => {
    before = cardFile(name);
    recordBefore = await shown(name);
    const photo = join(demo.home, 'photo.jpg');
    const jpeg = readFileSync('src/demo/photos/golden-piv.jpg');
    writeFileSync(
      photo,
      Buffer.concat([jpeg.subarray(0, 2), Buffer.from('fffe0006ab12cd34', 'hex'), jpeg.subarray(2)]),
    );
    const set = ['--name', `New Name ${holder}`, '--mail', `new.${holder}@demo.example`, '--photo', photo];
    expect(await demo.recard('central', 'person', 'set', holder, ...set)).toMatchObject({ code: 0 });
    await walk.reprovision(demo, name, OLD_PIN, NEW_PIN);
    after = cardFile(name);
    record = await shown(name);
    await until('the card to be free', async () => /^0\s+Yes/m.test(await run('opensc-tool', '-l')));
  });
  afterAll(async () => {
    await demo.recard('card', 'pull');
    await demo.terminal.until('RP-11-insert-card');
  });

  test('is read by pkcs15-tool, pkcs11-tool and yubico-piv-tool', async () => {
    const listed = await run('pkcs15-tool', '-D');
    for (const kind of ['PIV Authentication', 'Digital Signature', 'Key Management', 'Card Authentication']) {
      expect(listed).toContain(`Certificate for ${kind}`);
    }
    expect(await run('pkcs11-tool', ...MODULE, '-O')).toContain(`New Name ${holder}`);
    const status = await run('yubico-piv-tool', '-r', 'Virtual', '-a', 'status');
    for (const slot of SLOTS) expect(status).toContain(`Slot ${slot.toLowerCase()}:`);
    expect(status).toContain(recordBefore.guid.replaceAll('-', ''));
  });

  test('signs with 9A and 9C for OpenSC with the new PIN, and refuses the old one', async () => {
    expect(await signs(after, '9A', mechanism, NEW_PIN)).toBe(true);
    expect(await signs(after, '9C', mechanism, NEW_PIN)).toBe(true);
    await expect(signs(after, '9A', mechanism, OLD_PIN)).rejects.toThrow(/CKR_PIN_INCORRECT/);
  });

  test('has certificates that openssl accepts, strictly and with the revocation lists', async () => {
    for (const slot of SLOTS) expect(await passesOpenssl(certificateOf(after, slot))).toContain('OK');
  });

  test('keeps GUID, FASC-N and expiry, and no certificate ends after the card', () => {
    const [old, now] = [before, after].map((card) => parseChuid(card.object(OBJECT_TAGS.CHUID)!));
    expect({ guid: now!.guid, fascN: Buffer.from(now!.fascN).toString('hex'), expiry: now!.expiry }).toEqual({
      guid: old!.guid,
      fascN: Buffer.from(old!.fascN).toString('hex'),
      expiry: old!.expiry,
    });
    expect(record.expiresAt).toBe(recordBefore.expiresAt);
    for (const slot of SLOTS) {
      expect(new Date(certificateOf(after, slot).validTo).getTime()).toBeLessThanOrEqual(
        Date.parse(record.expiresAt),
      );
    }
  });

  test('holds the new data by the newest revision with one certificate more, and nothing old is left', () => {
    expect(record.profile).toEqual({ name: profile, revision: 2 });
    expect(before.object(certificateTag('9E'))).toBeUndefined();
    const printed = parsePrintedInformation(after.object(OBJECT_TAGS.PRINTED_INFORMATION)!);
    expect(printed.name).toBe(`New Name ${holder}`);
    expect(
      Buffer.from(after.object(OBJECT_TAGS.FACIAL_IMAGE)!).includes(Buffer.from('ab12cd34', 'hex')),
    ).toBe(true);
    for (const slot of ['9A', '9C', '9D'] as const) {
      expect(certificateOf(after, slot).subject).toContain(`New Name ${holder}`);
      expect(certificateOf(after, slot).serialNumber).not.toBe(certificateOf(before, slot).serialNumber);
    }
    for (const slot of ['9C', '9D'] as const) {
      expect(certificateOf(after, slot).subjectAltName).toContain(`new.${holder}@demo.example`);
    }
    // Discovery is what the card and the standard say, and may stay as it is.
    for (const tag of Object.values(OBJECT_TAGS)) {
      const content = after.object(tag);
      if (tag === OBJECT_TAGS.DISCOVERY || !content || !before.object(tag)) continue;
      if (tag === OBJECT_TAGS.CCC || tag === OBJECT_TAGS.KEY_HISTORY) continue;
      expect(sha256(content), hexTag(tag)).not.toBe(sha256(before.object(tag)!));
    }
  });

  test('has at central exactly the certificates that are on it, and the old ones are on the revocation list', async () => {
    const onCard = SLOTS.map((slot) => certificateOf(after, slot).serialNumber.toLowerCase()).sort();
    const active = record.certificates
      .filter(({ state }) => state === 'active')
      .map(({ serialNumber }) => serialNumber);
    expect(active.sort()).toEqual(onCard);
    const crl = execFileSync('openssl', ['crl', '-inform', 'DER', '-noout', '-text'], {
      input: Buffer.from(await (await fetch((await demo.info()).crlUrl)).arrayBuffer()),
      encoding: 'utf8',
    });
    for (const slot of ['9A', '9C'] as const) {
      expect(crl).toContain(certificateOf(before, slot).serialNumber);
    }
  });
});

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
