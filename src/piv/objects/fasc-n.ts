/** FASC-N: 40 characters of five bits (four of the digit, lowest first, and odd parity). @see TIG SCEPACS 2.3, 6 */
import { ObjectFormatError } from './fields.ts';

/** The parts of a FASC-N, decimal digits. */
export interface FascN {
  /** 4 digits. */
  readonly agencyCode: string;
  /** 4 digits. */
  readonly systemCode: string;
  /** 6 digits. */
  readonly credentialNumber: string;
  /** 1 digit. */
  readonly credentialSeries: string;
  /** 1 digit. */
  readonly individualCredentialIssue: string;
  /** 10 digits. */
  readonly personIdentifier: string;
  /** 1 digit. */
  readonly organizationalCategory: string;
  /** 4 digits. */
  readonly organizationalIdentifier: string;
  /** 1 digit. */
  readonly personAssociation: string;
}

export const FASC_N_LENGTH = 25;
const START = 0xb;
const SEPARATOR = 0xd;
const END = 0xf;
const LAYOUT =
  /^b(?<agencyCode>\d{4})d(?<systemCode>\d{4})d(?<credentialNumber>\d{6})d(?<credentialSeries>\d)d(?<individualCredentialIssue>\d)d(?<personIdentifier>\d{10})(?<organizationalCategory>\d)(?<organizationalIdentifier>\d{4})(?<personAssociation>\d)f$/;

/** Reads the 25 bytes. @throws ObjectFormatError when length, parity, layout or check character is wrong */
export function parseFascN(bytes: Uint8Array): FascN {
  if (bytes.length !== FASC_N_LENGTH) throw new ObjectFormatError('FASC-N', `it has ${bytes.length} bytes`);
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const characters = bits.match(/.{5}/g)!.map(readCharacter);
  const text = characters.slice(0, -1).map(hexDigit).join('');
  const parts = LAYOUT.exec(text)?.groups;
  if (!parts) throw new ObjectFormatError('FASC-N', 'its separators are not where they should be');
  if (characters.at(-1) !== checkCharacter(characters.slice(0, -1))) {
    throw new ObjectFormatError('FASC-N', 'its check character is wrong');
  }
  return { ...parts } as unknown as FascN;
}

/** Writes the 25 bytes. @throws ObjectFormatError when a part is not digits of its length */
export function buildFascN(parts: FascN): Uint8Array {
  const { agencyCode, systemCode, credentialNumber, credentialSeries, individualCredentialIssue } = parts;
  const person = `${parts.personIdentifier}${parts.organizationalCategory}${parts.organizationalIdentifier}${parts.personAssociation}`;
  const codes = [agencyCode, systemCode, credentialNumber, credentialSeries, individualCredentialIssue];
  const text = `${hexDigit(START)}${[...codes, person].join(hexDigit(SEPARATOR))}${hexDigit(END)}`;
  const match = LAYOUT.exec(text)?.groups;
  const isSame =
    match && Object.entries(match).every(([name, value]) => parts[name as keyof FascN] === value);
  if (!isSame) throw new ObjectFormatError('FASC-N', 'a part has not the digits that it should have');
  const characters = [...text].map((digit) => Number.parseInt(digit, 16));
  const bits = [...characters, checkCharacter(characters)].map(writeCharacter).join('');
  return Uint8Array.from(bits.match(/.{8}/g)!, (byte) => Number.parseInt(byte, 2));
}

function readCharacter(bits: string): number {
  const ones = bits.replaceAll('0', '').length;
  if (ones % 2 === 0) throw new ObjectFormatError('FASC-N', 'the parity of a character is wrong');
  return Number.parseInt([...bits.slice(0, 4)].reverse().join(''), 2);
}

function writeCharacter(digit: number): string {
  const bits = [...digit.toString(2).padStart(4, '0')].reverse().join('');
  return `${bits}${bits.replaceAll('0', '').length % 2 === 0 ? 1 : 0}`;
}

/** Longitudinal redundancy: each bit of all characters before it, added up. */
function checkCharacter(characters: readonly number[]): number {
  return characters.reduce((sum, digit) => sum ^ digit, 0);
}

function hexDigit(digit: number): string {
  return digit.toString(16);
}

/**
 * What issuers without an agency code of their own write: the card's GUID is what tells it from others.
 * @see NIST SP 800-73-4 part 1, 3.1.2
 */
export const NO_AGENCY_FASC_N = buildFascN({
  ...{ agencyCode: '9999', systemCode: '9999', credentialNumber: '999999', credentialSeries: '0' },
  ...{ individualCredentialIssue: '1', personIdentifier: '0000000000', organizationalCategory: '3' },
  ...{ organizationalIdentifier: '0000', personAssociation: '1' },
});
