/** Printed Information: what stands on the plastic. @see NIST SP 800-73-4 part 1, 3.2.3 and table 14 */
import type { Tlv } from '../tlv.ts';
import { fromPrintedDate, toPrintedDate } from './card-date.ts';
import {
  buildFields,
  decodeText,
  END_FIELD,
  encodeText,
  ObjectFormatError,
  parseFields,
  requiredField,
} from './fields.ts';

export interface PrintedInformation {
  readonly name: string;
  readonly employeeAffiliation: string;
  /** Eight digits (`20321202`); on the card it stands as `2032DEC02`. */
  readonly expiry: string;
  readonly agencyCardSerialNumber: string;
  readonly issuerIdentification: string;
  readonly organizationLine1: string | null;
  readonly organizationLine2: string | null;
  readonly fields?: readonly Tlv[];
}

const NAME = 'Printed Information';
const TAG_EXPIRY = 0x04;
/** Tag and greatest length in bytes. */
const TEXTS = {
  name: [0x01, 125],
  employeeAffiliation: [0x02, 20],
  agencyCardSerialNumber: [0x05, 20],
  issuerIdentification: [0x06, 15],
  organizationLine1: [0x07, 20],
  organizationLine2: [0x08, 20],
} as const;

/** @throws ObjectFormatError also for what some cards keep here instead (a protected management key) */
export function parsePrintedInformation(content: Uint8Array): PrintedInformation {
  const fields = parseFields(NAME, content);
  const text = (name: keyof typeof TEXTS): string =>
    decodeText(NAME, name, requiredField(NAME, name, fields, TEXTS[name][0]));
  const optional = (name: keyof typeof TEXTS): string | null =>
    fields.some((field) => field.tag === TEXTS[name][0]) ? text(name) : null;
  const printed = decodeText(NAME, 'expiry', requiredField(NAME, 'expiry', fields, TAG_EXPIRY));
  const expiry = fromPrintedDate(printed);
  if (expiry === null) throw new ObjectFormatError(NAME, 'its expiry is not a day');
  return {
    name: text('name'),
    employeeAffiliation: text('employeeAffiliation'),
    expiry,
    agencyCardSerialNumber: text('agencyCardSerialNumber'),
    issuerIdentification: text('issuerIdentification'),
    organizationLine1: optional('organizationLine1'),
    organizationLine2: optional('organizationLine2'),
    fields,
  };
}

/** @throws ObjectFormatError when a text is longer than the standard has room for; RangeError for a wrong date */
export function buildPrintedInformation(printed: PrintedInformation): Uint8Array {
  const text = (name: keyof typeof TEXTS): readonly [number, Uint8Array | null] => {
    const [tag, maxLength] = TEXTS[name];
    const value = printed[name];
    const bytes = value === null ? null : encodeText(value);
    if (bytes && bytes.length > maxLength && !printed.fields) {
      throw new ObjectFormatError(NAME, `its ${name} has ${bytes.length} bytes, ${maxLength} fit`);
    }
    return [tag, bytes];
  };
  return buildFields(
    [
      text('name'),
      text('employeeAffiliation'),
      [TAG_EXPIRY, encodeText(toPrintedDate(printed.expiry))],
      text('agencyCardSerialNumber'),
      text('issuerIdentification'),
      text('organizationLine1'),
      text('organizationLine2'),
      END_FIELD,
    ],
    printed.fields,
  );
}
