import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Difference } from '../../../src/domain/difference.ts';
import type { Slot } from '../../../src/domain/slot.ts';
import { sealTo } from '../../../src/pki/hpke.ts';
import { verifySignature } from '../../../src/pki/public-key.ts';
import { emptyRequest } from '../../../src/protocol/empty-card.ts';
import { EVENT_REFUSALS, eventsRequest, type KioskEvent, kioskEvent } from '../../../src/protocol/event.ts';
import {
  type IssuePreviewResponse,
  type IssueRequest,
  issuePreviewRequest,
  issueRequest,
  newCardProofRequest,
} from '../../../src/protocol/new-card.ts';
import * as op from '../../../src/protocol/operation.ts';
import { pinResetRequest } from '../../../src/protocol/pin-reset.ts';
import {
  answerRequest,
  challengeMessage,
  challengeResponse,
  codeRequest,
} from '../../../src/protocol/proof.ts';
import * as req from '../../../src/protocol/request.ts';
import type { SmallCentral } from '../../encoder/support/small-central.ts';
import { createTestServer } from '../../support/test-line.ts';
import { FakeScope, type ScopeData } from './fake-scope.ts';
import { aProfile, CARD_ID } from './small-world.ts';

const REQUEST_ID = '88888888-8888-4888-8888-888888888888';

/** How central fares: `lost` does what it is asked and then loses the answer. */
export type Weather = 'up' | 'down' | 'lost' | 'garbage' | 'nonsense' | 'failing';

type Route = (body: unknown, id: string, slot: string) => Promise<unknown> | unknown;

class Refusal extends Error {
  readonly code: string;
  readonly triesLeft: number | undefined;
  constructor(code: string, triesLeft?: number) {
    super(`refused: ${code}`);
    this.code = code;
    this.triesLeft = triesLeft;
  }
}

/** Central's HTTP, in this process, with every weather; behind it the small central of the encoder's tests. */
export class FakeCentral {
  readonly scope = new FakeScope();
  /** Keys on record that may prove the holder. */
  readonly provingKeys = new Map<Slot, Uint8Array>();
  /** `POST /operations`, … in order. */
  readonly asked: string[] = [];
  /** Of all chains, as they were taken. */
  readonly events: KioskEvent[] = [];
  /** Of those, what is not of the kiosk itself. */
  get happened(): readonly KioskEvent[] {
    return this.events.filter(({ type }) => !['chain.began', 'started', 'health'].includes(type));
  }
  operation: SmallCentral | null = null;
  openReason: string | null = null;
  /** A collection that is not finished; its operation is `operation`. */
  openRequest: string | null = null;
  openKind: string = 'collection';
  /** What waits for whoever asks. Fields may be spoilt; null: this central knows of no such page. */
  waiting: unknown[] | null = [];
  /** What an update does, by what is left out of it. */
  differenceOf: (leavesOut: readonly string[]) => Difference = () => ({ entries: [], problem: null });
  /** What the number of a new card must be; null: there is none. Central that has no such page: `undefined`. */
  number: string | null | undefined = null;
  /** What comes onto a new card, by what is left out of it. */
  issueOf: (leavesOut: readonly string[]) => Pick<IssuePreviewResponse, 'changes' | 'problem'> = () => ({
    changes: [],
    problem: null,
  });
  /** Of the last `issue`. */
  issued: IssueRequest | null = null;
  /** Of the last `collect`. */
  collected: req.CollectRequest | null = null;
  /** Of the last `begin`. */
  begun: op.BeginRequest | null = null;
  encryptionKey: 'keep' | 'generate' | 'move' | 'lose' = 'generate';
  /** What a code must be; null: every code is dead. */
  code: string | null = null;
  lookup: unknown = { card: null, holder: null };
  /** Held until it resolves. */
  before: (route: string) => Promise<void> | void = () => {};
  readonly #chains = new Map<string, string[]>();
  readonly #challenges = new Map<string, Uint8Array>();
  #server: Server | null = null;
  /** Answers that are waited for. */
  readonly #open = new Set<ServerResponse>();
  #weather: Weather = 'up';

  constructor(data: ScopeData) {
    this.scope.change(data);
  }

  get weather(): Weather {
    return this.#weather;
  }

  /** Who waits for news feels it at once. */
  set weather(weather: Weather) {
    this.#weather = weather;
    if (weather !== 'up') for (const response of this.#open) response.destroy();
  }

  /** What kiosks may see from now on. */
  set data(data: ScopeData) {
    this.scope.change(data);
  }

  async start(): Promise<string> {
    const server = await createTestServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const path = (request.url ?? '').replace(/^\/v1/, '');
    const isCopy = /^\/(scopes|snapshots)\//.test(path);
    const route = `${request.method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id').replace(/\/keys\/..$/, '/keys/:slot')}`;
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(path)?.[0] ?? '';
    const slot = path.slice(-2);
    await this.before(route);
    if (this.weather === 'down') return void response.destroy();
    if (!isCopy) this.asked.push(route);
    if (this.weather === 'garbage') return void response.end('<html>sign in to this network</html>');
    if (this.weather === 'nonsense') return void response.end('{"operationId":7,"acknowledged":"all"}');
    if (this.weather === 'failing')
      return void response.writeHead(500).end('{"code":"SY-03-central-failed","message":"x"}');
    if (isCopy) return this.#serveCopy(request, response, path);
    try {
      const answer = await this.#routes[route]!(text ? JSON.parse(text) : null, id, slot);
      if (this.weather === 'lost') return void response.destroy();
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer ?? {}));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      response
        .writeHead(409)
        .end(JSON.stringify({ code: error.code, message: error.message, triesLeft: error.triesLeft }));
    }
  }

  async #serveCopy(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const { scope } = this;
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
    if (this.weather === 'lost') return void response.destroy();
    if (path.startsWith('/snapshots/')) return scope.serveSnapshot(request, response, path.slice(11));
    if (path.startsWith('/scopes/mine/snapshot')) {
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify(scope.snapshot().announced));
    }
    await scope.serveLog(request, response);
  }

  /** Cards that were to be emptied, one for each run. */
  readonly emptied: string[] = [];
  /** Cards whose PIN was to be set, one for each run. */
  readonly reset: string[] = [];
  /** One was begun, and is not finished. */
  isResetOpen = false;
  readonly #routes: Record<string, Route> = {
    'POST /cards/lookup': () => this.lookup,
    'POST /proofs': () => {
      const proofId = randomUUID();
      const challenge = new Uint8Array(randomBytes(32));
      this.#challenges.set(proofId, challenge);
      const slots = [...this.provingKeys.keys()].map((slot) => ({ slot, algorithm: 'P-256' as const }));
      return z.encode(challengeResponse, { proofId, challenge, slots });
    },
    'POST /proofs/:id/answer': (body, id) => {
      const { slot, signature } = z.decode(answerRequest, body as never);
      const key = this.provingKeys.get(slot);
      const message = challengeMessage(id, this.#challenges.get(id) ?? new Uint8Array());
      if (!key || !verifySignature(key, message, signature)) throw new Refusal('ID-01-not-proved');
      return { openOperation: this.#openOperation() };
    },
    'POST /proofs/code': (body) => {
      const { code } = z.decode(codeRequest, body as never);
      if (this.code === null) throw new Refusal('ID-03-code-dead');
      if (Buffer.from(code).toString() !== this.code) throw new Refusal('ID-03-wrong-code', 4);
      return { proofId: randomUUID(), openOperation: this.#openOperation() };
    },
    'POST /new-cards/proof': (body) => {
      const { code } = z.decode(newCardProofRequest, body as never);
      if (this.number === undefined) throw new Refusal('SE-07-no-such-page');
      if (this.number === null) throw new Refusal('ID-03-code-dead');
      if (Buffer.from(code).toString() !== this.number) throw new Refusal('ID-03-wrong-code', 4);
      this.openKind = 'issue';
      return {
        ...{ proofId: randomUUID(), requestId: REQUEST_ID, cardId: CARD_ID, recoveredKeys: 0 },
        ...{ holderName: 'Alice Example', profileTitle: 'Staff card', pinPolicy: aProfile().pinPolicy },
        ...{ inPlaceOf: { card: 'K-1', reason: 'lost' }, openOperation: this.#openOperation() },
      };
    },
    'POST /requests/:id/issue/preview': (body) => {
      const { leavesOut } = z.decode(issuePreviewRequest, body as never);
      return { ...this.issueOf(leavesOut), cardExpiresAt: '2029-11-22T00:00:00Z' };
    },
    'POST /requests/:id/issue': async (body, id) => {
      this.issued = z.decode(issueRequest, body as never);
      const operation = this.#operation();
      operation.isProvedByCode = true;
      operation.sealsTo = this.issued.recipientKey;
      const { plan } = await operation.begin(this.openRequest !== null);
      this.openRequest = id;
      return z.encode(op.operationPlan, plan);
    },
    'POST /cards/:id/empty': async (body, id) => {
      const { recipientKey } = z.decode(emptyRequest, body as never);
      const operation = this.#operation();
      operation.isProvedByCode = true;
      operation.sealsTo = recipientKey;
      const { plan } = await operation.begin(this.emptied.length > 0);
      this.emptied.push(id);
      return z.encode(op.operationPlan, plan);
    },
    'POST /cards/:id/pin-reset': async (body, id) => {
      const asked = z.decode(pinResetRequest, body as never);
      const operation = this.#operation();
      operation.isProvedByCode = true;
      operation.sealsTo = asked.recipientKey;
      const { plan } = await operation.begin(this.isResetOpen);
      this.isResetOpen = true;
      this.reset.push(id);
      return z.encode(op.operationPlan, plan);
    },
    'POST /waiting': (body) => {
      z.decode(req.waitingRequest, body as never);
      if (this.waiting === null) throw new Refusal('SE-07-no-such-page');
      return { items: this.waiting };
    },
    'POST /requests/:id/difference': (body) =>
      this.differenceOf(z.decode(req.differenceRequest, body as never).leavesOut),
    'POST /requests/:id/collect': async (body, id) => {
      this.collected = z.decode(req.collectRequest, body as never);
      const { plan } = await this.#operation().begin(this.openRequest !== null);
      this.openRequest = id;
      return z.encode(op.operationPlan, plan);
    },
    'POST /operations/:id/keys/:slot': async (_, operationId, text) => {
      const slot = text as Slot;
      const { archived, issued } = this.#operation();
      const context = op.releaseContext(operationId, CARD_ID, issued.get(slot)!.certificate);
      const { enc, ciphertext } = await sealTo(this.collected!.recipientKey, context, archived.get(slot)!);
      return z.encode(op.sealedSecret, {
        enc: Uint8Array.from(enc),
        ciphertext: Uint8Array.from(ciphertext),
      });
    },
    'POST /operations/preview': (body) => {
      z.decode(op.previewRequest, body as never);
      return { encryptionKey: this.encryptionKey };
    },
    'POST /operations': async (body) => {
      this.begun = z.decode(op.beginRequest, body as never);
      const { reason } = this.begun;
      const { plan } = await this.#operation().begin(this.openReason !== null);
      this.openReason = reason;
      return z.encode(op.operationPlan, plan);
    },
    'POST /operations/:id/witness': async (body) => {
      const { version, algorithm, witness } = z.decode(op.witnessRequest, body as never);
      return z.encode(op.witnessResponse, await this.#operation().answerWitness(version, algorithm, witness));
    },
    'POST /operations/:id/card-response': async (body) => {
      const { exchangeId, response } = z.decode(op.cardResponseRequest, body as never);
      return { isAuthenticated: await this.#operation().checkCardResponse(exchangeId, response) };
    },
    'POST /operations/:id/certificates': async (body) => {
      const { slot, publicKey } = z.decode(op.certificateRequest, body as never);
      const answer = await this.#operation().certificate(slot, publicKey);
      if (slot === '9A' || slot === '9C') this.provingKeys.set(slot, publicKey);
      return z.encode(op.certificateResponse, answer);
    },
    'POST /operations/:id/intents': async (body) => {
      const { secret } = z.decode(op.intentRequest, body as never);
      return z.encode(op.intentResponse, await this.#operation().intend(secret));
    },
    'POST /operations/:id/outcomes': async (body) => {
      const { secret, version, outcome } = z.decode(op.outcomeRequest, body as never);
      await this.#operation().outcome(secret, version, outcome);
    },
    'POST /operations/:id/left-out': async (body) => {
      const { tags } = z.decode(op.leaveOutRequest, body as never);
      const securityObject = Uint8Array.from(await this.#operation().leaveOut(tags));
      return z.encode(op.leaveOutResponse, { securityObject });
    },
    'POST /operations/:id/complete': async (body) => {
      const result = await this.#operation().complete(z.decode(op.completeRequest, body as never));
      this.openReason = null;
      this.openRequest = null;
      return z.encode(op.operationResult, result);
    },
    'POST /operations/:id/cancel': () => {
      this.openReason = null;
      this.openRequest = null;
    },
    'POST /events': (body) => {
      const { chain, events } = z.decode(eventsRequest, body as never);
      const bodies = this.#chains.get(chain) ?? [];
      this.#chains.set(chain, bodies);
      for (const sent of events) {
        const event = kioskEvent.parse(JSON.parse(sent.body));
        if (event.n > bodies.length + 1) throw new Refusal(EVENT_REFUSALS.gap);
        const known = bodies[event.n - 1];
        if (known !== undefined && known !== sent.body) throw new Refusal(EVENT_REFUSALS.changed);
        if (known !== undefined) continue;
        bodies.push(sent.body);
        this.events.push(event);
      }
      return { acknowledged: bodies.length, now: new Date().toISOString() };
    },
  };

  #openOperation() {
    const operationId = this.operation?.operationId;
    if (operationId === undefined) return null;
    if (this.openRequest !== null) {
      return { operationId, reason: '', isPinSet: false, kind: this.openKind, requestId: this.openRequest };
    }
    if (this.isResetOpen) {
      const { isPinSet } = this.#operation();
      return { operationId, reason: '', isPinSet, kind: 'pinReset', requestId: null };
    }
    if (this.openReason === null) return null;
    return { operationId, reason: this.openReason, isPinSet: this.#operation().isPinSet };
  }

  #operation(): SmallCentral {
    if (!this.operation) throw new Refusal('RP-06-disabled');
    return this.operation;
  }
}
