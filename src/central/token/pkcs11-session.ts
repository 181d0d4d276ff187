/** One session with one token, logged in. Whatever goes wrong with it, it is not mended: the process ends, and another opens its own. */
import pkcs11 from 'pkcs11js';
import { asTokenError } from './pkcs11-failure.ts';
import { TokenError } from './token-error.ts';
import type { TokenFacts } from './token-messages.ts';

/** Template of an object of PKCS #11. */
export type Attributes = pkcs11.Template;

export interface Pkcs11Session {
  readonly binding: pkcs11.PKCS11;
  readonly handle: pkcs11.Handle;
  readonly facts: TokenFacts;
  /** Found already, by id; a handle is good for as long as its session. */
  readonly keys: Map<string, pkcs11.Handle>;
}

export interface TokenAddress {
  readonly module: string;
  /** Either is null. */
  readonly label: string | null;
  readonly serial: string | null;
}

/**
 * Loads the module, finds the token, and logs in, with one try.
 * @param pin wiped
 * @throws TokenError
 */
export function openPkcs11Session(address: TokenAddress, pin: Uint8Array): Pkcs11Session {
  try {
    const binding = loadModule(address.module);
    const { slot, facts, flags } = findToken(binding, address);
    checkPinFlags(flags);
    const handle = binding.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
    logIn(binding, handle, pin);
    return { binding, handle, facts, keys: new Map() };
  } catch (error) {
    throw asTokenError(error);
  } finally {
    pin.fill(0);
  }
}

function loadModule(path: string): pkcs11.PKCS11 {
  const binding = new pkcs11.PKCS11();
  try {
    binding.load(path);
  } catch {
    const remedy = `${path} is no PKCS #11 module that can be loaded; see module in [token] of central.toml`;
    throw new TokenError('noModule', remedy);
  }
  binding.C_Initialize();
  return binding;
}

interface FoundToken {
  readonly slot: pkcs11.Handle;
  readonly facts: TokenFacts;
  readonly flags: number;
}

/**
 * A slot with something that the module does not understand, such as somebody's card, is passed over.
 * @throws TokenError `noToken`, with what a slot that was passed over has returned
 */
export function findToken(
  binding: Pick<pkcs11.PKCS11, 'C_GetSlotList' | 'C_GetTokenInfo'>,
  { label, serial }: Omit<TokenAddress, 'module'>,
): FoundToken {
  let passedOver: string | null = null;
  const found = binding.C_GetSlotList(true).flatMap((slot): FoundToken[] => {
    let info: pkcs11.TokenInfo;
    try {
      info = binding.C_GetTokenInfo(slot);
    } catch (error) {
      passedOver = asTokenError(error).returned;
      return [];
    }
    const facts = { label: info.label.trim(), serial: info.serialNumber.trim(), model: info.model.trim() };
    const isWanted = label === null ? facts.serial === serial : facts.label === label;
    const isReady = (info.flags & pkcs11.CKF_TOKEN_INITIALIZED) !== 0;
    return isWanted && isReady ? [{ slot, facts, flags: info.flags }] : [];
  });
  const name = label === null ? `serial number ${serial}` : `label ${label}`;
  if (found.length > 1)
    throw new TokenError('noToken', `several have the ${name}; name it by serial in central.toml`);
  if (found[0]) return found[0];
  const remedy = `none with the ${name} is there; see that it is plugged in or reached: pkcs11-tool --list-slots`;
  throw new TokenError('noToken', remedy, passedOver);
}

/** The last try is nobody's but a person's. */
function checkPinFlags(flags: number): void {
  if ((flags & pkcs11.CKF_USER_PIN_LOCKED) !== 0)
    throw new TokenError('lockedPin', 'its PIN is locked; unlock it with the tool of its maker');
  if ((flags & pkcs11.CKF_USER_PIN_FINAL_TRY) === 0) return;
  const remedy =
    'its PIN has one try left, which central does not take; log in once by hand: pkcs11-tool --login';
  throw new TokenError('lockedPin', remedy);
}

/** The binding takes a string, which cannot be wiped: one more reason for a process of its own. */
function logIn(binding: pkcs11.PKCS11, handle: pkcs11.Handle, pin: Uint8Array): void {
  try {
    binding.C_Login(handle, pkcs11.CKU_USER, new TextDecoder('utf-8', { fatal: true }).decode(pin));
  } catch (error) {
    if (error instanceof pkcs11.Pkcs11Error && error.message === 'CKR_USER_ALREADY_LOGGED_IN') return;
    throw error;
  }
}
