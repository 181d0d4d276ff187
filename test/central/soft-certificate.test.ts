/** Recovered keys as a file: who is given them, in which run, and what becomes of the request (KR-01 to KR-04, KR-08, KR-10, KR-11). */
import { createPrivateKey, createPublicKey, randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYBODY, groups } from '../../db/central/group-schema.ts';
import { mails } from '../../db/central/mail-schema.ts';
import { requestCertificates } from '../../db/central/request-schema.ts';
import { softReleases } from '../../db/central/soft-schema.ts';
import { putOperator } from '../../src/central/command/put-operator.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { mailFolderSettings } from '../../src/central/mail/mail-settings.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { auditRows, parseEntry } from '../../src/central/repositories/audit.ts';
import { certificatesOnCard, changeCertificate } from '../../src/central/repositories/certificates.ts';
import { findKioskByName } from '../../src/central/repositories/kiosk-register.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import { changeRequest, findRequest } from '../../src/central/repositories/requests.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { cancelRequest } from '../../src/central/request/decide.ts';
import { fileRequest } from '../../src/central/request/file-request.ts';
import { completeSoft } from '../../src/central/soft/end-soft.ts';
import { sweep } from '../../src/central/sweep.ts';
import { createRecipient } from '../../src/pki/hpke.ts';
import { SOFT_EVENTS, type SoftResponse, softContext } from '../../src/protocol/soft-certificate.ts';
import type { IssuedCard } from './support/central-world.ts';
import { ARCHIVED, CollectionWorld } from './support/collection-world.ts';
import { inviteForTest } from './support/invite-for-test.ts';
import { KioskCaller } from './support/kiosk-caller.ts';
import { FULL_CARD, OperationRun, proveHolder } from './support/operation-run.ts';
import { signStatement } from './support/sign-statement.ts';
import { SignedChain } from './support/signed-chain.ts';

const clock = { offsetMs: 0 };
const now = () => new Date(Date.now() + clock.offsetMs);
const MINUTE = 60_000;
const SALES = '00000000-0000-7000-8000-00000000aaaa';
const WORKS = '00000000-0000-7000-8000-00000000bbbb';
let world: CollectionWorld;
beforeAll(async () => {
  world = await CollectionWorld.open(now);
});
afterAll(() => world.close());

async function waiting(profileName = 'employee', ...algorithms: ('P-256' | 'RSA-2048')[]) {
  const issued = await world.world.issueCard();
  const serials = await world.oldKeys(issued, ...(algorithms.length > 0 ? algorithms : ['P-256' as const]));
  const wish = { kind: 'softCertificate', ownerId: issued.holder.id, profileName, note: null } as const;
  const { id } = await fileRequest(world.world.central, COMMAND, { ...wish, certificates: serials });
  return { issued, serials, requestId: id };
}

async function open(issued: IssuedCard, requestId: string, wishes: { proofId?: string | null } = {}) {
  const recipient = await createRecipient();
  const proofId = wishes.proofId === undefined ? await proveHolder(world.kiosk, issued) : wishes.proofId;
  const request = { proofId, recipientKey: recipient.publicKey };
  return { recipient, request, answer: await world.kiosk.openSoft(requestId, request) };
}

const FILE = {
  ...{ sha256: new Uint8Array(randomBytes(32)), fileName: 'anna-2026-11-22.p12', medium: 'ANNAS STICK' },
};

async function openedKeys(
  requestId: string,
  { recipient, answer }: { recipient: Awaited<ReturnType<typeof createRecipient>>; answer: SoftResponse },
) {
  const keys = [];
  for (const { certificate, sealed } of answer.keys)
    keys.push(await recipient.open(sealed, softContext(requestId, recipient.publicKey, certificate)));
  return keys;
}

async function auditOf(requestId: string) {
  const entries = [];
  for await (const row of auditRows(world.database)) {
    const entry = parseEntry(row);
    if (entry?.detail?.request === requestId) entries.push(entry);
  }
  return entries;
}

async function refused(issued: IssuedCard, requestId: string, code: string, proofId?: string) {
  const opened = open(issued, requestId, proofId === undefined ? {} : { proofId });
  await expect(opened).rejects.toMatchObject({ code });
  const entries = await auditOf(requestId);
  expect(entries.at(-1)).toMatchObject({ type: 'request.refused', detail: { code } });
}

describe('a soft certificate', () => {
  test('gives RSA and P-256 keys to the run that asked, with certificate, chain and a name for each', async () => {
    const { issued, requestId, serials } = await waiting('employee', 'RSA-2048', 'P-256');
    const opened = await open(issued, requestId);
    expect(opened.answer).toMatchObject({
      ownerName: issued.holder.displayName,
      rules: { where: 'chosen', allowsOldEncryption: true, password: { minLength: 12 } },
    });
    const keys = await openedKeys(requestId, opened);
    const { ca } = world.world.central.authority;
    for (const [index, { certificate, chain, friendlyName }] of opened.answer.keys.entries()) {
      const row = (await world.certificate(serials[index]!))!;
      expect(certificate).toEqual(row.der);
      expect(chain).toEqual([ca.issuingCertificate, ca.rootCertificate]);
      expect(friendlyName).toContain(issued.holder.displayName);
      expect(friendlyName).toContain(serials[index]!.slice(-8));
      const key = createPrivateKey({ key: Buffer.from(keys[index]!), format: 'der', type: 'pkcs8' });
      const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
      expect(new Uint8Array(spki)).toEqual(row.publicKey);
    }
    expect(await world.stateOf(requestId)).toBe('collecting');
  });

  test('is completed by the run that has saved it, is in the audit with all that belongs to it, and is gone', async () => {
    const { issued, requestId, serials } = await waiting();
    const { recipient, answer } = await open(issued, requestId);
    const saved = { run: recipient.publicKey, ...FILE };
    await world.kiosk.completeSoft(requestId, saved);
    await world.kiosk.completeSoft(requestId, saved);
    expect(await world.stateOf(requestId)).toBe('completed');
    const entries = await auditOf(requestId);
    expect(entries.map(({ type }) => type)).toEqual([
      ...['request.made', 'request.collecting', 'key.released', 'request.completed'],
    ]);
    expect(entries.at(-1)).toMatchObject({
      ...{ actor: 'kiosk:first', cardId: issued.card.id },
      detail: {
        ...{ owner: issued.holder.id, requestedBy: 'command', approvedBy: [], certificates: serials },
        ...{ collection: answer.collectionId, fileName: FILE.fileName, medium: FILE.medium },
        sha256: Buffer.from(FILE.sha256).toString('hex'),
      },
    });
    await refused(issued, requestId, 'KR-02-collected');
  });

  test('is given again to the same run, and to no other key', async () => {
    const { issued, requestId } = await waiting();
    const first = await open(issued, requestId);
    const again = await world.kiosk.openSoft(requestId, first.request);
    expect(again.collectionId).toBe(first.answer.collectionId);
    const [one] = await openedKeys(requestId, first);
    expect(await openedKeys(requestId, { ...first, answer: again })).toEqual([one]);
    const stranger = { recipient: await createRecipient(), answer: again };
    await expect(openedKeys(requestId, stranger)).rejects.toThrow('sealed to another run');
    await expect(openedKeys(randomUUID(), first)).rejects.toThrow('sealed to another run');
    const types = (await auditOf(requestId)).map(({ type }) => type);
    expect(types.slice(-3)).toEqual(['request.collecting', 'key.released', 'key.released-again']);
    const isOf = eq(softReleases.collectionId, first.answer.collectionId);
    expect(await world.database.$count(softReleases, isOf)).toBe(1);
  });

  test('that was stopped is interrupted, and collected again with a new proof by a new run', async () => {
    const { issued, requestId } = await waiting();
    const first = await open(issued, requestId);
    await world.kiosk.stopSoft(requestId, { run: first.recipient.publicKey, code: 'KR-08-medium-gone' });
    expect(await world.stateOf(requestId)).toBe('interrupted');
    expect((await auditOf(requestId)).at(-1)).toMatchObject({
      type: 'request.interrupted',
      detail: { code: 'KR-08-medium-gone' },
    });
    await refused(issued, requestId, 'ID-01-not-proved', first.request.proofId!);
    const second = await open(issued, requestId);
    expect(second.answer.collectionId).not.toBe(first.answer.collectionId);
    const late = world.kiosk.completeSoft(requestId, { run: first.recipient.publicKey, ...FILE });
    await expect(late).rejects.toMatchObject({ code: 'KR-02-not-collecting' });
    await world.kiosk.stopSoft(requestId, { run: first.recipient.publicKey, code: 'late' });
    expect(await world.stateOf(requestId)).toBe('collecting');
    await world.kiosk.completeSoft(requestId, { run: second.recipient.publicKey, ...FILE });
    expect(await world.stateOf(requestId)).toBe('completed');
  });

  test('whose kiosk falls silent is interrupted by a sweep, and runs out like any other', async () => {
    const { issued, requestId } = await waiting();
    await open(issued, requestId);
    await sweep(world.world.central);
    expect(await world.stateOf(requestId)).toBe('collecting');
    clock.offsetMs += 11 * MINUTE;
    await sweep(world.world.central);
    expect(await world.stateOf(requestId)).toBe('interrupted');
    await changeRequest(world.database, requestId, { expiresAt: now() });
    await sweep(world.world.central);
    expect(await world.stateOf(requestId)).toBe('failed');
  });

  test('that was interrupted can be called off', async () => {
    const { issued, requestId } = await waiting();
    const { recipient } = await open(issued, requestId);
    await world.kiosk.stopSoft(requestId, { run: recipient.publicKey, code: 'KR-08-no-medium' });
    await cancelRequest(world.world.central, COMMAND, requestId, null);
    expect((await findRequest(world.database, requestId))!.endedAt).not.toBeNull();
    await refused(issued, requestId, 'KR-02-failed');
  });

  test('waits for its owner at any card of theirs, with what goes into the file and what the profile says', async () => {
    const { issued, requestId, serials } = await waiting();
    const proofId = await proveHolder(world.kiosk, issued);
    const { items } = await world.kiosk.waiting({ proofId, cardId: issued.card.id, capabilities: FULL_CARD });
    expect(items).toMatchObject([
      {
        ...{ requestId, kind: 'softCertificate', isForThisCard: true, difference: null },
        soft: {
          rules: { where: 'chosen' },
          certificates: [{ serialNumber: serials[0], isArchived: true }],
        },
      },
    ]);
  });
});

describe('what a kiosk could not say at once', () => {
  async function openAt(chain: SignedChain, { issued, requestId }: Awaited<ReturnType<typeof waiting>>) {
    const recipient = await createRecipient();
    const proofId = await proveHolder(chain.kiosk, issued);
    const answer = await chain.kiosk.openSoft(requestId, { proofId, recipientKey: recipient.publicKey });
    const told = (type: string, detail: Record<string, string | null>) =>
      chain.next({ type, cardId: issued.card.id, operationId: answer.collectionId, detail });
    return { recipient, told };
  }
  const saved = { fileName: FILE.fileName, medium: null, sha256: Buffer.from(FILE.sha256).toString('hex') };

  test('completes a request by the event that says that its file was saved, once', async () => {
    const chain = await SignedChain.of(world.world, 'saved-later');
    const one = await waiting();
    const { recipient, told } = await openAt(chain, one);
    await chain.send(told(SOFT_EVENTS.saved, saved), told(SOFT_EVENTS.saved, saved));
    expect(await world.stateOf(one.requestId)).toBe('completed');
    await chain.kiosk.completeSoft(one.requestId, { run: recipient.publicKey, ...FILE });
    await chain.send(told(SOFT_EVENTS.stopped, { code: 'late' }));
    expect(await world.stateOf(one.requestId)).toBe('completed');
    const types = (await auditOf(one.requestId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'request.completed')).toHaveLength(1);
  });

  test('interrupts it by the one that says that nothing was; what does not fit is on record and changes nothing', async () => {
    const chain = await SignedChain.of(world.world, 'stopped-later');
    const one = await waiting();
    const { told } = await openAt(chain, one);
    await chain.send(told(SOFT_EVENTS.saved, { ...saved, sha256: 'no hash' }));
    expect(await world.stateOf(one.requestId)).toBe('collecting');
    await chain.send(told(SOFT_EVENTS.stopped, { code: 'KR-08-medium-gone' }));
    expect(await world.stateOf(one.requestId)).toBe('interrupted');
    const other = await SignedChain.of(world.world, 'another-kiosk');
    const { told: again } = await openAt(chain, one);
    const stolen = JSON.parse(again(SOFT_EVENTS.saved, saved).body) as { operationId: string };
    await other.send(other.next({ type: SOFT_EVENTS.saved, operationId: stolen.operationId, detail: saved }));
    expect(await world.stateOf(one.requestId)).toBe('collecting');
  });

  test('is told its owner by mail, and nobody twice', async () => {
    const one = await waiting();
    const { recipient } = await open(one.issued, one.requestId);
    const central = { ...world.world.central, mail: mailFolderSettings(world.world.stateDir) };
    const kiosk = (await findKioskByName(world.database, 'first'))!;
    for (let times = 0; times < 2; times += 1)
      await completeSoft(central, kiosk, one.requestId, { run: recipient.publicKey, ...FILE });
    const told = await world.database.select().from(mails).where(eq(mails.personId, one.issued.holder.id));
    expect(told).toMatchObject([
      { kind: 'keysSaved', facts: { kiosk: 'first', keys: 1, onto: 'softCertificate' } },
    ]);
  });
});

describe('a soft certificate is refused', () => {
  test('to a one-time code, to a proof that was used, and to none', async () => {
    const { issued, requestId } = await waiting();
    const { code } = await giveCode(world.world.central, issued.card.id, 'short', 'command');
    const typed = await world.kiosk.typeCode(issued.card.id, new TextDecoder().decode(code));
    await refused(issued, requestId, 'KR-02-pin-needed', typed.proofId);
    await refused(issued, requestId, 'ID-01-not-proved', randomUUID());
    const run = await OperationRun.begin(world.kiosk, issued);
    const used = await proveHolder(world.kiosk, issued);
    await OperationRun.begin(world.kiosk, issued, { proofId: used });
    await refused(issued, requestId, 'ID-01-not-proved', used);
    await expect(open(issued, requestId, { proofId: null })).rejects.toMatchObject({
      code: 'ID-05-no-session',
    });
    expect(run.id).toBeTruthy();
  });

  test('to anybody but its owner, and for a request of another kind', async () => {
    const { requestId } = await waiting();
    const stranger = await world.world.issueCard();
    await refused(stranger, requestId, 'KR-01-no-such-request');
    const { issued, serials } = await waiting();
    await refused(issued, await world.request(issued, serials), 'KR-06-other-kind');
  });

  test('before somebody has approved it, and when the profile has taken the right from its owner', async () => {
    const { issued, requestId } = await waiting('approved');
    await refused(issued, requestId, 'KR-04-not-approved');
    const document = ARCHIVED.replace('name = "archived"', 'name = "soft-taken"');
    await putProfile(world.world.central, document);
    const taken = await waiting('soft-taken');
    const none = document.replace('[pin_policy]', '[requests]\ncollect = ["administrator"]\n\n[pin_policy]');
    await putProfile(world.world.central, none);
    await refused(taken.issued, taken.requestId, 'KR-03-no-right');
  });

  test('at a kiosk when the profile says: the certificate store of the account', async () => {
    const document = ARCHIVED.replace('name = "archived"', 'name = "store"');
    const rules = '[soft_certificate]\nwhere = "nss"\n\n[pin_policy]';
    await putProfile(world.world.central, document.replace('[pin_policy]', rules));
    const { issued, requestId } = await waiting('store');
    await refused(issued, requestId, 'KR-08-nss-only');
  });

  test('where a key is a signing key, somebody else’s, was never published, or is not archived', async () => {
    const { issued, requestId, serials } = await waiting();
    const [serial] = serials;
    const name = (certificate: string) =>
      world.database
        .update(requestCertificates)
        .set({ certificate })
        .where(eq(requestCertificates.requestId, requestId));
    const onCard = await certificatesOnCard(world.database, issued.card.id);
    await name(onCard.get('9A')!.serialNumber);
    await refused(issued, requestId, 'KR-11-signing-key');
    await name(onCard.get('9D')!.serialNumber);
    await refused(issued, requestId, 'KR-11-not-archived');
    await name((await waiting()).serials[0]!);
    await refused(issued, requestId, 'KR-11-wrong-key');
    await name(serial!);
    await changeCertificate(world.database, serial!, { state: 'held' });
    await refused(issued, requestId, 'KR-11-wrong-key');
    expect(await world.stateOf(requestId)).toBe('ready');
  });

  test('at a kiosk that does not serve its owner', async () => {
    await world.database.insert(groups).values({ id: WORKS, name: 'works', parentId: EVERYBODY });
    await inviteForTest(world.world.central, 'works', ['works']);
    const { issued, requestId } = await waiting();
    await savePerson(world.database, { ...issued.holder, groupId: WORKS });
    const elsewhere = new KioskCaller(world.world.app, 'works');
    const proofId = await proveHolder(elsewhere, issued);
    await savePerson(world.database, issued.holder);
    const recipient = await createRecipient();
    const asked = elsewhere.openSoft(requestId, { proofId, recipientKey: recipient.publicKey });
    await expect(asked).rejects.toMatchObject({ code: 'RP-07-not-served-here' });
  });
});

describe('an operator', () => {
  test('collects a soft certificate for somebody in their scope, once their own card has signed for it, and is in the audit as who has', async () => {
    const { issued, requestId } = await waiting();
    await world.database.insert(groups).values({ id: SALES, name: 'sales', parentId: EVERYBODY });
    await savePerson(world.database, { ...issued.holder, groupId: SALES });
    const login = `op-${randomUUID().slice(0, 8)}`;
    const own = await world.world.issueCard({ holder: { login, displayName: login } });
    await putOperator(world.world.central, login, 'helpdesk', 'sales');
    const token = await world.signIn(own);
    const recipient = await createRecipient();
    const asked = { proofId: null, recipientKey: recipient.publicKey };
    await expect(world.kiosk.openSoft(requestId, asked, token)).rejects.toMatchObject({
      code: 'KR-02-vouch-wanted',
    });
    const vouched = { kind: 'vouchRequest', requestId } as const;
    const proofId = await signStatement(world.kiosk.signedIn(token), own, vouched);
    const answer = await world.kiosk.openSoft(requestId, { ...asked, proofId }, token);
    expect(await openedKeys(requestId, { recipient, answer })).toHaveLength(1);
    const collecting = (await auditOf(requestId)).find(({ type }) => type === 'request.collecting');
    expect(collecting).toMatchObject({
      ...{ type: 'request.collecting', actor: `operator:${login}` },
      detail: { operator: own.holder.id, kiosk: 'first' },
    });
  });
});
