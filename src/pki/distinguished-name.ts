import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509';

const ATTRIBUTE_TYPES = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  serialNumber: '2.5.4.5',
} as const;
type AttributeName = keyof typeof ATTRIBUTE_TYPES;

/** Names of RFC 4514, 3; others are written as their OID. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
};

/** Builds a name from its parts, most general first. `serialNumber` and `C` are printable strings, others UTF-8. */
export function distinguishedName(parts: readonly (readonly [AttributeName, string])[]): Name {
  return new Name(
    parts.map(([name, text]) => {
      const isPrintable = name === 'C' || name === 'serialNumber';
      const value = new AttributeValue(isPrintable ? { printableString: text } : { utf8String: text });
      return new RelativeDistinguishedName([
        new AttributeTypeAndValue({ type: ATTRIBUTE_TYPES[name], value }),
      ]);
    }),
  );
}

/** Writes a name as text, most special first: `CN=Ada Lovelace,O=Example`. @see RFC 4514 */
export function nameToText(name: Name): string {
  return [...name]
    .reverse()
    .map((rdn) => [...rdn].map(attributeToText).join('+'))
    .join(',');
}

function attributeToText(attribute: AttributeTypeAndValue): string {
  const value = attribute.value.toString().replace(/[\\"+,;<>]|^[ #]| $/g, '\\$&');
  return `${SHORT_NAMES[attribute.type] ?? attribute.type}=${value}`;
}
