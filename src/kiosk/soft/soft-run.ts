/** One attempt to collect a soft certificate: keys from central, the file, the stick (KR-08, KR-11). */
import { createHash } from 'node:crypto';
import { isGoodPassword } from '../../domain/password-policy.ts';
import type { SavedFile, SoftPhase } from '../../flows/soft-state.ts';
import type { AcceptedTerms } from '../../flows/walk-up-state.ts';
import { createRecipient, type Recipient, SealedSecretError } from '../../pki/hpke.ts';
import type { PfxKey } from '../../pki/pfx.ts';
import { PfxContentError } from '../../pki/pfx-content-error.ts';
import { UnusablePasswordError } from '../../pki/pfx-key-derivation.ts';
import {
  SOFT_EVENTS,
  SOFT_RUN_OVER,
  type SoftResponse,
  softContext,
} from '../../protocol/soft-certificate.ts';
import { backoffMs, type Pause } from '../backoff.ts';
import type { CentralClient } from '../central-client.ts';
import type { Log } from '../log.ts';
import { listMedia, type MediaPlace } from '../media/list-media.ts';
import { MediaError } from '../media/media-error.ts';
import type { UsableMedium } from '../media/medium.ts';
import { saveToMedium, takeOffMedium } from '../media/save-to-medium.ts';
import type { Outbox } from '../outbox.ts';
import { makePfx, PfxNotMadeError } from '../pfx/make-pfx.ts';
import { termsAnswerOf } from '../terms.ts';
import { mediumView } from './medium-view.ts';
import { SoftError } from './soft-error.ts';

export interface SoftRunPorts {
  readonly client: Pick<CentralClient, 'openSoft' | 'completeSoft' | 'stopSoft'>;
  readonly outbox: Pick<Outbox, 'record'>;
  readonly media: MediaPlace;
  readonly pause: Pause;
  readonly now: () => Date;
  readonly log: Log;
}

export interface SoftRunRequest {
  readonly requestId: string;
  /** Null: no card was needed. */
  readonly cardId: string | null;
  readonly proofId: string;
  /** Name of the stick. */
  readonly medium: string;
  readonly isOld: boolean;
  readonly acceptsTerms: AcceptedTerms | null;
  /** UTF-8; taken over, and wiped whatever happens. */
  readonly password: Uint8Array;
  onPhase(phase: SoftPhase): void;
}

/** How an attempt ended. */
export type SoftEnd =
  | { readonly kind: 'saved'; readonly file: SavedFile }
  | { readonly kind: 'stopped'; readonly code: string };

/** An answer that was lost is asked for again, by the same run: so often. */
const MAX_TRIES = 4;
const ENDING = 'p12';

/**
 * Never throws; password and keys are wiped whatever happens. Central is told how it ended, and hears it as an event where it
 * cannot be reached. Once the file is being written, `signal` ends nothing any more.
 */
export async function collectSoft(
  ports: SoftRunPorts,
  request: SoftRunRequest,
  signal: AbortSignal,
): Promise<SoftEnd> {
  const run = new SoftRun(ports, request, signal);
  try {
    return { kind: 'saved', file: await run.save() };
  } catch (error) {
    const code = codeOf(error, signal);
    if (code === 'UX-09-internal') ports.log.error({ err: error }, 'a soft certificate failed');
    await run.tellStopped(code);
    return { kind: 'stopped', code };
  } finally {
    request.password.fill(0);
  }
}

class SoftRun {
  readonly #ports: SoftRunPorts;
  readonly #request: SoftRunRequest;
  readonly #signal: AbortSignal;
  /** Once central may have been asked. */
  #run: Uint8Array | null = null;
  #collectionId: string | null = null;

  constructor(ports: SoftRunPorts, request: SoftRunRequest, signal: AbortSignal) {
    this.#ports = ports;
    this.#request = request;
    this.#signal = signal;
  }

  async save(): Promise<SavedFile> {
    const { onPhase, isOld, password } = this.#request;
    // Nothing leaves central for a stick that is not there.
    await this.#findMedium();
    onPhase('fetch');
    const recipient = await createRecipient();
    const answer = await this.#open(recipient);
    this.#demandAllowed(answer);
    const keys = await this.#openKeys(recipient, answer);
    onPhase('make');
    const encryption = isOld ? 'legacy' : 'default';
    const bytes = await makePfx({ keys, password, encryption }, this.#signal);
    const medium = await this.#findMedium();
    this.#signal.throwIfAborted();
    onPhase('save');
    const name = await saveToMedium(medium, { name: this.#nameFor(answer), ending: ENDING, bytes });
    const file = { name, medium: medium.label };
    const over = await this.#tellSaved(file, new Uint8Array(createHash('sha256').update(bytes).digest()));
    if (over === null) return file;
    const isOff = await takeOffMedium(medium, name);
    this.#ports.log.warn({ code: over, isOff }, 'a file that is not wanted any more is taken off the medium');
    throw new SoftError(over, 'another run has taken its place, or it was called off');
  }

  /** As it is now. @throws MediaError */
  async #findMedium(): Promise<UsableMedium> {
    const found = (await listMedia(this.#ports.media)).find(({ name }) => name === this.#request.medium);
    if (!found) throw new MediaError('KR-08-medium-gone');
    const { obstacle } = mediumView(found);
    if (found.kind === 'usable' && obstacle === null) return found;
    throw new MediaError(obstacle === 'KR-08-several-media' || !obstacle ? 'KR-08-medium-failed' : obstacle);
  }

  /** Asked again by the same run it is the same answer. @throws SoftError */
  async #open({ publicKey }: Recipient): Promise<SoftResponse> {
    const { client, pause } = this.#ports;
    const { requestId, proofId, acceptsTerms } = this.#request;
    const asked = { proofId, recipientKey: publicKey, ...termsAnswerOf(acceptsTerms) };
    this.#run = publicKey;
    for (let tries = 1; ; tries += 1) {
      this.#signal.throwIfAborted();
      const answer = await client.openSoft(requestId, asked, this.#signal);
      if (answer.kind === 'ok') {
        this.#collectionId = answer.value.collectionId;
        return answer.value;
      }
      if (answer.kind === 'refused') {
        // There is nothing to be stopped.
        this.#run = null;
        throw new SoftError(answer.code, answer.message);
      }
      if (tries === MAX_TRIES) throw new SoftError('SY-03-central-not-reached', answer.why);
      await pause.sleep(backoffMs(tries, pause.random), this.#signal);
    }
  }

  /** By what the profile says now, whatever was said when the password was typed. */
  #demandAllowed({ rules }: SoftResponse): void {
    const { isOld, password } = this.#request;
    const isAllowed = isGoodPassword(rules.password, password) && (!isOld || rules.allowsOldEncryption);
    if (!isAllowed) throw new SoftError('KR-08-rules-changed', 'its profile asks for something else now');
  }

  /** @returns with keys that makePfx wipes; none is left where one cannot be opened */
  async #openKeys(recipient: Recipient, { keys }: SoftResponse): Promise<PfxKey[]> {
    const opened: PfxKey[] = [];
    try {
      for (const { certificate, chain, friendlyName, sealed } of keys) {
        const context = softContext(this.#request.requestId, recipient.publicKey, certificate);
        const privateKey = await recipient.open(sealed, context);
        opened.push({ privateKey, certificate, chain, friendlyName });
      }
      return opened;
    } catch (error) {
      for (const { privateKey } of opened) privateKey.fill(0);
      throw error;
    }
  }

  #nameFor({ ownerName }: SoftResponse): string {
    return `${ownerName} ${this.#ports.now().toISOString().slice(0, 10)}`;
  }

  /** On record here first: central hears it later where it is not reached now. @returns why the file is not to stay; null: it is */
  async #tellSaved({ name: fileName, medium }: SavedFile, sha256: Uint8Array): Promise<string | null> {
    const hex = Buffer.from(sha256).toString('hex');
    this.#record(SOFT_EVENTS.saved, { sha256: hex, fileName, medium });
    if (this.#run === null) return null;
    const { client, log } = this.#ports;
    const saved = { run: this.#run, sha256, fileName, medium };
    const answer = await client.completeSoft(this.#request.requestId, saved);
    if (answer.kind === 'refused' && SOFT_RUN_OVER.includes(answer.code)) return answer.code;
    if (answer.kind !== 'ok') log.warn({ answer }, 'central hears of a saved file later');
    return null;
  }

  async tellStopped(code: string): Promise<void> {
    this.#record(SOFT_EVENTS.stopped, { code });
    if (this.#run === null) return;
    const { client, log } = this.#ports;
    const answer = await client.stopSoft(this.#request.requestId, { run: this.#run, code });
    if (answer.kind !== 'ok') log.warn({ answer }, 'central hears later that a file was not saved');
  }

  #record(type: string, detail: Record<string, string | null>): void {
    const { requestId, cardId } = this.#request;
    const event = { type, cardId, operationId: this.#collectionId };
    try {
      this.#ports.outbox.record({ ...event, detail: { request: requestId, ...detail } });
    } catch (error) {
      this.#ports.log.error({ err: error, type }, 'an event cannot be recorded');
    }
  }
}

function codeOf(error: unknown, signal: AbortSignal): string {
  if (error instanceof SoftError || error instanceof MediaError) return error.code;
  if (signal.aborted) return 'RP-17-cancelled';
  const isOfFile = error instanceof PfxContentError || error instanceof PfxNotMadeError;
  if (isOfFile || error instanceof UnusablePasswordError) return error.code;
  return error instanceof SealedSecretError ? 'KR-08-pfx-content' : 'UX-09-internal';
}
