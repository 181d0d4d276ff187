/** Longer names are cut: Windows and NSS show no more. */
const MAX_LENGTH = 128;
const REPLACEMENT = '\ufffd';

/**
 * A name as every program can show it: on one line, of the characters that a BMPString has (one unit of UTF-16 each; an
 * emoji becomes a question mark in a box), not empty. A colon becomes a hyphen: NSS takes what stands before it for a token.
 */
export function asFriendlyName(name: string): string {
  const printable = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u{10000}-\u{10ffff}]|\p{Cs}/gu, REPLACEMENT)
    .replaceAll(':', '-')
    .trim();
  return printable.slice(0, MAX_LENGTH).trim() || 'Certificate';
}
