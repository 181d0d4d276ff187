import type { WitnessedAction } from './profile.ts';

/** What an operator says with the signature of their own card (ID-02, OP-02); see `statementAction` for what each is good for. */
export type StatementAction =
  | { readonly kind: 'vouch'; readonly cardId: string }
  | { readonly kind: 'vouchRequest'; readonly requestId: string }
  | {
      readonly kind: 'witness';
      readonly action: WitnessedAction;
      readonly cardId: string;
      /** Null where the action has none. */
      readonly reason: string | null;
    }
  | ({ readonly kind: 'giveCode'; readonly cardId: string } & GivenHow)
  | ({ readonly kind: 'giveNumber'; readonly requestId: string } & GivenHow);

/** How long a one-time code is, and lives, and how its holder gets it. */
export interface GivenHow {
  readonly length: 'short' | 'long';
  readonly handedOver: 'shown' | 'mailed';
}
