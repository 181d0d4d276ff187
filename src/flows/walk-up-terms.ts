import type { Command } from './command.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import { beforeDifference } from './walk-up-collect.ts';
import { type At, at, beforeWriting, start, withdrawn } from './walk-up-moves.ts';
import { beginSoft, leaveSoft } from './walk-up-soft.ts';
import type { AcceptedTerms, AfterTerms } from './walk-up-state.ts';

/** Columns of a line of terms, on every terminal. */
const WIDTH = 72;
/** Lines that are in sight on the smallest. */
export const TERMS_ROWS = 11;

/** Read through, and accepted as a whole; Esc is a no, and nothing is written (RP-19). */
export function commandedAtTerms(walkUp: WalkUp, state: At<'terms'>, command: Command): WalkUpStep {
  const { terms, next } = state;
  if (command.kind === 'back') return declined(walkUp, next);
  if (command.kind === 'confirm') {
    const { id, language } = terms;
    return accepted(walkUp, next, { id, language });
  }
  const row = state.row + (command.kind === 'down' ? 1 : command.kind === 'up' ? -1 : 0);
  const last = Math.max(0, termsLines(terms.text).length - TERMS_ROWS);
  return row === state.row || row < 0 || row > last ? [walkUp, []] : [at(walkUp, { ...state, row }), []];
}

/** Terms that are there in the language that is spoken now are read and accepted in it, from their beginning. */
export function inSpokenLanguage(walkUp: WalkUp): WalkUp {
  const { state, spoken } = walkUp;
  if (state.kind !== 'terms' || spoken === undefined || spoken === state.terms.language) return walkUp;
  const { texts = {} } = state.terms;
  const text = Object.hasOwn(texts, spoken) ? texts[spoken] : undefined;
  if (text === undefined) return walkUp;
  return at(walkUp, { ...state, row: 0, terms: { ...state.terms, language: spoken, text } });
}

function accepted(walkUp: WalkUp, next: AfterTerms, acceptsTerms: AcceptedTerms): WalkUpStep {
  switch (next.kind) {
    case 'warning':
    case 'issueWarning':
      return [at(walkUp, beforeWriting({ ...next, acceptsTerms })), []];
    case 'pinWarning':
    case 'difference':
      return [at(walkUp, { ...next, acceptsTerms }), []];
    case 'softCertificate':
      return beginSoft(walkUp, { ...next, acceptsTerms });
  }
}

/** Back to where it was asked for. */
function declined(walkUp: WalkUp, next: AfterTerms): WalkUpStep {
  switch (next.kind) {
    case 'warning':
    case 'issueWarning':
      return withdrawn(walkUp, next);
    case 'pinWarning':
      return start(walkUp, next.reader);
    case 'difference':
      return [at(walkUp, beforeDifference(next)), []];
    case 'softCertificate':
      return leaveSoft(walkUp, next);
  }
}

/** A text in lines, broken between words; its own line breaks stay. */
export function termsLines(text: string): readonly string[] {
  return text.replace(/\r\n?/g, '\n').trim().split('\n').flatMap(brokenLine);
}

function brokenLine(line: string): readonly string[] {
  const lines: string[] = [];
  let present = '';
  for (const word of line.split(/\s+/).flatMap(pieces)) {
    if (present !== '' && present.length + 1 + word.length > WIDTH) {
      lines.push(present);
      present = word;
    } else {
      present = present === '' ? word : `${present} ${word}`;
    }
  }
  return [...lines, present];
}

/** A word that is longer than a line. */
function pieces(word: string): readonly string[] {
  return word.match(new RegExp(`.{1,${WIDTH}}`, 'gu')) ?? [];
}
