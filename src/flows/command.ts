/** What a person can say with keys, whatever keys a terminal has for it. The key map in screens/ makes these. */
export type Command =
  | { readonly kind: 'confirm' }
  | { readonly kind: 'back' }
  | { readonly kind: 'up' }
  | { readonly kind: 'down' }
  | { readonly kind: 'changeCard' }
  | { readonly kind: 'nextLanguage' }
  | { readonly kind: 'digit'; readonly digit: number }
  | { readonly kind: 'erase' };
