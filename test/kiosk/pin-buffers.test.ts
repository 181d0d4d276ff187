import { describe, expect, test } from 'vitest';
import { PinBuffers } from '../../src/kiosk/pin-buffers.ts';
import { aProfile } from './support/small-world.ts';

const { pinPolicy } = aProfile();

function typed(current: string, next: string, repeat: string): PinBuffers {
  const pins = new PinBuffers();
  for (const [field, digits] of [
    ['current', current],
    ['new', next],
    ['repeat', repeat],
  ] as const) {
    for (const digit of digits) pins.push(field, Number(digit));
  }
  return pins;
}

describe('typed PINs', () => {
  test('are wiped in the memory they were in', () => {
    const pins = typed('123456', '847261', '847261');
    const views = (['current', 'new', 'repeat'] as const).map((field) => pins.view(field));
    pins.wipe(['new', 'repeat']);
    expect(views.map((view) => view.some((byte) => byte !== 0))).toEqual([true, false, false]);
    pins.wipe();
    expect(views[0]!.every((byte) => byte === 0)).toBe(true);
    expect(pins.facts('current', pinPolicy)).toEqual({ length: 0, verdicts: [], matches: false });
  });

  test('are handed over once', () => {
    const pins = typed('123456', '847261', '847261');
    const view = pins.view('new');
    const handed = pins.handOver(false);
    expect(Buffer.from(handed.old!).toString()).toBe('123456');
    expect(Buffer.from(handed.next).toString()).toBe('847261');
    expect(view.every((byte) => byte === 0)).toBe(true);
    expect(pins.handOver(false)).toEqual({ old: null, next: new Uint8Array(), isKept: false });
  });

  test('are the same one twice where an unfinished card keeps the PIN that was just typed', () => {
    const pins = typed('123456', '', '');
    const view = pins.view('current');
    const { old, next, isKept } = pins.handOver(true);
    expect([old!, next].map((pin) => Buffer.from(pin).toString())).toEqual(['123456', '123456']);
    expect(old!.buffer).not.toBe(next.buffer);
    expect(isKept).toBe(true);
    expect(view.every((byte) => byte === 0)).toBe(true);
  });

  test('have no old one beside them where a one-time code was the proof', () => {
    expect(typed('', '847261', '847261').handOver(false).old).toBeNull();
  });

  test('are longer for a one-time code: twelve digits and no more', () => {
    const pins = new PinBuffers();
    for (let i = 0; i < 20; i += 1) pins.push('code', 7);
    const view = pins.view('code');
    expect(view).toHaveLength(12);
    pins.wipe();
    expect(view.every((byte) => byte === 0)).toBe(true);
  });

  test('match only when they are the same', () => {
    expect(typed('', '847261', '847261').facts('repeat', pinPolicy).matches).toBe(true);
    expect(typed('', '847261', '84726').facts('repeat', pinPolicy).matches).toBe(false);
    expect(typed('', '', '').facts('repeat', pinPolicy).matches).toBe(false);
  });

  test('take digits only, and eight at most', () => {
    const pins = typed('12345678', '', '');
    expect(pins.push('current', 9)).toBe(false);
    for (const nonsense of [10, -1, 1.5, Number.NaN]) expect(pins.push('new', nonsense)).toBe(false);
    expect(pins.erase('new')).toBe(false);
    expect(pins.erase('current')).toBe(true);
    expect(pins.view('current')).toHaveLength(7);
  });
});
