import { renderToString } from 'ink';
import { expect, test } from 'vitest';
import { App } from '../../screens/app.tsx';
import { STATES } from '../flows/walk-up-states.ts';
import { aView } from './views.ts';

test('What was taken off the card is told at the end', () => {
  const state = Object.values(STATES.done)[0]!;
  const frameOf = (removed?: number) => {
    const walkUp = { ...state, work: 'collection' as const, ...(removed === undefined ? {} : { removed }) };
    return renderToString(<App view={aView({ walkUp })} onCommand={() => {}} />, { columns: 80 });
  };
  expect(frameOf()).not.toContain('taken off');
  expect(frameOf(1)).toContain('1 earlier key was taken off your card.');
  expect(frameOf(3)).toContain('3 earlier keys were taken off your card.');
});

test('What was written stands in the order in which it stood before, whatever was written first', () => {
  const state = Object.values(STATES.done)[0]!;
  const certificates = (['82', '9A', '9D', '9E', '9C'] as const).map((slot) => ({
    ...state.result.certificates[0]!,
    slot,
    serialNumber: `0a${slot}`,
  }));
  const walkUp = { ...state, result: { ...state.result, certificates } };
  const frame = renderToString(<App view={aView({ walkUp })} onCommand={() => {}} />, { columns: 80 });
  const uses = ['signing in', 'signing ', 'encryption', 'doors', 'earlier encryption'];
  const places = uses.map((use) => frame.search(new RegExp(`^ +${use}`, 'm')));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});
