import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { archiveKeyPair } from '../../src/central/archive/archive-key-pair.ts';
import type { Central } from '../../src/central/central.ts';
import { issueCertificate } from '../../src/central/issue.ts';
import { findCardByName } from '../../src/central/repositories/cards.ts';
import { findPerson } from '../../src/central/repositories/people.ts';
import { openCentralForCommand } from '../../src/central/server.ts';
import { demoPaths } from '../../src/demo/paths.ts';
import { RETIRED_SLOTS, type RetiredSlot, type Slot } from '../../src/domain/slot.ts';
import { parseCertificateObject } from '../../src/piv/objects/certificate.ts';
import { parseKeyHistory } from '../../src/piv/objects/key-history.ts';
import { certificateTag, OBJECT_TAGS } from '../../src/piv/reference.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { type RunningDemo, startDemo } from '../support/demo.ts';
import { PCSCD_HOOK_LIMIT_MS, run, startPcscd, type TestPcscd, until } from '../support/pcscd.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';
import { decryptMail, encryptMail } from './opensc-mail.ts';

vi.setConfig(PATIENCE);

/** Keys of other cards come onto a card at the real kiosk, in a real PC/SC reader: judged by programs that are not ours. */

const PIN = '123456';
const MAIL = 'What was said to Emma while she had her other card.\r\n';
/** 9D and so many retired keys are all that a card holds. */
const ALL_RETIRED = 20;

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

function cardFile(name: string): VirtualCard {
  return VirtualCard.open(join(demo.home, 'demo', 'cards', `${name}.json`));
}

function certificateOf(name: string, slot: Slot): X509Certificate {
  return new X509Certificate(parseCertificateObject(cardFile(name).object(certificateTag(slot))!));
}

function serialOf(certificate: X509Certificate): string {
  return certificate.serialNumber.toLowerCase();
}

/** By command at central, then as its owner at the kiosk, up to the last screen; the card stays in. */
async function collect(card: string, serials: readonly string[]): Promise<void> {
  const words = serials.flatMap((serial) => ['--certificate', serial]);
  const asked = await demo.recard('central', 'request', 'new', 'existing-card', card, ...words);
  expect(asked.code, asked.stderr).toBe(0);
  const { terminal } = demo;
  const inserted = await demo.recard('card', 'insert', card);
  expect(inserted.code, inserted.stderr).toBe(0);
  await terminal.until('RP-11-card-found');
  terminal.press(KEY.enter);
  await terminal.until('ID-01-enter-pin');
  terminal.press(`${PIN}${KEY.enter}`);
  for (const code of ['KR-01-waiting', 'KR-05-difference', 'KR-05-warning']) {
    await terminal.until(code);
    terminal.press(KEY.enter);
  }
  await terminal.until('UX-07-done', 300_000);
  const isFree = () => run('opensc-tool', '--reader', '0', '--name').then(Boolean, () => false);
  await until('the card to be free', isFree);
}

async function takeOut(): Promise<void> {
  await demo.recard('card', 'pull');
  await demo.terminal.until('RP-11-insert-card');
}

const CASES = [
  { name: 'archived-ec', other: 'archived', algorithm: 'RSA' },
  { name: 'archived', other: 'archived-ec', algorithm: 'EC' },
] as const;

describe.each(CASES)('the $algorithm key of another card', ({ name, other, algorithm }) => {
  let before: X509Certificate;
  beforeAll(async () => {
    before = certificateOf(other, '9D');
    await collect(name, [serialOf(before)]);
  });
  afterAll(takeOut);

  test('decrypts on this card what was encrypted to its certificate, and the card’s own key what was to its own', async () => {
    expect(certificateOf(name, '82').serialNumber).toBe(before.serialNumber);
    const mail = await encryptMail(MAIL, before);
    expect(await decryptMail(mail, '82', PIN)).toBe(MAIL);
    await expect(decryptMail(mail, '9D', PIN)).rejects.toThrow();
    expect(await decryptMail(await encryptMail(MAIL, certificateOf(name, '9D')), '9D', PIN)).toBe(MAIL);
  });

  test('is listed with its certificate in pkcs15-tool, and counted in the Key History', async () => {
    const listed = await run('pkcs15-tool', '-D');
    expect(listed).toContain('Retired Certificate for Key Management 1]');
    expect(listed).toContain(`Private ${algorithm} Key [Retired KEY MAN 1]`);
    expect(listed).not.toContain('Management 2]');
    expect(parseKeyHistory(cardFile(name).object(OBJECT_TAGS.KEY_HISTORY)!)).toMatchObject({
      ...{ onCardCount: 1, offCardCount: 0 },
    });
  });
});

describe('as many recovered keys as a card can hold', () => {
  let lastOf: Record<'RSA' | 'EC', { readonly slot: RetiredSlot; readonly certificate: X509Certificate }>;
  beforeAll(async () => {
    const old = await addOldKeys(ALL_RETIRED - 1);
    await collect('archived', old);
    const onCard = RETIRED_SLOTS.map((slot) => ({ slot, certificate: certificateOf('archived', slot) }));
    const last = (type: string) =>
      onCard.findLast(({ certificate }) => certificate.publicKey.asymmetricKeyType === type)!;
    lastOf = { RSA: last('rsa'), EC: last('ec') };
  });
  afterAll(takeOut);

  test('are all listed by pkcs15-tool', async () => {
    const listed = await run('pkcs15-tool', '-D');
    for (let n = 1; n <= ALL_RETIRED; n += 1) {
      expect(listed).toContain(`Retired Certificate for Key Management ${n}]`);
      expect(listed).toContain(`Key [Retired KEY MAN ${n}]`);
    }
    expect(parseKeyHistory(cardFile('archived').object(OBJECT_TAGS.KEY_HISTORY)!).onCardCount).toBe(
      ALL_RETIRED,
    );
  });

  test('decrypt, the last ones too', async () => {
    for (const { slot, certificate } of Object.values(lastOf)) {
      expect(await decryptMail(await encryptMail(MAIL, certificate), slot, PIN)).toBe(MAIL);
    }
  });
});

/** Keys of cards that Emma had before these, in the archive: RSA and P-256 in turn. @returns their serial numbers */
async function addOldKeys(count: number): Promise<string[]> {
  const { databaseUrl } = await demo.info();
  const { central, close } = await openCentralForCommand(demoPaths(demo.home).central, databaseUrl);
  try {
    const serials: string[] = [];
    for (let n = 0; n < count; n += 1) serials.push(await addOldKey(central, n));
    return serials;
  } finally {
    await close();
  }
}

async function addOldKey(central: Central, n: number): Promise<string> {
  const { database } = central;
  const card = (await findCardByName(database, 'archived-ec'))!;
  const holder = (await findPerson(database, card.holderId))!;
  const [slot, algorithm] = [RETIRED_SLOTS[n]!, n % 2 === 0 ? 'RSA-2048' : 'P-256'] as const;
  const order = { slot, algorithm, ownerId: holder.id, operationId: null };
  const publicKey = await archiveKeyPair(central, database, order);
  const { serialNumber } = await issueCertificate(central, database, {
    ...{ card, holder, slot, publicKey, lifetimeDays: 300, notBefore: central.now(), operationId: null },
  });
  return serialNumber;
}
