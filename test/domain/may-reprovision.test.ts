import { describe, expect, test } from 'vitest';
import type { CardSubject } from '../../src/domain/card-life.ts';
import type { Standing } from '../../src/domain/may-act.ts';
import { mayReprovision, type ReprovisionRefusal } from '../../src/domain/may-reprovision.ts';
import type { OperatorRole } from '../../src/domain/operator.ts';
import type { ReasonChooser } from '../../src/domain/reason.ts';

const ANNA = 'anna';
const operator = (role: OperatorRole | null, isActive = true, personId = 'olaf'): Standing => ({
  ...{ kind: 'operator', personId, role, isActive },
});
const subject = (isInScope: boolean, chosenBy: readonly ReasonChooser[]): CardSubject => ({
  ...{ holderId: ANNA, isInScope, chosenBy },
});
const EVERYBODY: readonly ReasonChooser[] = ['cardholder', 'helpdesk', 'administrator'];

describe('who may rewrite a card', () => {
  const holder: Standing = { kind: 'holder', personId: ANNA };
  const rows: readonly [string, Standing, boolean, readonly ReasonChooser[], ReprovisionRefusal | null][] = [
    ['its holder, for a reason of everybody', holder, false, EVERYBODY, null],
    ['its holder, for a reason of cardholders', holder, false, ['cardholder'], null],
    [
      'its holder, for a reason of operators',
      holder,
      false,
      ['helpdesk', 'administrator'],
      'RP-12-not-for-cardholders',
    ],
    ['the helpdesk, in scope', operator('helpdesk'), true, EVERYBODY, null],
    ['the helpdesk, out of scope', operator('helpdesk'), false, EVERYBODY, 'OP-02-out-of-scope'],
    [
      'the helpdesk, for a reason of administrators',
      operator('helpdesk'),
      true,
      ['administrator'],
      'OP-02-no-right',
    ],
    [
      'the helpdesk, for a reason of cardholders',
      operator('helpdesk'),
      true,
      ['cardholder'],
      'OP-02-no-right',
    ],
    ['the helpdesk, their own card', operator('helpdesk', true, ANNA), true, EVERYBODY, 'OP-02-own-card'],
    ['an administrator, in scope', operator('administrator'), true, EVERYBODY, null],
    ['an administrator, out of scope', operator('administrator'), false, EVERYBODY, 'OP-02-out-of-scope'],
    ['an administrator, for a reason of theirs', operator('administrator'), true, ['administrator'], null],
    [
      'an administrator, for a reason of the helpdesk',
      operator('administrator'),
      true,
      ['helpdesk'],
      'OP-02-no-right',
    ],
    [
      'an administrator, their own card',
      operator('administrator', true, ANNA),
      true,
      EVERYBODY,
      'OP-02-own-card',
    ],
    ['somebody who is no operator any more', operator(null), true, EVERYBODY, 'ID-05-not-an-operator'],
    ['an operator who is disabled', operator('helpdesk', false), true, EVERYBODY, 'ID-05-operator-disabled'],
  ];
  test.each(rows)('%s', (_who, who, isInScope, chosenBy, refusal) => {
    expect(mayReprovision(who, subject(isInScope, chosenBy))).toBe(refusal);
  });

  test('its holder, for a reason of operators that one of them has asked for it with', () => {
    expect(mayReprovision(holder, subject(false, ['helpdesk']), { isAsked: true })).toBeNull();
  });
});
