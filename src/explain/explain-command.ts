import { parseArgs } from 'node:util';
import { EXPLAIN_TEXTS } from '../../screens/texts/explain-texts.ts';
import { supportCodeOf } from '../domain/support-code.ts';
import { LANGUAGES, type Language } from '../flows/kiosk-view.ts';
import { codeLines, type ExplainedLines, readAsked, supportLines } from './explanation.ts';

const USAGE = `usage: recard explain CODE [--language ${LANGUAGES.join('|')}]   what a code on a kiosk's screen means, and what helps
       CODE is the one for the helpdesk (7K2M-9QPX-41TD), what its picture says, or the one at the bottom right (RP-06-disabled)
`;

/** Longer than any code, or what a picture says. */
const LONGEST_SHOWN = 60;

/** Where it writes. */
export interface ExplainIo {
  readonly stdout: Pick<NodeJS.WritableStream, 'write'>;
  readonly stderr: Pick<NodeJS.WritableStream, 'write'>;
  /** Whose words are spoken without --language: `LC_ALL`, `LC_MESSAGES`, `LANG`. */
  readonly environment: NodeJS.ProcessEnv;
}

/** `recard explain`: asks nobody, and needs no central. @returns 0 explained, 1 not a code that can be read, 2 usage */
export function explainCommand(args: readonly string[], { stdout, stderr, environment }: ExplainIo): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { language: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
    allowPositionals: true,
  });
  if (values.help) {
    stdout.write(USAGE);
    return 0;
  }
  const language = values.language === undefined ? languageOf(environment) : named(values.language);
  const typed = positionals.join(' ');
  if (language === undefined || typed === '') {
    const missing = 'which code? Type the one that the screen shows';
    const unknown = `there is no language ${shown(values.language ?? '')}; there are ${LANGUAGES.join(', ')}`;
    stderr.write(`${USAGE}recard: explain: ${language === undefined ? unknown : missing}\n`);
    return 2;
  }
  const asked = readAsked(typed);
  if (asked.kind === 'stable') {
    stdout.write(report(asked.code, codeLines(asked.code, language)));
    return 0;
  }
  if (asked.kind !== 'read') {
    stderr.write(`recard: ${EXPLAIN_TEXTS[language][asked.kind](shown(typed))}\n`);
    return 1;
  }
  const { facts } = asked;
  const heading = [supportCodeOf(facts), ...(facts.code === null ? [] : [facts.code])].join('   ');
  stdout.write(report(heading, supportLines(facts, language)));
  return 0;
}

/** As much of it as anybody has to see again, without what would move a cursor. */
function shown(typed: string): string {
  const plain = typed.slice(0, LONGEST_SHOWN + 1).replace(/\p{C}/gu, '');
  return plain.length > LONGEST_SHOWN ? `${plain.slice(0, LONGEST_SHOWN)}...` : plain;
}

function named(name: string): Language | undefined {
  return LANGUAGES.find((language) => language === name);
}

/** English where nobody has said otherwise. */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  return named((LC_ALL || LC_MESSAGES || LANG || '').slice(0, 2)) ?? 'en';
}

/** The labels in a column of their own. */
function report(heading: string, lines: ExplainedLines): string {
  const width = Math.max(...lines.map(([label]) => label.length));
  return [heading, '', ...lines.map(([label, text]) => `${label.padEnd(width)}   ${text}`), ''].join('\n');
}
