import { useInput } from 'ink';
import type { Command } from '../../src/flows/command.ts';
import { commandOf, keyNames } from '../key-map.ts';

interface KeyInputProps {
  readonly onCommand: (command: Command) => void;
  /** Control keys (`ctrl+n`) before the key map sees them; true when taken. Never sees a digit. */
  readonly onRawKey?: (name: string) => boolean;
}

/** The only place where keys come in. Draws nothing. */
export function KeyInput({ onCommand, onRawKey }: KeyInputProps): null {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) {
      if (name.startsWith('ctrl+') && onRawKey?.(name)) continue;
      const command = commandOf(name);
      if (command) onCommand(command);
    }
  });
  return null;
}
