/** Keys that central makes, keeps, and gives out to the one card that they are for (KR-11, SE-02, SE-04). */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { archivedKeys, keyReleases } from '../../db/central/archive-schema.ts';
import {
  archiveKeyPair,
  openArchivedKey,
  SigningKeyError,
} from '../../src/central/archive/archive-key-pair.ts';
import { openArchiveKey } from '../../src/central/authority/archive-key.ts';
import { KeyStoreError } from '../../src/central/authority/sealed-file.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { type ArchivedKeyRow, findArchivedKey } from '../../src/central/repositories/archived-keys.ts';
import { auditRows, parseEntry } from '../../src/central/repositories/audit.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import {
  certificatesOfCard,
  certificatesOnCard,
  findCertificate,
  revokeCertificate,
} from '../../src/central/repositories/certificates.ts';
import { parseKeyHistory } from '../../src/piv/objects/key-history.ts';
import { SealedSecretError } from '../../src/pki/hpke.ts';
import { spkiOf } from '../../src/pki/public-key.ts';
import { releaseContext } from '../../src/protocol/operation.ts';
import { formsOf, missedForms, searchFolder } from '../support/secret-search.ts';
import { CentralWorld, type IssuedCard, PROFILE } from './support/central-world.ts';
import { FULL_CARD, OperationRun, proveHolder, STANDARD_CARD } from './support/operation-run.ts';

const ARCHIVED = PROFILE.replace('name = "employee"', 'name = "archived"').replace(
  'slot = "9D"',
  'slot = "9D"\narchive = true',
);
const WITHOUT_MOVE = { ...FULL_CARD, canMoveKeys: false };

let world: CentralWorld;
beforeAll(async () => {
  world = await CentralWorld.open();
  await putProfile(world.central, ARCHIVED);
});
afterAll(() => world.close());

const database = () => world.central.database;

/** A card whose 9D is archived: the one that it came with is retired key 1. */
async function archivedCard(): Promise<IssuedCard> {
  const issued = await world.issueCard({ profileName: 'archived' });
  await rewrite(issued);
  return issued;
}

async function rewrite(issued: IssuedCard, wishes: Parameters<typeof OperationRun.begin>[2] = {}) {
  const run = await OperationRun.begin(world.kiosk, issued, wishes);
  const result = await run.kiosk.complete(run.id, await run.write());
  return { run, result };
}

function onCard({ card }: IssuedCard) {
  return certificatesOnCard(database(), card.id);
}

function releasesOf(operationId: string) {
  return database().select().from(keyReleases).where(eq(keyReleases.operationId, operationId));
}

async function auditOf(operationId: string): Promise<string[]> {
  const types: string[] = [];
  for await (const row of auditRows(database())) {
    const entry = parseEntry(row);
    if (entry?.operationId === operationId) types.push(entry.type);
  }
  return types;
}

async function archivedIn(issued: IssuedCard, slot: '9D' | '82'): Promise<ArchivedKeyRow> {
  const certificate = (await onCard(issued)).get(slot)!;
  return (await findArchivedKey(database(), certificate.publicKey))!;
}

describe('a profile that archives the encryption key', () => {
  test('gives the card a key that central made, and leaves the old one on it with its certificate', async () => {
    const issued = await world.issueCard({ profileName: 'archived' });
    const before = (await onCard(issued)).get('9D')!;
    const { run, result } = await rewrite(issued);
    expect(run.plan.keys.map(({ slot, source }) => `${slot} ${source.kind}`)).toEqual([
      '9A generate',
      '82 move',
      '9D import',
      '9E generate',
      '9C generate',
    ]);
    expect(result.certificates.map(({ slot }) => slot)).toContain('82');
    const after = await onCard(issued);
    expect(after.get('82')).toMatchObject({ serialNumber: before.serialNumber, state: 'active' });
    expect(after.get('9D')).toMatchObject({ state: 'active', publicKey: issued.soft.publicKey('9D') });
    const archived = await archivedIn(issued, '9D');
    expect(archived).toMatchObject({ ownerId: issued.holder.id, operationId: run.id, algorithm: 'P-256' });
    const privateKey = await openArchivedKey(world.central, archived);
    const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
    expect(spkiOf(createPublicKey(key))).toEqual(after.get('9D')!.publicKey);
    const history = run.plan.objects.find(({ tag }) => tag === '5FC10C')!;
    expect(parseKeyHistory(history.content)).toMatchObject({ onCardCount: 1, offCardCount: 0 });
  });

  test('has the same key afterwards, and nothing leaves central while it is on the card', async () => {
    const issued = await archivedCard();
    const before = (await onCard(issued)).get('9D')!;
    const { run } = await rewrite(issued);
    expect((await onCard(issued)).get('9D')!.serialNumber).toBe(before.serialNumber);
    expect(await releasesOf(run.id)).toEqual([]);
  });

  test('has the same key put back where the card has lost it, or the one in its history', async () => {
    const issued = await archivedCard();
    await rewrite(issued, { reason: 'routine-key-rotation' });
    const before = await onCard(issued);
    for (const slot of ['9D', '83'] as const) issued.soft.generate(slot);
    const { run } = await rewrite(issued, { reason: 'card-content-faulty' });
    const after = await onCard(issued);
    for (const slot of ['82', '83', '9D'] as const) {
      expect(after.get(slot)!.serialNumber).toBe(before.get(slot)!.serialNumber);
    }
    expect(issued.soft.publicKey('83')).toEqual(before.get('83')!.publicKey);
    expect(await releasesOf(run.id)).toHaveLength(2);
    const history = run.plan.objects.find(({ tag }) => tag === '5FC10C')!;
    expect(parseKeyHistory(history.content)).toMatchObject({ onCardCount: 2 });
  });

  test('has a new certificate over the same key when the name has changed', async () => {
    const issued = await archivedCard();
    const before = (await onCard(issued)).get('9D')!;
    await rewrite(issued, { reason: 'personal-data-changed' });
    const after = (await onCard(issued)).get('9D')!;
    expect(after.serialNumber).not.toBe(before.serialNumber);
    expect(after.publicKey).toEqual(before.publicKey);
    const old = await findCertificate(database(), before.serialNumber);
    expect(old).toMatchObject({ state: 'revoked', crlReason: 'affiliationChanged', isOnCard: false });
  });

  test.each([
    ['that moves keys', FULL_CARD, 1],
    ['that does not move keys', WITHOUT_MOVE, 2],
  ])('keeps an exposed key on a card %s, as the next retired one', async (_card, capabilities, releases) => {
    const issued = await archivedCard();
    const before = (await onCard(issued)).get('9D')!;
    if (releases === 2) issued.soft.keys.delete('83');
    const run = await OperationRun.begin(world.kiosk, issued, { reason: 'pin-or-key-exposed', capabilities });
    if (releases === 2) issued.soft.keys.delete('9D');
    await run.kiosk.complete(run.id, await run.write());
    const after = await onCard(issued);
    expect(after.get('83')).toMatchObject({
      ...{ serialNumber: before.serialNumber, state: 'revoked', crlReason: 'keyCompromise' },
      isOnCard: true,
    });
    expect(after.get('9D')!.publicKey).not.toEqual(before.publicKey);
    expect(await releasesOf(run.id)).toHaveLength(releases);
  });

  test('says so of a card that takes no key, when it is asked and when it is begun', async () => {
    const issued = await world.issueCard({ profileName: 'archived' });
    const wish = { cardId: issued.card.id, reason: 'routine-key-rotation', capabilities: STANDARD_CARD };
    const proofId = await proveHolder(world.kiosk, issued);
    await expect(world.kiosk.preview({ ...wish, proofId })).rejects.toMatchObject({
      code: 'KR-11-cannot-import',
    });
    await expect(OperationRun.begin(world.kiosk, issued, { ...wish, proofId })).rejects.toMatchObject({
      code: 'KR-11-cannot-import',
      message: expect.stringContaining('YubiKey'),
    });
  });

  test('takes a key for archived only where it is the holder’s own', async () => {
    const issued = await archivedCard();
    const { holder } = await world.issueCard();
    const archived = await archivedIn(issued, '9D');
    await database().update(archivedKeys).set({ ownerId: holder.id }).where(eq(archivedKeys.id, archived.id));
    const { run } = await rewrite(issued, { reason: 'card-content-faulty', capabilities: WITHOUT_MOVE });
    expect(run.plan.keys.find(({ slot }) => slot === '9D')!.source).toEqual({ kind: 'keep' });
    expect(await releasesOf(run.id)).toEqual([]);
  });

  test('tells beforehand what becomes of the key', async () => {
    const issued = await archivedCard();
    const proofId = await proveHolder(world.kiosk, issued);
    const wish = { proofId, cardId: issued.card.id, capabilities: FULL_CARD };
    expect(await world.kiosk.preview({ ...wish, reason: 'profile-updated' })).toMatchObject({
      encryptionKey: 'recover',
    });
    expect(await world.kiosk.preview({ ...wish, reason: 'routine-key-rotation' })).toMatchObject({
      encryptionKey: 'move',
    });
    await OperationRun.begin(world.kiosk, issued, { proofId, reason: 'profile-updated' });
    const again = { ...wish, proofId: await proveHolder(world.kiosk, issued), reason: 'profile-updated' };
    expect(await world.kiosk.preview(again)).toMatchObject({ encryptionKey: 'recover' });
  });
});

describe('a key leaves central', () => {
  test('only for a card that has passed in this run, and is on record before it goes', async () => {
    const issued = await world.issueCard({ profileName: 'archived' });
    const run = await OperationRun.begin(world.kiosk, issued);
    await expect(run.release('9D')).rejects.toMatchObject({ code: 'SE-03-card-not-authenticated' });
    expect(await releasesOf(run.id)).toEqual([]);
    await run.authenticate();
    const first = await run.release('9D');
    const planned = run.plan.keys.find(({ slot }) => slot === '9D')!;
    const key = createPrivateKey({ key: Buffer.from(first), format: 'der', type: 'pkcs8' });
    expect(spkiOf(createPublicKey(key))).toEqual(planned.publicKey);
    // Its answer was lost: the same run asks again.
    expect(await run.release('9D')).toEqual(first);
    const releases = await releasesOf(run.id);
    const archived = (await findArchivedKey(database(), planned.publicKey!))!;
    expect(releases).toHaveLength(1);
    expect(releases[0]).toMatchObject({ archivedKeyId: archived.id });
    expect(await auditOf(run.id)).toEqual([
      'key.archived',
      'operation.begun',
      'key.released',
      'key.released-again',
    ]);
    const resumed = await OperationRun.begin(world.kiosk, issued);
    await expect(resumed.release('9D')).rejects.toMatchObject({ code: 'SE-03-card-not-authenticated' });
    await resumed.authenticate();
    expect(await resumed.release('9D')).toEqual(first);
    expect(await releasesOf(run.id)).toHaveLength(2);
  });

  test('only sealed to this run, this operation, this card and this certificate', async () => {
    const issued = await world.issueCard({ profileName: 'archived' });
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    const sealed = await run.kiosk.releaseKey(run.id, '9D');
    const certificate = run.plan.keys.find(({ slot }) => slot === '9D')!.certificate!;
    const another = new Uint8Array(certificate).fill(0, -1);
    const [operationId, cardId] = [run.id, issued.card.id];
    for (const wrong of [
      releaseContext(randomUUID(), cardId, certificate),
      releaseContext(operationId, randomUUID(), certificate),
      releaseContext(operationId, cardId, another),
    ]) {
      await expect(run.recipient.open(sealed, wrong)).rejects.toThrow(SealedSecretError);
    }
    const other = await OperationRun.begin(world.kiosk, await world.issueCard());
    const context = releaseContext(operationId, cardId, certificate);
    await expect(other.recipient.open(sealed, context)).rejects.toThrow(SealedSecretError);
  });

  test('never for a slot of signing keys, nor for one that gets no archived key', async () => {
    const run = await OperationRun.begin(world.kiosk, await world.issueCard({ profileName: 'archived' }));
    await run.authenticate();
    for (const slot of ['9A', '9C', '9E']) {
      const asked = run.kiosk.releaseKey(run.id, slot);
      await expect(asked).rejects.toMatchObject({ code: 'KR-11-signing-key' });
    }
    for (const slot of ['82', '83']) {
      const asked = run.kiosk.releaseKey(run.id, slot);
      await expect(asked).rejects.toMatchObject({ code: 'KR-11-no-such-key' });
    }
    await expect(run.kiosk.releaseKey(run.id, 'FF')).rejects.toMatchObject({ status: 400 });
  });

  test('to nobody but its owner', async () => {
    const issued = await world.issueCard({ profileName: 'archived' });
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    const { holder } = await world.issueCard();
    const { publicKey } = run.plan.keys.find(({ slot }) => slot === '9D')!;
    const key = eq(archivedKeys.publicKey, publicKey!);
    await database().update(archivedKeys).set({ ownerId: holder.id }).where(key);
    await expect(run.release('9D')).rejects.toMatchObject({ code: 'KR-11-wrong-key' });
    expect(await releasesOf(run.id)).toEqual([]);
  });

  test('neither to another kiosk, nor after card or holder were disabled, nor after the end', async () => {
    const issued = await world.issueCard({ profileName: 'archived' });
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    const elsewhere = await world.addKiosk('elsewhere');
    await expect(elsewhere.releaseKey(run.id, '9D')).rejects.toMatchObject({ code: 'RP-17-elsewhere' });
    await changeCard(database(), issued.card.id, { state: 'disabled' });
    await expect(run.release('9D')).rejects.toMatchObject({ code: 'RP-06-disabled' });
    await changeCard(database(), issued.card.id, { state: 'issued' });
    await abandonOperation(world.central, run.id, { actor: 'command', why: null });
    await expect(run.release('9D')).rejects.toMatchObject({ code: 'RP-17-closed' });
    expect(await releasesOf(run.id)).toEqual([]);
  });

  test('and stands in no file of central’s afterwards, its database and log among them', async () => {
    const issued = await world.issueCard({ profileName: 'archived' });
    const run = await OperationRun.begin(world.kiosk, issued);
    const report = await run.write();
    const privateKey = await openArchivedKey(world.central, (await archivedNow(run))!);
    await run.kiosk.complete(run.id, report);
    // Without what is in every key: the scalar of P-256.
    const scalar = privateKey.subarray(36, 68);
    const forms = formsOf('archived key', scalar, false);
    expect(searchFolder(world.stateDir, forms, [])).toEqual([]);
    expect(missedForms(forms, join(world.stateDir, 'scratch'))).toEqual([]);
  });
});

async function archivedNow(run: OperationRun): Promise<ArchivedKeyRow | undefined> {
  const { publicKey } = run.plan.keys.find(({ slot }) => slot === '9D')!;
  return findArchivedKey(database(), publicKey!);
}

describe('an operation with an archived key that is not finished', () => {
  test('has another certificate when the one that was held is revoked meanwhile, and another key when that was exposed', async () => {
    for (const crlReason of ['superseded', 'keyCompromise'] as const) {
      const issued = await world.issueCard({ profileName: 'archived' });
      const run = await OperationRun.begin(world.kiosk, issued);
      const before = run.plan.keys.find(({ slot }) => slot === '9D')!;
      const held = (await certificatesHeld(run)).find(({ slot }) => slot === '9D')!;
      await revokeCertificate(database(), held, crlReason, new Date());
      const resumed = await OperationRun.begin(world.kiosk, issued);
      const after = resumed.plan.keys.find(({ slot }) => slot === '9D')!;
      expect(after.certificate).not.toEqual(before.certificate);
      const isSame = Buffer.compare(after.publicKey!, before.publicKey!) === 0;
      expect(isSame).toBe(crlReason === 'superseded');
      await resumed.kiosk.complete(resumed.id, await resumed.write());
      expect((await onCard(issued)).get('9D')!.publicKey).toEqual(after.publicKey);
    }
  });

  test.each(['before', 'after'] as const)(
    'is abandoned %s the key was given out: the next one loses nothing and finishes the card',
    async (when) => {
      const issued = await archivedCard();
      const before = (await onCard(issued)).get('9D')!;
      const run = await OperationRun.begin(world.kiosk, issued, { reason: 'pin-or-key-exposed' });
      await run.authenticate();
      await run.changePin();
      await run.bringKey('83', '9D');
      if (when === 'after') await run.bringKey('9D', null);
      await abandonOperation(world.central, run.id, { actor: 'command', why: null });
      await rewrite(issued);
      const after = await onCard(issued);
      expect(after.get('83')!.serialNumber).toBe(before.serialNumber);
      expect(after.get('9D')!.state).toBe('active');
      expect(after.get('9D')!.publicKey).toEqual(issued.soft.publicKey('9D'));
      expect(await archivedIn(issued, '9D')).toBeDefined();
    },
  );
});

async function certificatesHeld(run: OperationRun) {
  const all = await certificatesOfCard(database(), run.issued.card.id);
  return all.filter(({ state, operationId }) => state === 'held' && operationId === run.id);
}

describe('the archive', () => {
  test('takes no key of a slot that signs', async () => {
    const { holder } = await world.issueCard();
    for (const slot of ['9A', '9C', '9E'] as const) {
      const order = { slot, algorithm: 'P-256', ownerId: holder.id, operationId: null } as const;
      const archived = archiveKeyPair(world.central, database(), order);
      await expect(archived).rejects.toThrow(SigningKeyError);
    }
  });

  test.each(['RSA-2048', 'RSA-3072', 'P-384'] as const)('keeps keys of %s', async (algorithm) => {
    const { holder } = await world.issueCard();
    const order = { slot: '9D', algorithm, ownerId: holder.id, operationId: null } as const;
    const publicKey = await archiveKeyPair(world.central, database(), order);
    const row = (await findArchivedKey(database(), publicKey))!;
    const key = createPrivateKey({
      key: Buffer.from(await openArchivedKey(world.central, row)),
      ...({ format: 'der', type: 'pkcs8' } as const),
    });
    expect(spkiOf(createPublicKey(key))).toEqual(publicKey);
  });

  test('opens no key in the place of another, none that was changed, and none under another archive key', async () => {
    const issued = await archivedCard();
    const row = await archivedIn(issued, '9D');
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const changed = row.sealed.map((byte, at) => (at === 20 ? byte ^ 1 : byte));
    const file = join(world.stateDir, 'another-archive-key');
    const other = await openArchiveKey(file, readFileSync(join(world.stateDir, 'authority.key')));
    const { archiveKey } = world.central.authority;
    for (const opened of [
      archiveKey.open(row.sealed, { ...row, id: randomUUID() }),
      archiveKey.open(row.sealed, { ...row, publicKey: spkiOf(publicKey) }),
      archiveKey.open(changed, row),
      other.open(row.sealed, row),
    ]) {
      await expect(opened).rejects.toThrow(KeyStoreError);
    }
    expect(other.fingerprint).not.toBe(archiveKey.fingerprint);
  });
});
