/** What a card can do besides the standard, found out by commands that can only fail. */
import type { CardCapabilities } from '../domain/capabilities.ts';
import type { ManagementKeyAlgorithm } from '../domain/slot.ts';
import {
  type CommandApdu,
  INS_ATTEST,
  INS_GET_DATA,
  INS_IMPORT_KEY,
  INS_MOVE_KEY,
  INS_RESET,
  INS_SET_MANAGEMENT_KEY,
  LE_MAX,
} from './apdu.ts';
import type { Exchange } from './exchange.ts';
import type { MetadataAnswer } from './metadata.ts';
import { isUnknownInstruction } from './status-word.ts';

/** No slot has reference 00, and no data are sent where some are needed. */
const NOWHERE = { p1: 0x00, p2: 0x00 } as const;

/**
 * What a card can be presumed to do, asked with instructions that never write: a card that has one of the vendor's
 * reading commands is taken to have the writing ones. Good for a preview only.
 * @param managementKey what metadata says of 9B
 */
export async function presumeCapabilities(
  exchange: Exchange,
  managementKey: MetadataAnswer,
): Promise<CardCapabilities> {
  const hasMetadata = managementKey !== 'unsupported';
  const canAttest = await isKnown(exchange, { ins: INS_ATTEST, ...NOWHERE, le: 256 });
  const isPresumed = hasMetadata || canAttest;
  return {
    hasMetadata,
    canSetManagementKey: isPresumed,
    canImportKeys: isPresumed,
    canMoveKeys: isPresumed,
    canReset: isPresumed,
    canAttest,
    hasExtendedLength: await hasExtendedLength(exchange),
    managementKeyAlgorithm:
      typeof managementKey === 'object' ? (managementKey.algorithm as ManagementKeyAlgorithm | null) : null,
  };
}

/**
 * Probes the writing commands, presumed or not. Each probe names no slot and sends no key, so it fails on every card;
 * only 6D00 and 6E00 mean that the command is absent. To whoever counts by instruction these are writes.
 * @param isPinUsable the PIN is not blocked. RESET is probed only then, with parameters that it does not have: with PIN
 *   and PUK blocked, a card that ignores parameters would erase itself. Else its sister commands speak for it.
 */
export async function probeCapabilities(
  exchange: Exchange,
  presumed: CardCapabilities,
  isPinUsable: boolean,
): Promise<CardCapabilities> {
  const canSetManagementKey = await isKnown(exchange, { ins: INS_SET_MANAGEMENT_KEY, ...NOWHERE });
  const canImportKeys = await isKnown(exchange, { ins: INS_IMPORT_KEY, ...NOWHERE });
  const canMoveKeys = await isKnown(exchange, { ins: INS_MOVE_KEY, ...NOWHERE });
  const canReset = isPinUsable
    ? await isKnown(exchange, { ins: INS_RESET, p1: 0xff, p2: 0xff })
    : canSetManagementKey && canImportKeys;
  return { ...presumed, canSetManagementKey, canImportKeys, canMoveKeys, canReset };
}

async function isKnown(exchange: Exchange, command: CommandApdu): Promise<boolean> {
  return !isUnknownInstruction((await exchange.send(command)).sw);
}

async function hasExtendedLength(exchange: Exchange): Promise<boolean> {
  if (exchange.hasExtendedLength === null) {
    const data = Uint8Array.of(0x5c, 0x01, 0x7e);
    await exchange.send({ ins: INS_GET_DATA, p1: 0x3f, p2: 0xff, data, le: LE_MAX });
  }
  return exchange.hasExtendedLength ?? false;
}
