import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { App } from '../../src/central/routes/contract.ts';
import { readIdentity } from '../../src/kiosk/identity.ts';
import { KioskCaller } from '../central/support/kiosk-caller.ts';

/** What a process of busy kiosks is told. */
export interface BusyOrder {
  /** Of central, to issue cards. */
  readonly stateDir: string;
  readonly databaseUrl: string;
  /** Of centrals; cards are spread over them. */
  readonly urls: readonly string[];
  readonly identityFile: string;
  readonly cards: number;
}

/** Something that was done from its first request to its last, and how long its requests took by step. */
export interface Finished {
  readonly stepMs: Readonly<Record<string, number>>;
}

/** What a busy kiosk is in: the name of its step is set before the requests of it. */
export interface Steps {
  step: string;
}

const AGAIN_MS = 500;

/** Kiosks that do one thing after the other, each with a card of its own, until their parent lets go of them. */
export class BusyKiosks {
  readonly order: BusyOrder;
  readonly #agent: Agent;
  #isOver = false;

  /** The order is the process's first argument. */
  constructor() {
    this.order = JSON.parse(process.argv[2]!);
    const {
      privateKeyPem: key,
      certificatePem: cert,
      authorityPem: ca,
    } = readIdentity(this.order.identityFile);
    this.#agent = new Agent({ connect: { key, cert, ca }, connections: 16 });
    process.once('disconnect', () => {
      this.#isOver = true;
    });
  }

  /** @param once does it for a card, and tells its steps */
  async work<T>(
    cards: readonly T[],
    once: (kiosk: KioskCaller, card: T, steps: Steps) => Promise<void>,
  ): Promise<void> {
    const { urls } = this.order;
    await Promise.all(cards.map((card, n) => this.#repeat(card, urls[n % urls.length]!, once)));
    await this.#agent.close();
  }

  async #repeat<T>(
    card: T,
    url: string,
    once: (kiosk: KioskCaller, card: T, steps: Steps) => Promise<void>,
  ): Promise<void> {
    while (!this.#isOver) {
      const stepMs: Record<string, number> = {};
      const steps: Steps = { step: 'prove' };
      const inject = async ({ method, url: path, headers, payload }: Injected) => {
        const begun = performance.now();
        const answer = await this.#ask(url + path, { method, headers, body: payload ?? null });
        stepMs[steps.step] = (stepMs[steps.step] ?? 0) + performance.now() - begun;
        return answer;
      };
      await once(new KioskCaller({ inject } as unknown as App, 'busy'), card, steps);
      const finished: Finished = { stepMs };
      // A parent that has just gone is nobody to tell.
      if (!this.#isOver) process.send!(finished, () => {});
    }
  }

  /** As a kiosk asks: again while central is busy. */
  async #ask(url: string, options: Parameters<typeof request>[1]): Promise<Answer> {
    for (;;) {
      const { statusCode, body } = await request(url, { dispatcher: this.#agent, ...options });
      const text = await body.text();
      if (statusCode !== 503) return { statusCode, json: () => JSON.parse(text) };
      await delay(AGAIN_MS);
    }
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
