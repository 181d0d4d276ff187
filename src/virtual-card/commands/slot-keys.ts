import { SLOTS } from '../../domain/slot.ts';
import { keyAlgorithmOf } from '../../piv/algorithm.ts';
import { hexTag } from '../../piv/reference.ts';
import { find, parseTlvs, type Tlv, tlv, unwrap } from '../../piv/tlv.ts';
import { ok, Refusal, SW } from '../answer.ts';
import { requireRoomForKey } from '../capacity.ts';
import type { Chip, Command } from '../chip.ts';
import { keyFromComponents } from '../import-components.ts';
import { publicKeyElements, storeKey } from '../slot-key.ts';
import { requireManagementKey } from './management-authentication.ts';

/** GENERATE ASYMMETRIC KEY PAIR: the slot's old key is gone. @see NIST SP 800-73-4 part 2, 3.3.2 */
export const generateKeyPair: Command = async (chip, { p1, p2, data }) => {
  requireManagementKey(chip);
  if (p1 !== 0) throw new Refusal(SW.incorrectParameters);
  const slot = slotName(p2);
  const elements = parseTlvs(unwrap(0xac, data));
  const policies = keyPolicies(chip, elements);
  const algorithm = keyAlgorithmOf(find(elements, 0x80)?.[0] ?? -1);
  if (!algorithm) throw new Refusal(SW.incorrectData);
  const key = await chip.generateKey(algorithm);
  const stored = storeKey(key, algorithm, { isImported: false, ...policies });
  requireRoomForKey(chip.state, slot, Buffer.byteLength(stored.pkcs8, 'base64'));
  chip.state.keys[slot] = stored;
  return ok(tlv(0x7f49, publicKeyElements(key)));
};

/** IMPORT ASYMMETRIC KEY (FE): P1 algorithm, P2 slot. */
export const importKey: Command = (chip, { p1, p2, data }) => {
  requireManagementKey(chip);
  const slot = slotName(p2);
  const elements = parseTlvs(data);
  const policies = keyPolicies(chip, elements);
  const algorithm = keyAlgorithmOf(p1);
  const key = algorithm && keyFromComponents(algorithm, elements);
  if (!key) throw new Refusal(SW.incorrectData);
  const stored = storeKey(key, algorithm, { isImported: true, ...policies });
  requireRoomForKey(chip.state, slot, Buffer.byteLength(stored.pkcs8, 'base64'));
  chip.state.keys[slot] = stored;
  return ok();
};

/** MOVE KEY (F6): P1 where to, FF deletes; P2 where from. */
export const moveKey: Command = (chip, { p1, p2 }) => {
  if (!chip.state.personality.canMoveKeys) throw new Refusal(SW.instructionNotSupported);
  requireManagementKey(chip);
  const from = slotName(p2);
  const key = chip.state.keys[from];
  if (!key) throw new Refusal(SW.referenceNotFound);
  if (p1 !== 0xff) {
    const to = slotName(p1);
    if (chip.state.keys[to]) throw new Refusal(SW.conditionsNotSatisfied);
    chip.state.keys[to] = key;
  }
  delete chip.state.keys[from];
  return ok();
};

function slotName(p2: number): string {
  const name = hexTag(p2);
  if (!(SLOTS as readonly string[]).includes(name)) throw new Refusal(SW.incorrectParameters);
  return name;
}

/** AA PIN policy and AB touch policy, which the standard does not know. */
function keyPolicies(chip: Chip, elements: readonly Tlv[]): { pinPolicy: number; touchPolicy: number } {
  const [pin, touch] = [find(elements, 0xaa), find(elements, 0xab)];
  if ((pin || touch) && !chip.state.personality.hasVendorCommands) throw new Refusal(SW.incorrectData);
  const [pinPolicy, touchPolicy] = [pin?.[0] ?? 0, touch?.[0] ?? 0];
  if (pinPolicy > 3 || touchPolicy > 3) throw new Refusal(SW.incorrectData);
  return { pinPolicy, touchPolicy };
}
