/** Security Object: signed hashes of the other objects. @see NIST SP 800-73-4 part 1, 3.1.7 and table 12 */
import type { Tlv } from '../tlv.ts';
import { buildFields, END_FIELD, ObjectFormatError, parseFields, requiredField } from './fields.ts';

/** Which object a data group of the signed LDSSecurityObject hashes. */
export interface DataGroup {
  /** 1 to 16. */
  readonly number: number;
  readonly containerId: number;
}

export interface SecurityObject {
  readonly dataGroups: readonly DataGroup[];
  /** CMS over the LDSSecurityObject, DER. */
  readonly signature: Uint8Array;
  readonly fields?: readonly Tlv[];
}

const NAME = 'Security Object';
const TAG_MAPPING = 0xba;
const TAG_SIGNATURE = 0xbb;
const ENTRY_LENGTH = 3;
const MAX_DATA_GROUPS = 16;

/** @throws ObjectFormatError */
export function parseSecurityObject(content: Uint8Array): SecurityObject {
  const fields = parseFields(NAME, content);
  const mapping = requiredField(NAME, 'mapping', fields, TAG_MAPPING);
  if (mapping.length % ENTRY_LENGTH !== 0) throw new ObjectFormatError(NAME, 'its mapping is cut off');
  const dataGroups: DataGroup[] = [];
  for (let at = 0; at < mapping.length; at += ENTRY_LENGTH) {
    const containerId = mapping[at + 1]! * 256 + mapping[at + 2]!;
    dataGroups.push({ number: mapping[at]!, containerId });
  }
  return { dataGroups, signature: requiredField(NAME, 'signature', fields, TAG_SIGNATURE), fields };
}

export function buildSecurityObject({ dataGroups, signature, fields }: SecurityObject): Uint8Array {
  const mapping = dataGroups.flatMap(({ number, containerId }) => [
    number,
    containerId >>> 8,
    containerId & 0xff,
  ]);
  return buildFields(
    [[TAG_MAPPING, Uint8Array.from(mapping)], [TAG_SIGNATURE, signature], END_FIELD],
    fields,
  );
}

/** Numbers containers from 1 in the order given. @throws ObjectFormatError for more than 16 */
export function numberDataGroups(containerIds: readonly number[]): DataGroup[] {
  if (containerIds.length > MAX_DATA_GROUPS) throw new ObjectFormatError(NAME, 'it has room for 16 objects');
  return containerIds.map((containerId, index) => ({ number: index + 1, containerId }));
}
