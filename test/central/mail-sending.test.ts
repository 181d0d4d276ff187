/** Mails from the transaction that puts them down to a mail server that takes them, or does not. */
import { readFileSync } from 'node:fs';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EVERYBODY } from '../../db/central/group-schema.ts';
import { mails } from '../../db/central/mail-schema.ts';
import { centralCommand } from '../../src/central/command/central-command.ts';
import { mailCommand } from '../../src/central/command/mail.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import type { MailKind } from '../../src/central/mail/mail-kinds.ts';
import { mailSender } from '../../src/central/mail/mail-rounds.ts';
import type { MailSettings } from '../../src/central/mail/mail-settings.ts';
import { MailError, type MailTransport } from '../../src/central/mail/mail-transport.ts';
import { type SendReport, sendDueMails } from '../../src/central/mail/send-due.ts';
import { tell } from '../../src/central/mail/tell.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { listUnsentMails } from '../../src/central/repositories/mails.ts';
import { addOperator } from '../../src/central/repositories/operators.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import { COMMAND, operatorActor } from '../../src/central/request/actor.ts';
import { approveRequest } from '../../src/central/request/decide.ts';
import { fileRequest } from '../../src/central/request/file-request.ts';
import { listRecoverable } from '../../src/central/request/recoverable.ts';
import { openCentralForCommand, type RunningCentral, startCentral } from '../../src/central/server.ts';
import { SOON } from '../support/soon.ts';
import { CentralWorld, type IssuedCard, PROFILE } from './support/central-world.ts';
import { MAIL_PASSWORD, MailServer } from './support/mail-server.ts';
import { OperationRun } from './support/operation-run.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let server: MailServer;
let world: CentralWorld;
let issued: IssuedCard;
const clock = { offsetMs: 0 };

beforeAll(async () => {
  server = await MailServer.open();
  world = await CentralWorld.open(() => new Date(Date.now() + clock.offsetMs), { mail: server.settings() });
});
afterAll(async () => {
  await world?.close();
  await server?.close();
});
beforeEach(async () => {
  clock.offsetMs = 0;
  issued = await world.issueCard();
});
afterEach(async () => {
  server.treatments.clear();
  server.taken.length = 0;
  await world.central.database.delete(mails);
});

/** Everything that a central's log has said. */
const said: string[] = [];
const log = pino({}, { write: (line: string) => said.push(line) });
const never = new AbortController().signal;

/** One round of one central. */
function send(limitMs = 10_000, closing: AbortSignal = never): Promise<SendReport> {
  const sender = { ...mailSender(server.settings()), limitMs };
  return sendDueMails(world.central, sender, log, { stopping: never, closing });
}

function tellHolder(kind: MailKind = 'rewritten', to = issued.holder.id): Promise<void> {
  return tell(world.central, world.central.database, to, kind, { kiosk: 'first', card: '1234' });
}

/** Somebody with a mail address of their own, who was told something. */
async function told(mail: string): Promise<IssuedCard> {
  const one = await world.issueCard();
  await savePerson(world.central.database, { ...one.holder, mail });
  await tellHolder('rewritten', one.holder.id);
  return one;
}

async function command(...args: string[]): Promise<string> {
  let text = '';
  await mailCommand(world.central, args, {
    stdout: { write: (more: string) => (text += more) },
    stderr: { write: () => {} },
  });
  return text;
}

const unsent = async () => (await listUnsentMails(world.central.database)).map(({ mail }) => mail);

describe('the holder', () => {
  test('is told that their card was rewritten, over TLS, at which kiosk, and of which card', async () => {
    const run = await OperationRun.begin(world.kiosk, issued);
    await world.kiosk.complete(run.id, await run.write());
    expect(await send()).toEqual({ sent: 1, isAway: false });
    expect(server.taken).toMatchObject([
      { from: 'recard@example.org', to: ['anna@example.org'], isEncrypted: true },
    ]);
    const { readable: source } = server.taken[0]!;
    expect(source).toContain('Subject: Your card was rewritten / Ihre Karte wurde neu geschrieben');
    expect(source).toContain('Kiosk: first');
    expect(source).toContain(`serial number ending in ${issued.card.serial!.slice(-4)}`);
  });

  test('is told of a PIN that was set with a one-time code', async () => {
    const { code } = await giveCode(world.central, issued.card.id, 'long', 'command');
    const { proofId } = await world.kiosk.typeCode(issued.card.id, Buffer.from(code).toString('latin1'));
    const run = await OperationRun.begin(world.kiosk, issued, { proofId });
    await world.kiosk.complete(run.id, await run.write());
    await send();
    expect(server.taken[0]!.readable).toContain('Your card has a new PIN');
    expect(server.taken[0]!.readable).not.toContain(Buffer.from(code).toString('latin1'));
  });

  test('is told nothing of what was undone, and only once of what was asked for twice', async () => {
    const failing = world.central.database.transaction(async (transaction) => {
      await tell(world.central, transaction, issued.holder.id, 'rewritten', {});
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    const run = await OperationRun.begin(world.kiosk, issued);
    const report = await run.write();
    await world.kiosk.complete(run.id, report);
    await world.kiosk.complete(run.id, report);
    expect(await send()).toEqual({ sent: 1, isAway: false });
  });

  test('is told of a request for their archived keys, and of its approval, before anything is handed out', async () => {
    const archived = PROFILE.replace('"employee"', '"archived"').replace(
      'slot = "9D"',
      'slot = "9D"\narchive = true',
    );
    await putProfile(world.central, archived);
    const first = await world.issueCard({ profileName: 'archived', holder: { id: issued.holder.id } });
    const run = await OperationRun.begin(world.kiosk, first);
    await world.kiosk.complete(run.id, await run.write());
    await putProfile(world.central, `validate_issuance = true\napprovals = 1\n${archived}`);
    const [recoverable] = await listRecoverable(world.central.database, issued.holder.id);
    await send();
    server.taken.length = 0;
    const request = await fileRequest(world.central, COMMAND, {
      ...{ kind: 'newCard', ownerId: issued.holder.id, profileName: 'archived', inPlaceOf: null },
      ...{ certificates: [recoverable!.serialNumber], note: 'a secret of the helpdesk' },
    });
    await send();
    const { readable: source } = server.taken[0]!;
    expect(source).toContain('Subject: Your encryption keys were asked for / ');
    for (const part of [
      'Keys: 1',
      'For: a new card',
      'Asked by: an administrator',
      'it can still be stopped',
    ])
      expect(source).toContain(part);
    expect(source).not.toMatch(/secret of the helpdesk|Kiosk:/);
    const helpdesk = await world.issueCard();
    const everybody = {
      role: 'helpdesk',
      groupId: EVERYBODY,
      addedAt: new Date(),
      addedBy: 'command',
    } as const;
    await addOperator(world.central.database, { personId: helpdesk.holder.id, ...everybody });
    const actor = await operatorActor(world.central.database, helpdesk.holder, null);
    await approveRequest(world.central, actor, request.id, null);
    await send();
    expect(server.taken).toHaveLength(2);
    expect(server.taken[1]!.readable).toContain('Handing out your encryption keys was approved');
  });

  test('has no mail put down for them where no [mail] is set up', async () => {
    await tell({ ...world.central, mail: null }, world.central.database, issued.holder.id, 'rewritten', {});
    expect(await unsent()).toEqual([]);
  });
});

describe('a mail', () => {
  test('is sent once by two centrals at once, each with another one', async () => {
    for (let i = 0; i < 10; i += 1) await tellHolder();
    const reports = await Promise.all([send(), send()]);
    expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(10);
    const ids = server.taken.map(({ source }) => /^Message-ID: (.*)$/m.exec(source)![1]);
    expect(new Set(ids).size).toBe(10);
  });

  test('that the server defers is tried again later, and holds up no other', async () => {
    server.treatments.set('late@example.org', {
      kind: 'answer',
      at: 'recipient',
      code: 450,
      words: '4.2.0 later',
    });
    await told('late@example.org');
    await tellHolder();
    expect(await send()).toEqual({ sent: 1, isAway: false });
    const [waiting] = await unsent();
    expect(waiting).toMatchObject({ failures: 1, givenUpWith: null });
    server.treatments.clear();
    expect((await send()).sent).toBe(0);
    clock.offsetMs += MINUTE + 1000;
    expect((await send()).sent).toBe(1);
  });

  test.each(['recipient', 'message'] as const)(
    'that the server refuses at the %s is given up at once, with its words, and can be tried again',
    async (at) => {
      const words = '5.1.1 nobody of this name';
      server.treatments.set('gone@example.org', { kind: 'answer', at, code: 550, words });
      const { holder } = await told('gone@example.org');
      expect(await send()).toEqual({ sent: 0, isAway: false });
      const { mails: listed } = JSON.parse(await command('list', '--json'));
      expect(listed).toMatchObject([
        { state: 'givenUp', kind: 'rewritten', person: { id: holder.id }, failures: 1 },
      ]);
      expect(listed[0].givenUpWith).toContain('550 5.1.1 nobody of this name');
      expect(await command('list')).toContain('nobody of this name');
      clock.offsetMs += DAY;
      expect((await send()).sent).toBe(0);
      server.treatments.clear();
      expect(await command('retry', listed[0].id)).toBe('1 due now; a central that runs sends them\n');
      expect((await send()).sent).toBe(1);
      await expect(command('retry', listed[0].id)).rejects.toThrow('none waits with id');
    },
  );

  test('that cannot be brought for three days is given up, and listed', async () => {
    await tellHolder();
    const late: MailTransport = { send: () => Promise.reject(new MailError('deferred', '450 4.2.0 later')) };
    const sender = { settings: server.settings(), transport: late, limitMs: 1000 };
    let tries = 0;
    while ((await unsent())[0]!.givenUpWith === null) {
      await sendDueMails(world.central, sender, log, { stopping: never, closing: never });
      tries += 1;
      clock.offsetMs += 60 * MINUTE;
    }
    expect(tries).toBe(78);
    expect(clock.offsetMs).toBeGreaterThan(3 * DAY);
    expect(await command('list')).toMatch(/givenUp.*450 4\.2\.0 later/);
  });

  test('is not lost when the server dies in the middle of it', async () => {
    server.treatments.set('anna@example.org', { kind: 'die' });
    await tellHolder();
    expect(await send()).toEqual({ sent: 0, isAway: true });
    server.treatments.clear();
    clock.offsetMs += 2 * MINUTE;
    expect((await send()).sent).toBe(1);
  });

  test('to a server that hangs ends in time, and meanwhile nothing of the database is held', async () => {
    server.treatments.set('anna@example.org', { kind: 'hang' });
    await tellHolder();
    await tellHolder();
    const tries = server.tries;
    // Long enough for a slow machine to get as far as the server's silence.
    const round = send(6000);
    await server.untilTries(tries + 1);
    // Another operation of this holder goes through while the server is silent.
    const run = await OperationRun.begin(world.kiosk, issued);
    await world.kiosk.complete(run.id, await run.write());
    expect(await round).toEqual({ sent: 0, isAway: true });
    expect((await unsent()).map(({ failures }) => failures).sort()).toEqual([0, 0, 1]);
    expect(said.at(-1)).toContain('did not answer in time');
  });

  test('is sent by another central when one has ended while it was sending', async () => {
    server.treatments.set('anna@example.org', { kind: 'hang' });
    await tellHolder();
    const tries = server.tries;
    const closing = new AbortController();
    const round = send(60_000, closing.signal);
    await server.untilTries(tries + 1);
    closing.abort();
    await round;
    expect(await unsent()).toMatchObject([{ failures: 0, givenUpWith: null }]);
    server.treatments.clear();
    expect((await send()).sent).toBe(1);
  });

  test('to somebody without an address is given up, and the next one is sent', async () => {
    await told('');
    await told('anna@example.org\r\nRCPT TO:<all@example.org>');
    await tellHolder();
    expect(await send()).toEqual({ sent: 1, isAway: false });
    expect((await unsent()).map(({ givenUpWith }) => givenUpWith)).toEqual([
      'the person has no mail address',
      'that is not a mail address',
    ]);
    await command('retry', 'all');
    expect((await unsent()).every(({ givenUpWith }) => givenUpWith === null)).toBe(true);
  });

  test('is not sent to a server whose certificate is not of the named authority, nor with a wrong password', async () => {
    await tellHolder();
    const { to, ...rest } = server.settings();
    if (to.kind !== 'server') throw new Error('a server');
    const strange = { ...rest, to: { ...to, server: { ...to.server, caFile: null } } };
    const ends = { stopping: never, closing: never };
    expect(await sendDueMails(world.central, mailSender(strange), log, ends)).toEqual({
      sent: 0,
      isAway: true,
    });
    expect(said.at(-1)).toMatch(/certificate/);
    clock.offsetMs += 2 * MINUTE;
    const login = { user: 'recard', passwordFile: `${server.folder}/ca.pem` };
    const wrong = { ...rest, to: { ...to, server: { ...to.server, login } } };
    expect((await sendDueMails(world.central, mailSender(wrong), log, ends)).isAway).toBe(true);
    expect(said.at(-1)).toContain('535 5.7.8');
    expect(said.join()).not.toMatch(
      new RegExp(`${MAIL_PASSWORD}|${Buffer.from(MAIL_PASSWORD).toString('base64')}`),
    );
    expect(server.taken).toEqual([]);
  });
});

describe('recard central mail', () => {
  test('test sends one at once, and says what the server said', async () => {
    expect(await command('test', issued.holder.id)).toMatch(
      /^sent to anna@example\.org: 250 .*taken as number 7\n$/,
    );
    const words = '5.1.1 nobody of this name';
    server.treatments.set('anna@example.org', { kind: 'answer', at: 'recipient', code: 550, words });
    await expect(command('test', issued.holder.id)).rejects.toThrow(`anna@example.org: 550 ${words}`);
    await expect(command('test', 'nobody')).rejects.toThrow('nobody is called nobody');
    expect(await unsent()).toEqual([]);
  });

  test('says how it is used', async () => {
    await expect(command('send')).rejects.toThrow('mail: list [--json], retry ID|all, or test PERSON');
    let usage = '';
    const io = { stdout: { write: (text: string) => (usage += text) }, stderr: { write: () => {} } };
    expect(await centralCommand(['mail', '--help'], world.stateDir, io)).toBe(0);
    expect(usage).toContain('recard central mail test PERSON');
  });
});

describe('a central that runs', () => {
  const start = (mail?: MailSettings): Promise<RunningCentral> => {
    const { stateDir, databaseUrl } = world;
    const logFile = `${stateDir}/central.log`;
    return startCentral({ stateDir, databaseUrl, host: '127.0.0.1', port: 0, logFile, mail });
  };

  test('sends what was left when it starts, and its commands put mails down as it does', async () => {
    await tellHolder();
    const tries = server.tries;
    const running = await start(server.settings());
    await server.untilTries(tries + 1);
    await expect.poll(unsent, SOON).toEqual([]);
    await running.close();
    expect(server.taken).toHaveLength(1);
    const { central, close } = await openCentralForCommand(world.stateDir, world.databaseUrl);
    expect(central.mail).toEqual(server.settings());
    await close();
  });

  test('says once that nobody is told where it has no [mail], and its commands tell nobody', async () => {
    const running = await start();
    expect(running.central.mail).toBeNull();
    await running.close();
    const lines = readFileSync(`${world.stateDir}/central.log`, 'utf8').split('\n');
    expect(lines.filter((line) => line.includes('nobody is told by mail'))).toHaveLength(1);
    const { central, close } = await openCentralForCommand(world.stateDir, world.databaseUrl);
    expect(central.mail).toBeNull();
    await close();
  });
});
