/** What return values of PKCS #11 mean for whoever asked. @see PKCS #11 v2.40, 5.1 */
import pkcs11 from 'pkcs11js';
import { TokenError, type TokenProblem } from './token-error.ts';

const WRONG_PIN = ['CKR_PIN_INCORRECT', 'CKR_PIN_INVALID', 'CKR_PIN_LEN_RANGE'];
const LOCKED_PIN = ['CKR_PIN_LOCKED', 'CKR_PIN_EXPIRED', 'CKR_USER_PIN_NOT_INITIALIZED'];
/** It will not do better when it is asked again; whatever else it says, a new session may help. */
const REFUSED = [
  ...['CKR_MECHANISM_INVALID', 'CKR_MECHANISM_PARAM_INVALID', 'CKR_KEY_FUNCTION_NOT_PERMITTED'],
  ...['CKR_KEY_TYPE_INCONSISTENT', 'CKR_TEMPLATE_INCOMPLETE', 'CKR_TEMPLATE_INCONSISTENT'],
  ...['CKR_ATTRIBUTE_READ_ONLY', 'CKR_ATTRIBUTE_TYPE_INVALID', 'CKR_ATTRIBUTE_VALUE_INVALID'],
  ...['CKR_DOMAIN_PARAMS_INVALID', 'CKR_CURVE_NOT_SUPPORTED', 'CKR_ACTION_PROHIBITED'],
  ...['CKR_FUNCTION_NOT_SUPPORTED', 'CKR_TOKEN_WRITE_PROTECTED', 'CKR_DATA_LEN_RANGE', 'CKR_DATA_INVALID'],
  'CKR_DEVICE_MEMORY',
];

const REMEDY: Readonly<Partial<Record<TokenProblem, string>>> = {
  wrongPin:
    'it refuses the PIN, which is not tried again: put the right one into the file that pin_file names',
  lockedPin: 'its PIN is locked, expired or not set; set a new one with the tool of its maker',
  refused: 'it does not do this; see which mechanisms it has: pkcs11-tool --list-mechanisms',
  away: 'it was taken out or has lost its sessions; see that it is there: pkcs11-tool --list-slots',
};

/** @param error anything that a call of the module has thrown */
export function asTokenError(error: unknown): TokenError {
  if (error instanceof TokenError) return error;
  const returned = returnedBy(error);
  const problem = problemOf(returned);
  return new TokenError(problem, REMEDY[problem] ?? '', returned);
}

/** Name of the return value; of anything else nothing is told, it might hold what the module was given. */
function returnedBy(error: unknown): string {
  if (!(error instanceof pkcs11.Pkcs11Error)) return error instanceof Error ? error.name : 'not of PKCS #11';
  return /^CKR_\w+$/.test(error.message) ? error.message : `0x${error.code.toString(16)}`;
}

function problemOf(returned: string): TokenProblem {
  if (WRONG_PIN.includes(returned)) return 'wrongPin';
  if (LOCKED_PIN.includes(returned)) return 'lockedPin';
  return REFUSED.includes(returned) ? 'refused' : 'away';
}
