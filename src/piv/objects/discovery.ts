/** Discovery Object. @see NIST SP 800-73-4 part 1, 3.3.2 and table 18 */
import type { Tlv } from '../tlv.ts';
import { buildFields, parseFields, requiredField } from './fields.ts';

export interface Discovery {
  /** AID of the PIV application, 11 bytes. */
  readonly applicationId: Uint8Array;
  /** First byte: which PINs there are (40: the application PIN only); second: which is preferred. */
  readonly pinUsagePolicy: number;
  readonly fields?: readonly Tlv[];
}

const NAME = 'Discovery Object';
const TAG_APPLICATION_ID = 0x4f;
const TAG_PIN_USAGE_POLICY = 0x5f2f;

/** @param content the value inside 7E. @throws ObjectFormatError */
export function parseDiscovery(content: Uint8Array): Discovery {
  const fields = parseFields(NAME, content);
  const policy = requiredField(NAME, 'PIN usage policy', fields, TAG_PIN_USAGE_POLICY, 2);
  return {
    applicationId: requiredField(NAME, 'application', fields, TAG_APPLICATION_ID),
    pinUsagePolicy: policy[0]! * 256 + policy[1]!,
    fields,
  };
}

/** The value inside 7E. */
export function buildDiscovery(discovery: Discovery): Uint8Array {
  const policy = Uint8Array.of(discovery.pinUsagePolicy >>> 8, discovery.pinUsagePolicy & 0xff);
  return buildFields(
    [
      [TAG_APPLICATION_ID, discovery.applicationId],
      [TAG_PIN_USAGE_POLICY, policy],
    ],
    discovery.fields,
  );
}
