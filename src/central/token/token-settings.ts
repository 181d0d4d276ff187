/** `[token]` of `central.toml`: the PKCS #11 token that the archive key and the keys of the authority live in (SE-04). */
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';

/** Where the token is, and how central logs in to it. */
export interface TokenSettings {
  /** Path of the shared library. */
  readonly module: string;
  /** Either is null. */
  readonly label: string | null;
  readonly serial: string | null;
  /** Read anew whenever central logs in. Null: none is named, as for a command when only the unit has the PIN. */
  readonly pinFile: string | null;
}

const MODULE = 'write the whole path of the PKCS #11 module, such as "/usr/lib/softhsm/libsofthsm2.so"';
const LABEL = 'write the label of the token, at most 32 bytes, as pkcs11-tool --list-slots shows it';
const SERIAL =
  'write the serial number of the token, at most 16 characters, as pkcs11-tool --list-slots shows it';
const PIN_FILE = 'write the path of a file with the PIN; the PIN itself never stands here';

/** As it is written. */
export const tokenTable = z
  .strictObject({
    module: z.string(MODULE).refine(isAbsolute, MODULE),
    label: z
      .string(LABEL)
      .min(1, LABEL)
      .refine((text) => Buffer.byteLength(text) <= 32, LABEL)
      .optional(),
    serial: z.string(SERIAL).min(1, SERIAL).max(16, SERIAL).optional(),
    pin_file: z.string(PIN_FILE).min(1, PIN_FILE).optional(),
  })
  .superRefine(({ label, serial }, context) => {
    if ((label === undefined) !== (serial === undefined)) return;
    context.addIssue({ code: 'custom', path: ['label'], message: 'write either label, or serial' });
  });

/**
 * @param beside the folder that a relative path begins at
 * @param pinCredential the PIN as the unit hands it over; it goes before the file that is named
 */
export function tokenSettings(
  { module, label, serial, pin_file: named }: z.output<typeof tokenTable>,
  beside: string,
  pinCredential?: string,
): TokenSettings {
  const pinFile = pinCredential ?? (named === undefined ? null : resolve(beside, named));
  return { module, label: label ?? null, serial: serial ?? null, pinFile };
}
