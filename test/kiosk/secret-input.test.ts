import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { NothingTypedError, SecretInput } from '../../src/kiosk/own-machine/secret-input.ts';

/** A terminal that echoes what is typed unless it is in raw mode; somebody types as soon as they see the question. */
function terminalOf(typed: string) {
  const stream = new PassThrough();
  let isRaw = false;
  let shown = '';
  const input = Object.assign(stream, {
    isTTY: true,
    setRawMode(is: boolean) {
      isRaw = is;
      return stream;
    },
  }) as unknown as NodeJS.ReadStream;
  const write = (text: string) => {
    shown += text;
    if (!text.endsWith(': ')) return true;
    if (!isRaw) shown += typed;
    return stream.write(typed);
  };
  return { source: { input, output: { write } }, shown: () => shown, isRaw: () => isRaw };
}

test('what is typed the moment the question is there is not shown', async () => {
  const terminal = terminalOf('9\u007fA33M\r');
  const secret = await new SecretInput(terminal.source).ask('Token');
  expect(Buffer.from(secret).toString()).toBe('A33M');
  expect(terminal.shown()).toBe('Token: \n');
  expect(terminal.isRaw()).toBe(false);
});

test('a terminal is given back as it was when somebody presses Ctrl-C', async () => {
  const terminal = terminalOf('A33\u0003');
  await expect(new SecretInput(terminal.source).ask('Token')).rejects.toThrow(NothingTypedError);
  expect(terminal.isRaw()).toBe(false);
});
