import { constants, diffieHellman, type KeyObject, privateDecrypt } from 'node:crypto';
import { ACTIVE_SLOTS, type KeyAlgorithm } from '../../domain/slot.ts';
import { KEY_FACTS, keyAlgorithmOf } from '../../piv/algorithm.ts';
import { hexTag, MANAGEMENT_KEY_REFERENCE } from '../../piv/reference.ts';
import { find, parseTlvs, tlv, unwrap } from '../../piv/tlv.ts';
import { ok, Refusal, SW } from '../answer.ts';
import type { StoredKey } from '../card-state.ts';
import type { Chip, Command } from '../chip.ts';
import { signDigest } from '../raw-ecdsa.ts';
import { loadKey, publicKeyFromPoint } from '../slot-key.ts';
import { authenticateManagementKey } from './management-authentication.ts';

const PIN_NEVER = 1;
const PIN_ALWAYS = 3;

/** GENERAL AUTHENTICATE: 9B, or a private key that signs, decrypts or agrees. @see NIST SP 800-73-4 part 2, 3.2.4 */
export const generalAuthenticate: Command = (chip, { p1, p2, data }) => {
  const elements = parseTlvs(unwrap(0x7c, data));
  if (p2 === MANAGEMENT_KEY_REFERENCE) return authenticateManagementKey(chip, p1, elements);
  const slot = hexTag(p2);
  const stored = chip.state.keys[slot];
  if (!stored) throw new Refusal(SW.referenceNotFound);
  if (keyAlgorithmOf(p1) !== stored.algorithm) throw new Refusal(SW.incorrectParameters);
  const [challenge, point] = [find(elements, 0x81), find(elements, 0x85)];
  if (!find(elements, 0x82) || !(challenge || point)) throw new Refusal(SW.incorrectData);
  spendPin(chip, slot, stored);
  const key = loadKey(stored);
  if (point) return ok(tlv(0x7c, tlv(0x82, agree(key, stored.algorithm, point))));
  if (!chip.state.personality.hasVendorCommands) requireSigningSlot(slot, stored.algorithm);
  return ok(tlv(0x7c, tlv(0x82, compute(key, stored.algorithm, challenge!))));
};

/** What the PIN must have been for, by slot or by the key's own policy. Each use takes the freshness away. */
function spendPin(chip: Chip, slot: string, stored: StoredKey): void {
  const policy = stored.pinPolicy || (slot === '9C' ? PIN_ALWAYS : slot === '9E' ? PIN_NEVER : 2);
  const { isPinVerified, isPinFresh } = chip.session;
  chip.session.isPinFresh = false;
  if (policy === PIN_NEVER) return;
  if (!isPinVerified || (policy === PIN_ALWAYS && !isPinFresh)) {
    throw new Refusal(SW.securityStatusNotSatisfied);
  }
}

/** RSA: the raw private-key operation over a block that the host has padded. EC: ECDSA over the host's digest. */
function compute(key: KeyObject, algorithm: KeyAlgorithm, challenge: Uint8Array): Uint8Array {
  const facts = KEY_FACTS[algorithm];
  if (facts.kind === 'EC') {
    if (challenge.length === 0 || challenge.length > 64) throw new Refusal(SW.incorrectData);
    return signDigest(key, facts.curve, challenge);
  }
  if (challenge.length !== facts.size) throw new Refusal(SW.incorrectData);
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, challenge);
  } catch {
    throw new Refusal(SW.incorrectData);
  }
}

/** ECDH: the x coordinate of the shared point. @see SP 800-73-4 part 2, A.5 */
function agree(key: KeyObject, algorithm: KeyAlgorithm, point: Uint8Array): Uint8Array {
  const facts = KEY_FACTS[algorithm];
  const publicKey = facts.kind === 'EC' && publicKeyFromPoint(facts.curve, point);
  if (!publicKey) throw new Refusal(SW.incorrectData);
  return diffieHellman({ privateKey: key, publicKey });
}

/** By the letter of the standard an elliptic key management key agrees and never signs. */
function requireSigningSlot(slot: string, algorithm: KeyAlgorithm): void {
  const isActive = (ACTIVE_SLOTS as readonly string[]).includes(slot);
  if (KEY_FACTS[algorithm].kind === 'EC' && (slot === '9D' || !isActive)) throw new Refusal(SW.incorrectData);
}
