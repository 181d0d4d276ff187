/**
 * - `notConfigured`: central.toml has no [token]
 * - `noModule`, `noToken`, `noPin`: the module, the token, or the file with its PIN is not there
 * - `wrongPin`: it has refused the PIN, which is not tried again; `lockedPin`: it takes none any more, or has one try left
 * - `noKey`: it has no such key; `unfit`: it has one that could be read out, or several
 * - `refused`: it does not do what it was asked
 * - `notOpened`: what it was given to open was not sealed by this key for this place
 * - `away`: it was taken out or has lost its sessions; `silent`: it did not answer in time
 */
export type TokenProblem =
  | 'notConfigured'
  | 'noModule'
  | 'noToken'
  | 'noPin'
  | 'wrongPin'
  | 'lockedPin'
  | 'noKey'
  | 'unfit'
  | 'refused'
  | 'notOpened'
  | 'away'
  | 'silent';

/** A PKCS #11 token does not do what it should. Neither PIN nor key is told. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly problem: TokenProblem;
  readonly remedy: string;
  /** Name of the return value of PKCS #11; null: it does not come from the module. */
  readonly returned: string | null;
  constructor(problem: TokenProblem, remedy: string, returned: string | null = null) {
    super(`use token: ${remedy}${returned === null ? '' : ` (${returned})`}`);
    this.problem = problem;
    this.remedy = remedy;
    this.returned = returned;
  }
}
