import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readAudit } from '../../src/central/audit/check-audit.ts';
import { codeCommand } from '../../src/central/command/code.ts';
import { CommandError } from '../../src/central/command/command-io.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { abandonOperation } from '../../src/central/operation/abandon.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { formsOf, searchFolder } from '../support/secret-search.ts';
import { CentralWorld, type IssuedCard } from './support/central-world.ts';
import { Refused } from './support/kiosk-caller.ts';
import { OperationRun, proveHolder } from './support/operation-run.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DEAD = { status: 403, code: 'ID-03-code-dead', triesLeft: undefined };
const WAIT = { status: 403, code: 'ID-03-wait' };

let world: CentralWorld;
let issued: IssuedCard;
/** Stands still where a test needs that. */
const clock: { offsetMs: number; standsAt: number | null } = { offsetMs: 0, standsAt: null };
const pass = (ms: number) => {
  clock.offsetMs += ms;
};

beforeAll(async () => {
  world = await CentralWorld.open(() => new Date((clock.standsAt ?? Date.now()) + clock.offsetMs));
});
afterAll(() => world.close());
beforeEach(async () => {
  clock.offsetMs = 0;
  clock.standsAt = null;
  issued = await world.issueCard();
});

async function give(kind: 'short' | 'long' = 'long', to: IssuedCard = issued): Promise<string> {
  const { code } = await giveCode(world.central, to.card.id, kind, 'command');
  return Buffer.from(code).toString('latin1');
}

/** A code that is not this one. */
const notThis = (code: string) => code.replace(/.$/, (last) => String((Number(last) + 1) % 10));
const type = (code: string, kiosk = world.kiosk) => kiosk.typeCode(issued.card.id, code);
const refusedTry = (code: string) =>
  type(code).then(
    () => 'accepted',
    (error: Refused) => (error.triesLeft === undefined ? error.code : error.triesLeft),
  );

/** Types the code and begins. */
async function beginWith(code: string, kiosk = world.kiosk): Promise<OperationRun> {
  const { proofId } = await type(code, kiosk);
  return OperationRun.begin(kiosk, issued, { proofId });
}

describe('the command', () => {
  async function run(...args: string[]): Promise<string> {
    let said = '';
    const io = { stdout: { write: (text: string) => (said += text) }, stderr: { write: () => {} } };
    await codeCommand(world.central, args, io);
    return said;
  }

  test('prints eight digits, and until when', async () => {
    const now = Math.floor(Date.now() / SECOND) * SECOND;
    clock.standsAt = now;
    const [code, until] = (await run('give', issued.card.serial!)).split('\n');
    expect(code).toMatch(/^[0-9]{8}$/);
    const expiresAt = Date.parse(/^to be typed by (.*Z)$/.exec(until!)![1]!);
    expect(expiresAt).toBe(now + 120 * SECOND);
    expect((await type(code!)).openOperation).toBeNull();
  });

  test('prints twelve for a long one, which lives thirty days', async () => {
    const now = Math.floor(Date.now() / SECOND) * SECOND;
    clock.standsAt = now;
    const [code, until] = (await run('give', issued.card.id, '--long')).split('\n');
    expect(code).toMatch(/^[0-9]{12}$/);
    const expiresAt = Date.parse(until!.replace('to be typed by ', ''));
    expect(expiresAt).toBe(now + 720 * HOUR);
  });

  test.each([
    [{ state: 'cancelled' }, 'give code: this card was cancelled (RP-06-cancelled)'],
    [{ state: 'disabled' }, 'give code: this card is disabled (RP-06-disabled)'],
    [{ expiresAt: new Date(0) }, 'give code: the life of this card is over (RP-04-expired)'],
  ] as const)(
    'gives no code to a card that it could never serve, as the desk does: %j',
    async (change, why) => {
      await changeCard(world.central.database, issued.card.id, change);
      await expect(run('give', issued.card.serial!)).rejects.toThrow(why);
    },
  );

  test('knows no code for a card that is not known', async () => {
    await expect(run('give', '4711')).rejects.toBeInstanceOf(CommandError);
  });
});

describe('a code', () => {
  test('proves its holder, and the audit says how', async () => {
    const run = await beginWith(await give());
    await run.kiosk.complete(run.id, await run.write());
    const { lines, brokenAt } = await readAudit(world.central);
    const entries = lines.filter(
      ({ cardId, type }) => cardId === issued.card.id && type !== 'certificate.held',
    );
    expect(brokenAt).toBeNull();
    expect(entries.map(({ type, detail }) => [type, detail?.proof])).toEqual([
      ['code.given', undefined],
      ['proof.accepted', 'code'],
      ['operation.begun', 'code'],
      ['operation.completed', 'code'],
    ]);
  });

  test.each([
    ['short', 120 * SECOND],
    ['long', 720 * HOUR],
  ] as const)('that is %s dies when its time is over', async (kind, lifeMs) => {
    clock.standsAt = Date.now();
    const first = await give(kind);
    pass(lifeMs - SECOND);
    await type(first);
    const second = await give(kind);
    pass(lifeMs + SECOND);
    await expect(type(second)).rejects.toMatchObject(DEAD);
  });

  test('dies of five wrong tries, and a right one comes too late then', async () => {
    const code = await give();
    const said = [];
    for (let i = 0; i < 5; i += 1) said.push(await refusedTry(notThis(code)));
    expect(said).toEqual([4, 3, 2, 1, 'ID-03-code-dead']);
    await expect(type(code)).rejects.toMatchObject(DEAD);
  });

  test('dies of five wrong tries however many come at once', async () => {
    const code = await give();
    const kiosks = [world.kiosk, await world.addKiosk(`parallel-${issued.card.serial}`)];
    const said = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        type(notThis(code), kiosks[i % 2]).catch((error: Refused) => error.triesLeft ?? error.code),
      ),
    );
    const counted = said.filter((one) => typeof one === 'number');
    expect(counted.sort()).toEqual([1, 2, 3, 4]);
    expect(said.filter((one) => one === 'ID-03-code-dead')).toHaveLength(8);
    await expect(type(code)).rejects.toMatchObject(DEAD);
  });

  test('kills an older one of the same card, and no other', async () => {
    const other = await world.issueCard();
    const [first, others, second] = [await give(), await give('long', other), await give()];
    expect(await refusedTry(first)).toBe(4);
    await type(second);
    await world.kiosk.typeCode(other.card.id, others);
  });

  test('of another card is a wrong one', async () => {
    const others = await give('long', await world.issueCard());
    await give();
    expect(await refusedTry(others)).toBe(4);
  });

  test('that nobody gave, that ran out, that was spent: nobody can tell them apart', async () => {
    const answers = [];
    for (const prepare of [
      async () => '12345678',
      async () => {
        const code = await give('short');
        pass(120 * SECOND);
        return code;
      },
      async () => {
        const code = await give();
        const run = await beginWith(code);
        await run.kiosk.complete(run.id, await run.write());
        return code;
      },
    ]) {
      issued = await world.issueCard();
      const code = await prepare();
      const answer = await type(code).catch((error: unknown) => error);
      expect(answer).toBeInstanceOf(Refused);
      answers.push(String(answer));
    }
    expect(new Set(answers).size).toBe(1);
  });

  test.each(['disabled', 'cancelled'] as const)(
    'proves nobody whose card is %s, and no try is counted',
    async (state) => {
      const code = await give();
      await changeCard(world.central.database, issued.card.id, { state });
      for (let i = 0; i < 6; i += 1) expect(await refusedTry(notThis(code))).toBe(`RP-06-${state}`);
      await changeCard(world.central.database, issued.card.id, { state: 'issued' });
      await type(code);
    },
  );

  test.each(['', '1234567890123', '1234 678', 'abcdefgh'])(
    '"%s" is none, and no try is counted',
    async (typed) => {
      const code = await give();
      const body = { cardId: issued.card.id, code: Buffer.from(typed).toString('base64') };
      const answer = await world.kiosk.raw('/proofs/code', JSON.stringify(body));
      expect(answer.json()).toMatchObject({ code: 'SE-07-bad-request' });
      expect(await refusedTry(notThis(code))).toBe(4);
    },
  );

  test('cannot be answered for by a signature', async () => {
    const { proofId } = await type(await give());
    const signature = Uint8Array.of(1);
    const answer = world.kiosk.answer(proofId, { slot: '9A', signature });
    await expect(answer).rejects.toMatchObject({ code: 'ID-01-not-proved' });
  });

  test('is for the kiosk where it was typed', async () => {
    const { proofId } = await type(await give());
    const elsewhere = await world.addKiosk(`elsewhere-${issued.card.serial}`);
    const begun = OperationRun.begin(elsewhere, issued, { proofId });
    await expect(begun).rejects.toMatchObject({ code: 'ID-01-not-proved' });
  });

  test('is in no file of central, whether it was used or not, typed rightly or wrongly', async () => {
    const [used, unused] = [await give(), await give('long', await world.issueCard())];
    await refusedTry(notThis(used));
    const run = await beginWith(used);
    await run.kiosk.complete(run.id, await run.write());
    const forms = [used, notThis(used), unused].flatMap((code) => formsOf('code', Buffer.from(code), false));
    expect(searchFolder(world.stateDir, forms, [])).toEqual([]);
    // It would be found: what the audit says is there.
    const told = formsOf('audit', Buffer.from(run.id), false).filter(({ form }) => form === 'raw');
    expect(searchFolder(world.stateDir, told, [])).not.toEqual([]);
  });

  test('that a newer one has killed since begins nothing', async () => {
    const { proofId } = await type(await give());
    await give();
    await expect(OperationRun.begin(world.kiosk, issued, { proofId })).rejects.toMatchObject(DEAD);
  });
});

describe('a code that was accepted', () => {
  test('is typed again to resume its operation, at another kiosk as well', async () => {
    const code = await give('short');
    const run = await beginWith(code);
    pass(HOUR);
    const kiosk = await world.addKiosk(`resume-${issued.card.serial}`);
    const { proofId, openOperation } = await type(code, kiosk);
    expect(openOperation?.operationId).toBe(run.id);
    const resumed = await OperationRun.begin(kiosk, issued, { proofId });
    expect(resumed.plan.isResumed).toBe(true);
    await kiosk.complete(run.id, await resumed.write());
    await expect(type(code, kiosk)).rejects.toMatchObject(DEAD);
  });

  test('resumes an operation that was begun with the PIN', async () => {
    const run = await OperationRun.begin(world.kiosk, issued);
    expect((await beginWith(await give())).id).toBe(run.id);
  });

  test('dies when its operation is abandoned', async () => {
    const code = await give();
    const run = await beginWith(code);
    await run.kiosk.cancel(run.id);
    await expect(type(code)).rejects.toMatchObject(DEAD);
  });

  test('dies with an operation that was finished with the PIN', async () => {
    const code = await give();
    const first = await beginWith(code);
    await first.authenticate();
    const run = await OperationRun.begin(world.kiosk, issued, {
      proofId: await proveHolder(world.kiosk, issued),
    });
    await run.kiosk.complete(run.id, await run.write());
    await expect(type(code)).rejects.toMatchObject(DEAD);
  });

  test('dies after 24 hours', async () => {
    clock.standsAt = Date.now();
    const code = await give('short');
    await beginWith(code);
    pass(24 * HOUR - SECOND);
    await type(code);
    pass(2 * SECOND);
    await expect(type(code)).rejects.toMatchObject(DEAD);
  });

  test('outlives five wrong tries, and is then tried once a minute at most', async () => {
    const code = await give();
    await beginWith(code);
    const said = [];
    for (let i = 0; i < 5; i += 1) said.push(await refusedTry(notThis(code)));
    expect(said).toEqual([4, 3, 2, 1, 'ID-03-wait']);
    await expect(type(code)).rejects.toMatchObject(WAIT);
    pass(61 * SECOND);
    expect(await refusedTry(notThis(code))).toBe('ID-03-wait');
    pass(61 * SECOND);
    await type(code);
    expect(await refusedTry(notThis(code))).toBe(4);
  });
});

describe('for the PIN of a holder who was proved by a code', () => {
  const intendPin = (run: OperationRun) => run.kiosk.intend(run.id, 'pin');

  test('central gives out the PUK of the card, once it has passed with its management key in this run', async () => {
    const code = await give();
    const run = await beginWith(code);
    await expect(intendPin(run)).rejects.toMatchObject({ code: 'SE-03-card-not-authenticated' });
    await run.authenticate();
    const { current, version } = await intendPin(run);
    expect(await opened(run, current, version)).toEqual(['12345678']);
    const resumed = await beginWith(code);
    await expect(intendPin(resumed)).rejects.toMatchObject({ code: 'SE-03-card-not-authenticated' });
  });

  test('and never after a proof by the card, though the operation was begun with a code', async () => {
    await beginWith(await give());
    const resumed = await OperationRun.begin(world.kiosk, issued);
    await resumed.authenticate();
    expect((await intendPin(resumed)).current).toEqual([]);
  });

  test('the newest PUK once the card has it', async () => {
    const code = await give();
    const run = await beginWith(code);
    await run.write();
    const resumed = await beginWith(code);
    await resumed.authenticate();
    const { current, version } = await intendPin(resumed);
    expect(await opened(resumed, current, version)).toEqual([issued.soft.puk]);
  });

  test('none where a change of the PUK came to nothing', async () => {
    const run = await beginWith(await give());
    await run.authenticate();
    const { version } = await run.kiosk.intend(run.id, 'puk');
    await run.kiosk.outcome(run.id, { secret: 'puk', version, outcome: 'unchanged' });
    expect((await run.kiosk.intend(run.id, 'puk')).current).toEqual([]);
    expect((await intendPin(run)).current).toEqual([]);
  });

  test('none before it is known what became of the PUK in an operation that was abandoned', async () => {
    const first = await beginWith(await give());
    await first.authenticate();
    const { next } = await first.kiosk.intend(first.id, 'puk');
    issued.soft.puk = (await opened(first, [next!], 1, 'puk'))[0]!;
    await abandonOperation(world.central, first.id, { actor: 'command', why: null });
    const run = await beginWith(await give());
    await run.authenticate();
    await expect(intendPin(run)).rejects.toMatchObject({ code: 'SE-03-secret-pending' });
    const puk = await run.kiosk.intend(run.id, 'puk');
    const [newest, older] = await opened(run, puk.current, puk.version, 'puk');
    expect([newest, older]).toEqual([issued.soft.puk, '12345678']);
    await run.kiosk.outcome(run.id, { secret: 'puk', version: puk.version, outcome: 'written' });
    const { current, version } = await intendPin(run);
    expect(await opened(run, current, version)).toEqual([issued.soft.puk]);
  });

  test('none that the card has refused, in no later run either', async () => {
    const code = await give();
    const run = await beginWith(code);
    await run.authenticate();
    const { version } = await intendPin(run);
    await run.kiosk.outcome(run.id, { secret: 'pin', version, outcome: 'refused' });
    const resumed = await beginWith(code);
    await resumed.authenticate();
    expect((await intendPin(resumed)).current).toEqual([]);
  });

  async function opened(
    run: OperationRun,
    sealed: Awaited<ReturnType<typeof intendPin>>['current'],
    version: number,
    secret: 'pin' | 'puk' = 'pin',
  ): Promise<string[]> {
    const secrets = await Promise.all(sealed.map((one) => run.open(one, secret, version)));
    return secrets.map((secret) => Buffer.from(secret).toString('latin1'));
  }
});
