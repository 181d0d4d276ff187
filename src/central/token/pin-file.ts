/** The PIN of a token, and that it was refused once: tokens count, and lock after a few wrong ones. */
import { isUtf8 } from 'node:buffer';
import { createHmac, randomBytes } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { readKeyFile } from '../authority/key-file.ts';
import { TokenError } from './token-error.ts';

/** As PKCS #11 allows tokens to have it. */
const MAX_PIN = 255;
const OTHERS = 0o007;
const NEW_LINES = [0x0a, 0x0d];

const NO_FILE =
  'central is given no PIN; name a file with it by pin_file in [token] of central.toml, or run this in a unit with the credential token-pin';

/** The caller wipes it. @param path null: none is named @throws TokenError `noPin` */
export async function readPinFile(path: string | null): Promise<Uint8Array> {
  if (path === null) throw new TokenError('noPin', NO_FILE);
  const content = await readFile(path).catch(() => null);
  if (!content) throw noPin(path, 'the file with its PIN cannot be read');
  let length = content.length;
  while (length > 0 && NEW_LINES.includes(content[length - 1]!)) length -= 1;
  const pin = Uint8Array.from(content.subarray(0, length));
  content.fill(0);
  const isOpen = ((await stat(path)).mode & OTHERS) !== 0;
  const isText = isUtf8(pin);
  if (pin.length > 0 && pin.length <= MAX_PIN && isText && !isOpen) return pin;
  pin.fill(0);
  if (isOpen) throw noPin(path, 'others may read the file with its PIN; chmod 600 it');
  throw noPin(path, isText ? 'its file holds no PIN' : 'the file with its PIN is no text in UTF-8');
}

function noPin(path: string, why: string): TokenError {
  return new TokenError('noPin', `${why}: ${path}; see pin_file in [token] of central.toml`);
}

/** Remembers a PIN that was refused, over restarts too, without anybody being able to find it out from that. */
export interface RefusedPins {
  /** Where it is remembered; whoever takes the file away lets the PIN be tried once more. */
  readonly path: string;
  isRefused(pin: Uint8Array): Promise<boolean>;
  /** Until this process ends, where it cannot be written down. Never throws. */
  remember(pin: Uint8Array): Promise<void>;
  /** Never throws. */
  forget(): Promise<void>;
}

/**
 * @param path of the file
 * @param keyFile central's; the PIN is hashed under its secret, since a PIN is so short that any other hash could be tried out
 */
export function refusedPins(path: string, keyFile: string): RefusedPins {
  const hash = async (pin: Uint8Array) => {
    const secret = await readKeyFile(keyFile);
    const hashed = createHmac('sha256', secret)
      .update('recard refused token PIN\0')
      .update(pin)
      .digest('hex');
    secret.fill(0);
    return hashed;
  };
  const ownSecret = randomBytes(32);
  const ownHash = (pin: Uint8Array) => createHmac('sha256', ownSecret).update(pin).digest('hex');
  let unwritten: string | null = null;
  return {
    path,
    async isRefused(pin) {
      if (unwritten === ownHash(pin)) return true;
      const refused = await readFile(path, 'utf8').catch(() => null);
      return refused !== null && refused.trim() === (await hash(pin));
    },
    async remember(pin) {
      unwritten = ownHash(pin);
      try {
        await writeFile(path, `${await hash(pin)}\n`, { mode: 0o600, flush: true });
        // From here on the file alone says it: whoever takes it away is heard.
        unwritten = null;
      } catch {
        // A full disk must not cost a second try; it is told of elsewhere.
      }
    },
    async forget() {
      unwritten = null;
      // One that cannot be taken away is of another PIN than the one that was right.
      await rm(path, { force: true }).catch(() => undefined);
    },
  };
}
