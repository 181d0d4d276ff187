import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { DeskEvent } from '../../../src/flows/desk-event.ts';
import { DeskRunner, type DeskRunnerOptions } from '../../../src/kiosk/desk/desk-runner.ts';

/** What was given up comes to its end later, when somebody has begun something else (ID-05). */

test.each(['signIn', 'sign'] as const)(
  'a %s that was given up wipes nothing that is typed for the next one',
  async (run) => {
    const { promise: released, resolve } = Promise.withResolvers<void>();
    const events: DeskEvent[] = [];
    const ports: Partial<DeskRunnerOptions> = {
      isContactless: () => false,
      released: () => released,
      send: (event) => events.push(event),
    };
    const runner = new DeskRunner(ports as DeskRunnerOptions);
    const type = (digits: string) => [...digits].map((digit) => runner.type('operator', Number(digit)));
    type('123456');
    const action = { kind: 'vouch', cardId: 'c1' } as const;
    if (run === 'signIn') runner.perform({ run, attempt: 1, reader: 0, cardId: 'c1' });
    else runner.perform({ run, attempt: 1, who: 'operator', reader: 0, signerCardId: 'c1', action });
    runner.perform({ run: 'cancel', attempt: 1 });
    runner.perform({ run: 'wipePins', fields: ['operator'] });
    expect(type('6543')).toEqual([1, 2, 3, 4]);
    resolve();
    await setImmediate();
    expect(type('21')).toEqual([5, 6]);
    expect(events).toEqual([]);
  },
);
