/**
 * How central and the process of its token speak: length of all that follows (4 bytes), length of the head (4), head as JSON,
 * body. Not Node's own messages: what goes through here are keys, and these buffers can be wiped.
 */

const LENGTH = 4;
/** Of one frame; the longest body is a private key of RSA-3072. */
const MAX_FRAME = 64 * 1024;

/** Whoever gets it wipes the body. */
export interface TokenFrame {
  readonly head: unknown;
  readonly body: Uint8Array;
}

/** What the other side sends cannot be understood. */
export class TokenFrameError extends Error {
  override readonly name = 'TokenFrameError';
}

/** Whoever gets it wipes it. @param head may be JSON; nothing secret, since strings cannot be wiped */
export function encodeFrame(head: unknown, body: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const frame = new Uint8Array(2 * LENGTH + text.length + body.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, frame.length - LENGTH);
  view.setUint32(LENGTH, text.length);
  frame.set(text, 2 * LENGTH);
  frame.set(body, 2 * LENGTH + text.length);
  return frame;
}

/** Puts frames together from what arrives, and wipes what it was given. */
export class TokenFrameReader {
  #waiting: Uint8Array = new Uint8Array(0);

  /** @param chunk wiped @throws TokenFrameError for nonsense: nothing that follows can be understood either */
  take(chunk: Uint8Array): readonly TokenFrame[] {
    const joined = new Uint8Array(this.#waiting.length + chunk.length);
    joined.set(this.#waiting);
    joined.set(chunk, this.#waiting.length);
    this.#waiting.fill(0);
    chunk.fill(0);
    const frames: TokenFrame[] = [];
    let at = 0;
    try {
      for (let end = endOf(joined, at); end !== null; end = endOf(joined, at)) {
        frames.push(decode(joined.subarray(at + LENGTH, end)));
        at = end;
      }
      this.#waiting = joined.slice(at);
      return frames;
    } finally {
      joined.fill(0);
    }
  }
}

/** Null: it is not all there yet. */
function endOf(bytes: Uint8Array, at: number): number | null {
  if (bytes.length - at < LENGTH) return null;
  const length = viewOf(bytes).getUint32(at);
  if (length < LENGTH || length > MAX_FRAME) throw new TokenFrameError('read frame: its length is wrong');
  const end = at + LENGTH + length;
  return end > bytes.length ? null : end;
}

function decode(frame: Uint8Array): TokenFrame {
  const end = LENGTH + viewOf(frame).getUint32(0);
  if (end > frame.length) throw new TokenFrameError('read frame: its head is longer than it is');
  try {
    const head: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(LENGTH, end)),
    );
    return { head, body: frame.slice(end) };
  } catch (cause) {
    throw new TokenFrameError('read frame: its head is no JSON', { cause });
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
