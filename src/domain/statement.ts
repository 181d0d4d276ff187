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
    };
