/** The card administration key (9B): proving that we have it without having it here, and replacing it. */
import type { ManagementKeyAlgorithm } from '../domain/slot.ts';
import { MANAGEMENT_KEY_FACTS } from './algorithm.ts';
import { INS_SET_MANAGEMENT_KEY } from './apdu.ts';
import type { Exchange } from './exchange.ts';
import {
  authenticate,
  authenticationElement,
  TAG_CHALLENGE,
  TAG_RESPONSE,
  TAG_WITNESS,
} from './general-authenticate.ts';
import { MANAGEMENT_KEY_REFERENCE } from './reference.ts';
import {
  refusal,
  SW_INCORRECT_P1_P2,
  SW_OK,
  SW_REFERENCE_NOT_FOUND,
  SW_SECURITY_STATUS_NOT_SATISFIED,
  SW_WRONG_DATA,
  triesLeftIn,
} from './status-word.ts';
import { concat, tlv } from './tlv.ts';

/** Whoever has the management key (central) answers the card's challenge and judges its answer. */
export interface ManagementKeyHolder {
  /** @param witness encrypted by the card, one block */
  answerWitness(
    witness: Uint8Array,
  ): Promise<{ readonly decryptedWitness: Uint8Array; readonly challenge: Uint8Array }>;
  /** @param response our challenge, encrypted by the card */
  checkResponse(response: Uint8Array): Promise<boolean>;
}

const INTENT = 'authenticate with the management key';

/**
 * Mutual authentication. False when either side does not have this key of this algorithm; 6982 and 6A80 both say so.
 * @throws MalformedAnswerError, CommandRefusedError
 * @see NIST SP 800-73-4 part 2, appendix A.1.2
 */
export async function authenticateManagementKey(
  exchange: Exchange,
  algorithm: ManagementKeyAlgorithm,
  holder: ManagementKeyHolder,
): Promise<boolean> {
  const { blockSize } = MANAGEMENT_KEY_FACTS[algorithm];
  const witness = await step(exchange, algorithm, TAG_WITNESS, tlv(TAG_WITNESS));
  if (witness === null) return false;
  const { decryptedWitness, challenge } = await holder.answerWitness(witness);
  if (challenge.length !== blockSize) throw new RangeError(`${INTENT}: the challenge is not one block`);
  const response = await step(
    exchange,
    algorithm,
    TAG_RESPONSE,
    tlv(TAG_WITNESS, decryptedWitness),
    tlv(TAG_CHALLENGE, challenge),
  );
  return response !== null && (await holder.checkResponse(response));
}

/**
 * Vendor: replaces the management key. Needs the present one authenticated.
 * @param key wiped by the caller
 */
export async function setManagementKey(
  exchange: Exchange,
  algorithm: ManagementKeyAlgorithm,
  key: Uint8Array,
): Promise<void> {
  const intent = 'set the management key';
  const { id, keyLength } = MANAGEMENT_KEY_FACTS[algorithm];
  if (key.length !== keyLength) throw new RangeError(`${intent}: ${algorithm} has ${keyLength} bytes`);
  const data = concat(Uint8Array.of(id, MANAGEMENT_KEY_REFERENCE, keyLength), key);
  try {
    await exchange.run(intent, { ins: INS_SET_MANAGEMENT_KEY, p1: 0xff, p2: 0xff, data, isSecret: true });
  } finally {
    data.fill(0);
  }
}

async function step(
  exchange: Exchange,
  algorithm: ManagementKeyAlgorithm,
  tag: number,
  ...parts: Uint8Array[]
): Promise<Uint8Array | null> {
  const { id, blockSize } = MANAGEMENT_KEY_FACTS[algorithm];
  const { data, sw } = await authenticate(exchange, {
    algorithmId: id,
    reference: MANAGEMENT_KEY_REFERENCE,
    parts,
    answerLength: blockSize,
  });
  if (isWrongKey(sw)) return null;
  if (sw !== SW_OK) throw refusal(sw, INTENT);
  return authenticationElement(INTENT, data, tag, blockSize);
}

function isWrongKey(sw: number): boolean {
  const answers = [
    SW_SECURITY_STATUS_NOT_SATISFIED,
    SW_WRONG_DATA,
    SW_INCORRECT_P1_P2,
    SW_REFERENCE_NOT_FOUND,
  ];
  return answers.includes(sw) || (triesLeftIn(sw) ?? 0) > 0 || sw === 0x6300;
}
