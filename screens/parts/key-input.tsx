import { useInput } from 'ink';
import type { Command } from '../../src/flows/command.ts';
import { commandOf, keyNames, letterCommands, textCommands } from '../key-map.ts';
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
    if (mode !== 'keys' && !key.ctrl) {
      const commands =
        mode === 'letters' ? letterCommands(input, key) : textCommands(input, key, mode === 'secret');
      for (const command of commands) onCommand(command);
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
