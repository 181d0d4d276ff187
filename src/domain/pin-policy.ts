/** What a PIN must look like. A profile names the policy; the kiosk ticks it off as the person types. */
export interface PinPolicy {
  /** 6–8 digits; PIV allows no more. */
  readonly minLength: number;
  readonly maxLength: number;
  /** Refuse 111111. */
  readonly forbidRepeated: boolean;
  /** Refuse 123456 and 987654. */
  readonly forbidSequence: boolean;
  /** Refuse the PIN that the card has now. */
  readonly forbidCurrent: boolean;
}

export const PIN_RULES = ['length', 'repeated', 'sequence', 'current'] as const;
export type PinRule = (typeof PIN_RULES)[number];

/** One line of the policy and whether what is typed so far satisfies it. */
export type PinVerdict = { readonly satisfied: boolean } & (
  | { readonly rule: 'length'; readonly minLength: number; readonly maxLength: number }
  | { readonly rule: Exclude<PinRule, 'length'> }
);

/**
 * Judges a PIN rule by rule, in the order of PIN_RULES; rules that the policy does not ask for are absent.
 * @param pin ASCII digits, unpadded; never kept
 * @param current the PIN the card has now, if known
 */
export function judgePin(
  policy: PinPolicy,
  pin: Uint8Array,
  current: Uint8Array | null,
): readonly PinVerdict[] {
  const isDigits = pin.every((byte) => byte >= 0x30 && byte <= 0x39);
  const typed = pin.length > 0;
  const verdicts: PinVerdict[] = [
    {
      rule: 'length',
      satisfied: isDigits && pin.length >= policy.minLength && pin.length <= policy.maxLength,
      minLength: policy.minLength,
      maxLength: policy.maxLength,
    },
  ];
  if (policy.forbidRepeated)
    verdicts.push({ rule: 'repeated', satisfied: typed && !hasConstantStep(pin, [0]) });
  if (policy.forbidSequence)
    verdicts.push({ rule: 'sequence', satisfied: typed && !hasConstantStep(pin, [1, -1]) });
  if (policy.forbidCurrent && current) {
    verdicts.push({ rule: 'current', satisfied: typed && !sameBytes(pin, current) });
  }
  return verdicts;
}

function hasConstantStep(pin: Uint8Array, steps: readonly number[]): boolean {
  return (
    pin.length > 1 && steps.some((step) => pin.every((byte, i) => i === 0 || byte - pin[i - 1]! === step))
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
