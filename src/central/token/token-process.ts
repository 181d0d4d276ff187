/**
 * Entry of the process that alone loads a PKCS #11 module. A module that hangs, crashes or writes to standard output does it
 * here; central kills the process and starts another one. It ends with central, and nothing else ends it.
 */
import { Socket } from 'node:net';
import { asTokenError } from './pkcs11-failure.ts';
import { importPair, importSecret, makePair, makeSecret } from './pkcs11-keys.ts';
import { destroyObjects, factsOf, findKey, findKeys } from './pkcs11-objects.ts';
import { openPkcs11Session, type Pkcs11Session } from './pkcs11-session.ts';
import { openInToken, sealInToken, signInToken } from './pkcs11-use.ts';
import { TokenError } from './token-error.ts';
import { encodeFrame, type TokenFrame, TokenFrameReader } from './token-frames.ts';
import { type TokenAnswer, type TokenRequest, tokenRequest } from './token-messages.ts';

const LINE = 3;
const NOTHING = new Uint8Array(0);

interface Done {
  readonly facts?: Omit<TokenAnswer & { isDone: true }, 'isDone'>;
  readonly body?: Uint8Array;
}

let session: Pkcs11Session | null = null;

function answer({ head, body }: TokenFrame): Uint8Array {
  let done: Done;
  try {
    done = perform(tokenRequest.parse(head), body);
  } catch (error) {
    const { problem, remedy, returned } = asTokenError(error);
    return encodeFrame({ isDone: false, problem, remedy, returned }, NOTHING);
  } finally {
    body.fill(0);
  }
  const frame = encodeFrame({ isDone: true, ...done.facts }, done.body ?? NOTHING);
  done.body?.fill(0);
  return frame;
}

function perform(request: TokenRequest, body: Uint8Array): Done {
  if (request.kind === 'open') {
    session = openPkcs11Session(request, body);
    return { facts: { token: session.facts } };
  }
  const opened = session;
  if (!opened) throw new TokenError('away', 'no session is open');
  switch (request.kind) {
    case 'sign':
      return { body: signInToken(opened, findKey(opened, request.id), body) };
    case 'seal':
      return { body: sealInToken(opened, findKey(opened, request.id), body, fromBase64(request.associated)) };
    case 'unseal':
      return { body: openInToken(opened, request.id, body, fromBase64(request.associated)) };
    case 'describe': {
      const [key] = findKeys(opened, request.id);
      return { facts: { key: key === undefined ? null : factsOf(opened, key) } };
    }
    case 'destroy':
      destroyObjects(opened, request.id);
      return {};
    case 'makePair':
      return { body: makePair(opened, request, request.curve) };
    case 'makeSecret':
      makeSecret(opened, request);
      return {};
    case 'importSecret':
      importSecret(opened, request, body);
      return {};
    case 'importPair':
      importPair(opened, request, body, fromBase64(request.publicKey));
      return {};
  }
}

function fromBase64(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}

// A whole group of processes is told to end; this one is still needed for what central finishes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const line = new Socket({ fd: LINE, readable: true, writable: true });
const reader = new TokenFrameReader();
line.on('data', (chunk: Buffer) => {
  for (const frame of reader.take(chunk)) {
    const answered = answer(frame);
    line.write(answered, () => answered.fill(0));
  }
});
line.on('end', () => process.exit(0));
line.on('error', () => process.exit(1));
