import { X509Certificate } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { confirmRequest, enrolmentResponse, renewRequest } from '../protocol/enrolment.ts';
import { backoffMs, type Pause } from './backoff.ts';
import { type CentralAddress, CentralConnection } from './central-connection.ts';
import { IdentityFile, moveIdentity, writeIdentity } from './identity-file.ts';
import type { Log } from './log.ts';

export interface IdentityRenewalOptions {
  readonly address: CentralAddress;
  readonly pause: Pause;
  readonly now: () => Date;
  readonly log: Log;
}

const LOOK_MS = 60 * 60 * 1000;
const RETRY_MS = 60_000;
/** The share of its life after which a certificate is renewed. */
const RENEW_AFTER = 2 / 3;

/** What came of one look. */
type Outcome = 'fresh' | 'renewed' | 'failed';

/**
 * Renews the kiosk's certificate by itself, each time over a new key. The new identity waits beside the old one until
 * central has answered to it; whatever happens in between, one of both is good.
 */
export class IdentityRenewal {
  readonly #options: IdentityRenewalOptions;
  readonly #connection: CentralConnection;
  readonly #file: IdentityFile;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: IdentityRenewalOptions) {
    this.#options = options;
    this.#connection = new CentralConnection(options.address);
    this.#file = new IdentityFile(options.address.identityFile);
  }

  start(): void {
    this.#running = this.#keep();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#connection.close();
  }

  /** Renews now if it is time. Never throws. */
  async look(): Promise<Outcome> {
    const { log } = this.#options;
    try {
      if (existsSync(this.#nextFile)) return await this.#confirm();
      if (!this.#isDue()) return 'fresh';
      return (await this.#renew()) ? await this.#confirm() : 'failed';
    } catch (error) {
      if (!this.#stop.signal.aborted) log.error({ err: error }, 'the certificate cannot be renewed');
      return 'failed';
    }
  }

  async #keep(): Promise<void> {
    const { pause } = this.#options;
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      failures = (await this.look()) === 'failed' ? failures + 1 : 0;
      const waitMs = failures === 0 ? LOOK_MS : RETRY_MS + backoffMs(failures, pause.random);
      await pause.sleep(waitMs, signal);
    }
  }

  get #nextFile(): string {
    return `${this.#options.address.identityFile}.next`;
  }

  #isDue(): boolean {
    const { notBefore, notAfter } = this.#file.current();
    const life = notAfter.getTime() - notBefore.getTime();
    return this.#options.now().getTime() >= notBefore.getTime() + life * RENEW_AFTER;
  }

  async #renew(): Promise<boolean> {
    // Needed every two months, and not before the first frame.
    const { makeNewKey } = await import('./new-identity.ts');
    const key = await makeNewKey('kiosk');
    const body = z.encode(renewRequest, { request: key.request });
    const path = '/kiosks/renew';
    const { signal } = this.#stop;
    const answer = await this.#connection.ask({
      method: 'POST',
      path,
      body,
      response: enrolmentResponse,
      signal,
    });
    if (answer.kind !== 'ok' || !answer.value) {
      this.#options.log.warn({ answer }, 'central does not renew the certificate');
      return false;
    }
    // The authority is the one that was known before, whatever the answer says.
    const authority = new X509Certificate(this.#file.current().authorityPem);
    const { text } = key.identity(answer.value.body, authority);
    writeIdentity(this.#nextFile, text, true);
    return true;
  }

  /** Asks with the new identity; once central has answered to it, it is the one. */
  async #confirm(): Promise<Outcome> {
    const { address, log } = this.#options;
    const connection = new CentralConnection({ ...address, identityFile: this.#nextFile });
    try {
      const request = {
        method: 'POST',
        path: '/kiosks/confirm',
        body: {},
        response: confirmRequest,
      } as const;
      const answer = await connection.ask({ ...request, signal: this.#stop.signal });
      if (answer.kind === 'ok') {
        moveIdentity(this.#nextFile, address.identityFile);
        log.info({ serialNumber: this.#file.current().certificateSerial }, 'the certificate was renewed');
        return 'renewed';
      }
      log.warn({ answer }, 'central does not know the new certificate');
      if (answer.kind === 'refused') rmSync(this.#nextFile, { force: true });
      return 'failed';
    } finally {
      await connection.close();
    }
  }
}
