import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DESK_REFUSAL_CODES } from '../../screens/texts/desk-refusal-codes.ts';
import {
  CODE_OF_STEP,
  HELPDESK_REMEDIES,
  OTHER_ERRORS,
  STEP_CODES,
} from '../../screens/texts/explain-catalogue.ts';
import { EXPLAIN_TEXTS } from '../../screens/texts/explain-texts.ts';
import { isScreenCode } from '../../screens/texts/screen-codes.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import { STABLE_CODES } from '../../src/domain/stable-codes.ts';
import { type SupportFacts, supportCodeOf } from '../../src/domain/support-code.ts';
import { explainCommand } from '../../src/explain/explain-command.ts';
import { explain, readAsked } from '../../src/explain/explanation.ts';
import { LANGUAGES } from '../../src/flows/kiosk-view.ts';

const CODE = /'([A-Z]{2}-[0-9]{2}-[a-z-]+)'/g;
/** Of a cardholder who is sent to the helpdesk; whoever reads an explanation is the helpdesk. */
const SENT_AWAY =
  /\b(ask|tell|show[^.]* to|give[^.]* to) the helpdesk|(fragen|bitten) Sie den Helpdesk|sagen Sie dem Helpdesk|(demandez|dites|adressez)[^.]* à l'assistance|(pregunte|pida|avise)[^.]* al soporte/i;

function codesOfTheProgram(): readonly string[] {
  const folder = join(import.meta.dirname, '../../src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const sources = files.filter((file) => file !== join('domain', 'stable-codes.ts'));
  const found = sources.flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(CODE)]);
  return [...new Set(found.map(([, code]) => code!))].sort();
}

const NAMES_THE_HELPDESK = /helpdesk|l'assistance|soporte/i;

function isOfDesk<T extends string>(code: T): code is T & (typeof DESK_REFUSAL_CODES)[number] {
  return (DESK_REFUSAL_CODES as readonly string[]).includes(code);
}

/** Collects what is written. */
class Sink {
  text = '';
  write(part: string | Uint8Array): boolean {
    this.text += String(part);
    return true;
  }
}

function said(...args: readonly string[]) {
  return saidIn({}, ...args);
}

function saidIn(environment: NodeJS.ProcessEnv, ...args: readonly string[]) {
  const stdout = new Sink();
  const stderr = new Sink();
  const status = explainCommand(args, { stdout, stderr, environment });
  return { status, out: stdout.text, error: stderr.text };
}

describe('Every code that the program can show', () => {
  const codes = codesOfTheProgram();

  it('has its place in the list that support codes are made of', () => {
    expect(codes.length).toBeGreaterThan(280);
    expect(codes.filter((code) => !(STABLE_CODES as readonly string[]).includes(code))).toEqual([]);
  });

  it.each(LANGUAGES)('is explained in %s, and an error with what helps', (language) => {
    for (const code of STABLE_CODES) {
      const { cause, remedy } = explain(code, language);
      expect(cause.trim(), code).not.toBe('');
      expect(cause, code).not.toBe(EXPLAIN_TEXTS[language].noCode);
      const isStep = (STEP_CODES as readonly string[]).includes(code);
      if (!isStep) expect(remedy?.trim(), code).toBeTruthy();
    }
  });

  it.each(LANGUAGES)('does not send the helpdesk to the helpdesk (%s)', (language) => {
    const sent = STABLE_CODES.filter((code) => SENT_AWAY.test(explain(code, language).remedy ?? ''));
    expect(sent).toEqual([]);
  });

  it.each(LANGUAGES)(
    'that a cardholder and the desk share helps as the screen does that it was on (%s)',
    (language) => {
      const { refusals, desk } = TEXTS[language];
      const shared = STABLE_CODES.filter((code) => isScreenCode(code)).filter(isOfDesk);
      expect(shared.length).toBeGreaterThan(50);
      for (const code of shared) {
        const { next } = refusals[code];
        const own = EXPLAIN_TEXTS[language].helpdesk as Readonly<Partial<Record<string, string>>>;
        const atDesk = desk.refusals[code].next;
        const remedy = own[code] ?? (NAMES_THE_HELPDESK.test(next) ? atDesk : next);
        expect(explain(code, language, 'proving'), code).toMatchObject({ remedy, atDesk: null });
        expect(explain(code, language), code).toMatchObject({
          remedy,
          atDesk: atDesk === remedy ? null : atDesk,
        });
        // Whoever is at a kiosk can neither go back nor begin again at a desk.
        if (remedy === atDesk) expect(remedy, code).not.toMatch(/begin again|go back/i);
      }
    },
  );

  it('is said to be one thing only', () => {
    const lists: readonly (readonly string[])[] = [OTHER_ERRORS, STEP_CODES];
    const elsewhere = (code: string) => isScreenCode(code) || isOfDesk(code);
    expect(lists.flat().filter(elsewhere)).toEqual([]);
    expect(new Set(lists.flat()).size).toBe(lists.flat().length);
    expect(HELPDESK_REMEDIES.filter((code) => !elsewhere(code))).toEqual([]);
    for (const step of Object.values(CODE_OF_STEP)) if (step !== null) expect(STEP_CODES).toContain(step);
  });
});

describe('recard explain', () => {
  const facts: SupportFacts = {
    ...{ code: 'SE-07-card-answer', step: 'writing', statusWord: 0x6f00 },
    ...{ reader: 'omnikey', family: 'yubikey-5', version: '0.1.0' },
  };
  const support = supportCodeOf(facts);

  it('says of a support code why, what helps, and what was in use', () => {
    const { status, out } = said(support);
    expect(status).toBe(0);
    for (const part of [
      support,
      'SE-07-card-answer',
      'The card is being written.',
      '6F00',
      'omnikey',
      '0.1.0',
    ])
      expect(out).toContain(part);
  });

  it('says of a card that was pulled while it was written what its screen says, and at the desk what an operator does', () => {
    const code = supportCodeOf({ ...facts, code: 'RP-17-card-removed', statusWord: null });
    const { out } = said(code);
    expect(out).toContain('Put it in again. Nothing is lost');
    expect(out).toContain('A new card asks for its number once more.');
    expect(out).not.toContain('begin again');
    const alone = said('RP-17-card-removed').out;
    expect(alone).toMatch(/Remedy +Put it in again\.\n/);
    expect(alone).toMatch(/At the desk +Put it in, and begin again\./);
  });

  it('reads what its picture says, and any of the codes however they are typed', () => {
    const picture = `RECARD ${support} SE-07-CARD-ANSWER`;
    for (const typed of [picture, `RECARD ${support}`, support.toLowerCase(), support.replaceAll('-', ' ')])
      expect(readAsked(typed), typed).toEqual({ kind: 'read', facts });
    const stable = ['SE-07-card-answer', 'se07cardanswer', 'SE-07-CARD-ANSWER', 'se 07 card answer'];
    for (const typed of [...stable, 'recard SE-07-card-answer'])
      expect(readAsked(typed), typed).toEqual({ kind: 'stable', code: 'SE-07-card-answer' });
  });

  it('takes every stable code for what it is, also one that could be a support code', () => {
    for (const code of STABLE_CODES) expect(readAsked(code), code).toEqual({ kind: 'stable', code });
  });

  it('speaks the language that is asked for, or that of whoever asks', () => {
    expect(said('RP-06-disabled', '--language', 'de').out).toContain('Ursache');
    const { status, error } = said('RP-06-disabled', '--language', 'tlh');
    expect([status, error]).toEqual([2, expect.stringContaining('usage: recard explain CODE')]);
    expect(error).toMatch(/\nrecard: explain: there is no language tlh; there are en, [^\n]*\n$/);
    expect(said().status).toBe(2);
    expect(said('--help')).toMatchObject({ status: 0, out: expect.stringContaining('7K2M-9QPX-41TD') });
  });

  it('says whether a code is mistyped, or none at all', () => {
    const last = support.at(-1) === '0' ? '1' : '0';
    expect(said(`${support.slice(0, -1)}${last}`)).toMatchObject({
      status: 1,
      error: expect.stringContaining('wrong character'),
    });
    expect(readAsked('RECARD RP-06-disabled')).toEqual({ kind: 'stable', code: 'RP-06-disabled' });
    expect(said('what is this')).toMatchObject({ status: 1, error: expect.stringContaining('is no code') });
  });

  it('writes nothing of what it was given that would move a cursor, and no more than a line', () => {
    const { status, error } = said(`\u001b[2J${'x'.repeat(100_000)}`);
    expect(status).toBe(1);
    expect(error).not.toContain('\u001b');
    expect(error.length).toBeLessThan(300);
  });
});

describe('Without a language named', () => {
  const german = said('RP-06-disabled', '--language', 'de').out;

  it.each<[string, NodeJS.ProcessEnv]>([
    ['LANG', { LANG: 'de_DE.UTF-8' }],
    ['LC_MESSAGES before LANG', { LC_MESSAGES: 'de_DE.UTF-8', LANG: 'fr_FR.UTF-8' }],
    ['LC_ALL before all', { LC_ALL: 'de_DE.UTF-8', LC_MESSAGES: 'es_ES.UTF-8', LANG: 'fr_FR.UTF-8' }],
    ['LANG where those before it are empty', { LC_ALL: '', LC_MESSAGES: '', LANG: 'de_DE.UTF-8' }],
  ])('a code is explained in that of %s', (_of, environment) => {
    expect(saidIn(environment, 'RP-06-disabled').out).toBe(german);
  });
});
