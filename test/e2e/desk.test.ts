import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type RunningDemo, startDemo } from '../support/demo.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** A day of the helpdesk at the real kiosk and the real central, with no help but the screen (OP-01 to OP-05, ID-02, ID-05). */

const PIN = '123456';
const NEW_PIN = '84736251';
const OWN = 1;

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo();
  await demo.terminal.until('Central reached');
});
afterAll(() => demo?.close());
afterEach(async () => {
  for (const reader of [0, OWN]) await demo.recard('card', 'pull', '--reader', String(reader));
});

async function central<T>(...args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await demo.recard('central', ...args, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as T;
}

async function pressAt(seen: string | RegExp, keys: string): Promise<string> {
  const screen = await demo.terminal.until(seen);
  demo.terminal.press(keys);
  return screen;
}

async function insert(card: string, reader = 0): Promise<void> {
  const { code, stderr } = await demo.recard('card', 'insert', card, '--reader', String(reader));
  expect(code, stderr).toBe(0);
}

async function pull(reader = 0): Promise<void> {
  const { code, stderr } = await demo.recard('card', 'pull', '--reader', String(reader));
  expect(code, stderr).toBe(0);
}

/** From the first screen to the menu. */
async function signIn(card: string): Promise<void> {
  await pressAt('RP-11-insert-card', 'o');
  await demo.terminal.until('ID-05-your-card');
  await insert(card, OWN);
  await pressAt('ID-05-sign-in', `${PIN}${KEY.enter}`);
  await demo.terminal.until('OP-01-home');
}

/** Leaves nobody signed in, and no card in. */
async function signOut(): Promise<void> {
  await pull(OWN);
  await demo.terminal.until('RP-11-insert-card');
}

/** From the menu to the page of the card in the other reader, once both are read. */
async function openCardInReader(): Promise<void> {
  await demo.terminal.until(/Reader: (?!no card)/);
  demo.terminal.press('2');
  await demo.terminal.until('OP-01-card');
  await demo.terminal.until(/W Read the card/);
}

/**
 * The operator says by the signature of their own card that the holder is here.
 * @param isAsked whether it is asked first if that is right: for a PIN alone it is not
 */
async function vouch(isAsked = true): Promise<void> {
  const proof = await demo.terminal.until('How does the cardholder show who they are?');
  demo.terminal.press(/(\d) {2}I know them/.exec(proof)![1]!);
  if (isAsked) await pressAt('Is that right?', KEY.enter);
  await pressAt('ID-02-vouch', `${PIN}${KEY.enter}`);
}

async function typeNewPin(): Promise<void> {
  for (const step of ['RP-14-new-pin', 'RP-14-repeat-pin']) await pressAt(step, `${NEW_PIN}${KEY.enter}`);
}

test('a person is found by half a name, and an update of their card is asked for', async () => {
  await signIn('helga');
  const menu = await demo.terminal.until('OP-01-home');
  expect(menu).toContain('Helga Brandt, helpdesk');
  demo.terminal.press('1');
  await demo.terminal.until('OP-01-people');
  for (const letter of 'wint') demo.terminal.press(letter);
  await pressAt(/► Anna Winter/, KEY.enter);
  await pressAt(/► good/, KEY.enter);
  await pressAt(/OP-01-card/, '');
  await pressAt(/ U Request update/, 'u');
  await pressAt(/The card does not work properly/, '3');
  // Shorter than what is taken for pasted.
  await pressAt('Note', 'sticks');
  await pressAt('sticks_', KEY.enter);
  await pressAt('The request is made.', KEY.enter);
  await demo.terminal.until('OP-01-card');
  await signOut();
  const { requests } = await central<{ requests: { kind: string; note: string; requestedBy: string }[] }>(
    'request',
    'list',
  );
  expect(requests).toMatchObject([{ kind: 'cardUpdate', note: 'sticks', requestedBy: 'operator:helga' }]);
});

test('a waiting recovery is approved from the queue, and nobody approves their own', async () => {
  const { certificates } = await central<{ certificates: { serialNumber: string }[] }>(
    'request',
    'certificates',
    'emma',
  );
  const wish = ['--profile', 'key-recovery', '--certificate', certificates[0]!.serialNumber];
  const { id } = await central<{ id: string }>(
    'request',
    'new',
    'soft-certificate',
    'emma',
    ...wish,
    '--as',
    'olaf',
  );
  const stateOf = async () => (await central<{ state: string }>('request', 'show', id)).state;

  await signIn('olaf');
  await pressAt('OP-01-home', '3');
  await pressAt(/Nothing waits for your approval/, KEY.tab);
  await pressAt(/► .*Emma Lindqvist/, KEY.enter);
  expect(await pressAt(/\(A Approve\)/, 'a')).toContain('KR-04-request');
  expect(await stateOf()).toBe('awaitingApproval');
  await signOut();

  await signIn('helga');
  await pressAt('OP-01-home', '3');
  await pressAt(/► .*Emma Lindqvist/, KEY.enter);
  await pressAt(/ A Approve/, 'a');
  await pressAt('Is that right?', KEY.enter);
  await pressAt(/Approved\./, KEY.enter);
  await demo.terminal.until('KR-04-request');
  expect(await stateOf()).toBe('ready');
  await signOut();
});

test('a card is rewritten with its holder beside, whom the operator has vouched for', async () => {
  await signIn('helga');
  await insert('standard');
  await openCardInReader();
  await pressAt(/ R Rewrite/, 'r');
  await pressAt('Why?', '1');
  await vouch();
  expect(await pressAt('RP-13-plan', KEY.enter)).toContain('Helped by Helga Brandt');
  await pressAt('RP-13-warning', KEY.enter);
  await typeNewPin();
  await demo.terminal.until('UX-07-done');
  await pull();
  await demo.terminal.until('OP-01-card');
  await signOut();
});

test('a blocked PIN is set anew, and nothing else of the card', async () => {
  await insert('archived-ec');
  await pressAt('RP-11-card-found', KEY.enter);
  await pressAt('3 tries left', `999999${KEY.enter}`);
  await pressAt('2 tries left', `999999${KEY.enter}`);
  await pressAt('1 try left', `999999${KEY.enter}`);
  await pressAt('ID-04-last-try', 'y');
  await demo.terminal.until('ID-04-pin-blocked');
  await pull();
  await signIn('helga');
  await insert('archived-ec');
  await openCardInReader();
  await pressAt(/ P New PIN/, 'p');
  await vouch(false);
  await pressAt('ID-02-new-pin', KEY.enter);
  await typeNewPin();
  await demo.terminal.until('UX-07-done');
  await pull();
  await demo.terminal.until('OP-01-card');
  await signOut();
  expect(await demo.card('archived-ec')).toMatchObject({ pinTriesLeft: 3 });
});

test('a card is disabled with a reason, and enabled again', async () => {
  await signIn('olaf');
  await insert('certificate-expired');
  await openCardInReader();
  await pressAt(/ D Disable/, 'd');
  await pressAt('Why?', '1');
  await pressAt('Note', KEY.enter);
  await pressAt('Is that right?', KEY.enter);
  await pressAt(/Enter Close/, KEY.enter);
  await demo.terminal.until(/State +! disabled/);
  await pressAt(/ E Enable/, 'e');
  await pressAt('Note', KEY.enter);
  await pressAt('Is that right?', KEY.enter);
  await pressAt(/Enter Close/, KEY.enter);
  await demo.terminal.until(/State +issued/);
  await pull();
  await signOut();
});

test('a one-time code is shown once, and not again', async () => {
  await signIn('helga');
  await insert('archived');
  await openCardInReader();
  await pressAt(/ O One-time code/, 'o');
  await demo.terminal.until('ID-03-give-code');
  demo.terminal.press('1');
  await pressAt('you sign that this is given out once', `${PIN}${KEY.enter}`);
  const shown = await demo.terminal.until(/Enter Close/);
  demo.terminal.press(KEY.enter);
  const page = await demo.terminal.until('OP-01-card');
  expect(page).not.toContain(shown.match(/\d{4} ?\d{4}/)?.[0] ?? 'no code');
  await pull();
  await signOut();
});
