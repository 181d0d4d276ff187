import type { ManagementKeyAlgorithm } from '../domain/slot.ts';

/** In which ways one make of card differs from another. A new make is a new row of these options. */
export interface Personality {
  /** F6 move, F7 metadata, F8 serial, F9 attest, FA retries, FB reset, FD version, FE import, FF set management key. */
  readonly hasVendorCommands: boolean;
  /** F8 answers with the chip serial; without it 6D00. */
  readonly hasSerial: boolean;
  /** Without it any extended APDU is answered with 6700. */
  readonly hasExtendedLength: boolean;
  /** Room for objects and keys together; null for as much as one likes. A write beyond it is answered with 6A84. */
  readonly capacityBytes: number | null;
  /** A deleted object reads as 9000 without data, where others answer 6A82. */
  readonly deletedObjectsReadEmpty: boolean;
  /** A verified PIN survives a further SELECT of the PIV application. */
  readonly keepsPinOverSelect: boolean;
  readonly factoryManagementKeyAlgorithm: ManagementKeyAlgorithm;
  /** A chained PUT DATA that is cut off leaves a shortened object, which reads back with 9000. */
  readonly tearsChainedWrites: boolean;
  /** The Discovery object takes PUT DATA. */
  readonly hasWritableDiscovery: boolean;
}

/** A card with what YubiKey 5.7 adds to the standard. */
const full: Personality = {
  hasVendorCommands: true,
  hasSerial: true,
  hasExtendedLength: true,
  capacityBytes: null,
  deletedObjectsReadEmpty: false,
  keepsPinOverSelect: false,
  factoryManagementKeyAlgorithm: '3DES',
  tearsChainedWrites: false,
  hasWritableDiscovery: false,
};

/** SP 800-73 and nothing else: no chip serial, no import, no reset, chaining only. */
const standard: Personality = {
  ...full,
  hasVendorCommands: false,
  hasSerial: false,
  hasExtendedLength: false,
  hasWritableDiscovery: true,
};

/** The makes by name. */
export const PERSONALITIES = { full, standard } as const satisfies Record<string, Personality>;
export type PersonalityName = keyof typeof PERSONALITIES;
