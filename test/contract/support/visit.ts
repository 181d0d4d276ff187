/** One kiosk's life with central: everything that a kiosk asks, by the kiosk's own parts, over the line. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { putProfile } from '../../../src/central/command/put-profile.ts';
import { revokeKiosk } from '../../../src/central/enrolment/revoke.ts';
import { giveCode } from '../../../src/central/one-time-code.ts';
import { changeCard } from '../../../src/central/repositories/cards.ts';
import { encodeCard } from '../../../src/encoder/encode-card.ts';
import { realPause } from '../../../src/kiosk/backoff.ts';
import { CentralClient } from '../../../src/kiosk/central-client.ts';
import {
  type CentralAddress,
  type CentralAnswer,
  CentralConnection,
} from '../../../src/kiosk/central-connection.ts';
import { CentralAwayError, CopyHttp } from '../../../src/kiosk/copy/copy-http.ts';
import { Silence } from '../../../src/kiosk/copy/silence.ts';
import { enrol } from '../../../src/kiosk/enrol.ts';
import { IdentityFile } from '../../../src/kiosk/identity-file.ts';
import { IdentityRenewal } from '../../../src/kiosk/identity-renewal.ts';
import { identitySigner } from '../../../src/kiosk/identity-signer.ts';
import { WaitingOperationCentral } from '../../../src/kiosk/operation-central.ts';
import { Outbox } from '../../../src/kiosk/outbox.ts';
import { openOwnDatabase } from '../../../src/kiosk/own-database.ts';
import { PivSession } from '../../../src/piv/session.ts';
import { createRecipient } from '../../../src/pki/hpke.ts';
import type { OperationPlan } from '../../../src/protocol/operation.ts';
import { challengeMessage } from '../../../src/protocol/proof.ts';
import { type IssuedCard, PROFILE } from '../../central/support/central-world.ts';
import { asVirtualCard, CAPABILITIES, CARD_PIN, CHOSEN_PIN } from '../../central/support/encode-through.ts';
import { inviteForTest } from '../../central/support/invite-for-test.ts';
import type { ListeningCentral } from '../../central/support/listening-central.ts';
import { FULL_CARD } from '../../central/support/operation-run.ts';
import { RequestsVisit } from './visit-requests.ts';

const DAY_MS = 86_400_000;
const ARCHIVED = PROFILE.replace('name = "employee"', 'name = "archived"').replace(
  'slot = "9D"',
  'slot = "9D"\narchive = true',
);
const log = { info: () => {}, warn: () => {}, error: () => {} };
const ascii = (text: string) => new TextEncoder().encode(text);
const noSignal = new AbortController().signal;

/** How a visit is listened to, and how its kiosk speaks. */
export interface VisitOptions {
  /** Told what comes next. */
  now(doing: string): void;
  /** As a kiosk that asks for no signature where a code is given out: it is refused then. */
  readonly isOlder?: boolean;
  /** Default: as the kiosk does. */
  connect?(address: CentralAddress): CentralConnection;
}

/** Everything, once; whatever central does not answer as it should throws. */
export async function visitCentral(central: ListeningCentral, options: VisitOptions): Promise<void> {
  await new Visit(central, options).run();
}

class Visit {
  readonly #central: ListeningCentral;
  readonly #options: VisitOptions;
  readonly #address: CentralAddress;
  readonly #client: CentralClient;
  /** Of the client. */
  readonly #connection: CentralConnection;

  constructor(central: ListeningCentral, options: VisitOptions) {
    this.#central = central;
    this.#options = options;
    this.#address = { url: central.url, identityFile: central.identityFile('Lobby') };
    const { connect = (address) => new CentralConnection(address) } = options;
    this.#connection = connect(this.#address);
    this.#client = new CentralClient(this.#address, this.#connection);
  }

  async run(): Promise<void> {
    const { now } = this.#options;
    try {
      now('enrolment');
      const token = await this.#enrol();
      now('copy');
      await this.#follow();
      const issued = await this.#central.world.issueCard();
      now('proofs');
      const proofId = await this.#prove(issued);
      now('operation');
      await this.#rewrite(issued, proofId);
      await this.#leaveOut();
      await this.#recoverKey();
      await this.#beginAndCancel();
      const { world } = this.#central;
      await new RequestsVisit(world, this.#client, this.#connection, this.#options).run(now);
      now('events');
      await this.#tellEvents();
      now('refusals');
      await this.#beRefused(token);
    } finally {
      await this.#client.close();
    }
  }

  async #enrol(): Promise<string> {
    const { central } = this.#central.world;
    const token = await inviteForTest(central, 'Lobby');
    await enrol({ ...this.#address, token, replaces: false });
    const now = () => new Date(Date.now() + 80 * DAY_MS);
    const renewal = new IdentityRenewal({ address: this.#address, pause: realPause, now, log });
    const outcome = await renewal.look();
    await renewal.close();
    if (outcome !== 'renewed') throw new Error(`the certificate was not renewed: ${outcome}`);
    return token;
  }

  async #follow(): Promise<void> {
    const { world } = this.#central;
    await world.issueCard();
    const silence = new Silence({ onChange: () => {} });
    const http = new CopyHttp(this.#address, silence, () => {});
    try {
      const made = await again(() => http.snapshot(noSignal));
      for (const from of [0, 100])
        await again(() => http.bytes(made, from, noSignal, (_start, bytes) => drain(bytes)));
      const { scope, epoch, revision } = made;
      const question = { scope, epoch, revision, limit: 5000, waitSeconds: 0, signal: noSignal };
      const { card } = await world.issueCard();
      const { to } = await again(() => http.log(question));
      const waiting = again(() => http.log({ ...question, revision: to, waitSeconds: 20, onBeat: () => {} }));
      await changeCard(world.central.database, card.id, { state: 'cancelled' });
      const { head } = await waiting;
      await again(() => http.log({ ...question, revision: head, waitSeconds: 1, onBeat: () => {} }));
      await refused(() => again(() => http.log({ ...question, epoch: GONE, revision: 0 })));
      await refused(() => again(() => http.log({ ...question, scope: GONE })));
      answered(await this.#client.lookup({ serial: card.serial, guid: card.guid }));
      answered(await this.#client.lookup({ serial: '4711', guid: null }));
    } finally {
      await http.close();
    }
  }

  async #prove({ card, soft }: IssuedCard): Promise<string> {
    const client = this.#client;
    const first = answered(await client.challenge(card.id));
    const wrong = new Uint8Array(randomBytes(64));
    refusedAs('ID-01-not-proved', await client.answer(first.proofId, { slot: '9A', signature: wrong }));
    const { proofId, challenge } = answered(await client.challenge(card.id));
    const signature = soft.sign('9A', challengeMessage(proofId, challenge));
    answered(await client.answer(proofId, { slot: '9A', signature }));
    const { code } = await giveCode(this.#central.world.central, card.id, 'long', 'test');
    const another = Uint8Array.from(code, (digit, i) => (i === 0 ? 0x30 + ((digit - 0x2f) % 10) : digit));
    refusedAs('ID-03-wrong-code', await client.proveByCode({ cardId: card.id, code: another }));
    answered(await client.proveByCode({ cardId: card.id, code }));
    return proofId;
  }

  async #rewrite(issued: IssuedCard, proofId: string): Promise<void> {
    const { id: cardId } = issued.card;
    const connection = asVirtualCard(issued);
    const wish = { proofId, cardId, reason: 'profile-updated', capabilities: CAPABILITIES };
    answered(await this.#client.preview(wish));
    const { client, plan, open } = await this.#begin(wish);
    const session = await PivSession.select(connection);
    await session.verifyPin(ascii(CARD_PIN));
    connection.reset();
    const { operationId } = plan;
    const onWaiting = () => {};
    await encodeCard({
      ...{ connection, plan, capabilities: CAPABILITIES },
      central: new WaitingOperationCentral({
        client,
        operationId,
        pause: realPause,
        signal: noSignal,
        onWaiting,
      }),
      journal: { intend: () => {}, done: () => {} },
      pin: { old: ascii(CARD_PIN), next: ascii(CHOSEN_PIN), isKept: false },
      openSealed: open,
      onProgress: () => {},
      signal: noSignal,
    });
  }

  async #leaveOut(): Promise<void> {
    const run = await this.#beginAnother();
    const { client, operationId } = await authenticated(run);
    answered(await client.leaveOut(operationId, { tags: ['5FC109'] }));
  }

  /** A card whose encryption key central keeps, and gives out. */
  async #recoverKey(): Promise<void> {
    await putProfile(this.#central.world.central, ARCHIVED);
    const { client, operationId } = await authenticated(await this.#beginAnother('archived'));
    answered(await client.releaseKey(operationId, '9D'));
  }

  async #beginAndCancel(): Promise<void> {
    const { client, plan } = await this.#beginAnother();
    answered(await client.cancel(plan.operationId));
  }

  async #beginAnother(profileName = 'employee') {
    const issued = await this.#central.world.issueCard({ profileName });
    const { id: cardId } = issued.card;
    const { proofId, challenge } = answered(await this.#client.challenge(cardId));
    const signature = issued.soft.sign('9A', challengeMessage(proofId, challenge));
    answered(await this.#client.answer(proofId, { slot: '9A', signature }));
    const wish = { proofId, cardId, reason: 'profile-updated', capabilities: FULL_CARD };
    return { ...(await this.#begin(wish)), soft: issued.soft };
  }

  async #begin(wish: Parameters<CentralClient['preview']>[0]) {
    const recipient = await createRecipient();
    const client = this.#client.inRun(recipient.publicKey);
    const plan = answered(
      await client.begin({ ...wish, recipientKey: recipient.publicKey, acceptsKeyLoss: false }),
    );
    const open: typeof recipient.open = (sealed, context) => recipient.open(sealed, context);
    return { client, plan, open };
  }

  async #tellEvents(): Promise<void> {
    const ports = {
      now: () => new Date(),
      signer: identitySigner(new IdentityFile(this.#address.identityFile)),
    };
    const path = join(this.#address.identityFile, '..', 'own.sqlite');
    const own = openOwnDatabase(path, () => {}, ports);
    try {
      const outbox = new Outbox(own, ports);
      const event = { cardId: null, operationId: null };
      outbox.record({ ...event, type: 'started', detail: { unfinished: 0 } });
      outbox.record({ ...event, type: 'card.refused', detail: { code: 'RP-06-disabled', serial: null } });
      const { chain, events } = outbox.waiting(100)!;
      answered(await this.#client.events(chain, events));
      answered(await this.#client.events(chain, []));
      outbox.acknowledge(chain, events.length);
      outbox.record({ ...event, type: 'started', detail: {} });
      const [last] = outbox.waiting(100)!.events;
      const flawed = { ...last!, signature: new Uint8Array(last!.signature.length) };
      refusedAs('SE-05-not-signed', await this.#client.events(chain, [flawed]));
    } finally {
      own.close();
    }
  }

  async #beRefused(token: string): Promise<void> {
    const { world } = this.#central;
    const { central } = world;
    const client = this.#client;
    const issued = await world.issueCard();
    const { proofId, challenge } = answered(await client.challenge(issued.card.id));
    const wish = { proofId, cardId: issued.card.id, reason: 'profile-updated', capabilities: CAPABILITIES };
    refusedAs('ID-01-not-proved', await client.preview(wish));
    await changeCard(central.database, issued.card.id, { state: 'disabled' });
    const signature = issued.soft.sign('9A', challengeMessage(proofId, challenge));
    answered(await client.answer(proofId, { slot: '9A', signature }));
    refusedAs('RP-06-disabled', await client.preview(wish));
    await enrol({ ...this.#address, token, replaces: true }).catch(() => {});
    await revokeKiosk(central, 'Lobby', 'test');
    refusedAs('SE-01-kiosk-revoked', await patient(() => client.challenge(issued.card.id)));
  }
}

/** The card passes with its management key. */
async function authenticated({ client, plan, soft }: BegunRun) {
  const { operationId } = plan;
  const [key] = plan.managementKey.candidates;
  const asked = answered(await client.witness(operationId, { ...key!, witness: soft.witness() }));
  const response = soft.respond(asked.decryptedWitness, asked.challenge)!;
  answered(await client.cardResponse(operationId, { exchangeId: asked.exchangeId, response }));
  return { client, operationId };
}

interface BegunRun {
  readonly client: CentralClient;
  readonly plan: OperationPlan;
  readonly soft: IssuedCard['soft'];
}

const GONE = '99999999-9999-4999-8999-999999999999';

/** As a kiosk asks that has no answer yet: a snapshot may be under way, and a connection that was long idle is cut. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof CentralAwayError)) throw error;
      await delay(error.retryAfterMs);
    }
  }
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}

async function refused(ask: () => Promise<unknown>): Promise<void> {
  const answer = await ask().catch((error: Error) => error.name);
  if (answer !== 'CentralRefusedError') throw new Error(`central did not refuse: ${JSON.stringify(answer)}`);
}

/** Central cuts the connections of a kiosk that it shuts out: what is under way then gets no answer. */
async function patient<T>(ask: () => Promise<CentralAnswer<T>>): Promise<CentralAnswer<T>> {
  for (;;) {
    const answer = await ask();
    if (answer.kind !== 'unreachable') return answer;
  }
}

function answered<T>(answer: CentralAnswer<T>): T {
  if (answer.kind === 'ok') return answer.value;
  throw new Error(`ask central: ${JSON.stringify(answer)}`);
}

function refusedAs(code: string, answer: CentralAnswer<unknown>): void {
  if (answer.kind !== 'refused' || answer.code !== code)
    throw new Error(`be refused as ${code}: ${JSON.stringify(answer)}`);
}
