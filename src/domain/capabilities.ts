import type { ManagementKeyAlgorithm } from './slot.ts';

/** What a card can do besides the standard, as probed (never derived from a version, a name or an ATR). */
export interface CardCapabilities {
  readonly hasMetadata: boolean;
  readonly canSetManagementKey: boolean;
  readonly canMoveKeys: boolean;
  readonly canImportKeys: boolean;
  readonly canReset: boolean;
  readonly canAttest: boolean;
  readonly hasExtendedLength: boolean;
  /** As metadata tells; null where the card does not say. */
  readonly managementKeyAlgorithm: ManagementKeyAlgorithm | null;
}
