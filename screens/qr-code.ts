import qrcode from 'qrcode-generator';

/** Which modules are dark, row by row. */
export type QrModules = readonly (readonly boolean[])[];

/** What is said in letters that a QR code has short forms for: digits, capitals, blanks, dashes. @see ISO/IEC 18004, 7.3.4 */
const MODE = 'Alphanumeric';
/** Nothing rubs off a screen. */
const CORRECTION = 'L';
/** Free modules around it. The standard wants four; readers do with two. */
const QUIET = 2;
/** Of the largest that has room beside a text in the smallest terminal: version 2. */
const LARGEST = 25 + 2 * QUIET;

/** The code alone: where the stable one is too long for the room that there is. */
const nameOf = (code: string) => `RECARD ${code}`;

/** What a telephone shows of a support code, with its quiet zone. @param stable the code of the screen */
export function supportModules(code: string, stable: string): QrModules {
  const whole = modulesOf(`${nameOf(code)} ${stable.toUpperCase()}`);
  return whole.length <= LARGEST ? whole : modulesOf(nameOf(code));
}

function modulesOf(text: string): QrModules {
  const code = qrcode(0, CORRECTION);
  code.addData(text, MODE);
  code.make();
  const size = code.getModuleCount() + 2 * QUIET;
  const isInside = (at: number) => at >= QUIET && at < size - QUIET;
  return Array.from({ length: size }, (_, row) =>
    Array.from(
      { length: size },
      (_, column) => isInside(row) && isInside(column) && code.isDark(row - QUIET, column - QUIET),
    ),
  );
}
