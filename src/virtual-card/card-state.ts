import { z } from 'zod';
import { KEY_ALGORITHMS, MANAGEMENT_KEY_ALGORITHMS } from '../domain/slot.ts';
import { MANAGEMENT_KEY_FACTS } from '../piv/algorithm.ts';
import type { Personality } from './personality.ts';
import { createSecret, padSecret, referenceSecretSchema } from './reference-secret.ts';

const personalitySchema: z.ZodType<Personality> = z.object({
  hasVendorCommands: z.boolean(),
  canMoveKeys: z.boolean().default(true),
  hasSerial: z.boolean(),
  hasZeroSerial: z.boolean().default(false),
  hasExtendedLength: z.boolean(),
  capacityBytes: z.int().positive().nullable(),
  hasFixedRooms: z.boolean().default(false),
  deletedObjectsReadEmpty: z.boolean(),
  keepsPinOverSelect: z.boolean(),
  factoryManagementKeyAlgorithm: z.enum(MANAGEMENT_KEY_ALGORITHMS),
  tearsChainedWrites: z.boolean(),
  hasWritableDiscovery: z.boolean(),
  apduMs: z.int().min(0).default(0),
  rsaKeyMs: z.int().min(0).default(0),
});

const keySchema = z.object({
  algorithm: z.enum(KEY_ALGORITHMS),
  /** PKCS #8, DER. */
  pkcs8: z.base64(),
  isImported: z.boolean(),
  /** 0 as the slot has it, 1 never, 2 once, 3 always. */
  pinPolicy: z.int().min(0).max(3),
  touchPolicy: z.int().min(0).max(3),
});

/** Everything a card keeps without power. Objects and keys by tag and slot in hex, upper case. */
export const cardStateSchema = z.object({
  version: z.literal(1),
  name: z.string(),
  /** 0 is what some cards answer; null where the chip has none. */
  serial: z.int().min(0).max(0xffff_ffff).nullable(),
  personality: personalitySchema,
  isContactless: z.boolean(),
  hasPiv: z.boolean(),
  pin: referenceSecretSchema,
  puk: referenceSecretSchema,
  managementKey: z.object({
    algorithm: z.enum(MANAGEMENT_KEY_ALGORITHMS),
    value: z.base64(),
    isDefault: z.boolean(),
  }),
  /** What stands inside 53; Discovery (7E): inside 7E. */
  objects: z.record(z.string(), z.base64()),
  /** Bytes that an object has for itself, on makes where it keeps them. */
  rooms: z.record(z.string(), z.int().positive()).default({}),
  keys: z.record(z.string(), keySchema),
  /** Key and certificate that sign attestations, made when first asked for. */
  attestation: z.object({ pkcs8: z.base64(), certificate: z.base64() }).nullable(),
  counters: z.object({ apdus: z.int().min(0), writeApdus: z.int().min(0) }),
});
export type CardState = z.infer<typeof cardStateSchema>;
export type StoredKey = z.infer<typeof keySchema>;

/** The value every management key has as it leaves the factory. */
const FACTORY_KEY_PART = [1, 2, 3, 4, 5, 6, 7, 8];

/** PIN, PUK and management key as the factory sets them: 123456, 12345678, 0102…08 repeated. */
export function factorySecrets(
  personality: Personality,
  tries: { readonly pin: number; readonly puk: number } = { pin: 3, puk: 3 },
): Pick<CardState, 'pin' | 'puk' | 'managementKey'> {
  const algorithm = personality.factoryManagementKeyAlgorithm;
  const length = MANAGEMENT_KEY_FACTS[algorithm].keyLength;
  const value = Buffer.from(Array.from({ length }, (_, i) => FACTORY_KEY_PART[i % 8]!));
  return {
    pin: createSecret(padSecret('123456'), tries.pin, true),
    puk: createSecret(padSecret('12345678'), tries.puk, true),
    managementKey: { algorithm, value: value.toString('base64'), isDefault: true },
  };
}

/** The Discovery object of the factory: PIV card application, application PIN only. @see SP 800-73-4 part 1, 3.3.2 */
export const FACTORY_DISCOVERY = Buffer.from('4F0BA0000003080000100001005F2F024000', 'hex');
