/** What is said where an operator helps, where a new PIN is all that is wanted, and of terms. */
export interface AssistTexts {
  readonly terms: {
    readonly title: string;
    readonly text: string;
    readonly more: (count: number) => string;
  };
  readonly pinWarning: {
    readonly title: string;
    readonly resumeTitle: string;
    readonly resume: string;
    readonly keepsPin: string;
    readonly newPin: string;
    readonly nothingElse: string;
    readonly told: string;
    /** To the operator: of whom and of which card. */
    readonly of: (name: string, card: string) => string;
  };
  readonly pinSet: {
    readonly title: string;
    readonly text: string;
    readonly writing: string;
    readonly written: string;
    readonly putInAgain: string;
  };
  /** A file that an operator hands over: no card is there. */
  readonly softHanded: {
    readonly leaveIn: string;
    readonly stopped: string;
    readonly saved: string;
  };
  readonly provingOperator: { readonly title: string; readonly text: string };
  /** What was handed over waits for a card: whose, and what becomes of it. */
  readonly waitsForCard: {
    readonly rewritten: (name: string) => string;
    readonly newPin: (name: string) => string;
    readonly keys: (name: string) => string;
    readonly newCard: (name: string) => string;
    readonly first: string;
    readonly takeBack: string;
  };
  /** The cardholder is to type, and nobody else. */
  readonly turn: (name: string) => string;
  /** RP-13, to the operator. */
  readonly assistWarning: {
    readonly title: string;
    readonly resume: string;
    readonly belongs: (name: string, card: string) => string;
    readonly erased: string;
    readonly oldRevoked: string;
    readonly oldLeft: string;
    readonly sameKey: string;
    readonly newKey: string;
    readonly newKeyOldArchived: string;
    readonly newKeyIfRevoked: string;
    readonly keyLost: string;
    readonly account: string;
    readonly turn: (name: string) => string;
  };
}
