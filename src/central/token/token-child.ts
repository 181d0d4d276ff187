/** The process of a token, from central's side: questions are answered in order, or it is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { TokenError } from './token-error.ts';
import { encodeFrame, TokenFrameReader } from './token-frames.ts';
import { type TokenAnswer, type TokenRequest, tokenAnswer } from './token-messages.ts';

const ENTRY = new URL('./token-process.ts', import.meta.url);
/** Of the child's file descriptors. */
const LINE = 3;
const NOTHING = new Uint8Array(0);

export interface TokenReply {
  readonly facts: TokenAnswer & { readonly isDone: true };
  /** Whoever gets it wipes it. */
  readonly body: Uint8Array;
}

/** For the answer to the question that is first in line. */
export interface TokenLimits {
  /** Opening, signing, sealing and what else is asked while somebody waits. */
  readonly answerMs: number;
  /** Making and importing keys: a small token takes its time over a pair, and importing makes one of RSA. */
  readonly makingMs: number;
}

interface Waiting {
  readonly limitMs: number;
  resolve(reply: TokenReply): void;
  reject(error: TokenError): void;
}

/** One process; when it has ended it answers nothing any more. */
export class TokenChild {
  readonly #child: ChildProcess;
  readonly #line: Duplex;
  readonly #limits: TokenLimits;
  readonly #gone: Promise<void>;
  readonly #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #end: TokenError | null = null;

  /** @throws TokenError `away` when no process can be started */
  constructor(limits: TokenLimits, start: () => ChildProcess = startProcess) {
    this.#limits = limits;
    this.#child = started(start);
    this.#line = lineOf(this.#child);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gone = promise;
    // One that could not be started never exits.
    this.#child.once('exit', () => resolve()).once('error', () => resolve());
    this.#listen();
  }

  /** For tests and `central token show`. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hasEnded(): boolean {
    return this.#end !== null;
  }

  /** @param body not wiped @throws TokenError `away` when it ends before it answers, `silent` when it does not answer */
  ask(request: TokenRequest, body: Uint8Array = NOTHING): Promise<TokenReply> {
    if (this.#end) return Promise.reject(this.#end);
    const { promise, resolve, reject } = Promise.withResolvers<TokenReply>();
    this.#waiting.push({ resolve, reject, limitMs: limitOf(request, this.#limits) });
    if (this.#waiting.length === 1) this.#wind();
    const frame = encodeFrame(request, body);
    this.#line.write(frame, () => frame.fill(0));
    return promise;
  }

  /** Kills it, and waits until it is gone. */
  async close(): Promise<void> {
    this.#stop(new TokenError('away', 'central ends'));
    await this.#gone;
  }

  #listen(): void {
    const reader = new TokenFrameReader();
    const lost = () =>
      this.#stop(new TokenError('away', 'its module has ended; see that the token is there'));
    this.#line.on('data', (chunk: Buffer) => {
      try {
        for (const { head, body } of reader.take(chunk)) this.#take(tokenAnswer.parse(head), body);
      } catch {
        lost();
      }
    });
    this.#line.on('error', lost);
    this.#line.on('close', lost);
    this.#child.on('error', lost);
    this.#child.on('exit', lost);
  }

  #take(facts: TokenAnswer, body: Uint8Array): void {
    const first = this.#waiting.shift();
    this.#wind();
    if (facts.isDone) first?.resolve({ facts, body });
    else first?.reject(new TokenError(facts.problem, facts.remedy, facts.returned));
  }

  #wind(): void {
    clearTimeout(this.#timer);
    const [first] = this.#waiting;
    if (!first) return;
    const seconds = Math.ceil(first.limitMs / 1000);
    const remedy = `it does not answer within ${seconds} s; see that it is there and reached`;
    this.#timer = setTimeout(() => this.#stop(new TokenError('silent', remedy)), first.limitMs);
  }

  #stop(error: TokenError): void {
    this.#end ??= error;
    clearTimeout(this.#timer);
    this.#child.kill('SIGKILL');
    this.#line.destroy();
    for (const { reject } of this.#waiting.splice(0)) reject(this.#end);
  }
}

function startProcess(): ChildProcess {
  // Nothing of it reaches a log: modules write to standard error what they like.
  return spawn(process.execPath, [fileURLToPath(ENTRY)], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
}

function started(start: () => ChildProcess): ChildProcess {
  try {
    return start();
  } catch {
    throw notStarted();
  }
}

/** Node gives a child without any line where there are no file descriptors left, and tells why in an event. */
function lineOf(child: ChildProcess): Duplex {
  child.once('error', () => undefined);
  const line = (child.stdio as ChildProcess['stdio'] | undefined)?.[LINE];
  if (line) return line as Duplex;
  child.kill('SIGKILL');
  throw notStarted();
}

function notStarted(): TokenError {
  return new TokenError('away', 'its process cannot be started; see the limits on processes and open files');
}

function limitOf({ kind }: TokenRequest, { answerMs, makingMs }: TokenLimits): number {
  const isMaking =
    kind === 'makePair' || kind === 'makeSecret' || kind === 'importPair' || kind === 'importSecret';
  return isMaking ? makingMs : answerMs;
}
