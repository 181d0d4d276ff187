import { type Key, useInput } from 'ink';
import { useEffect, useRef } from 'react';
import type { Command } from '../../src/flows/command.ts';
import { type EnterRun, enterAfter, HELD_MS, REPEAT_MS } from '../enter-run.ts';
import { answerOf, commandOf, keyNames, letterCommands, textCommands } from '../key-map.ts';
import type { KeyMode } from '../key-mode.ts';

interface KeyInputProps {
  readonly onCommand: (command: Command) => void;
  /** Control keys (`ctrl+n`) before the key map sees them; true when taken. Never sees a digit. */
  readonly onRawKey?: (name: string) => boolean;
  readonly mode: KeyMode;
  /** The letter that is named where a yes is asked. */
  readonly yesKey: string;
  /** What must have been read before Enter says yes; null: nothing is asked like that. */
  readonly question: string | null;
}

/** The only place where keys come in. Draws nothing. */
export function KeyInput({ onCommand, onRawKey, mode, yesKey, question }: KeyInputProps): null {
  const say = useReadFirst(question, onCommand);
  const yes = useRef<{ readonly letter: string; readonly at: number } | null>(null);
  useInput((input, key) => {
    const now = performance.now();
    // A letter that has said yes says nothing else for as long as it is held down: O would call an operator.
    if (yes.current?.letter === input.toLowerCase() && now - yes.current.at < HELD_MS) {
      yes.current = { ...yes.current, at: now };
      return;
    }
    // Another key: the letter was let go of.
    yes.current = null;
    const typed = key.ctrl ? null : typedCommands(mode, input, key);
    if (typed !== null) {
      for (const command of typed) say(command);
      return;
    }
    for (const name of keyNames(input, key)) {
      if (name.startsWith('ctrl+') && onRawKey?.(name)) continue;
      const command = mode === 'question' ? answerOf(name, yesKey) : commandOf(name);
      if (mode === 'question' && command?.kind === 'yes') yes.current = { letter: name, at: now };
      if (command) say(command);
    }
  });
  return null;
}

/** Says what a key says, but no Enter that is held down to what nobody has read (RP-13). */
function useReadFirst(
  question: string | null,
  onCommand: KeyInputProps['onCommand'],
): (command: Command) => void {
  const enters = useRef<EnterRun | null>(null);
  const waiting = useRef<NodeJS.Timeout>(undefined);
  const latest = useRef({ question, onCommand });
  useEffect(() => {
    latest.current = { question, onCommand };
  });
  useEffect(() => () => clearTimeout(waiting.current), []);
  /** Unless it was meant for what is asked no more. */
  const sayLate = (command: Command) => {
    if (latest.current.question === question) latest.current.onCommand(command);
  };
  return (command) => {
    clearTimeout(waiting.current);
    if (command.kind !== 'confirm') {
      enters.current = null;
      onCommand(command);
      return;
    }
    const [run, meaning] = enterAfter(enters.current, question, performance.now());
    enters.current = run;
    if (meaning === 'now') onCommand(command);
    if (meaning === 'soon') waiting.current = setTimeout(sayLate, REPEAT_MS, command);
  };
}

/** Where a letter is more than its name; null elsewhere. */
function typedCommands(mode: KeyMode, input: string, key: Key): readonly Command[] | null {
  if (mode === 'letters') return letterCommands(input, key);
  return mode === 'secret' || mode === 'text' ? textCommands(input, key, mode === 'secret') : null;
}
