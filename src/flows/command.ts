/** What a person can say with keys, whatever keys a terminal has for it. The key map in screens/ makes these. */
export type Command =
  | { readonly kind: 'confirm' }
  | { readonly kind: 'back' }
  | { readonly kind: 'up' }
  | { readonly kind: 'down' }
  | { readonly kind: 'changeCard' }
  /** What is really on the card that is in (OP-01). */
  | { readonly kind: 'showCard' }
  | { readonly kind: 'nextLanguage' }
  /** The screens drawn in another way, for whoever sees little (UX-05). */
  | { readonly kind: 'nextTheme' }
  /** Plain lines for a screen reader, or the usual screen again (UX-05). */
  | { readonly kind: 'toggleReader' }
  /** Marks, or unmarks, what is chosen in a list of several. */
  | { readonly kind: 'toggle' }
  | { readonly kind: 'digit'; readonly digit: number }
  /** Any character that can be typed, where a password is. */
  | { readonly kind: 'character'; readonly codePoint: number }
  | { readonly kind: 'erase' }
  /** "I don't have this": on to the next way of proving who one is (ID-02). */
  | { readonly kind: 'otherWay' }
  /** What the helpdesk is told of what went wrong, in large, or not any more. */
  | { readonly kind: 'helpdeskCode' }
  /** A yes on purpose, where a bounced or held Enter must not do (ID-04). */
  | { readonly kind: 'yes' }
  /** At the operator's desk, where letters are actions. Upper case, A to Z. */
  | { readonly kind: 'letter'; readonly letter: string }
  /** At the operator's desk: the next tab or view of a page. */
  | { readonly kind: 'nextTab' }
  /** An operator wants to sign in, or takes back what they handed over (ID-05). */
  | { readonly kind: 'openDesk' };
