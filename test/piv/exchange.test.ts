import { describe, expect, it } from 'vitest';
import type { CommandApdu } from '../../src/piv/apdu.ts';
import { CardRemovedError } from '../../src/piv/connection.ts';
import { Exchange } from '../../src/piv/exchange.ts';
import { MalformedAnswerError } from '../../src/piv/status-word.ts';
import { AnsweringConnection, fromHex, type Line, ScriptedConnection, toHex } from './scripted-connection.ts';

const read: CommandApdu = { ins: 0xcb, p1: 0x3f, p2: 0xff, data: fromHex('5c017e'), le: 0x10000 };
const write: CommandApdu = { ins: 0xdb, p1: 0x3f, p2: 0xff, data: new Uint8Array(300) };
const SHORT_READ = '00cb3fff 03 5c017e 00';
const LONG_READ = '00cb3fff 000003 5c017e 0000';
const LONG_WRITE = `00db3fff 00012c ${'00'.repeat(300)}`;
const FIRST_BLOCK = `10db3fff ff ${'00'.repeat(255)}`;
const LAST_BLOCK = `00db3fff 2d ${'00'.repeat(45)}`;

async function send(lines: readonly Line[], ...commands: CommandApdu[]) {
  const connection = new ScriptedConnection(lines);
  const exchange = new Exchange(connection);
  const answers: string[] = [];
  for (const command of commands) {
    const { data, sw } = await exchange.send(command);
    answers.push(`${toHex(data)}|${sw.toString(16)}`);
  }
  return { answers, left: connection.left, hasExtendedLength: exchange.hasExtendedLength };
}

describe('a long command', () => {
  it('goes in one piece where the card takes extended length', async () => {
    const result = await send([[LONG_WRITE, '9000']], write);
    expect(result).toEqual({ answers: ['|9000'], left: 0, hasExtendedLength: true });
  });

  it('goes in a chain after 6700, and so does every one after it', async () => {
    const lines: Line[] = [
      [LONG_WRITE, '6700'],
      [FIRST_BLOCK, '9000'],
      [LAST_BLOCK, '9000'],
      [SHORT_READ, '7e00 9000'],
    ];
    const result = await send(lines, write, read);
    expect(result).toEqual({ answers: ['|9000', '7e00|9000'], left: 0, hasExtendedLength: false });
  });

  it('does not give extended length up when the chain is answered with 6700 as well', async () => {
    const lines: Line[] = [
      [LONG_READ, '6700'],
      [SHORT_READ, '6700'],
      [LONG_READ, '9000'],
    ];
    const result = await send(lines, read, read);
    expect(result).toEqual({ answers: ['|6700', '|9000'], left: 0, hasExtendedLength: true });
  });

  it('ends with the block that the card refuses, and nothing of the rest is sent', async () => {
    const lines: Line[] = [
      [LONG_WRITE, '6700'],
      [FIRST_BLOCK, '6a84'],
    ];
    expect((await send(lines, write)).answers).toEqual(['|6a84']);
  });

  it('is not taken for written when a block in the middle is answered with something else than 9000', async () => {
    const lines: Line[] = [
      [LONG_WRITE, '6700'],
      [FIRST_BLOCK, '6282'],
    ];
    expect((await send(lines, write)).answers).toEqual(['|6282']);
  });
});

describe('an answer', () => {
  it('is collected to its end after 61xx, and 00 stands for 256', async () => {
    const lines: Line[] = [
      [LONG_READ, `${'aa'.repeat(255)} 6100`],
      ['00c0000000', `${'bb'.repeat(256)} 6102`],
      ['00c0000002', 'cccc 9000'],
    ];
    const { answers, left } = await send(lines, read);
    expect(answers).toEqual([`${'aa'.repeat(255)}${'bb'.repeat(256)}cccc|9000`]);
    expect(left).toBe(0);
  });

  it('is asked for once more with the Le that 6Cxx names', async () => {
    const lines: Line[] = [
      ['00f8000000', '6c04'],
      ['00f8000004', '00000001 9000'],
    ];
    expect((await send(lines, { ins: 0xf8, p1: 0, p2: 0, le: 256 })).answers).toEqual(['00000001|9000']);
  });

  it('keeps the status word that came with the last part', async () => {
    const lines: Line[] = [
      [LONG_READ, 'aa 6101'],
      ['00c0000001', '6f00'],
    ];
    expect((await send(lines, read)).answers).toEqual(['aa|6f00']);
  });

  it.each(['', '90'])('of %j means that the card is gone', async (answer) => {
    await expect(send([[LONG_READ, answer]], read)).rejects.toThrow(CardRemovedError);
  });

  it.each(['6110', '6c10', 'aa 61ff', 'aa 6c10'])(
    'that never ends (%s) becomes an error instead of a hang',
    async (answer) => {
      const exchange = new Exchange(
        new AnsweringConnection((sent) => (sent.startsWith('00c0') ? answer : '6110')),
      );
      await expect(exchange.send(read)).rejects.toThrow(MalformedAnswerError);
    },
  );
});

describe('a secret command', () => {
  it('leaves no copy of itself behind', async () => {
    const seen: Uint8Array[] = [];
    const connection = {
      atr: new Uint8Array(),
      transmit: (command: Uint8Array) => {
        seen.push(command);
        return Promise.resolve(fromHex('9000'));
      },
    };
    await new Exchange(connection).send({
      ins: 0x20,
      p1: 0,
      p2: 0x80,
      data: fromHex('313233'),
      isSecret: true,
    });
    expect(seen.map(toHex)).toEqual(['0000000000000000']);
  });
});
