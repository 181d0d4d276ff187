import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { App } from '../../src/central/routes/contract.ts';
import { readIdentity } from '../../src/kiosk/identity.ts';
import { CentralWorld, type IssuedCard } from '../central/support/central-world.ts';
import { KioskCaller } from '../central/support/kiosk-caller.ts';
import { OperationRun, proveHolder } from '../central/support/operation-run.ts';

export interface OperationsOrder {
  /** Of central, to issue cards. */
  readonly stateDir: string;
  readonly databaseUrl: string;
  /** Of centrals; cards are spread over them. */
  readonly urls: readonly string[];
  readonly identityFile: string;
  readonly cards: number;
}

/** An operation that was completed, and how long its requests took by step. */
export interface Finished {
  readonly stepMs: Readonly<Record<string, number>>;
}

const AGAIN_MS = 500;

/** Kiosks that carry out one operation after the other, each on a card of its own, until told to end. */
const order: OperationsOrder = JSON.parse(process.argv[2]!);
let isOver = false;
process.once('disconnect', () => {
  isOver = true;
});
const { privateKeyPem: key, certificatePem: cert, authorityPem: ca } = readIdentity(order.identityFile);
const agent = new Agent({ connect: { key, cert, ca }, connections: 16 });

const world = await CentralWorld.openAt(order);
const cards: IssuedCard[] = [];
for (let n = 0; n < order.cards; n += 1) cards.push(await world.issueCard());
await world.close();
await Promise.all(cards.map((card, n) => rewrite(card, order.urls[n % order.urls.length]!)));
await agent.close();

async function rewrite(card: IssuedCard, url: string): Promise<void> {
  while (!isOver) {
    const stepMs: Record<string, number> = {};
    let step = 'prove';
    const inject = async ({ method, url: path, headers, payload }: Injected) => {
      const begun = performance.now();
      const answer = await ask(url + path, { method, headers, body: payload ?? null });
      stepMs[step] = (stepMs[step] ?? 0) + performance.now() - begun;
      return answer;
    };
    const kiosk = new KioskCaller({ inject } as unknown as App, 'busy');
    const proofId = await proveHolder(kiosk, card);
    step = 'begin';
    const run = await OperationRun.begin(kiosk, card, { proofId });
    step = 'authenticate';
    await run.authenticate();
    step = 'certificates';
    await run.writeKeys();
    step = 'secrets';
    await run.changePin();
    await run.changeSecrets();
    step = 'complete';
    await kiosk.complete(run.id, run.report());
    const finished: Finished = { stepMs };
    if (!isOver) process.send!(finished);
  }
}

/** As a kiosk asks: again while central is busy. */
async function ask(url: string, options: Parameters<typeof request>[1]): Promise<Answer> {
  for (;;) {
    const { statusCode, body } = await request(url, { dispatcher: agent, ...options });
    const text = await body.text();
    if (statusCode !== 503) return { statusCode, json: () => JSON.parse(text) };
    await delay(AGAIN_MS);
  }
}

interface Answer {
  readonly statusCode: number;
  json(): unknown;
}

interface Injected {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
}
