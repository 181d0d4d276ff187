import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { takeOperator } from '../../../src/central/command/put-operator.ts';
import { savePerson } from '../../../src/central/repositories/people.ts';
import { NOT_LISTED, RightsOnScreen } from './rights-on-screen.ts';
import { type Action, GONE, TABLE, WHOSE } from './rights-table.ts';

/**
 * The table of rights at the desk: what central would do is offered, and what it would refuse is there with central's own reason (OP-03). What is
 * out of scope has no page: the page itself is refused, and no list has it.
 */

let screen: RightsOnScreen;
beforeAll(async () => {
  screen = await RightsOnScreen.open();
});
afterAll(() => screen?.close());
afterEach(() => screen.leave());

const ON_A_CARD: readonly Action[] = [
  ...(['reprovision', 'requestUpdate', 'requestExisting', 'requestReplacement', 'giveCode'] as const),
  ...(['unblockPin', 'disable', 'enable', 'cancelCard', 'cancelCard as a leaver'] as const),
];
const ON_A_PERSON: readonly Action[] = ['showPhoto', 'requestNewCard', 'requestSoft'];

function outOfScope(action: Action, code: string | null): string | null {
  if (action === 'leaveKiosk') return code;
  if (ON_A_CARD.includes(action)) return 'OP-02-out-of-scope';
  return ON_A_PERSON.includes(action) ? 'KR-03-out-of-scope' : NOT_LISTED;
}

const TURNS = (['helpdesk', 'administrator'] as const).flatMap((who) =>
  WHOSE.map((whose) => [who, whose] as const),
);

test.each(TURNS)('what %s is offered of what is %s', async (who, whose) => {
  const rows = TABLE.filter((row) => row.who === who && row.whose === whose);
  const wanted = rows.map(({ action, code }) => [
    action,
    whose === 'out of scope' ? outOfScope(action, code) : code,
  ]);
  expect(await screen.look(who, whose)).toEqual(Object.fromEntries(wanted));
});

test.each([...GONE])('as %s nobody goes on, or signs in again', async (who, code) => {
  const { bench } = screen;
  const { central } = bench;
  const login = `former-${code}`;
  const former = await bench.addOperator(login);
  await bench.until('copied', () => true);
  await bench.signIn(former);
  if (who === 'no operator any more') await takeOperator(central, login);
  else await savePerson(central.database, { ...former.person, state: 'disabled' });
  bench.press('4');
  expect(await bench.at('signedOut')).toMatchObject({ code });
});
