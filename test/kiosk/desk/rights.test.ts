import { afterAll, beforeAll, expect, test } from 'vitest';
import { RightsAtCentral } from './rights-at-central.ts';
import { TABLE } from './rights-table.ts';

/** The table of rights at central: what it answers, and what of it is in the audit (OP-02, ID-05, KR-03, KR-04, SE-05). */

let central: RightsAtCentral;
beforeAll(async () => {
  central = await RightsAtCentral.open();
});
afterAll(() => central?.close());

test.each(TABLE)('$action by $who, $whose: $code', async ({ action, who, whose, code }) => {
  const tried = await central.try(action, who, whose);
  expect(tried.code).toBe(code);
  const isAbout = (line: object) => tried.ids.some((id) => JSON.stringify(line).includes(id));
  const lines = tried.told.filter((line) => action === 'leaveKiosk' || isAbout(line));
  const { login, id } = tried.operator.holder;
  // Of what a card signs it is the signer; what is done with that tells of the cardholder.
  const entries = lines.filter(
    ({ actor, operator, signer, code: refusal }) =>
      actor === `operator:${login}` && [operator, signer].includes(id) && refusal === (code ?? undefined),
  );
  const entry = entries.find(({ owner }) => owner !== undefined) ?? entries[0];
  const isOfNobody = action === 'leaveKiosk' || entry?.type === 'statement.accepted';
  expect(entry, `of what the audit has: ${JSON.stringify(tried.told)}`).toMatchObject({
    kiosk: tried.kiosk,
    ...(isOfNobody ? {} : { owner: tried.holderId }),
  });
});
