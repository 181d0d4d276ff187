import { type Key, useInput } from 'ink';
import { useRef } from 'react';
import type { Command } from '../../src/flows/command.ts';
import { answerOf, commandOf, keyNames, letterCommands, textCommands } from '../key-map.ts';
import type { KeyMode } from '../key-mode.ts';

interface KeyInputProps {
  readonly onCommand: (command: Command) => void;
  /** Control keys (`ctrl+n`) before the key map sees them; true when taken. Never sees a digit. */
  readonly onRawKey?: (name: string) => boolean;
  readonly mode: KeyMode;
  /** The letter that is named where a yes is asked. */
  readonly yesKey: string;
}

/** A key that is held down comes again after half a second, and then many times in each. */
const HELD_MS = 700;

/** The only place where keys come in. Draws nothing. */
export function KeyInput({ onCommand, onRawKey, mode, yesKey }: KeyInputProps): null {
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
      for (const command of typed) onCommand(command);
      return;
    }
    for (const name of keyNames(input, key)) {
      if (name.startsWith('ctrl+') && onRawKey?.(name)) continue;
      const command = mode === 'question' ? answerOf(name, yesKey) : commandOf(name);
      if (mode === 'question' && command?.kind === 'yes') yes.current = { letter: name, at: now };
      if (command) onCommand(command);
    }
  });
  return null;
}

/** Where a letter is more than its name; null elsewhere. */
function typedCommands(mode: KeyMode, input: string, key: Key): readonly Command[] | null {
  if (mode === 'letters') return letterCommands(input, key);
  return mode === 'secret' || mode === 'text' ? textCommands(input, key, mode === 'secret') : null;
}
