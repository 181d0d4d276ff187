import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PfxContent } from '../../pki/pfx.ts';
import { PfxContentError } from '../../pki/pfx-content-error.ts';
import { UnusablePasswordError } from '../../pki/pfx-key-derivation.ts';
import type { FromPfxThread, ToPfxThread } from './pfx-messages.ts';

/** The thread that makes a PFX failed, or was told to end. Nothing was written; whoever collects may try again. */
export class PfxNotMadeError extends Error {
  override readonly name = 'PfxNotMadeError';
  readonly code = 'KR-08-pfx-not-made';
  constructor(why: string, options?: ErrorOptions) {
    super(`make PFX: ${why}; nothing was written, try again`, options);
  }
}

/**
 * Makes a PFX in a thread of its own, so that nobody waits at the screen. Takes the private keys and the password over:
 * they are wiped here and there when this returns, whatever came of it.
 * @throws PfxContentError, UnusablePasswordError, PfxNotMadeError (also when `signal` aborts)
 */
export async function makePfx(content: PfxContent, signal?: AbortSignal): Promise<Uint8Array> {
  const shared = takenOver(content);
  if (signal?.aborted) {
    wipe(shared);
    throw new PfxNotMadeError('it was called off');
  }
  const worker = new Worker(new URL('./pfx-thread-main.ts', import.meta.url), {
    name: 'pfx',
    execArgv: [],
  });
  // After its answer nobody waits for it any more.
  worker.on('error', () => undefined);
  try {
    worker.postMessage(shared satisfies ToPfxThread);
    return taken(await firstMessage(worker, signal));
  } finally {
    await worker.terminate();
    wipe(shared);
  }
}

/** The same with the secrets in memory that both threads see, so that wiping it wipes both; where they came from is wiped. */
function takenOver({ keys, password, encryption }: PfxContent): PfxContent {
  const share = (secret: Uint8Array) => {
    const copy = new Uint8Array(new SharedArrayBuffer(secret.length));
    copy.set(secret);
    return copy;
  };
  const shared = {
    password: share(password),
    keys: keys.map((key) => ({ ...key, privateKey: share(key.privateKey) })),
    encryption,
  };
  // Only now: two certificates may be over one key.
  wipe({ keys, password });
  return shared;
}

function wipe({ keys, password }: Pick<PfxContent, 'keys' | 'password'>): void {
  password.fill(0);
  for (const { privateKey } of keys) privateKey.fill(0);
}

async function firstMessage(worker: Worker, signal: AbortSignal | undefined): Promise<FromPfxThread> {
  const ended = new AbortController();
  const exit = once(worker, 'exit', { signal: ended.signal }).then(() => {
    throw new PfxNotMadeError('its thread ended');
  });
  try {
    const signals = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
    const [message] = await Promise.race([once(worker, 'message', { signal: signals }), exit]);
    return message as FromPfxThread;
  } catch (cause) {
    if (cause instanceof PfxNotMadeError) throw cause;
    throw new PfxNotMadeError(signal?.aborted ? 'it was called off' : 'its thread failed', { cause });
  } finally {
    ended.abort();
    exit.catch(() => undefined);
  }
}

function taken(answer: FromPfxThread): Uint8Array {
  if (answer.type === 'made') return answer.pfx;
  if (answer.kind === 'content') throw new PfxContentError(answer.why);
  if (answer.kind === 'password') throw new UnusablePasswordError(answer.why);
  throw new PfxNotMadeError(answer.why);
}
