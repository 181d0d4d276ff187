/** What central asks the process of its token, and what that answers. */
import { z } from 'zod';

const id = z.string().regex(/^([0-9a-f]{2}){1,32}$/);
const label = z.string().max(64);

/**
 * The body of each: `open` the PIN; `sign` a digest; `seal` and `unseal` what is sealed or opened; `importPair` a PKCS #8;
 * `importSecret` the key; else nothing.
 */
export const tokenRequest = z.discriminatedUnion('kind', [
  z.object({
    ...{ kind: z.literal('open'), module: z.string() },
    ...{ label: z.string().nullable(), serial: z.string().nullable() },
  }),
  z.object({ kind: z.literal('sign'), id }),
  z.object({ kind: z.enum(['seal', 'unseal']), id, associated: z.base64() }),
  z.object({ kind: z.literal('makePair'), id, label, curve: z.enum(['P-256', 'P-384']) }),
  z.object({ kind: z.literal('importPair'), id, label, publicKey: z.base64() }),
  z.object({ kind: z.enum(['makeSecret', 'importSecret']), id, label }),
  z.object({ kind: z.literal('describe'), id }),
  z.object({ kind: z.literal('destroy'), id }),
]);
export type TokenRequest = z.infer<typeof tokenRequest>;

/** What can be read of the private half of a key, or of a secret key. */
const keyFacts = z.object({
  isSensitive: z.boolean(),
  isExtractable: z.boolean(),
  /** It was made in the token, and has never been anywhere else. */
  isLocal: z.boolean(),
});
export type TokenKeyFacts = z.infer<typeof keyFacts>;

const tokenFacts = z.object({ label: z.string(), serial: z.string(), model: z.string() });
export type TokenFacts = z.infer<typeof tokenFacts>;

const PROBLEMS = [
  ...(['noModule', 'noToken', 'wrongPin', 'lockedPin', 'noKey'] as const),
  ...(['unfit', 'refused', 'notOpened', 'away'] as const),
] as const;

/**
 * The body of each: `sign` r ‖ s; `seal` nonce ‖ ciphertext ‖ tag; `unseal` what was sealed; `makePair` the
 * SubjectPublicKeyInfo; else nothing.
 */
export const tokenAnswer = z.discriminatedUnion('isDone', [
  z.object({
    isDone: z.literal(true),
    token: tokenFacts.optional(),
    /** Null: there is no such key. */
    key: keyFacts.nullable().optional(),
  }),
  z.object({
    isDone: z.literal(false),
    problem: z.enum(PROBLEMS),
    /** What is told to somebody; no secret. */
    remedy: z.string().max(400),
    returned: z.string().max(60).nullable(),
  }),
]);
export type TokenAnswer = z.infer<typeof tokenAnswer>;
