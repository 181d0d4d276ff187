import { describe, expect, it } from 'vitest';
import { type CommandApdu, chain, encodeExtended, encodeShort, isWriteCommand } from '../../src/piv/apdu.ts';
import { fromHex, toHex } from './scripted-connection.ts';

const data = fromHex('0102');
const bare: CommandApdu = { ins: 0x20, p1: 0, p2: 0x80 };

describe('a command is encoded by the four cases of ISO 7816-4', () => {
  const table: readonly [string, CommandApdu, short: string, extended: string][] = [
    ['no data, no answer', bare, '00200080', '00200080'],
    ['an answer', { ...bare, le: 256 }, '0020008000', '00200080000100'],
    ['as long an answer as there is', { ...bare, le: 65536 }, '0020008000', '00200080000000'],
    ['data', { ...bare, data }, '00200080020102', '002000800000020102'],
    ['data and an answer', { ...bare, data, le: 65536 }, '0020008002010200', '0020008000000201020000'],
    ['another class', { ...bare, cla: 0x80, le: 8 }, '8020008008', '80200080000008'],
  ];
  it.each(table)('%s', (_, command, short, extended) => {
    expect(toHex(encodeShort(command))).toBe(short);
    expect(toHex(encodeExtended(command))).toBe(extended);
  });

  it('refuses more than 255 bytes in short form, rather than cutting them off', () => {
    expect(() => encodeShort({ ...bare, data: new Uint8Array(256) })).toThrow(RangeError);
  });
});

describe('chaining', () => {
  it.each([
    [0, [0]],
    [255, [255]],
    [256, [255, 1]],
    [510, [255, 255]],
    [511, [255, 255, 1]],
  ])('cuts %i bytes into blocks of %j', (length, blocks) => {
    const commands = chain({ ...bare, data: new Uint8Array(length), le: 256 });
    expect(commands.map((command) => command.data?.length)).toEqual(blocks);
    expect(commands.map((command) => command.cla ?? 0)).toEqual(
      blocks.map((_, index) => (index < blocks.length - 1 ? 0x10 : 0)),
    );
    expect(commands.map((command) => command.le)).toEqual(
      blocks.map((_, index) => (index < blocks.length - 1 ? undefined : 256)),
    );
  });
});

describe('which commands write', () => {
  it.each(['24', '2c', '47', 'db', 'f6', 'fa', 'fb', 'fe', 'ff'])('%s does, alone and in a chain', (ins) => {
    expect(isWriteCommand(fromHex(`00${ins}0000`))).toBe(true);
    expect(isWriteCommand(fromHex(`10${ins}0000`))).toBe(true);
  });
  it.each(['20', '87', 'a4', 'c0', 'ca', 'cb', 'f7', 'f8', 'f9', 'fd'])('%s does not', (ins) => {
    expect(isWriteCommand(fromHex(`00${ins}0000`))).toBe(false);
  });
  it('nothing at all does not', () => {
    expect(isWriteCommand(new Uint8Array())).toBe(false);
  });
});
