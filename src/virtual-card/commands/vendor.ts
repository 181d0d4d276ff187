import { KEY_FACTS, MANAGEMENT_KEY_FACTS, managementKeyAlgorithmOf } from '../../piv/algorithm.ts';
import { hexTag } from '../../piv/reference.ts';
import { concat, tlv } from '../../piv/tlv.ts';
import { ok, Refusal, SW } from '../answer.ts';
import { FACTORY_DISCOVERY, factorySecrets } from '../card-state.ts';
import { type Chip, type Command, newSession } from '../chip.ts';
import type { ReferenceSecret } from '../reference-secret.ts';
import { loadKey, publicKeyElements } from '../slot-key.ts';
import { requireManagementKey } from './management-authentication.ts';

const FIRMWARE = Uint8Array.of(5, 7, 1);

/** GET VERSION (FD). */
export const getVersion: Command = () => ok(FIRMWARE);

/** GET SERIAL (F8): four bytes. */
export const getSerial: Command = (chip) => {
  const { serial, personality } = chip.state;
  if (!personality.hasSerial || serial === null) throw new Refusal(SW.instructionNotSupported);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(personality.hasZeroSerial ? 0 : serial);
  return ok(bytes);
};

/** GET METADATA (F7): 01 algorithm, 02 policies, 03 origin, 04 public key, 05 is it the factory's, 06 tries. */
export const getMetadata: Command = (chip, { p2 }) => {
  if (p2 === 0x80) return ok(secretMetadata(chip.state.pin));
  if (p2 === 0x81) return ok(secretMetadata(chip.state.puk));
  if (p2 === 0x9b) return ok(managementMetadata(chip));
  const key = chip.state.keys[hexTag(p2)];
  if (!key) throw new Refusal(SW.referenceNotFound);
  const pinPolicy = key.pinPolicy || (p2 === 0x9c ? 3 : p2 === 0x9e ? 1 : 2);
  return ok(
    concat(
      byte(0x01, KEY_FACTS[key.algorithm].id),
      tlv(0x02, Uint8Array.of(pinPolicy, key.touchPolicy || 1)),
      byte(0x03, key.isImported ? 2 : 1),
      tlv(0x04, publicKeyElements(loadKey(key))),
    ),
  );
};

/** SET MANAGEMENT KEY (FF): algorithm, 9B, length, key. P2 FE asks for a touch, which here is always given. */
export const setManagementKey: Command = (chip, { p1, p2, data }) => {
  requireManagementKey(chip);
  if (p1 !== 0xff || (p2 !== 0xff && p2 !== 0xfe)) throw new Refusal(SW.incorrectParameters);
  const algorithm = managementKeyAlgorithmOf(data[0] ?? -1);
  const value = data.subarray(3);
  const isWhole =
    algorithm && data[2] === value.length && value.length === MANAGEMENT_KEY_FACTS[algorithm].keyLength;
  if (!isWhole || data[1] !== 0x9b) throw new Refusal(SW.incorrectData);
  chip.state.managementKey = {
    algorithm,
    value: Buffer.from(value).toString('base64'),
    isDefault: false,
  };
  return ok();
};

/** SET PIN RETRIES (FA): P1 for the PIN, P2 for the PUK. Both get their factory values. */
export const setRetries: Command = (chip, { p1, p2 }) => {
  requireManagementKey(chip);
  if (!chip.session.isPinVerified) throw new Refusal(SW.securityStatusNotSatisfied);
  if (p1 === 0 || p2 === 0) throw new Refusal(SW.incorrectParameters);
  const { pin, puk } = factorySecrets(chip.state.personality, { pin: p1, puk: p2 });
  Object.assign(chip.state, { pin, puk });
  chip.session.isPinVerified = false;
  chip.session.isPinFresh = false;
  return ok();
};

/** RESET (FB): only while PIN and PUK are both blocked; all keys and objects are gone. */
export const reset: Command = (chip) => {
  const { pin, puk, personality } = chip.state;
  if (pin.triesLeft > 0 || puk.triesLeft > 0) throw new Refusal(SW.conditionsNotSatisfied);
  Object.assign(chip.state, factorySecrets(personality), {
    keys: {},
    rooms: {},
    objects: { '7E': FACTORY_DISCOVERY.toString('base64') },
  });
  chip.session = { ...newSession(), isSelected: true };
  return ok();
};

function managementMetadata(chip: Chip): Uint8Array {
  const { algorithm, isDefault } = chip.state.managementKey;
  return concat(
    byte(0x01, MANAGEMENT_KEY_FACTS[algorithm].id),
    tlv(0x02, Uint8Array.of(0, 1)),
    byte(0x05, isDefault ? 1 : 0),
  );
}

function secretMetadata(secret: ReferenceSecret): Uint8Array {
  return concat(
    byte(0x01, 0xff),
    byte(0x05, secret.isDefault ? 1 : 0),
    tlv(0x06, Uint8Array.of(secret.triesMax, secret.triesLeft)),
  );
}

function byte(tag: number, value: number): Uint8Array {
  return tlv(tag, Uint8Array.of(value));
}
