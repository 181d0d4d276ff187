import type { CardState, PersonState } from '../domain/card.ts';
import type { OperatorRole } from '../domain/operator.ts';
import type { PersonalityName } from '../virtual-card/personality.ts';

/** The demo world: who is who, and one card for each situation that a kiosk meets. */

export const DEMO_PIN = '123456';

/** Somebody of the demo. `issuedAs` is the name that their card was issued with, where it has changed since. */
export interface DemoPerson {
  readonly login: string;
  readonly displayName: string;
  readonly issuedAs?: { readonly displayName: string; readonly mail: string };
  readonly mail: string;
  readonly state: PersonState;
  /** Days from now; null: never approved. */
  readonly approvedForDays: number | null;
}

export const PEOPLE: readonly DemoPerson[] = [
  {
    login: 'anna',
    displayName: 'Anna Winter',
    mail: 'anna.winter@demo.example',
    issuedAs: { displayName: 'Anna Sommer', mail: 'anna.sommer@demo.example' },
    state: 'active',
    approvedForDays: 365,
  },
  {
    login: 'ben',
    displayName: 'Ben Okafor',
    mail: 'ben.okafor@demo.example',
    state: 'active',
    approvedForDays: 365,
  },
  {
    login: 'carla',
    displayName: 'Carla Rossi',
    mail: 'carla.rossi@demo.example',
    state: 'disabled',
    approvedForDays: 365,
  },
  {
    login: 'dan',
    displayName: 'Dan Novák',
    mail: 'dan.novak@demo.example',
    state: 'active',
    approvedForDays: -1,
  },
  {
    login: 'emma',
    displayName: 'Emma Lindqvist',
    mail: 'emma.lindqvist@demo.example',
    state: 'active',
    approvedForDays: 365,
  },
  {
    login: 'olga',
    displayName: 'Olga Petersen',
    mail: 'olga.petersen@demo.example',
    state: 'active',
    approvedForDays: 365,
  },
  {
    login: 'helga',
    displayName: 'Helga Brandt',
    mail: 'helga.brandt@demo.example',
    state: 'active',
    approvedForDays: 365,
  },
  {
    login: 'olaf',
    displayName: 'Olaf Dahl',
    mail: 'olaf.dahl@demo.example',
    state: 'active',
    approvedForDays: 365,
  },
];

/** A card that central has issued. */
export interface IssuedSituation {
  readonly kind: 'issued';
  readonly holder: string;
  readonly profile: 'employee' | 'contractor' | 'approved-only' | 'secure-mail' | 'secure-mail-ec';
  readonly personality: PersonalityName;
  readonly state: CardState;
  /** Days from now until the card's life is over. */
  readonly expiresInDays: number;
  /** Slots whose certificate is on the CRL while central's record says active (RP-05). */
  readonly revokedElsewhere: readonly ('9A' | '9C' | '9D')[];
  /** The certificates have run out, the card has not (ID-01). */
  readonly hasExpiredCertificates: boolean;
}

/** A card that central never had, or that is no PIV card. */
export interface ForeignSituation {
  readonly kind: 'contactless' | 'unknown' | 'no-piv' | 'blank';
}

export interface Situation {
  readonly name: string;
  readonly serial: number;
  readonly card: IssuedSituation | ForeignSituation;
}

/** Who acts for everybody of the demo: one asks, another approves. */
export const OPERATORS: readonly { readonly login: string; readonly role: OperatorRole }[] = [
  { login: 'olaf', role: 'administrator' },
  { login: 'helga', role: 'helpdesk' },
  { login: 'olga', role: 'helpdesk' },
];

const LIFE_DAYS = 900;

function issued(change: Partial<IssuedSituation>): IssuedSituation {
  return {
    kind: 'issued',
    holder: 'ben',
    profile: 'contractor',
    personality: 'full',
    state: 'issued',
    expiresInDays: LIFE_DAYS,
    revokedElsewhere: [],
    hasExpiredCertificates: false,
    ...change,
  };
}

/** One card each, named by its situation. */
export const SITUATIONS: readonly Situation[] = [
  { name: 'good', serial: 10000001, card: issued({ holder: 'anna', profile: 'employee' }) },
  { name: 'standard', serial: 10000002, card: issued({ personality: 'standard' }) },
  { name: 'revoked-elsewhere', serial: 10000003, card: issued({ revokedElsewhere: ['9A'] }) },
  { name: 'certificate-expired', serial: 10000004, card: issued({ hasExpiredCertificates: true }) },
  { name: 'disabled', serial: 10000005, card: issued({ state: 'disabled' }) },
  { name: 'cancelled', serial: 10000006, card: issued({ state: 'cancelled' }) },
  { name: 'holder-disabled', serial: 10000007, card: issued({ holder: 'carla' }) },
  { name: 'not-approved', serial: 10000008, card: issued({ holder: 'dan', profile: 'approved-only' }) },
  { name: 'expired', serial: 10000009, card: issued({ expiresInDays: -3 }) },
  { name: 'contactless', serial: 10000010, card: { kind: 'contactless' } },
  { name: 'unknown', serial: 10000011, card: { kind: 'unknown' } },
  { name: 'no-piv', serial: 10000012, card: { kind: 'no-piv' } },
  { name: 'blank', serial: 10000013, card: { kind: 'blank' } },
  { name: 'operator', serial: 10000014, card: issued({ holder: 'olga', profile: 'employee' }) },
  { name: 'archived', serial: 10000015, card: issued({ holder: 'emma', profile: 'secure-mail' }) },
  { name: 'archived-ec', serial: 10000016, card: issued({ holder: 'emma', profile: 'secure-mail-ec' }) },
  { name: 'helga', serial: 10000017, card: issued({ holder: 'helga' }) },
  { name: 'olaf', serial: 10000018, card: issued({ holder: 'olaf' }) },
];
