/** Keys that are collected on a person's own machine, by a token that was given out for one request (KR-02, KR-03, KR-08, KR-10, KR-11). */
import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mails } from '../../db/central/mail-schema.ts';
import { collectionTokens } from '../../db/central/soft-schema.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { mailFolderSettings } from '../../src/central/mail/mail-settings.ts';
import { auditRows, parseEntry } from '../../src/central/repositories/audit.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { cancelRequest } from '../../src/central/request/decide.ts';
import { fileRequest } from '../../src/central/request/file-request.ts';
import { openByToken } from '../../src/central/soft/collect-by-token.ts';
import { completeByToken, stopByToken } from '../../src/central/soft/end-by-token.ts';
import { giveTokenByCommand } from '../../src/central/soft/give-token.ts';
import { sweep } from '../../src/central/sweep.ts';
import { createRecipient } from '../../src/pki/hpke.ts';
import { parseCollectionToken, writeCollectionToken } from '../../src/protocol/collection-token.ts';
import { softContext } from '../../src/protocol/soft-certificate.ts';
import type { IssuedCard } from './support/central-world.ts';
import { ARCHIVED, CollectionWorld } from './support/collection-world.ts';
import { proveHolder } from './support/operation-run.ts';

const clock = { offsetMs: 0 };
const now = () => new Date(Date.now() + clock.offsetMs);
const MINUTE = 60_000;
const STORE = ARCHIVED.replace('name = "archived"', 'name = "store"').replace(
  '[pin_policy]',
  '[soft_certificate]\nwhere = "nss"\n\n[pin_policy]',
);
let world: CollectionWorld;
beforeAll(async () => {
  world = await CollectionWorld.open(now);
  await putProfile(world.world.central, STORE);
});
afterAll(() => world.close());

async function waiting(profileName = 'store') {
  const issued = await world.world.issueCard();
  const serials = await world.oldKeys(issued, 'P-256');
  const wish = { kind: 'softCertificate', ownerId: issued.holder.id, profileName, note: null } as const;
  const { id } = await fileRequest(world.world.central, COMMAND, { ...wish, certificates: serials });
  return { issued, serials, requestId: id };
}

function read(token: Uint8Array): string {
  return parseCollectionToken(Buffer.from(token).toString('latin1'))!.secret;
}

async function given(requestId: string): Promise<string> {
  return read((await giveTokenByCommand(world.world.central, COMMAND, requestId)).token);
}

async function atKiosk(issued: IssuedCard, requestId: string): Promise<string> {
  const answer = await world.kiosk.collectionToken(requestId, await proveHolder(world.kiosk, issued));
  return read(answer.token);
}

async function run() {
  const recipient = await createRecipient();
  const open = (secret: string) =>
    openByToken(world.world.central, {
      ...{ secret, recipientKey: recipient.publicKey, machine: 'annas-laptop', address: '192.0.2.7' },
    });
  return { recipient, open, run: recipient.publicKey };
}

async function auditOf(requestId: string) {
  const entries = [];
  for await (const row of auditRows(world.database)) {
    const entry = parseEntry(row);
    if (entry?.detail?.request === requestId) entries.push(entry);
  }
  return entries;
}

describe('a token', () => {
  test('collects the keys of its request, for the one run that has named it, and completes it', async () => {
    const { issued, requestId, serials } = await waiting();
    const secret = await atKiosk(issued, requestId);
    const one = await run();
    const opened = await one.open(secret);
    expect(opened).toMatchObject({ requestId, ownerName: issued.holder.displayName });
    const [{ certificate, sealed }] = opened.keys as [(typeof opened.keys)[0]];
    const pkcs8 = await one.recipient.open(sealed, softContext(requestId, one.run, certificate));
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
    expect(new Uint8Array(spki)).toEqual((await world.certificate(serials[0]!))!.publicKey);

    expect((await one.open(secret)).collectionId).toBe(opened.collectionId);
    await expect((await run()).open(secret)).rejects.toMatchObject({ code: 'KR-08-token-used' });
    await completeByToken(world.world.central, { secret, run: one.run });
    await completeByToken(world.world.central, { secret, run: one.run });
    expect(await world.stateOf(requestId)).toBe('completed');

    const entries = await auditOf(requestId);
    expect(entries.map(({ type }) => type)).toEqual([
      ...['request.made', 'request.token', 'request.collecting', 'key.released', 'key.released-again'],
      'request.completed',
    ]);
    expect(entries[1]).toMatchObject({ actor: 'kiosk:first', cardId: issued.card.id });
    expect(entries[2]).toMatchObject({
      ...{ actor: 'machine', cardId: issued.card.id },
      detail: {
        givenTo: 'kiosk:first',
        machine: 'annas-laptop',
        address: '192.0.2.7',
        certificates: serials,
      },
    });
    expect(entries[5]).toMatchObject({ actor: 'machine', detail: { machine: 'annas-laptop' } });
    await expect(given(requestId)).rejects.toMatchObject({ code: 'KR-02-collected' });
  });

  test('is kept as a hash, is over after 15 minutes, and when another one is given', async () => {
    const { requestId } = await waiting();
    const first = await given(requestId);
    const second = await given(requestId);
    const rows = await world.database
      .select()
      .from(collectionTokens)
      .where(eq(collectionTokens.requestId, requestId));
    expect(
      JSON.stringify(rows.map((row) => ({ ...row, tokenHash: Buffer.from(row.tokenHash).toString('hex') }))),
    ).not.toMatch(new RegExp(`${first}|${second}`));
    await expect((await run()).open(first)).rejects.toMatchObject({ code: 'KR-08-token-used' });
    clock.offsetMs = 16 * MINUTE;
    try {
      await expect((await run()).open(second)).rejects.toMatchObject({ code: 'KR-08-token-expired' });
    } finally {
      clock.offsetMs = 0;
    }
    await expect((await run()).open('0'.repeat(26))).rejects.toMatchObject({ code: 'KR-08-token-unknown' });
    expect(await world.stateOf(requestId)).toBe('ready');
  });

  test('of an interrupted collection is replaced by a new one, until it is completed', async () => {
    const { issued, requestId } = await waiting();
    const one = await run();
    const secret = await given(requestId);
    await one.open(secret);
    await stopByToken(world.world.central, { secret, run: one.run, code: 'KR-08-nss-failed' });
    await stopByToken(world.world.central, { secret, run: one.run, code: 'KR-08-nss-failed' });
    expect(await world.stateOf(requestId)).toBe('interrupted');
    expect((await auditOf(requestId)).at(-1)).toMatchObject({ detail: { code: 'KR-08-nss-failed' } });
    const again = await run();
    const next = await atKiosk(issued, requestId);
    await again.open(next);
    await expect(completeByToken(world.world.central, { secret, run: one.run })).rejects.toMatchObject({
      code: 'KR-02-not-collecting',
    });
    await completeByToken(world.world.central, { secret: next, run: again.run });
    expect(await world.stateOf(requestId)).toBe('completed');
  });

  test('whose machine says nothing any more counts as stopped, and is completed all the same when it speaks', async () => {
    const { requestId } = await waiting();
    const [one, secret] = [await run(), await given(requestId)];
    await one.open(secret);
    clock.offsetMs = 11 * MINUTE;
    try {
      await sweep(world.world.central);
      expect(await world.stateOf(requestId)).toBe('interrupted');
      await completeByToken(world.world.central, { secret, run: one.run });
      expect(await world.stateOf(requestId)).toBe('completed');
    } finally {
      clock.offsetMs = 0;
    }
  });

  test('is told its owner by mail once its keys are stored', async () => {
    const { issued, requestId } = await waiting();
    const [one, secret] = [await run(), await given(requestId)];
    await one.open(secret);
    const central = { ...world.world.central, mail: mailFolderSettings(world.world.stateDir) };
    await completeByToken(central, { secret, run: one.run });
    const told = await world.database.select().from(mails).where(eq(mails.personId, issued.holder.id));
    expect(told).toMatchObject([{ kind: 'keysStored', facts: { machine: 'annas-laptop', keys: 1 } }]);
  });
});

describe('a token is refused', () => {
  test('where the profile has a file saved at a kiosk, and to whoever has proved nothing', async () => {
    const other = await waiting('employee');
    await expect(given(other.requestId)).rejects.toMatchObject({ code: 'KR-08-not-nss' });
    await expect(atKiosk(other.issued, other.requestId)).rejects.toMatchObject({ code: 'KR-08-not-nss' });
    const { issued, requestId } = await waiting();
    await expect(world.kiosk.collectionToken(requestId, randomUUID())).rejects.toMatchObject({
      code: 'ID-01-not-proved',
    });
    await expect(world.kiosk.collectionToken(requestId, null)).rejects.toMatchObject({
      code: 'ID-05-no-session',
    });
    await expect(atKiosk(other.issued, requestId)).rejects.toMatchObject({ code: 'KR-01-no-such-request' });
    const proofId = await proveHolder(world.kiosk, issued);
    await world.kiosk.collectionToken(requestId, proofId);
    await expect(world.kiosk.collectionToken(requestId, proofId)).rejects.toMatchObject({
      code: 'ID-01-not-proved',
    });
  });

  test('when what it was given for holds no more, and then it is over', async () => {
    const called = await waiting();
    const secret = await given(called.requestId);
    await cancelRequest(world.world.central, COMMAND, called.requestId, null);
    await expect((await run()).open(secret)).rejects.toMatchObject({ code: 'KR-02-cancelled' });
    expect((await auditOf(called.requestId)).at(-1)).toMatchObject({
      ...{ type: 'request.refused', actor: 'machine' },
      detail: { code: 'KR-02-cancelled', machine: 'annas-laptop' },
    });
    await expect((await run()).open(secret)).rejects.toMatchObject({ code: 'KR-08-token-used' });

    const left = await waiting();
    const theirs = await atKiosk(left.issued, left.requestId);
    await savePerson(world.database, { ...left.issued.holder, state: 'disabled' });
    await expect((await run()).open(theirs)).rejects.toMatchObject({ code: 'RP-06-holder-disabled' });

    const changed = await waiting();
    const file = await given(changed.requestId);
    await putProfile(world.world.central, STORE.replace('"nss"', '"chosen"'));
    await expect((await run()).open(file)).rejects.toMatchObject({ code: 'KR-08-not-nss' });
    const own = STORE.replace('[pin_policy]', '[requests]\ncollect = ["administrator"]\n\n[pin_policy]');
    await putProfile(world.world.central, STORE);
    const taken = await waiting();
    const right = await atKiosk(taken.issued, taken.requestId);
    await putProfile(world.world.central, own);
    await expect((await run()).open(right)).rejects.toMatchObject({ code: 'KR-03-no-right' });
    await putProfile(world.world.central, STORE);
  });
});

describe('what is typed of a token', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

  test('is read whatever its case, hyphens and look-alikes', () => {
    fc.assert(
      fc.property(bytes(32), bytes(13), (fingerprint, secret) => {
        const text = Buffer.from(writeCollectionToken(fingerprint, secret)).toString('latin1');
        expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{8}-){5}[0-9A-HJKMNP-TV-Z]{8}$/);
        const typed = ` ${text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}\n`;
        for (const one of [text, typed]) {
          const token = parseCollectionToken(one)!;
          expect(Buffer.from(token.pin)).toEqual(Buffer.from(fingerprint.subarray(0, 16)));
          expect(token.secret).toBe(Buffer.from(secret).toString('hex'));
        }
      }),
    );
  });

  test('is no token when it is anything else, and mostly not when one character is another', () => {
    fc.assert(fc.property(fc.string(), (text) => parseCollectionToken(text) === null));
    const text = Buffer.from(
      writeCollectionToken(new Uint8Array(32).fill(7), new Uint8Array(13).fill(9)),
    ).toString();
    const wrong = [...text].flatMap((character, at) =>
      character === '-' ? [] : [`${text.slice(0, at)}${character === '7' ? '8' : '7'}${text.slice(at + 1)}`],
    );
    expect(wrong.filter((one) => parseCollectionToken(one) !== null).length).toBeLessThan(3);
  });
});
