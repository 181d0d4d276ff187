import { renderToString } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import { App } from '../../screens/app.tsx';
import { sizeText } from '../../screens/medium-text.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import type { Command } from '../../src/flows/command.ts';
import { LANGUAGES } from '../../src/flows/kiosk-view.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { MEDIA_CODES } from '../../src/kiosk/media/media-error.ts';
import { aMedium, aMediumChoice, aPassword, aSoftDone, SOFT_STATES } from '../flows/soft-states.ts';
import { aView } from './views.ts';

afterEach(cleanup);

function words(walkUp: WalkUpState, language: (typeof LANGUAGES)[number] = 'en'): string {
  const view = aView({ walkUp, language, footer: ['demo', 'demo'] });
  return renderToString(<App view={view} onCommand={() => {}} />, { columns: 80 }).replace(/[\s│]+/g, ' ');
}

describe('A file on a stick', () => {
  it.each(LANGUAGES)(
    'whatever went wrong is said whole, with what to do, in the smallest terminal (%s)',
    (language) => {
      const { refusals, softStopped } = TEXTS[language];
      for (const code of [...MEDIA_CODES, 'KR-08-card-removed', 'KR-08-rules-changed'] as const) {
        for (const isCardIn of [true, false]) {
          const seen = words({ kind: 'softStopped', reader: 0, code, isCardIn }, language);
          const { title, why, next } = refusals[code];
          const again = isCardIn ? softStopped.again : softStopped.putCardIn;
          for (const text of [softStopped.title, title, why, next, again]) expect(seen, code).toContain(text);
        }
      }
    },
  );

  it('nobody is told that something waits which was called off', () => {
    expect(words(SOFT_STATES.softStopped['called off']!)).not.toContain('still wait');
  });

  it('a stick says how it is called, and how much room there is, or why it does not do', () => {
    expect(words(aMediumChoice())).toContain('1 ADA, 3.2 GB free');
    const full = aMedium({ label: '\x1b[31mred', freeBytes: 12_000, obstacle: 'KR-08-medium-full' });
    const seen = words(aMediumChoice({ media: [full] }));
    expect(seen).toContain('12 kB free (not now)');
    expect(seen).toContain(TEXTS.en.refusals['KR-08-medium-full'].next);
    expect(seen).not.toContain('\x1b[31m');
  });

  it('sizes are as they are printed on sticks', () => {
    expect(sizeText(999, 'en')).toBe('1 kB');
    expect(sizeText(3_249_000_000, 'de')).toBe('3,2 GB');
    expect(sizeText(64_000_000_000, 'en')).toBe('64 GB');
    expect(sizeText(3_249_000_000, 'fr')).toBe('3,2 Go');
    expect(sizeText(-1, 'en')).toBe('0 kB');
  });

  it('at the end the file is named, and that nobody can recover its password', () => {
    for (const language of LANGUAGES) {
      const seen = words(aSoftDone(), language);
      expect(seen).toContain('Ada Lovelace 2026-11-22.p12');
      expect(seen).toContain(TEXTS[language].softDone.password);
    }
  });

  it('where the password is typed every key is a character, but for the one that changes the language', async () => {
    const commands: Command[] = [];
    const view = aView({ walkUp: aPassword() });
    const { stdin, lastFrame } = render(<App view={view} onCommand={(command) => commands.push(command)} />);
    const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 0));
    await nextTurn();
    for (const key of ['c', 'N', ' ', '7', '\t', 'ü', '\x7f', '\r', 'a pasted password']) {
      stdin.write(key);
      await nextTurn();
    }
    expect(
      commands.map((one) => ('codePoint' in one ? String.fromCodePoint(one.codePoint) : one.kind)),
    ).toEqual([...['c', 'N', ' ', '7', 'nextLanguage', 'ü', 'erase', 'confirm']]);
    expect(lastFrame()).toContain('Tab Deutsch');
  });
});
