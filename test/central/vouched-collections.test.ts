import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import type { OperatorRole } from '../../src/domain/operator.ts';
import { createRecipient } from '../../src/pki/hpke.ts';
import type { IssueRequest } from '../../src/protocol/new-card.ts';
import { type IssuedCard, PROFILE } from './support/central-world.ts';
import type { KioskCaller } from './support/kiosk-caller.ts';
import { FULL_CARD, proveHolder } from './support/operation-run.ts';
import { OperatorWorld } from './support/operator-world.ts';
import { signStatement } from './support/sign-statement.ts';

let world: OperatorWorld;
let count = 0;
const RECOVERY = 'soft_certificate = { where = "chosen" }';
const named = (name: string, rules: string) =>
  PROFILE.replace('name = "employee"', `name = "${name}"\n${rules}`);
beforeAll(async () => {
  world = await OperatorWorld.open();
  const { central } = world.world;
  await putProfile(central, named('soft', RECOVERY));
  await putProfile(central, named('witnessed', 'witness = ["issue"]\nterms = { en = "Keep it." }'));
});
afterAll(() => world.close());

function name(what: string): string {
  count += 1;
  return `${what}-${count}`;
}

async function desk(role: OperatorRole = 'helpdesk') {
  const operator = await world.addOperator(name(role), role, 'sales');
  const alone = await world.world.addKiosk(`kiosk-${operator.login}`);
  const proofId = await proveHolder(alone, operator);
  const { token } = await world.startSession(proofId, `kiosk-${operator.login}`);
  return { operator, alone, kiosk: alone.signedIn(token), token };
}
type Desk = Awaited<ReturnType<typeof desk>>;

const somebody = (group: 'sales' | 'works' = 'sales') => world.addPerson(name('holder'), 'employee', group);
const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error) => error.code ?? String(error),
  );

async function ask(
  kind: 'new-card' | 'soft-certificate',
  { holder }: IssuedCard,
  profileName: string,
  serial?: string,
) {
  const certificate = serial === undefined ? [] : ['--certificate', serial];
  const made = await world.command('new', kind, holder.login!, '--profile', profileName, ...certificate);
  return /[0-9a-f-]{36}/.exec(made)![0];
}

const vouch = ({ kiosk, operator }: Desk, requestId: string) =>
  signStatement(kiosk, operator, { kind: 'vouchRequest', requestId });
const chip = () => {
  count += 1;
  return String(55_000_000 + count);
};

async function issue(
  kiosk: KioskCaller,
  requestId: string,
  wish: Partial<IssueRequest> & { proofId: string },
) {
  const { publicKey: recipientKey } = await createRecipient();
  const whole = { serial: null, capabilities: FULL_CARD, leavesOut: [], recipientKey, ...wish };
  return kiosk.issue(requestId, whole);
}

describe('an operator collects for somebody whose request it is', () => {
  const rows: readonly ['new-card' | 'soft-certificate', OperatorRole, string, string | null][] = [
    ['new-card', 'helpdesk', 'in scope', null],
    ['new-card', 'administrator', 'in scope', null],
    ['new-card', 'helpdesk', 'out of scope', 'KR-03-out-of-scope'],
    ['new-card', 'administrator', 'out of scope', 'KR-03-out-of-scope'],
    ['new-card', 'helpdesk', 'their own', 'KR-04-own-keys'],
    ['soft-certificate', 'helpdesk', 'in scope', null],
    ['soft-certificate', 'administrator', 'in scope', null],
    ['soft-certificate', 'helpdesk', 'out of scope', 'KR-03-out-of-scope'],
    ['soft-certificate', 'administrator', 'their own', 'KR-04-own-keys'],
  ];
  test.each(rows)('a %s, as %s, %s', async (kind, role, whose, refusal) => {
    const own = await desk(role);
    const archived = await (whose === 'their own'
      ? world.archive(own.operator)
      : somebody(whose === 'in scope' ? 'sales' : 'works'));
    const serial = kind === 'soft-certificate' ? archived.serialNumber : undefined;
    const requestId = await ask(kind, archived, 'soft', serial);
    expect(await codeOf(vouch(own, requestId))).toBe(refusal);
  });

  test('no update of a card that is there: for that its owner enters the PIN', async () => {
    const [own, issued] = [await desk(), await somebody()];
    const other = await world.addCard(issued);
    const made = await world.command(
      ...['new', 'existing-card', issued.card.serial!, '--certificate', other.serialNumber],
    );
    const requestId = /[0-9a-f-]{36}/.exec(made)![0];
    expect(await codeOf(vouch(own, requestId))).toBe('KR-06-other-kind');
  });

  test('a new card, without a number, and is in the audit as who has', async () => {
    const [own, issued] = [await desk(), await somebody()];
    const requestId = await ask('new-card', issued, 'employee');
    const statementId = await vouch(own, requestId);
    const serial = chip();
    const proof = await own.kiosk.proveByStatement({ statementId, serial, guid: null });
    expect(proof).toMatchObject({ requestId, proofId: statementId, holderName: issued.holder.displayName });
    const plan = await issue(own.kiosk, requestId, { proofId: proof.proofId, serial });
    const begun = (await world.audit('operation.begun')).find((one) => one.operationId === plan.operationId);
    expect(begun).toMatchObject({
      actor: `operator:${own.operator.login}`,
      detail: { kind: 'issue', proof: 'operator', operator: own.operator.holder.id, owner: issued.holder.id },
    });
    // The same word goes on with it, and with no other card.
    const again = await own.kiosk.proveByStatement({ statementId, serial, guid: null });
    expect(again.openOperation).toMatchObject({ operationId: plan.operationId });
    const other = own.kiosk.proveByStatement({ statementId, serial: chip(), guid: null });
    expect(await codeOf(other)).toBe('KR-06-wrong-card');
  });

  test('a new card, and the word for it sets no PIN of the card that was made', async () => {
    const [own, issued] = [await desk(), await somebody()];
    const requestId = await ask('new-card', issued, 'employee');
    const statementId = await vouch(own, requestId);
    const { cardId, proofId } = await own.kiosk.proveByStatement({ statementId, serial: chip(), guid: null });
    // It was issued by another word meanwhile.
    const expiresAt = new Date(Date.now() + 86_400_000);
    await changeCard(world.world.central.database, cardId, { state: 'issued', expiresAt });
    const { publicKey: recipientKey } = await createRecipient();
    const wish = { proofId, recipientKey, capabilities: FULL_CARD, witnessId: null };
    expect(await codeOf(own.kiosk.resetPin(cardId, wish))).toBe('ID-02-not-signed');
  });

  test('a new card, not with the word for another request, nor elsewhere, nor without a session', async () => {
    const [own, issued] = [await desk(), await somebody()];
    const requestId = await ask('new-card', issued, 'employee');
    const other = await ask('new-card', await somebody(), 'employee');
    const statementId = await vouch(own, other);
    const serial = chip();
    const proof = await own.kiosk.proveByStatement({ statementId, serial, guid: null });
    expect(await codeOf(issue(own.kiosk, requestId, { proofId: proof.proofId, serial }))).toBe(
      'RP-09-not-yours',
    );
    const elsewhere = await desk();
    const sighting = { statementId, serial: chip(), guid: null };
    expect(await codeOf(elsewhere.kiosk.proveByStatement(sighting))).toBe('ID-02-not-signed');
    expect(await codeOf(own.alone.proveByStatement(sighting))).toBe('ID-05-no-session');
  });

  test('one in the place of a damaged card: with the witness that a cancellation of that card wants', async () => {
    const watched = name('watched');
    await putProfile(world.world.central, named(watched, 'witness = ["cancel"]'));
    const own = await desk();
    const issued = await world.addPerson(name('holder'), watched, 'sales');
    const made = await world.command(
      ...['new', 'new-card', issued.holder.login!, '--profile', 'employee'],
      ...['--in-place-of', issued.card.serial!, '--reason', 'damaged'],
    );
    const requestId = /[0-9a-f-]{36}/.exec(made)![0];
    const statementId = await vouch(own, requestId);
    const serial = chip();
    const { proofId, cardId } = await own.kiosk.proveByStatement({ statementId, serial, guid: null });
    const asked = { proofId, serial, capabilities: FULL_CARD, leavesOut: [] };
    expect((await own.kiosk.previewIssue(requestId, asked)).wantsWitness).toBe(true);
    expect(await codeOf(issue(own.kiosk, requestId, { proofId, serial }))).toBe('OP-02-witness-wanted');
    const second = await world.addOperator(name('second'));
    const said = { kind: 'witness', action: 'issue', cardId, reason: null } as const;
    const witnessId = await signStatement(own.kiosk, second, said);
    const plan = await issue(own.kiosk, requestId, { proofId, serial, witnessId });
    expect((await world.audit('action.witnessed')).map((one) => one.operationId)).toContain(plan.operationId);
  });

  test('nothing any more once the right to collect is taken from their role', async () => {
    const profileName = name('profile');
    const { central } = world.world;
    await putProfile(central, named(profileName, RECOVERY));
    const [own, issued] = [await desk(), await somebody()];
    const card = await ask('new-card', issued, profileName);
    const file = await ask('soft-certificate', issued, profileName, issued.serialNumber);
    const [forCard, forFile] = [await vouch(own, card), await vouch(own, file)];
    const [serial, late] = [chip(), chip()];
    const proof = await own.kiosk.proveByStatement({ statementId: forCard, serial, guid: null });
    const rights = '[requests]\ncollect = ["cardholder", "administrator"]\n\n[objects]';
    await putProfile(central, named(profileName, RECOVERY).replace('[objects]', rights));
    expect(await codeOf(issue(own.kiosk, card, { proofId: proof.proofId, serial }))).toBe('KR-03-no-right');
    const anew = own.kiosk.proveByStatement({ statementId: forCard, serial: late, guid: null });
    expect(await codeOf(anew)).toBe('KR-03-no-right');
    const { publicKey: recipientKey } = await createRecipient();
    const soft = own.alone.openSoft(file, { proofId: forFile, recipientKey }, own.token);
    expect(await codeOf(soft)).toBe('KR-03-no-right');
    expect(await codeOf(vouch(own, card))).toBe('KR-03-no-right');
  });

  test('a new card before a witness, and with the terms accepted, where its profile wants that', async () => {
    const [own, issued] = [await desk(), await somebody()];
    const requestId = await ask('new-card', issued, 'witnessed');
    const serial = chip();
    const statementId = await vouch(own, requestId);
    const { proofId, cardId } = await own.kiosk.proveByStatement({ statementId, serial, guid: null });
    const seen = { proofId, serial, capabilities: FULL_CARD, leavesOut: [] };
    const { terms, wantsWitness } = await own.kiosk.previewIssue(requestId, seen);
    expect({ texts: terms?.texts, wantsWitness }).toEqual({ texts: { en: 'Keep it.' }, wantsWitness: true });
    expect(await codeOf(issue(own.kiosk, requestId, { proofId, serial }))).toBe('OP-02-witness-wanted');
    const second = await world.addOperator(name('second'));
    const said = { kind: 'witness', action: 'issue', cardId, reason: null } as const;
    const witnessId = await signStatement(own.kiosk, second, said);
    const unread = issue(own.kiosk, requestId, { proofId, serial, witnessId });
    expect(await codeOf(unread)).toBe('RP-19-accept-terms');
    const wish = { proofId, serial, witnessId, acceptsTerms: terms!.id, termsLanguage: 'en' };
    const plan = await issue(own.kiosk, requestId, wish);
    const types = ['action.witnessed', 'terms.accepted'];
    for (const type of types)
      expect((await world.audit(type)).map((one) => one.operationId)).toContain(plan.operationId);
  });
});
