/** What is on a card, to make walk-up states of. */
import type { CardContents, CertificateOnCard } from '../../src/domain/card-contents.ts';
import { RETIRED_SLOTS } from '../../src/domain/slot.ts';
import type { MyCardState } from '../../src/flows/my-card-state.ts';
import { aCard } from './cards-and-reasons.ts';

export function onCard(changes: Partial<CertificateOnCard> = {}): CertificateOnCard {
  return { slot: '9A', notAfter: '2028-05-31T12:00:00Z', state: 'works', ...changes };
}

const FOUR = [
  onCard(),
  onCard({ slot: '9C', state: 'revoked' }),
  onCard({ slot: '9D', state: 'replaced' }),
  onCard({ slot: '9E', notAfter: '2024-01-01T00:00:00Z', state: 'expired' }),
];

export function someContents(changes: Partial<CardContents> = {}): CardContents {
  return { certificates: FOUR, photo: 'closed', printed: 'absent', triesLeft: 3, ...changes };
}

export function aMyCard(changes: Partial<MyCardState> = {}): MyCardState {
  return {
    ...{ kind: 'onMyCard', reader: 0, attempt: 7, card: { cardId: 'c1', serial: '17482910' } },
    ...{ contents: someContents(), row: 0, from: { kind: 'found', reader: 0, card: aCard() } },
    ...changes,
  };
}

const REFUSED: MyCardState['from'] = {
  ...{ kind: 'refused', reader: 0, code: 'RP-06-disabled', isCardIn: true, canRetry: false, awaits: null },
  onRecord: { cardId: 'c1', serial: '17482910' },
};
/** As many as a card has room for. */
const TWENTY_FOUR = [...FOUR, ...RETIRED_SLOTS.map((slot) => onCard({ slot, state: 'expired' }))];

export const MY_CARD_STATES: { readonly onMyCard: Readonly<Record<string, MyCardState>> } = {
  onMyCard: {
    reading: aMyCard({ contents: null }),
    usual: aMyCard(),
    'twenty old keys': aMyCard({ contents: someContents({ certificates: TWENTY_FOUR }) }),
    'twenty old keys, the end': aMyCard({ contents: someContents({ certificates: TWENTY_FOUR }), row: 23 }),
    'certificates of somebody else': aMyCard({
      contents: someContents({
        certificates: [
          onCard({ state: 'notKnown' }),
          onCard({ slot: '9C', state: 'unreadable', notAfter: null }),
          onCard({ slot: '9D', state: 'missing' }),
        ],
        triesLeft: null,
      }),
    }),
    'not finished': aMyCard({ contents: someContents({ certificates: [onCard({ state: 'unfinished' })] }) }),
    'nothing on it': aMyCard({
      contents: { certificates: [], photo: 'absent', printed: 'absent', triesLeft: 0 },
    }),
    'of a disabled card': aMyCard({ from: REFUSED, contents: someContents({ photo: 'there' }) }),
  },
};
