/** RP-19: what a profile wants accepted before anything is written, and the acceptance for the audit. */
import { createHash } from 'node:crypto';
import type { Profile } from '../../domain/profile.ts';
import type { BeginRequest, Terms } from '../../protocol/operation.ts';
import { RefusedError } from '../refused.ts';
import type { AuditEntry } from '../repositories/audit.ts';

export const ACCEPT_TERMS = 'RP-19-accept-terms';
/** For those whose language is missing. */
const FALLBACK = 'en';

/** As a kiosk sends it with whatever it begins; an older one says nothing, and is served where there are no terms. */
export type TermsAnswer = Pick<BeginRequest, 'acceptsTerms' | 'termsLanguage'>;

/** As they are shown; their id is SHA-256 (hex) of all texts, so that an acceptance names the very words. */
export function termsOf({ terms }: Pick<Profile, 'terms'>): Terms | null {
  if (!terms) return null;
  const texts = Object.entries(terms).sort(([one], [other]) => (one < other ? -1 : 1));
  const id = createHash('sha256').update(JSON.stringify(texts)).digest('hex');
  return { id, texts: Object.fromEntries(texts) };
}

/**
 * That these terms were accepted, for what is begun now, whatever it writes: a card, a PIN, a file. What is taken up was accepted when it was begun.
 * @returns what the audit is to have of it
 * @throws RefusedError `RP-19-accept-terms`, also where others were accepted than hold now
 */
export function demandTerms(
  profile: Pick<Profile, 'terms' | 'name' | 'revision'>,
  { acceptsTerms, termsLanguage }: TermsAnswer,
  who: Pick<AuditEntry, 'actor' | 'cardId'> & {
    readonly holderId: string;
    /** That is carried out by it, where one is. */
    readonly requestId?: string;
  },
): AuditEntry[] {
  const terms = termsOf(profile);
  if (!terms) return [];
  if (acceptsTerms !== terms.id) {
    const why = 'the terms of its profile are accepted first; read them, and accept them';
    throw new RefusedError(409, ACCEPT_TERMS, `begin: ${why}`);
  }
  const { holderId, requestId, ...entry } = who;
  const language = termsLanguage != null && Object.hasOwn(terms.texts, termsLanguage) ? termsLanguage : null;
  const detail = { terms: terms.id, language, profile: profile.name, revision: profile.revision };
  const about = { owner: holderId, ...(requestId === undefined ? {} : { request: requestId }) };
  return [{ ...entry, type: 'terms.accepted', detail: { ...detail, ...about } }];
}

/**
 * The same for whoever was shown nothing by a kiosk: what they have to accept comes with the refusal, in their language and in English.
 * @throws RefusedError as `demandTerms`
 */
export function demandTermsElsewhere(...asked: Parameters<typeof demandTerms>): AuditEntry[] {
  try {
    return demandTerms(...asked);
  } catch (error) {
    const [profile, { acceptsTerms, termsLanguage }] = asked;
    const terms = termsOf(profile);
    // An older program cannot show them.
    if (!(error instanceof RefusedError) || !terms || acceptsTerms === undefined) throw error;
    const read = Object.entries(terms.texts).filter(([one]) => one === termsLanguage || one === FALLBACK);
    const { status, code, message } = error;
    throw new RefusedError(status, code, message, undefined, { ...terms, texts: Object.fromEntries(read) });
  }
}
