/** What a kiosk asks for requests: an operator signed in, keys onto a card, as a file and by a token, a new card, a card's life. */
import type { z } from 'zod';
import { putOperator } from '../../../src/central/command/put-operator.ts';
import { putProfile } from '../../../src/central/command/put-profile.ts';
import { giveNumber } from '../../../src/central/new-card/give-number.ts';
import { changeCard } from '../../../src/central/repositories/cards.ts';
import { COMMAND } from '../../../src/central/request/actor.ts';
import { fileRequest } from '../../../src/central/request/file-request.ts';
import type { CentralClient } from '../../../src/kiosk/central-client.ts';
import type { CentralAnswer, CentralConnection } from '../../../src/kiosk/central-connection.ts';
import { createRecipient } from '../../../src/pki/hpke.ts';
import { parseCollectionToken } from '../../../src/protocol/collection-token.ts';
import { type NewRequest, SESSION_HEADER } from '../../../src/protocol/operator.ts';
import { challengeMessage } from '../../../src/protocol/proof.ts';
import type { CentralWorld, IssuedCard } from '../../central/support/central-world.ts';
import { ARCHIVED, CollectionWorld } from '../../central/support/collection-world.ts';
import { FULL_CARD } from '../../central/support/operation-run.ts';
import { ROUTES, routeOf } from './routes.ts';
import { DeskVisit } from './visit-desk.ts';

/** Whose requests wait for somebody's approval, and that whose keys go into a certificate store. */
const APPROVED = ARCHIVED.replace('name = "archived"', 'name = "approved"\nvalidate_issuance = true');
const STORE = ARCHIVED.replace('name = "archived"', 'name = "store"').replace(
  '[pin_policy]',
  '[soft_certificate]\nwhere = "nss"\n\n[pin_policy]',
);
const MACHINE = 'annas-laptop';

/** Somebody's earlier keys, in a world that is there. */
class Keys extends CollectionWorld {
  /** It is protected there. */
  constructor(world: CentralWorld) {
    super(world);
  }
}

/** All of it, once, one after the other. */
export class RequestsVisit {
  readonly #world: CentralWorld;
  readonly #keys: Keys;
  readonly #client: CentralClient;
  readonly #connection: CentralConnection;
  readonly #isOlder: boolean;
  #session = '';
  #operator: IssuedCard | undefined;

  /** @param connection that asks what the client has no method for */
  constructor(
    world: CentralWorld,
    client: CentralClient,
    connection: CentralConnection,
    { isOlder = false }: { readonly isOlder?: boolean },
  ) {
    this.#isOlder = isOlder;
    this.#world = world;
    this.#keys = new Keys(world);
    this.#client = client;
    this.#connection = connection;
  }

  async run(now: (doing: string) => void): Promise<void> {
    for (const profile of [APPROVED, STORE]) await putProfile(this.#world.central, profile);
    now('requests');
    await this.#signIn();
    await this.#decide();
    now('collection');
    await this.#collect();
    now('soft');
    await this.#saveFile();
    await this.#storeKeys();
    now('new-cards');
    await this.#issue();
    now('cards');
    await this.#live();
    now('desk');
    const ask = <T>(method: 'GET' | 'POST', path: string, asked?: object) =>
      this.#ask<T>(method, path, asked);
    await new DeskVisit(this.#keys, this.#operator!, ask, this.#isOlder).run();
    await this.#ask('DELETE', '/sessions/current');
  }

  async #signIn(): Promise<void> {
    const holder = { login: 'olga', displayName: 'Olga Winter', mail: 'olga@example.org' };
    const operator = await this.#world.issueCard({ holder });
    await putOperator(this.#world.central, 'olga', 'administrator', 'all');
    this.#operator = operator;
    const proofId = await this.#prove(operator);
    this.#session = (await this.#ask<{ token: string }>('POST', '/sessions', { proofId })).token;
  }

  async #decide(): Promise<void> {
    const issued = await this.#world.issueCard();
    const [serial] = await this.#keys.oldKeys(issued, 'P-256');
    await this.#ask('GET', `/people/${issued.holder.id}/recoverable`);
    const wish = { kind: 'existingCard', cardId: issued.card.id, certificates: [serial], note: 'please' };
    const list = { without: [], confirmedRemovals: [] };
    const { id } = await this.#ask<{ id: string }>('POST', '/requests', { ...wish, ...list });
    await this.#ask('GET', '/requests?view=waiting&limit=20');
    await this.#ask('GET', `/requests/${id}`);
    await this.#ask('POST', `/requests/${id}/cancel`, { note: null });
    for (const [verdict, note] of [
      ['approve', null],
      ['reject', 'not now'],
    ] as const) {
      const other = await this.#world.issueCard();
      const certificates = await this.#keys.oldKeys(other, 'P-256');
      const file = { kind: 'softCertificate', ownerId: other.holder.id, profileName: 'approved' } as const;
      const waits = await this.#file({ ...file, certificates, note: null });
      await this.#ask('POST', `/requests/${waits}/${verdict}`, { note });
    }
  }

  async #collect(): Promise<void> {
    const issued = await this.#world.issueCard();
    const certificates = await this.#keys.oldKeys(issued, 'P-256');
    const { id: cardId } = issued.card;
    const wish = { kind: 'existingCard', cardId, certificates, note: null } as const;
    const id = await this.#file({ ...wish, without: [], confirmedRemovals: [] });
    const asked = { proofId: await this.#prove(issued), cardId, capabilities: FULL_CARD };
    answered(await this.#client.waiting(asked));
    answered(await this.#client.difference(id, { ...asked, leavesOut: [] }));
    const { publicKey: recipientKey } = await createRecipient();
    const collecting = { ...asked, leavesOut: [], recipientKey, confirmedRemovals: [] };
    answered(await this.#client.collect(id, collecting));
  }

  async #saveFile(): Promise<void> {
    for (const isSaved of [true, false]) {
      const { issued, id } = await this.#softRequest('archived');
      const { publicKey: run } = await createRecipient();
      const asked = { proofId: await this.#prove(issued), recipientKey: run };
      answered(await this.#client.openSoft(id, asked));
      const file = { sha256: new Uint8Array(32), fileName: 'Anna 2026-11-22.p12', medium: 'ANNA' };
      answered(
        isSaved
          ? await this.#client.completeSoft(id, { run, ...file })
          : await this.#client.stopSoft(id, { run, code: 'KR-08-medium-gone' }),
      );
    }
  }

  async #storeKeys(): Promise<void> {
    for (const isStored of [true, false]) {
      const { issued, id } = await this.#softRequest('store');
      const proofId = await this.#prove(issued);
      const { token } = answered(await this.#client.collectionToken(id, { proofId }));
      const { secret } = parseCollectionToken(Buffer.from(token).toString('latin1'))!;
      const { publicKey: run } = await createRecipient();
      await this.#ask('POST', '/collections/open', { secret, recipientKey: run, machine: MACHINE });
      if (isStored) await this.#ask('POST', '/collections/complete', { secret, run });
      else await this.#ask('POST', '/collections/stopped', { secret, run, code: 'KR-08-nss-failed' });
    }
  }

  async #softRequest(profileName: string) {
    const issued = await this.#world.issueCard();
    const certificates = await this.#keys.oldKeys(issued, 'P-256');
    const wish = { kind: 'softCertificate', ownerId: issued.holder.id, profileName } as const;
    return { issued, id: await this.#file({ ...wish, certificates, note: null }) };
  }

  async #issue(): Promise<void> {
    const { holder } = await this.#world.issueCard();
    const wish = { kind: 'newCard', ownerId: holder.id, profileName: 'employee', certificates: [] } as const;
    const id = await this.#file({ ...wish, certificates: [], inPlaceOf: null, note: null });
    const { code } = await giveNumber(this.#world.central, id, 'long', 'test');
    const serial = '7654321';
    const { proofId } = answered(await this.#client.proveByNumber({ code, serial, guid: null }));
    const asked = { proofId, serial, capabilities: FULL_CARD, leavesOut: [] };
    answered(await this.#client.previewIssue(id, asked));
    const { publicKey: recipientKey } = await createRecipient();
    answered(await this.#client.issue(id, { ...asked, recipientKey, acceptsTerms: null, witnessId: null }));
  }

  async #live(): Promise<void> {
    const { card } = await this.#world.issueCard();
    const none = { note: null, witnessId: null };
    await this.#ask('GET', `/cards/${card.id}/life`);
    await this.#ask('POST', `/cards/${card.id}/disable`, { ...none, reason: 'under-investigation' });
    await this.#ask('POST', `/cards/${card.id}/enable`, none);
    await this.#ask('POST', `/cards/${card.id}/cancel`, { ...none, reason: 'leaver' });
    const blank = await this.#world.issueCard();
    await changeCard(this.#world.central.database, blank.card.id, { state: 'cancelled' });
    const { publicKey: recipientKey } = await createRecipient();
    answered(await this.#client.empty(blank.card.id, { capabilities: FULL_CARD, recipientKey }));
  }

  async #prove({ card, soft }: IssuedCard): Promise<string> {
    const { proofId, challenge } = answered(await this.#client.challenge(card.id));
    const signature = soft.sign('9A', challengeMessage(proofId, challenge));
    answered(await this.#client.answer(proofId, { slot: '9A', signature }));
    return proofId;
  }

  async #file(wish: NewRequest): Promise<string> {
    return (await fileRequest(this.#world.central, COMMAND, wish)).id;
  }

  async #ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, asked?: object): Promise<T> {
    const { request, answer } = ROUTES[routeOf(method, path)]!;
    const body = asked === undefined || request === null ? undefined : request.encode(asked as never);
    const headers: Record<string, string> = this.#session === '' ? {} : { [SESSION_HEADER]: this.#session };
    const response = answer as z.ZodType;
    return answered(await this.#connection.ask({ method, path, body, headers, response }))?.body as T;
  }
}

function answered<T>(answer: CentralAnswer<T>): T {
  if (answer.kind === 'ok') return answer.value;
  throw new Error(`ask central: ${JSON.stringify(answer)}`);
}
