import { randomBytes, timingSafeEqual } from 'node:crypto';
import { MANAGEMENT_KEY_FACTS, managementKeyAlgorithmOf } from '../../piv/algorithm.ts';
import { find, type Tlv, tlv } from '../../piv/tlv.ts';
import { type Answer, ok, Refusal, SW } from '../answer.ts';
import type { Chip } from '../chip.ts';
import { encryptBlock } from '../management-cipher.ts';

/**
 * GENERAL AUTHENTICATE with 9B: mutual (witness, then challenge) or single (the card's challenge only).
 * Encrypting whatever the host sends, without a witness, is refused: it would be an oracle.
 * @see NIST SP 800-73-4 part 2, A.1 and A.2
 */
export function authenticateManagementKey(chip: Chip, algorithmId: number, elements: readonly Tlv[]): Answer {
  const { algorithm } = chip.state.managementKey;
  if (managementKeyAlgorithmOf(algorithmId) !== algorithm) throw new Refusal(SW.incorrectParameters);
  const [witness, challenge, response] = [0x80, 0x81, 0x82].map((tag) => find(elements, tag));
  if (witness?.length === 0) return startMutual(chip);
  if (witness && challenge) return finishMutual(chip, witness, challenge);
  if (!witness && challenge?.length === 0) return startSingle(chip);
  if (!witness && !challenge && response) return finishSingle(chip, response);
  throw new Refusal(SW.incorrectData);
}

function startMutual(chip: Chip): Answer {
  const { algorithm, value } = chip.state.managementKey;
  const witness = randomBytes(MANAGEMENT_KEY_FACTS[algorithm].blockSize);
  chip.session.expectedWitness = witness;
  chip.session.expectedResponse = null;
  return ok(tlv(0x7c, tlv(0x80, encryptBlock(algorithm, Buffer.from(value, 'base64'), witness))));
}

function finishMutual(chip: Chip, witness: Uint8Array, challenge: Uint8Array): Answer {
  const { algorithm, value } = chip.state.managementKey;
  const expected = chip.session.expectedWitness;
  chip.session.expectedWitness = null;
  prove(chip, expected, witness);
  if (challenge.length !== MANAGEMENT_KEY_FACTS[algorithm].blockSize) {
    chip.session.isManagementKeyProven = false;
    throw new Refusal(SW.incorrectData);
  }
  return ok(tlv(0x7c, tlv(0x82, encryptBlock(algorithm, Buffer.from(value, 'base64'), challenge))));
}

function startSingle(chip: Chip): Answer {
  const { algorithm, value } = chip.state.managementKey;
  const challenge = randomBytes(MANAGEMENT_KEY_FACTS[algorithm].blockSize);
  chip.session.expectedResponse = encryptBlock(algorithm, Buffer.from(value, 'base64'), challenge);
  chip.session.expectedWitness = null;
  return ok(tlv(0x7c, tlv(0x81, challenge)));
}

function finishSingle(chip: Chip, response: Uint8Array): Answer {
  const expected = chip.session.expectedResponse;
  chip.session.expectedResponse = null;
  prove(chip, expected, response);
  return ok();
}

function prove(chip: Chip, expected: Uint8Array | null, given: Uint8Array): void {
  if (!expected) throw new Refusal(SW.conditionsNotSatisfied);
  const isRight = expected.length === given.length && timingSafeEqual(expected, given);
  chip.session.isManagementKeyProven = isRight;
  if (!isRight) throw new Refusal(SW.securityStatusNotSatisfied);
}

/** @throws Refusal 6982 unless the management key was proven since power came on */
export function requireManagementKey(chip: Chip): void {
  if (!chip.session.isManagementKeyProven) throw new Refusal(SW.securityStatusNotSatisfied);
}
