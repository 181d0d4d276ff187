/** RP-19: what a profile wants accepted before anything is written, and the acceptance for the audit. */
import { createHash } from 'node:crypto';
import type { Profile } from '../../domain/profile.ts';
import type { BeginRequest, Terms } from '../../protocol/operation.ts';
import { RefusedError } from '../refused.ts';
import type { AuditEntry } from '../repositories/audit.ts';

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
    throw new RefusedError(409, 'RP-19-accept-terms', `begin: ${why}`);
  }
  const { holderId, requestId, ...entry } = who;
  const language = termsLanguage != null && Object.hasOwn(terms.texts, termsLanguage) ? termsLanguage : null;
  const detail = { terms: terms.id, language, profile: profile.name, revision: profile.revision };
  const about = { owner: holderId, ...(requestId === undefined ? {} : { request: requestId }) };
  return [{ ...entry, type: 'terms.accepted', detail: { ...detail, ...about } }];
}
