import { createHash, timingSafeEqual } from 'node:crypto';
import type { ExpectedAnswer } from '../../pki/key-challenge.ts';
import type { OperationKeyRow } from '../repositories/operations.ts';

type ChallengeColumns = Pick<OperationKeyRow, 'challengeKind' | 'challengeValue' | 'challengeAnswerHash'>;

/** How a challenge for an encryption key is kept: its answer as a hash only. */
export function challengeColumns(challenge: ExpectedAnswer | null): ChallengeColumns {
  if (!challenge) return { challengeKind: null, challengeValue: null, challengeAnswerHash: null };
  const { kind, value } = challenge.challenge;
  return { challengeKind: kind, challengeValue: value, challengeAnswerHash: sha256(challenge.expected) };
}

/** The challenge as it goes to the kiosk. */
export function challengeOf(key: ChallengeColumns) {
  const { challengeKind: kind, challengeValue: value } = key;
  return kind && value ? { kind, value } : null;
}

/** Whether this is the answer that the challenge asks for. */
export function isAnswer(key: ChallengeColumns, answer: Uint8Array): boolean {
  return key.challengeAnswerHash !== null && timingSafeEqual(key.challengeAnswerHash, sha256(answer));
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
