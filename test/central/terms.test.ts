/** Terms of a profile before whatever is not a rewrite: keys onto a card, a file, a token, a new PIN (RP-19). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { auditRows, parseEntry } from '../../src/central/repositories/audit.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { fileRequest } from '../../src/central/request/file-request.ts';
import { openByToken } from '../../src/central/soft/collect-by-token.ts';
import { giveTokenByCommand } from '../../src/central/soft/give-token.ts';
import { createRecipient } from '../../src/pki/hpke.ts';
import { parseCollectionToken } from '../../src/protocol/collection-token.ts';
import type { IssuedCard } from './support/central-world.ts';
import { ARCHIVED, CollectionWorld } from './support/collection-world.ts';
import { FULL_CARD, OperationRun, proveHolder } from './support/operation-run.ts';

const TERMS = 'terms = { en = "Keep it.", de = "Gut aufheben.", fr = "À garder.", es = "Guárdela." }';
const withTerms = (name: string) => ARCHIVED.replace('name = "archived"', `name = "${name}"\n${TERMS}`);
const STORE = withTerms('store').replace('[pin_policy]', '[soft_certificate]\nwhere = "nss"\n\n[pin_policy]');
const UNREAD = { code: 'RP-19-accept-terms' };

let world: CollectionWorld;
beforeAll(async () => {
  world = await CollectionWorld.open();
  for (const profile of [withTerms('terms'), STORE]) await putProfile(world.world.central, profile);
});
afterAll(() => world.close());

async function accepted(about: { cardId?: string; requestId?: string }) {
  const entries = [];
  for await (const row of auditRows(world.database)) {
    const entry = parseEntry(row);
    if (entry?.type !== 'terms.accepted') continue;
    if (entry.cardId === about.cardId || entry.detail?.request === about.requestId) entries.push(entry);
  }
  return entries;
}

async function asking(issued: IssuedCard, proofId?: string) {
  const { publicKey: recipientKey } = await createRecipient();
  const proof = proofId ?? (await proveHolder(world.kiosk, issued));
  return { proofId: proof, cardId: issued.card.id, capabilities: FULL_CARD, recipientKey };
}

/** As a kiosk learns them when it asks what waits. */
async function termsFor(issued: IssuedCard) {
  const { items, terms } = await world.kiosk.waiting(await asking(issued));
  return { items, terms };
}

describe('keys onto a card', () => {
  test('are not brought before the terms of its profile are accepted; the audit has which and in what language', async () => {
    const issued = await world.world.issueCard({ profileName: 'terms' });
    const requestId = await world.request(issued, await world.oldKeys(issued, 'P-256'));
    const { terms } = await termsFor(issued);
    expect(terms?.texts).toMatchObject({ fr: 'À garder.', es: 'Guárdela.' });
    const collect = (wish = {}) => OperationRun.collect(world.kiosk, issued, requestId, wish);
    await expect(collect()).rejects.toMatchObject(UNREAD);
    await expect(collect({ acceptsTerms: 'others' })).rejects.toMatchObject(UNREAD);
    expect(await accepted({ requestId })).toEqual([]);
    const run = await collect({ acceptsTerms: terms!.id, termsLanguage: 'fr' });
    expect(await accepted({ requestId })).toMatchObject([
      {
        ...{ actor: 'kiosk:first', cardId: issued.card.id, operationId: run.id },
        detail: { terms: terms!.id, language: 'fr', owner: issued.holder.id, profile: 'terms', revision: 1 },
      },
    ]);
    // What is taken up was accepted when it was begun.
    expect((await collect()).plan.isResumed).toBe(true);
  });

  test('are brought by a kiosk that knows of no terms, where the profile has none', async () => {
    const issued = await world.world.issueCard();
    const requestId = await world.request(issued, await world.oldKeys(issued, 'P-256'));
    expect((await termsFor(issued)).terms).toBeNull();
    await OperationRun.collect(world.kiosk, issued, requestId);
    expect(await accepted({ requestId })).toEqual([]);
  });
});

describe('a file, and what collects one elsewhere', () => {
  async function soft(profileName: string) {
    const issued = await world.world.issueCard();
    const certificates = await world.oldKeys(issued, 'P-256');
    const wish = { kind: 'softCertificate', ownerId: issued.holder.id, profileName, note: null } as const;
    const { id } = await fileRequest(world.world.central, COMMAND, { ...wish, certificates });
    const item = (await termsFor(issued)).items.find(({ requestId }) => requestId === id);
    return { issued, id, terms: item!.soft!.terms };
  }

  test('no key leaves for a file before the terms of the request’s profile are accepted', async () => {
    const { issued, id, terms } = await soft('terms');
    const { proofId, recipientKey } = await asking(issued);
    const open = (answer = {}) => world.kiosk.openSoft(id, { proofId, recipientKey, ...answer });
    await expect(open()).rejects.toMatchObject(UNREAD);
    expect(await world.stateOf(id)).toBe('ready');
    await open({ acceptsTerms: terms!.id, termsLanguage: 'es' });
    // The answer was lost: the same run asks again, and nothing is accepted twice.
    await open();
    expect(await accepted({ requestId: id })).toMatchObject([
      { cardId: issued.card.id, detail: { language: 'es', owner: issued.holder.id, profile: 'terms' } },
    ]);
  });

  test('no token is given before they are', async () => {
    const { issued, id, terms } = await soft('store');
    const proofId = await proveHolder(world.kiosk, issued);
    await expect(world.kiosk.collectionToken(id, proofId)).rejects.toMatchObject(UNREAD);
    const answer = { acceptsTerms: terms!.id, termsLanguage: 'de' };
    expect((await world.kiosk.collectionToken(id, proofId, undefined, answer)).token.length).toBeGreaterThan(
      0,
    );
    expect(await accepted({ requestId: id })).toMatchObject([{ detail: { language: 'de' } }]);
  });

  test('a token that was given out at central: the terms come with the refusal, and it stays good', async () => {
    const { id, terms } = await soft('store');
    const { token } = await giveTokenByCommand(world.world.central, COMMAND, id);
    const { secret } = parseCollectionToken(Buffer.from(token).toString('latin1'))!;
    const { publicKey: recipientKey } = await createRecipient();
    const open = (answer = {}) => {
      const asked = { secret, recipientKey, machine: 'annas-laptop', address: '192.0.2.7', ...answer };
      return openByToken(world.world.central, asked);
    };
    await expect(open()).rejects.toMatchObject({ ...UNREAD, terms: undefined });
    const said = { id: terms!.id, texts: { en: 'Keep it.', es: 'Guárdela.' } };
    const first = open({ acceptsTerms: null, termsLanguage: 'es' });
    await expect(first).rejects.toMatchObject({ ...UNREAD, terms: said });
    const opened = await open({ acceptsTerms: terms!.id, termsLanguage: 'es' });
    // The answer was lost: the same run asks again, and nothing is accepted twice.
    expect((await open()).collectionId).toBe(opened.collectionId);
    expect(await accepted({ requestId: id })).toMatchObject([
      { actor: 'machine', detail: { language: 'es', machine: 'annas-laptop', terms: terms!.id } },
    ]);
  });

  test('are there without terms as before', async () => {
    const { issued, id, terms } = await soft('archived');
    expect(terms).toBeNull();
    const { proofId, recipientKey } = await asking(issued);
    expect((await world.kiosk.openSoft(id, { proofId, recipientKey })).keys).toHaveLength(1);
  });
});

describe('a new PIN', () => {
  async function byCode(issued: IssuedCard) {
    const { code } = await giveCode(world.world.central, issued.card.id, 'long', 'command');
    const typed = Buffer.from(code).toString('latin1');
    return (await world.kiosk.typeCode(issued.card.id, typed)).proofId;
  }

  test('is not set before the terms are accepted, and again needs none when it is taken up', async () => {
    const issued = await world.world.issueCard({ profileName: 'terms' });
    const wish = { ...(await asking(issued, await byCode(issued))), witnessId: null };
    const { terms } = await world.kiosk.waiting(wish);
    const reset = (answer = {}) => world.kiosk.resetPin(issued.card.id, { ...wish, ...answer });
    await expect(reset()).rejects.toMatchObject(UNREAD);
    const plan = await reset({ acceptsTerms: terms!.id, termsLanguage: 'toString' });
    const { id: cardId } = issued.card;
    expect(await accepted({ cardId })).toMatchObject([
      { operationId: plan.operationId, detail: { language: null, profile: 'terms' } },
    ]);
    expect((await reset()).isResumed).toBe(true);
  });
});
