import type { OfferedReason } from '../src/domain/reason.ts';
import type { ScreenProps } from './stage.ts';
import type { Texts } from './texts/catalogue.ts';

/** To the cardholder, or to whoever helps. */
type KeyFateTexts = Pick<
  Texts['warning'],
  'sameKey' | 'newKey' | 'newKeyOldArchived' | 'newKeyIfRevoked' | 'keyLost'
>;

/** Said only of a card that has an encryption key on record. */
export function keyFate(
  state: ScreenProps<'warning'>['state'],
  warning: KeyFateTexts,
  reason: OfferedReason | undefined,
): readonly string[] {
  if (state.losesKey) return [warning.keyLost];
  if (state.encryptionKey) {
    const fates = { keep: warning.sameKey, recover: warning.sameKey, move: warning.newKey };
    const texts: Partial<Record<string, string>> = { ...fates, shelve: warning.newKeyOldArchived };
    const text = texts[state.encryptionKey];
    return text === undefined ? [] : [text];
  }
  if (!reason?.encryptionKey || !state.card.certificates.some(({ slot }) => slot === '9D')) return [];
  const kept = { same: warning.sameKey, new: warning.newKey, newIfRevoked: warning.newKeyIfRevoked };
  const texts: Partial<Record<string, string>> = kept;
  const text = texts[reason.encryptionKey];
  return text === undefined ? [] : [text];
}
