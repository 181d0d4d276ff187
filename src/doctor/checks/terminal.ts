import { type Finding, good, note, wrong } from '../finding.ts';
import type { Machine, TerminalFacts } from '../machine.ts';

const SMALLEST = { columns: 80, rows: 24 } as const;
/** Sixteen colours. */
const COLOUR_DEPTH = 4;

/** The terminal that the doctor is run on: run it where the kiosk is to be. */
export function checkTerminal(machine: Machine): readonly Finding[] {
  const terminal = machine.terminal();
  if (terminal === null) {
    return [
      note('terminal', 'the doctor is not run on a terminal', 'run it on the one that the kiosk will have'),
    ];
  }
  return [size(terminal), colours(terminal), characters(machine, terminal)];
}

function size({ columns, rows }: TerminalFacts): Finding {
  const here = `${columns} columns and ${rows} rows`;
  if (columns >= SMALLEST.columns && rows >= SMALLEST.rows) return good('terminal-size', here);
  const remedy =
    'make the window larger, or choose a smaller font for the console: dpkg-reconfigure console-setup';
  return wrong('terminal-size', `${here}; the kiosk needs ${SMALLEST.columns} and ${SMALLEST.rows}`, remedy);
}

function colours({ colourDepth, name }: TerminalFacts): Finding {
  if (colourDepth >= COLOUR_DEPTH)
    return good('terminal-colours', `${2 ** colourDepth} colours (TERM is ${name})`);
  const says = `no colours (TERM is ${name}); nothing is said by colour alone, but it is harder to read`;
  return note('terminal-colours', says, 'set TERM to what the terminal is, such as linux or xterm-256color');
}

function characters(machine: Machine, { name }: TerminalFacts): Finding {
  if (name === 'linux') {
    const isUtf8 = machine.read('/sys/module/vt/parameters/default_utf8')?.trim() !== '0';
    if (isUtf8) return good('terminal-characters', 'the console speaks UTF-8');
    return wrong(
      'terminal-characters',
      'the console does not speak UTF-8',
      'start the kernel with vt.default_utf8=1',
    );
  }
  const { LC_ALL, LC_CTYPE, LANG } = machine.env;
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  if (/utf-?8/i.test(locale)) return good('terminal-characters', `UTF-8 (${locale})`);
  return note('terminal-characters', 'nothing says that this terminal speaks UTF-8', 'set LANG to C.UTF-8');
}
