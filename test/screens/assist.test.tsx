import { afterAll, describe, expect, it } from 'vitest';
import { TEXTS } from '../../screens/texts/texts.ts';
import type { DeskState } from '../../src/flows/desk-state.ts';
import { LANGUAGES, type Language } from '../../src/flows/kiosk-view.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { aCard, aReason, REASONS } from '../flows/cards-and-reasons.ts';
import {
  aNewPin,
  anEnterCode,
  anEnterPin,
  aPinWarning,
  aWarning,
  EVERY_STATE,
  STATES,
  theTerms,
} from '../flows/walk-up-states.ts';
import { aDeskView, atDesk } from './desk-states.ts';
import { openScreen } from './one-screen.tsx';
import { aView } from './views.ts';

const screen = openScreen();
afterAll(() => screen.close());

const FOOTER = ['Demo: Ctrl+N next card', 'cards: good revoked-elsewhere'];
const OPEN = atDesk([]);
const HANDED_OVER: Extract<DeskState, { kind: 'handedOver' }> = {
  ...{ kind: 'handedOver', action: 'reprovision', operator: OPEN.operator, cardId: OPEN.cardId },
  ...{ sessionIdleSeconds: OPEN.sessionIdleSeconds, pages: OPEN.pages },
  subject: {
    ...{ personId: null, personName: null, cardId: 'c1', cardName: null, requestId: null, operationId: null },
  },
};

function draw(walkUp: WalkUpState, language: Language = 'en', isHelped = true) {
  const desk = isHelped ? { desk: aDeskView(HANDED_OVER) } : {};
  const lines = screen.draw(aView({ walkUp, language, footer: FOOTER, idleSecondsLeft: 120, ...desk }));
  return { lines, frame: lines.join('\n'), words: lines.join(' ').replace(/[\s│]+/g, ' ') };
}

const LONG = aCard({ holderName: 'Wolfeschlegelsteinhausen-Bergerdorff, Hubert Blaine' });

describe.each(LANGUAGES)('With an operator beside, in %s', (language) => {
  const texts = TEXTS[language];

  it.each(EVERY_STATE)(
    'the screen "%s" fits the smallest terminal, with a footer, and names every key in full',
    (_, walkUp) => {
      for (const isHelped of [true, false]) {
        const { lines, frame } = draw(walkUp, language, isHelped);
        expect(lines, frame).toHaveLength(24);
        for (const line of lines) expect(line.length, frame).toBeLessThanOrEqual(80);
        // Also with two minutes left.
        const keys = lines.find((line) => / (\S+ in )?120 s *$/.test(line)) ?? lines.at(-4)!;
        expect(keys, frame).not.toContain('…');
        expect(keys, frame).toMatch(/120 s/);
      }
    },
  );

  it('a new card that was cut off asks for no number of whoever was vouched for', () => {
    const cutOff = STATES.interrupted['of a new card']!;
    expect(draw(cutOff, language, false).words).toContain(texts.issued.putInAgain);
    expect(draw(cutOff, language).words).not.toContain(texts.issued.putInAgain);
    expect(draw(cutOff, language).words).toContain(texts.interrupted.putInAgain);
  });

  it('a card that is waited for is named, with what becomes of it', () => {
    const waiting: WalkUpState = { kind: 'insertCard', passedOver: null };
    const subject = { ...HANDED_OVER.subject, personName: LONG.holderName };
    const name = LONG.holderName.slice(0, 40);
    for (const [action, text] of [
      ['reprovision', texts.waitsForCard.rewritten(name)],
      ['unblockPin', texts.waitsForCard.newPin(name)],
      ['collect', texts.waitsForCard.keys(name)],
    ] as const) {
      const desk = aDeskView({ ...HANDED_OVER, action, subject });
      const words = screen
        .draw(aView({ walkUp: waiting, language, desk }))
        .join(' ')
        .replace(/[\s│]+/g, ' ');
      expect(words).toContain(text);
      expect(words).toContain(texts.waitsForCard.takeBack);
    }
  });

  it('no key takes back where it is a letter of a password', () => {
    const password = EVERY_STATE.find(([, { kind }]) => kind === 'softPassword')![1];
    expect(draw(password, language).frame).not.toContain(texts.desk.keys.takeBack);
  });

  it('the warning names the person and the card, and says that the account is not changed', () => {
    for (const card of [aCard(), LONG]) {
      const { words } = draw(aWarning({ card, isResume: true, encryptionKey: 'shelve' }), language);
      const { belongs, account, turn, resume, newKeyOldArchived } = texts.assistWarning;
      const name = card.holderName.slice(0, 40);
      for (const text of [belongs(name, '17482910'), account, turn(name), resume, newKeyOldArchived])
        expect(words).toContain(text);
      expect(words).not.toContain(texts.warning.erased);
    }
  });

  it('the warning says nothing of certificates for a reason that only operators know', () => {
    const titles = {
      ...{ en: 'Found on the street', de: 'Auf der Straße gefunden' },
      fr: 'Trouvée dans la rue',
      es: 'Hallada',
    };
    const { words } = draw(aWarning({ reasons: [{ code: 'found', titles }] }), language);
    expect(words).toContain(titles[language]);
    for (const text of [texts.assistWarning.oldRevoked, texts.assistWarning.oldLeft])
      expect(words).not.toContain(text);
  });

  it('whoever types is named, and only with an operator there', () => {
    const turn = texts.turn('Ada Lovelace');
    for (const state of [aNewPin(), anEnterPin(), anEnterCode()]) {
      expect(draw(state, language).words).toContain(turn);
      expect(draw(state, language, false).words).not.toContain(turn);
    }
  });

  it('a new PIN says whose card it is', () => {
    const { of, nothingElse } = texts.pinWarning;
    const helped = draw(aPinWarning({ card: LONG }), language).words;
    expect(helped).toContain(of(LONG.holderName.slice(0, 40), '17482910'));
    expect(helped).toContain(nothingElse);
    expect(draw(aPinWarning(), language, false).words).not.toContain('Ada Lovelace');
  });
});

describe('Terms', () => {
  it('are shown line by line from the one in sight, and say how much is below', () => {
    const { frame } = draw(theTerms(), 'en', false);
    expect(frame).toContain('1. Whoever holds this card');
    expect(frame).toMatch(/[0-9]+ more lines below/);
    const end = draw(theTerms({ row: 108 }), 'en', false).frame;
    expect(end).toContain('40. Whoever holds this card');
    expect(end).not.toMatch(/more lines? below/);
  });

  it('cannot break the frame, whatever they hold', () => {
    const text = '\x1b[2JA\u202Eb\tc\n'.repeat(50);
    const { lines, frame } = draw(theTerms({ terms: { id: 'x', language: 'en', text } }), 'en', false);
    expect(lines).toHaveLength(24);
    for (const bad of ['\x1b[2J', '\u202e', '\t']) expect(frame).not.toContain(bad);
  });

  it('and a reason is told in full to a cardholder as before', () => {
    const { words } = draw(aWarning({ reasons: [aReason(), ...REASONS] }), 'en', false);
    expect(words).toContain(TEXTS.en.warning.oldRevoked);
  });
});
