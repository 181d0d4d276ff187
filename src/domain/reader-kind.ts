/** Kinds of readers, for support codes: what is new is added at the end, and nothing is moved. */
export const READER_KINDS = [
  'other',
  'virtual',
  'yubico',
  'omnikey',
  'gemalto',
  'identiv',
  'acs',
  'cherry',
  'reiner-sct',
  'feitian',
  'alcor',
  'realtek',
  'broadcom',
  'lenovo',
  'bit4id',
  'kobil',
  'none',
] as const;
export type ReaderKind = (typeof READER_KINDS)[number];

/** By what makers call their readers, as PC/SC names them; the first that fits counts. */
const NAMES: readonly (readonly [RegExp, ReaderKind])[] = [
  [/\bVirtual\b/i, 'virtual'],
  [/\bYubi/i, 'yubico'],
  [/OMNIKEY|\bHID Global\b/i, 'omnikey'],
  [/Gemalto|Gemplus|Thales|SafeNet/i, 'gemalto'],
  [/Identiv|\bSCM\b|\bSCR\d/i, 'identiv'],
  [/\bACS\b|Advanced Card/i, 'acs'],
  [/Cherry/i, 'cherry'],
  [/REINER|cyberJack/i, 'reiner-sct'],
  [/Feitian|^FT\b/i, 'feitian'],
  [/Alcor/i, 'alcor'],
  [/Realtek/i, 'realtek'],
  [/Broadcom|\bDell\b/i, 'broadcom'],
  [/Lenovo/i, 'lenovo'],
  [/bit4id/i, 'bit4id'],
  [/KOBIL/i, 'kobil'],
];

/** Whose reader it is. @param name as PC/SC has it; null: no reader was in use */
export function readerKindOf(name: string | null): ReaderKind {
  if (name === null) return 'none';
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}
