import type { ManagementKeyAlgorithm } from '../domain/slot.ts';

/** In which ways one make of card differs from another. A new make is a new row of these options. */
export interface Personality {
  /** F6 move, F7 metadata, F8 serial, F9 attest, FA retries, FB reset, FD version, FE import, FF set management key. */
  readonly hasVendorCommands: boolean;
  /** F6 is among them: cards before version 5.7 cannot move a key, nor delete one. */
  readonly canMoveKeys: boolean;
  /** F8 answers with the chip serial; without it 6D00. */
  readonly hasSerial: boolean;
  /** F8 answers with zero, whatever the chip is called. */
  readonly hasZeroSerial: boolean;
  /** Without it any extended APDU is answered with 6700. */
  readonly hasExtendedLength: boolean;
  /** Room for objects and keys together; null for as much as one likes. A write beyond it is answered with 6A84. */
  readonly capacityBytes: number | null;
  /**
   * An object keeps for ever the room that it was given with its first content, in whole pages of 64 bytes: a longer
   * content is answered with 6A84, and emptying gives nothing back.
   */
  readonly hasFixedRooms: boolean;
  /** A deleted object reads as 9000 without data, where others answer 6A82. */
  readonly deletedObjectsReadEmpty: boolean;
  /** A verified PIN survives a further SELECT of the PIV application. */
  readonly keepsPinOverSelect: boolean;
  readonly factoryManagementKeyAlgorithm: ManagementKeyAlgorithm;
  /** A chained PUT DATA that is cut off leaves a shortened object, which reads back with 9000. */
  readonly tearsChainedWrites: boolean;
  /** The Discovery object takes PUT DATA. */
  readonly hasWritableDiscovery: boolean;
  /** What each APDU takes, and each RSA key besides. */
  readonly apduMs: number;
  readonly rsaKeyMs: number;
}

/** A card with what YubiKey 5.7 adds to the standard. */
const full: Personality = {
  hasVendorCommands: true,
  canMoveKeys: true,
  hasSerial: true,
  hasZeroSerial: false,
  hasExtendedLength: true,
  capacityBytes: null,
  hasFixedRooms: false,
  deletedObjectsReadEmpty: false,
  keepsPinOverSelect: false,
  factoryManagementKeyAlgorithm: '3DES',
  tearsChainedWrites: false,
  hasWritableDiscovery: false,
  apduMs: 0,
  rsaKeyMs: 0,
};

/** SP 800-73 and nothing else: no chip serial, no import, no reset, chaining only. */
const standard: Personality = {
  ...full,
  hasVendorCommands: false,
  hasSerial: false,
  hasExtendedLength: false,
  hasWritableDiscovery: true,
};

/** The makes by name, each with one thing that was seen on real cards. */
export const PERSONALITIES = {
  full,
  standard,
  'no-extended-length': { ...full, hasExtendedLength: false },
  /** Three elliptic keys with certificates and every object but a photo take 4.3 kB; a photo takes 5.2 kB more. */
  small: { ...full, capacityBytes: 8_192, hasFixedRooms: true },
  'torn-writes': { ...full, hasExtendedLength: false, tearsChainedWrites: true },
  'keeps-pin-over-select': { ...full, keepsPinOverSelect: true },
  'empty-deleted-objects': { ...full, deletedObjectsReadEmpty: true },
  'serial-absent': { ...full, hasSerial: false },
  'serial-zero': { ...full, hasZeroSerial: true },
  'aes-192-factory': { ...full, factoryManagementKeyAlgorithm: 'AES-192' },
  slow: { ...full, apduMs: 60, rsaKeyMs: 4_000 },
} as const satisfies Record<string, Personality>;
export type PersonalityName = keyof typeof PERSONALITIES;
