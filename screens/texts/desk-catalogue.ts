import type { CardState, CertificateState, PersonState, Unknown } from '../../src/domain/card.ts';
import type { CompareVerdict } from '../../src/domain/compare-slots.ts';
import type { OperationLineState } from '../../src/domain/desk-pages.ts';
import type { DifferenceChange } from '../../src/domain/difference.ts';
import type { OperatorRole } from '../../src/domain/operator.ts';
import type { OperationKind, RequestKind, RequestState } from '../../src/domain/request.ts';
import type { CardInHand, MachineFinding, QueueView } from '../../src/flows/desk-data.ts';
import type { HOME_MENU } from '../../src/flows/desk-pages.ts';
import type { DeskActionName, DeskPageKind, PersonTab } from '../../src/flows/desk-state.ts';
import type { DeskDialogTexts } from './desk-dialog-catalogue.ts';
import type { DeskRefusalCode } from './desk-refusal-codes.ts';
import type { EventType } from './event-types.ts';

type Words<K extends string> = Readonly<Record<K, string>>;

/** What is wrong, and what an operator can do. Both in one line or two. */
export interface DeskRefusalText {
  readonly what: string;
  readonly next: string;
}

/** What is said to operators, who use it all day: short, and in the words of their trade. */
export interface DeskTexts extends DeskDialogTexts {
  readonly desk: {
    /** On the screens of a cardholder who is helped. */
    readonly helpedBy: (name: string) => string;
    readonly pages: Words<DeskPageKind>;
    /** Before anybody is signed in. */
    readonly signInPage: string;
    readonly roles: Words<OperatorRole | Unknown>;
    readonly actions: Words<DeskActionName>;
    readonly keys: {
      readonly move: string;
      readonly open: string;
      readonly nextTab: string;
      readonly nextView: string;
      readonly takeBack: string;
      readonly staff: string;
      readonly close: string;
      readonly marks: string;
      readonly typing: string;
      readonly writing: string;
      readonly stopTest: string;
      readonly idle: (seconds: number) => string;
    };
    readonly inHand: Words<Exclude<CardInHand['kind'], 'known' | 'refused'>> & {
      readonly known: (name: string) => string;
      readonly refused: (code: string) => string;
    };
    readonly loading: string;
    /** In the place of what is not there. */
    readonly none: string;
    readonly yes: string;
    readonly no: string;
    readonly cardStates: Words<CardState | Unknown>;
    readonly personStates: Words<PersonState | Unknown>;
    readonly certificateStates: Words<CertificateState | 'expired' | 'onHold' | Unknown>;
    readonly requestKinds: Words<RequestKind | Unknown>;
    readonly requestStates: Words<RequestState | Unknown>;
    readonly operationKinds: Words<OperationKind | Unknown>;
    readonly operationStates: Words<OperationLineState | Unknown>;
    readonly slots: Words<'9A' | '9C' | '9D' | '9E' | Unknown> & {
      readonly retired: (number: number) => string;
    };
    readonly labels: Words<DeskLabel>;
    readonly home: {
      readonly title: string;
      readonly about: Words<(typeof HOME_MENU)[number]>;
      readonly cardInReader: string;
    };
    readonly search: {
      readonly label: string;
      readonly how: string;
      readonly nothing: string;
      readonly more: string;
      readonly offline: (age: string) => string;
      readonly card: string;
    };
    readonly person: {
      readonly tabs: Words<PersonTab>;
      readonly none: Words<PersonTab>;
      readonly shown: (shown: number, total: number) => string;
      readonly openOperation: string;
      readonly noPhoto: string;
      readonly compareFace: string;
    };
    readonly card: {
      readonly onRecord: string;
      readonly onCard: string;
      readonly noSlots: string;
      readonly notRead: (key: string) => string;
      readonly reading: string;
      readonly verdicts: Words<CompareVerdict>;
      readonly allSame: string;
      readonly differences: (count: number) => string;
      readonly operation: (kind: string, kiosk: string, age: string) => string;
      readonly unreadable: string;
    };
    readonly requests: {
      readonly views: Words<QueueView>;
      readonly none: Words<QueueView>;
      readonly shown: (shown: number, total: number) => string;
    };
    readonly request: {
      readonly noCertificates: string;
      readonly wanted: string;
      readonly wasOnCard: string;
      readonly comesOff: string;
      readonly changes: Words<DifferenceChange>;
      readonly verdicts: Words<'approved' | 'rejected' | Unknown>;
    };
    readonly operations: {
      readonly none: string;
      readonly shown: (shown: number, total: number) => string;
    };
    readonly audit: {
      readonly none: string;
      /** There are more below the last of so many lines. */
      readonly older: (lines: number) => string;
    };
    readonly events: Words<EventType>;
    readonly kiosk: {
      readonly age: (time: string) => string;
      readonly reached: string;
      readonly notReached: string;
      readonly refused: (code: string) => string;
      readonly running: string;
      readonly stopped: string;
      readonly free: (amount: string) => string;
      readonly ahead: (time: string) => string;
      readonly behind: (time: string) => string;
      readonly exact: string;
      readonly withCard: string;
      readonly withoutCard: string;
      readonly noReaders: string;
      readonly tests: string;
      readonly keyboard: {
        readonly title: string;
        readonly how: string;
        readonly none: string;
        /** Of keys that say something, as they are printed on them. */
        readonly keyNames: Words<'confirm' | 'erase' | 'up' | 'down' | 'nextTab' | 'nextLanguage' | 'toggle'>;
      };
      readonly colours: { readonly title: string; readonly how: string; readonly names: readonly string[] };
      readonly reader: {
        readonly title: string;
        readonly how: string;
        readonly isIn: (reader: string) => string;
        readonly isOut: (reader: string) => string;
      };
      readonly faults: {
        readonly title: string;
        readonly how: string;
        readonly looking: string;
        /** Nothing could be looked at. */
        readonly nothing: string;
        readonly verdicts: Words<MachineFinding['verdict']>;
        readonly sum: (wrong: number) => string;
        readonly remedy: (text: string) => string;
      };
    };
    /** Of a code that has no words. */
    readonly otherRefusal: { readonly title: string; readonly why: string };
    readonly refusals: Readonly<Record<DeskRefusalCode, DeskRefusalText>>;
  };
}

/** Of facts and of columns. */
export const DESK_LABELS = [
  'name',
  'mail',
  'login',
  'group',
  'account',
  'approvedUntil',
  'holder',
  'card',
  'serial',
  'guid',
  'profile',
  'state',
  'validUntil',
  'reason',
  'kind',
  'owner',
  'requestedBy',
  'since',
  'expires',
  'approvals',
  'note',
  'certificate',
  'change',
  'before',
  'after',
  'slot',
  'number',
  'archived',
  'subject',
  'kiosk',
  'begun',
  'lastWord',
  'time',
  'what',
  'who',
  'central',
  'data',
  'revision',
  'cardService',
  'readers',
  'disk',
  'version',
  'clock',
  'unsent',
] as const;
export type DeskLabel = (typeof DESK_LABELS)[number];
