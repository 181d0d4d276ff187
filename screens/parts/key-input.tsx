import { useInput } from 'ink';
import type { Command } from '../../src/flows/command.ts';
import { commandOf, keyNames, textCommands } from '../key-map.ts';

interface KeyInputProps {
  readonly onCommand: (command: Command) => void;
  /** Control keys (`ctrl+n`) before the key map sees them; true when taken. Never sees a digit. */
  readonly onRawKey?: (name: string) => boolean;
  /** A password is typed: every printable character is one. */
  readonly takesText?: boolean;
}

/** The only place where keys come in. Draws nothing. */
export function KeyInput({ onCommand, onRawKey, takesText = false }: KeyInputProps): null {
  useInput((input, key) => {
    if (takesText && !key.ctrl) {
      for (const command of textCommands(input, key)) onCommand(command);
      return;
    }
    for (const name of keyNames(input, key)) {
      if (name.startsWith('ctrl+') && onRawKey?.(name)) continue;
      const command = commandOf(name);
      if (command) onCommand(command);
    }
  });
  return null;
}
