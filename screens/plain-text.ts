/** Room for the longest line that any terminal shows; what is beyond is cut before it is laid out. */
const LONGEST = 300;

/**
 * Text from central, a card or a certificate, made safe for the screen: one line, no control or formatting characters,
 * so that a name cannot move the cursor, change colours or turn the direction of reading (SE-07).
 */
export function plainText(text: string): string {
  return [...text.slice(0, LONGEST)]
    .join('')
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}
