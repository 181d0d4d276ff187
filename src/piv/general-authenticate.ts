/** GENERAL AUTHENTICATE, which every key operation is. @see NIST SP 800-73-4 part 2, 3.2.4 */
import { parseAnswer, required, unwrapAnswer } from './answer.ts';
import { INS_GENERAL_AUTHENTICATE, LE_MAX } from './apdu.ts';
import type { CardAnswer, Exchange } from './exchange.ts';
import { find, tlv } from './tlv.ts';

const TAG_DYNAMIC_AUTHENTICATION = 0x7c;
export const TAG_WITNESS = 0x80;
export const TAG_CHALLENGE = 0x81;
export const TAG_RESPONSE = 0x82;
export const TAG_EXPONENTIATION = 0x85;

/** What is asked with which key: `parts` are the elements inside 7C. */
export interface AuthenticateCommand {
  readonly algorithmId: number;
  readonly reference: number;
  readonly parts: readonly Uint8Array[];
  /** Length of the value in the answer; a short one is asked for without extended length. */
  readonly answerLength: number;
  readonly isAnswerSecret?: boolean;
}

/** Sends one step, whatever the status word of its answer. */
export function authenticate(exchange: Exchange, command: AuthenticateCommand): Promise<CardAnswer> {
  const data = tlv(TAG_DYNAMIC_AUTHENTICATION, ...command.parts);
  return exchange.send({
    ins: INS_GENERAL_AUTHENTICATE,
    p1: command.algorithmId,
    p2: command.reference,
    data,
    le: command.answerLength + 16 > 256 ? LE_MAX : 256,
    isAnswerSecret: command.isAnswerSecret,
  });
}

/**
 * The element with this tag inside an answer's 7C.
 * @param length in bytes, where it is fixed
 * @throws MalformedAnswerError
 */
export function authenticationElement(
  intent: string,
  answer: Uint8Array,
  tag: number,
  length?: number,
): Uint8Array {
  const elements = parseAnswer(intent, unwrapAnswer(intent, TAG_DYNAMIC_AUTHENTICATION, answer));
  return required(intent, 'value', find(elements, tag), length);
}
