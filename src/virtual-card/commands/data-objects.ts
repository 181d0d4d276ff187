import { INS_PUT_DATA } from '../../piv/apdu.ts';
import { OBJECT_TAGS } from '../../piv/reference.ts';
import { parseTlvs, tlv } from '../../piv/tlv.ts';
import { ok, Refusal, SW } from '../answer.ts';
import { keepObject, requireRoomForObject } from '../capacity.ts';
import type { Chip, Command } from '../chip.ts';
import { requireManagementKey } from './management-authentication.ts';

const DISCOVERY = OBJECT_TAGS.DISCOVERY;
/** Fingerprints, facial image, printed information, iris: read only after the PIN. @see SP 800-73-4 part 1, table 3 */
const PIN_PROTECTED: ReadonlySet<string> = new Set(['5FC103', '5FC108', '5FC109', '5FC121']);

/** GET DATA of one object. @see NIST SP 800-73-4 part 2, 3.1.2 */
export const getData: Command = (chip, { p1, p2, data }) => {
  if (p1 !== 0x3f || p2 !== 0xff) throw new Refusal(SW.incorrectParameters);
  const [list, ...more] = parseTlvs(data);
  if (list?.tag !== 0x5c || more.length > 0) throw new Refusal(SW.incorrectData);
  const name = Buffer.from(list.value).toString('hex').toUpperCase();
  const content = chip.state.objects[name];
  if (content === undefined) throw new Refusal(SW.notFound);
  if (PIN_PROTECTED.has(name) && !chip.session.isPinVerified)
    throw new Refusal(SW.securityStatusNotSatisfied);
  if (content === '') return ok();
  return ok(tlv(name === '7E' ? DISCOVERY : 0x53, Buffer.from(content, 'base64')));
};

/** PUT DATA of one object; an empty 53 deletes it. @see SP 800-73-4 part 2, 3.3.1 */
export const putData: Command = (chip, { p1, p2, data }) => {
  if (p1 !== 0x3f || p2 !== 0xff) throw new Refusal(SW.incorrectParameters);
  requireManagementKey(chip);
  const [first, content, ...more] = parseTlvs(data);
  if (first?.tag === DISCOVERY && !content) return putDiscovery(chip, first.value);
  if (first?.tag !== 0x5c || content?.tag !== 0x53 || more.length > 0) throw new Refusal(SW.incorrectData);
  store(chip, objectName(chip, first.value), content.value);
  return ok();
};

function putDiscovery(chip: Chip, value: Uint8Array) {
  if (!chip.state.personality.hasWritableDiscovery) throw new Refusal(SW.incorrectData);
  store(chip, '7E', value);
  return ok();
}

/**
 * What is left on some cards when power goes in the middle of a chained PUT DATA: the object, cut short.
 * Anything else that was under way leaves no trace. Whether it left one is the result.
 */
export function tearWrite(chip: Chip, ins: number, partial: Uint8Array): boolean {
  const { tearsChainedWrites } = chip.state.personality;
  const isObject = ins === INS_PUT_DATA && partial[0] === 0x5c && partial[1] === 3 && partial[5] === 0x53;
  if (!tearsChainedWrites || !isObject || !chip.session.isManagementKeyProven) return false;
  const lengthBytes = partial[6]! > 0x80 ? (partial[6]! & 0x7f) + 1 : 1;
  const content = partial.subarray(6 + lengthBytes);
  if (content.length > 0) keepObject(chip.state, hexOf(partial.subarray(2, 5)), content);
  return content.length > 0;
}

function store(chip: Chip, name: string, content: Uint8Array): void {
  if (content.length > 0) {
    requireRoomForObject(chip.state, name, content.length);
    keepObject(chip.state, name, content);
  } else if (chip.state.personality.deletedObjectsReadEmpty) {
    chip.state.objects[name] = '';
  } else {
    delete chip.state.objects[name];
  }
}

/** Objects of the standard, and where there are vendor commands those of 5FFFxx. */
function objectName(chip: Chip, tag: Uint8Array): string {
  const name = hexOf(tag);
  const isStandard = /^5FC1(0[1-9A-F]|1[0-9A-F]|2[0-3])$/.test(name);
  const isVendor = chip.state.personality.hasVendorCommands && /^5FFF[0-9A-F]{2}$/.test(name);
  if (!isStandard && !isVendor) throw new Refusal(SW.notFound);
  return name;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}
