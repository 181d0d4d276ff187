import { type Key, useInput } from 'ink';
import type { Command } from '../../src/flows/command.ts';
import { answerOf, commandOf, keyNames, letterCommands, textCommands } from '../key-map.ts';
import type { KeyMode } from '../key-mode.ts';

interface KeyInputProps {
  readonly onCommand: (command: Command) => void;
  /** Control keys (`ctrl+n`) before the key map sees them; true when taken. Never sees a digit. */
  readonly onRawKey?: (name: string) => boolean;
  readonly mode: KeyMode;
}

/** The only place where keys come in. Draws nothing. */
export function KeyInput({ onCommand, onRawKey, mode }: KeyInputProps): null {
  useInput((input, key) => {
    const typed = key.ctrl ? null : typedCommands(mode, input, key);
    if (typed !== null) {
      for (const command of typed) onCommand(command);
      return;
    }
    for (const name of keyNames(input, key)) {
      if (name.startsWith('ctrl+') && onRawKey?.(name)) continue;
      const command = mode === 'question' ? answerOf(name) : commandOf(name);
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
