import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/central/app.ts';
import { caCommand } from '../../src/central/command/ca.ts';
import { personCommand } from '../../src/central/command/person.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { Refusals } from '../../src/central/line/refusals.ts';
import * as wire from '../../src/protocol/copy.ts';
import { CentralWorld, PROFILE } from './support/central-world.ts';
import { KioskCaller } from './support/kiosk-caller.ts';
import { OperationRun } from './support/operation-run.ts';

let world: CentralWorld;
const quiet = { stdout: { write: () => {} }, stderr: { write: () => {} } };

beforeAll(async () => {
  world = await CentralWorld.open();
});
afterAll(() => world.close());

describe("the kiosk's copy", () => {
  test('says what a command has changed', async () => {
    const { holder } = await world.issueCard();
    await personCommand(world.central, ['set', holder.id, '--name', 'Anna Winter'], quiet);
    expect((await world.kiosk.copy()).person.get(holder.id)?.displayName).toBe('Anna Winter');
  });

  test('has the newest revision of a profile only, and the reasons in four languages', async () => {
    await putProfile(world.central, PROFILE.replace('Employee card', 'Card of an employee'));
    const { profile, reason } = await world.kiosk.copy();
    expect([...profile.values()].map(({ name, revision }) => [name, revision])).toEqual([['employee', 2]]);
    expect([...reason.keys()].sort()).toEqual([
      'card-content-faulty',
      'certificate-revoked-elsewhere',
      'personal-data-changed',
      'pin-or-key-exposed',
      'profile-updated',
      'routine-key-rotation',
    ]);
    for (const { titles } of reason.values())
      expect(Object.keys(titles as object).sort()).toEqual(['de', 'en', 'es', 'fr']);
  });

  test('shows no certificate that is held, and nothing of a photo or a secret', async () => {
    const issued = await world.issueCard();
    const run = await OperationRun.begin(world.kiosk, issued);
    await run.authenticate();
    await run.writeKeys();
    const { card, person, certificate } = await world.kiosk.copy();
    const { card: cardRow, person: personRow } = wire.copyRows;
    expect(Object.keys(card.get(issued.card.id)!).sort()).toEqual(Object.keys(cardRow.shape).sort());
    expect(Object.keys(person.get(issued.holder.id)!).sort()).toEqual(Object.keys(personRow.shape).sort());
    const mine = [...certificate.values()].filter(({ cardId }) => cardId === issued.card.id);
    expect(mine).toHaveLength(4);
    for (const one of mine)
      expect(Object.keys(one).sort()).toEqual(Object.keys(wire.certificateSummary.shape).sort());
  });

  test('says revoked of what is on the CRL, whatever the record of central says', async () => {
    const { card } = await world.issueCard();
    const mine = async () =>
      [...(await world.kiosk.copy()).certificate.values()].filter(({ cardId }) => cardId === card.id);
    const [first] = await mine();
    await caCommand(
      world.central,
      ['revoke', String(first!.serialNumber), '--reason', 'superseded', '--crl-only'],
      quiet,
    );
    expect((await mine()).map(({ state }) => state)).toContain('revoked');
    await expect(
      caCommand(world.central, ['revoke', String(first!.serialNumber), '--reason', 'superseded'], quiet),
    ).rejects.toThrow('revoked already');
  });
});

test('a card is found by its serial, else by its GUID, and a card with another serial is another card', async () => {
  const { card } = await world.issueCard();
  const lookup = async (serial: string | null, guid: string | null) => {
    const answer = await world.kiosk.raw('/cards/lookup', JSON.stringify({ serial, guid }));
    return answer.json().card?.id ?? null;
  };
  expect(await lookup(card.serial, null)).toBe(card.id);
  expect(await lookup(null, card.guid)).toBe(card.id);
  expect(await lookup('424242', card.guid)).toBeNull();
  expect(await lookup(null, null)).toBeNull();
});

describe('central answers nobody', () => {
  test.each(['/v1/scopes/mine/snapshot?schema=1', '/docs-not-there'])(
    'who is no kiosk (%s)',
    async (path) => {
      const answer = await world.app.inject({ method: 'GET', url: path });
      expect([401, 404]).toContain(answer.statusCode);
      expect(answer.json().code).toMatch(/^[A-Z]{2}-[0-9]{2}-[a-z0-9-]+$/);
    },
  );

  test('who calls itself a kiosk that there is not', async () => {
    const stranger = new KioskCaller(world.app, 'x'.repeat(43));
    await expect(stranger.ask(crypto.randomUUID())).rejects.toMatchObject({
      status: 401,
      code: 'SE-01-not-a-kiosk',
    });
  });
});

describe('a malformed request', () => {
  test.each([
    ['not JSON', '/proofs', '{'],
    ['an id that is none', '/proofs', '{"cardId":"1; drop table cards"}'],
    ['bytes that are not base64', '/operations', '{"recipientKey":"?"}'],
    ['an operation that is none', '/operations/x/complete', '{}'],
    ['too much', '/events', `"${'x'.repeat(2 * 1024 * 1024)}"`],
  ])('is answered with a problem: %s', async (_what, path, payload) => {
    const answer = await world.kiosk.raw(path, payload);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.json().code).toMatch(/^SE-07-/);
  });
});

test('the interface is not described to anybody unless central is told to', async () => {
  for (const url of ['/docs', '/docs/json']) {
    expect((await world.app.inject({ method: 'GET', url })).statusCode).toBe(404);
  }
});

test('the OpenAPI description names every route', async () => {
  const app = await buildApp(world.central, pino({ level: 'silent' }), {
    identify: async () => null,
    enrolment: {
      refusals: new Refusals(world.central, pino({ level: 'silent' })),
      tries: { take: () => true },
    },
    copies: world.copies,
    tls: null,
    showsDocs: true,
  });
  const { paths } = (await app.inject({ method: 'GET', url: '/docs/json' })).json();
  await app.close();
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/v1/scopes/{id}/log',
      '/v1/scopes/{id}/snapshot',
      '/v1/snapshots/{id}',
      '/v1/cards/lookup',
      '/v1/proofs',
      '/v1/operations',
      '/v1/operations/{id}/complete',
      '/v1/events',
    ]),
  );
});
