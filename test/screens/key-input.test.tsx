import { cleanup, render } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import { App } from '../../screens/app.tsx';
import type { Command } from '../../src/flows/command.ts';
import { aNewPin, STATES } from '../flows/walk-up-states.ts';
import { aView } from './views.ts';

afterEach(cleanup);

/** Ink hears keys one turn after it has drawn. */
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 0));

async function press(
  walkUp: Parameters<typeof aView>[0],
  ...chunks: readonly string[]
): Promise<readonly Command[]> {
  const commands: Command[] = [];
  const { stdin } = render(<App view={aView(walkUp)} onCommand={(command) => commands.push(command)} />);
  await nextTurn();
  for (const chunk of chunks) stdin.write(chunk);
  await nextTurn();
  return commands;
}

describe('At a screen', () => {
  it('two quick presses of the same key are two', async () => {
    expect(await press({ walkUp: STATES.chooseReason.first! }, '\x1b[B', '\x1b[B')).toEqual([
      { kind: 'down' },
      { kind: 'down' },
    ]);
  });

  it('a new PIN typed too fast for the terminal comes whole', async () => {
    const commands = await press({ walkUp: aNewPin() }, '80', '2', '719\r');
    expect(commands.map((command) => ('digit' in command ? command.digit : command.kind))).toEqual([
      8,
      0,
      2,
      7,
      1,
      9,
      'confirm',
    ]);
  });

  it('keys without a demo go through the key map alone', async () => {
    expect(await press({}, '\x0e', 'c')).toEqual([{ kind: 'changeCard' }]);
  });
});
