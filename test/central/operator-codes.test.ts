import { eq } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mails } from '../../db/central/mail-schema.ts';
import { kiosks } from '../../db/central/schema.ts';
import { readAudit } from '../../src/central/audit/check-audit.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { mailSender } from '../../src/central/mail/mail-rounds.ts';
import type { MailSettings } from '../../src/central/mail/mail-settings.ts';
import { sendDueMails } from '../../src/central/mail/send-due.ts';
import type { WrittenMail } from '../../src/central/mail/write-mail.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { giveCodeTo } from '../../src/central/operator-code.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import { findOperatorOf } from '../../src/central/session/find-operator.ts';
import { answerStatement, askStatement } from '../../src/central/statement/sign-statement.ts';
import type { OperatorRole } from '../../src/domain/operator.ts';
import type { GivenHow } from '../../src/domain/statement.ts';
import { statementMessage } from '../../src/protocol/statement.ts';
import { formsOf, searchFolder } from '../support/secret-search.ts';
import { type IssuedCard, PROFILE } from './support/central-world.ts';
import { giveSignedCode, giveSignedNumber } from './support/give-signed.ts';
import type { KioskCaller } from './support/kiosk-caller.ts';
import { OperationRun, proveHolder } from './support/operation-run.ts';
import { OperatorWorld } from './support/operator-world.ts';

const MINUTE = 60_000;
const ATTENDED = PROFILE.replace('name = "employee"', 'name = "attended"').replace(/\[proofs\]\n.*\n/, '');
const SETTINGS: MailSettings = {
  ...{ to: { kind: 'folder', folder: '/nowhere' }, from: 'recard@example.org', helpdesk: null },
  languages: ['en'],
};

let world: OperatorWorld;
let count = 0;
beforeAll(async () => {
  world = await OperatorWorld.open();
  await putProfile(world.world.central, ATTENDED);
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.offsetMs = 0;
});

function name(what: string): string {
  count += 1;
  return `${what}-${count}`;
}

async function desk(role: OperatorRole = 'helpdesk', group = 'sales') {
  const operator = await world.addOperator(name(role), role, group);
  const alone = await world.world.addKiosk(`kiosk-${operator.login}`);
  const proofId = await proveHolder(alone, operator);
  const { token } = await world.startSession(proofId, `kiosk-${operator.login}`);
  return { operator, alone, token, kiosk: alone.signedIn(token) };
}

const somebody = (profileName = 'employee', group: 'sales' | 'works' = 'sales') =>
  world.addPerson(name('holder'), profileName, group);
const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error) => error.code ?? String(error),
  );
const shown = { kind: 'long', send: false } as const;
const text = (code: Uint8Array | null) => Buffer.from(code!).toString('latin1');
async function beginWith(kiosk: KioskCaller, issued: IssuedCard, code: string): Promise<OperationRun> {
  const { proofId } = await kiosk.typeCode(issued.card.id, code);
  return OperationRun.begin(kiosk, issued, { proofId });
}
/** A code that is not this one. */
const notThis = (code: string) => code.replace(/.$/, (last) => String((Number(last) + 1) % 10));

describe('an operator gives a one-time code', () => {
  const rows: readonly [OperatorRole, string, string | null][] = [
    ['helpdesk', 'somebody in scope', null],
    ['administrator', 'somebody in scope', null],
    ['helpdesk', 'somebody out of scope', 'OP-02-out-of-scope'],
    ['administrator', 'somebody out of scope', 'OP-02-out-of-scope'],
    ['helpdesk', 'themselves', 'OP-02-own-card'],
    ['administrator', 'themselves', 'OP-02-own-card'],
  ];
  test.each(rows)('as %s to %s', async (role, whom, refusal) => {
    const { operator, kiosk } = await desk(role);
    const other = await somebody('employee', whom === 'somebody in scope' ? 'sales' : 'works');
    const { card } = whom === 'themselves' ? operator : other;
    expect(await codeOf(giveSignedCode(kiosk, operator, card.id, shown))).toBe(refusal);
    const type = refusal === null ? 'code.handedOver' : 'statement.refused';
    const lines = (await world.audit(type)).filter(({ cardId }) => cardId === card.id);
    expect(lines).toMatchObject([
      {
        actor: `operator:${operator.login}`,
        detail: { operator: operator.holder.id, kiosk: `kiosk-${operator.login}` },
      },
    ]);
  });

  test('only while signed in, and to nobody whose card cannot be rewritten', async () => {
    const { operator, alone, kiosk } = await desk();
    const issued = await somebody();
    const give = (where: KioskCaller) => codeOf(giveSignedCode(where, operator, issued.card.id, shown));
    expect(await give(alone)).toBe('ID-05-no-session');
    expect(await codeOf(alone.giveCode(issued.card.id, { ...shown, statementId: null }))).toBe(
      'ID-05-no-session',
    );
    await savePerson(world.world.central.database, { ...issued.holder, state: 'disabled' });
    expect(await give(kiosk)).toBe('RP-06-holder-disabled');
  });

  test('that proves its holder, once, for that card, and stands nowhere', async () => {
    const { operator, kiosk, alone } = await desk();
    const [issued, other] = [await somebody(), await somebody()];
    const { code, sentTo } = await giveSignedCode(kiosk, operator, issued.card.id, shown);
    const digits = text(code);
    expect({ digits, sentTo }).toEqual({ digits: expect.stringMatching(/^[0-9]{12}$/), sentTo: null });
    expect(await codeOf(alone.typeCode(other.card.id, digits))).toBe('ID-03-code-dead');
    const run = await beginWith(alone, issued, digits);
    await run.kiosk.complete(run.id, await run.write());
    expect(await codeOf(alone.typeCode(issued.card.id, digits))).toBe('ID-03-code-dead');
    const { lines } = await readAudit(world.world.central);
    expect(JSON.stringify(lines)).not.toContain(digits);
  });

  test('that dies of five wrong tries, of a newer one, and of its time', async () => {
    const { operator, kiosk, alone } = await desk();
    const issued = await somebody();
    const first = text((await giveSignedCode(kiosk, operator, issued.card.id, shown)).code);
    const second = text((await giveSignedCode(kiosk, operator, issued.card.id, shown)).code);
    const said = [];
    for (const one of [first, first, first, first, first, second])
      said.push(await codeOf(alone.typeCode(issued.card.id, one)));
    expect(said).toEqual([...Array(4).fill('ID-03-wrong-code'), 'ID-03-code-dead', 'ID-03-code-dead']);
    const short = text(
      (await giveSignedCode(kiosk, operator, issued.card.id, { kind: 'short', send: false })).code,
    );
    world.clock.offsetMs += 2 * MINUTE;
    expect(await codeOf(alone.typeCode(issued.card.id, short))).toBe('ID-03-code-dead');
  });

  test('that goes on with what it has begun after a cut, and with nothing else', async () => {
    const { operator, kiosk, alone } = await desk();
    const issued = await somebody();
    const code = text((await giveSignedCode(kiosk, operator, issued.card.id, shown)).code);
    const first = await beginWith(alone, issued, code);
    await first.authenticate();
    const second = await beginWith(alone, issued, code);
    expect(second.plan).toMatchObject({ operationId: first.id, isResumed: true });
    await second.kiosk.complete(second.id, await second.write());
    expect(await codeOf(beginWith(alone, issued, code))).toBe('ID-03-code-dead');
  });
});

describe('a code where the profile wants somebody there', () => {
  test('is not tried without an operator, so that no try is lost', async () => {
    const issued = await somebody('attended');
    const { alone, kiosk } = await desk();
    const code = text((await giveCode(world.world.central, issued.card.id, 'long', 'command')).code);
    for (let i = 0; i < 6; i += 1)
      expect(await codeOf(alone.typeCode(issued.card.id, notThis(code)))).toBe('ID-02-attended-only');
    const run = await beginWith(kiosk, issued, code);
    await run.kiosk.complete(run.id, await run.write());
  });

  test('is not tried before an operator who does not act for its holder, or whose own card it is', async () => {
    const issued = await somebody('attended', 'works');
    const { kiosk } = await desk();
    const code = text((await giveCode(world.world.central, issued.card.id, 'long', 'command')).code);
    expect(await codeOf(kiosk.typeCode(issued.card.id, code))).toBe('ID-02-attended-only');
    const refused = (await world.audit('proof.refused')).filter(({ cardId }) => cardId === issued.card.id);
    expect(refused).toMatchObject([{ detail: { proof: 'code', code: 'ID-02-attended-only' } }]);
  });

  test('is in the audit with the operator who was there', async () => {
    const issued = await somebody('attended');
    const { kiosk, operator } = await desk();
    const code = text((await giveSignedCode(kiosk, operator, issued.card.id, shown)).code);
    const { proofId } = await kiosk.typeCode(issued.card.id, code);
    const run = await OperationRun.begin(kiosk, issued, { proofId });
    const [begun] = (await world.audit('operation.begun')).filter((one) => one.operationId === run.id);
    expect(begun).toMatchObject({ detail: { proof: 'code', operator: operator.holder.id } });
  });

  test('is good for nothing any more when that operator is none before it is used', async () => {
    const issued = await somebody('attended');
    const { kiosk, alone, operator } = await desk();
    const code = text((await giveSignedCode(kiosk, operator, issued.card.id, shown)).code);
    const { proofId } = await kiosk.typeCode(issued.card.id, code);
    await savePerson(world.world.central.database, { ...operator.holder, state: 'disabled' });
    expect(await codeOf(OperationRun.begin(alone, issued, { proofId }))).toBe('ID-02-attended-only');
  });
});

describe('a code that was typed with an operator there', () => {
  const typed = async () => {
    const [issued, own] = [await somebody('attended'), await desk()];
    const code = text((await giveSignedCode(own.kiosk, own.operator, issued.card.id, shown)).code);
    const { proofId } = await own.kiosk.typeCode(issued.card.id, code);
    return { ...own, begin: () => codeOf(OperationRun.begin(own.alone, issued, { proofId })) };
  };

  test('is good for nothing once they have signed out', async () => {
    const { kiosk, begin } = await typed();
    await kiosk.delete('/sessions/current');
    expect(await begin()).toBe('ID-02-attended-only');
  });

  test('is good for nothing once their own card is disabled', async () => {
    const { operator, begin } = await typed();
    await changeCard(world.world.central.database, operator.card.id, { state: 'disabled' });
    expect(await begin()).toBe('ID-02-attended-only');
  });
});

describe('a number for a new card', () => {
  test('is given to somebody in scope, and to nobody else', async () => {
    const { kiosk, operator } = await desk();
    const rows = [
      [await somebody(), null],
      [await somebody('employee', 'works'), 'OP-02-out-of-scope'],
      [operator, 'OP-02-own-card'],
    ] as const;
    for (const [{ holder }, refusal] of rows) {
      const wish = ['new', 'new-card', holder.login!, '--profile', 'employee'];
      const id = /[0-9a-f-]{36}/.exec(await world.command(...wish))![0];
      expect(await codeOf(giveSignedNumber(kiosk, operator, id, shown))).toBe(refusal);
      if (refusal === null)
        expect(text((await giveSignedNumber(kiosk, operator, id, shown)).code)).toMatch(/^[0-9]{18}$/);
    }
  });
});

describe('a code that is sent', () => {
  /** Sends what is due. @returns what was written */
  async function sendAll(): Promise<WrittenMail[]> {
    const sent: WrittenMail[] = [];
    const transport = {
      send: async (mail: WrittenMail) => {
        sent.push(mail);
        return 'taken';
      },
    };
    const never = new AbortController().signal;
    const sender = { ...mailSender(SETTINGS), transport };
    const log = pino({ level: 'silent' });
    await sendDueMails(world.world.central, sender, log, { stopping: never, closing: never });
    return sent;
  }

  /** An operator signs how a code is handed over, at a central that sends mail. @param send how it is given then */
  async function give(issued: IssuedCard, how: GivenHow, send: boolean) {
    const central = { ...world.world.central, mail: SETTINGS };
    const { operator, token } = await desk();
    const called = eq(kiosks.name, `kiosk-${operator.login}`);
    const here = (await central.database.select().from(kiosks).where(called))[0]!;
    const action = { kind: 'giveCode', cardId: issued.card.id, ...how } as const;
    const question = { signerCardId: operator.card.id, action };
    const { statementId, challenge } = await askStatement(central, here, token, question);
    const signature = operator.soft.sign('9A', statementMessage(statementId, challenge, action));
    await answerStatement(central, here, token, statementId, { slot: '9A', signature });
    const session = await findOperatorOf(central, here, token, null);
    return giveCodeTo(central, session, issued.card.id, { kind: how.length, send, statementId });
  }

  const send = (issued: IssuedCard, kind: 'short' | 'long' = 'long') =>
    give(issued, { length: kind, handedOver: 'mailed' }, true);

  test('is not shown instead, nor sent where it was signed that it is shown', async () => {
    const issued = await somebody();
    const mailed = give(issued, { length: 'long', handedOver: 'mailed' }, false);
    expect(await codeOf(mailed)).toBe('ID-02-not-signed');
    const shownInstead = give(issued, { length: 'long', handedOver: 'shown' }, true);
    expect(await codeOf(shownInstead)).toBe('ID-02-not-signed');
  });

  test('goes to its holder alone, is sealed until then, and gone after it', async () => {
    const issued = await somebody();
    expect(await send(issued)).toMatchObject({ code: null, sentTo: issued.holder.mail });
    const { database } = world.world.central;
    const waiting = await database.select().from(mails).where(eq(mails.personId, issued.holder.id));
    expect(waiting).toMatchObject([{ kind: 'codeGiven', sealedCode: expect.any(Uint8Array) }]);
    const [mail] = (await sendAll()).filter(({ to }) => to === issued.holder.mail);
    const digits = /Code: ([0-9]{12})$/m.exec(mail!.text)![1]!;
    expect(mail!.text).toMatch(/To be typed by: /);
    const sent = await database.select().from(mails).where(eq(mails.personId, issued.holder.id));
    expect(sent).toMatchObject([{ sealedCode: null, givenUpWith: null }]);
    expect(JSON.stringify([waiting[0]?.facts, sent])).not.toContain(digits);
    expect(searchFolder(world.world.stateDir, formsOf('code', Buffer.from(digits), false), [])).toEqual([]);
    await world.world.kiosk.typeCode(issued.card.id, digits);
  });

  test('is not sent any more once it has run out', async () => {
    const issued = await somebody();
    await send(issued, 'short');
    world.clock.offsetMs += 3 * MINUTE;
    expect((await sendAll()).filter(({ to }) => to === issued.holder.mail)).toEqual([]);
    const { database } = world.world.central;
    const rows = await database.select().from(mails).where(eq(mails.personId, issued.holder.id));
    expect(rows).toMatchObject([
      { sealedCode: null, givenUpWith: expect.stringContaining('no longer be used') },
    ]);
  });

  test('is refused where no mail is set up, or no address is known', async () => {
    const { operator, kiosk } = await desk();
    const issued = await somebody();
    expect(await codeOf(giveSignedCode(kiosk, operator, issued.card.id, { kind: 'long', send: true }))).toBe(
      'OP-02-no-mail',
    );
    await savePerson(world.world.central.database, { ...issued.holder, mail: '' });
    expect(await codeOf(send(issued))).toBe('OP-02-no-address');
  });
});
