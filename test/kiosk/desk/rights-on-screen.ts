/** The desk of a real kiosk, and what it offers an operator of all that is in the table of rights. */
import { EVERYBODY, groups } from '../../../db/central/group-schema.ts';
import { putOperator } from '../../../src/central/command/put-operator.ts';
import { changeCard } from '../../../src/central/repositories/cards.ts';
import { type Actor, COMMAND, operatorActor } from '../../../src/central/request/actor.ts';
import { fileRequest } from '../../../src/central/request/file-request.ts';
import { actionsOf, reasonsOf } from '../../../src/flows/desk-actions.ts';
import type { DeskActionName, DeskPage } from '../../../src/flows/desk-state.ts';
import type { NewRequest } from '../../../src/protocol/operator.ts';
import { VirtualCard } from '../../../src/virtual-card/virtual-card.ts';
import type { IssuedCard } from '../../central/support/central-world.ts';
import { CollectionWorld } from '../../central/support/collection-world.ts';
import { OperationRun } from '../../central/support/operation-run.ts';
import { DeskBench, type Holder } from './desk-bench.ts';
import type { Action, Whose } from './rights-table.ts';

const SALES = '00000000-0000-7000-8000-00000000aaaa';
const WORKS = '00000000-0000-7000-8000-00000000bbbb';
/** What is not in any list cannot be opened. */
export const NOT_LISTED = 'not listed';

class Keys extends CollectionWorld {
  static of(bench: DeskBench): Keys {
    return new Keys(bench.listening.world);
  }
}

/** Somebody, with one of everything that can be acted on. */
interface Subject {
  readonly holder: Holder;
  /** Disabled. */
  readonly disabled: IssuedCard;
  readonly waiting: string;
  readonly asked: string;
  readonly newCard: string;
  readonly file: string;
  readonly keys: string;
  readonly update: string;
}

type Role = 'helpdesk' | 'administrator';

export class RightsOnScreen {
  readonly bench: DeskBench;
  readonly #operators = new Map<Role, Holder>();
  readonly #subjects = new Map<string, Subject>();

  private constructor(bench: DeskBench) {
    this.bench = bench;
  }

  static async open(): Promise<RightsOnScreen> {
    const bench = await DeskBench.open();
    const screen = new RightsOnScreen(bench);
    await bench.central.database.insert(groups).values([
      { id: SALES, name: 'sales', parentId: EVERYBODY },
      { id: WORKS, name: 'works', parentId: EVERYBODY },
    ]);
    await bench.putProfile('validated', 'validate_issuance = true');
    for (const role of ['administrator', 'helpdesk'] as const) await screen.#prepare(role);
    await bench.start();
    return screen;
  }

  close(): Promise<void> {
    return this.bench.close();
  }

  /** Nobody is signed in, and no card is in. */
  async leave(): Promise<void> {
    for (const reader of [0, 1]) this.bench.readers.pull(reader);
    this.bench.press('esc', 'esc');
    await this.bench.at('away');
    await this.bench.until('nobody', ({ walkUp }) => walkUp.kind === 'insertCard');
  }

  /** By action, what is said against it; null: nothing is. */
  async look(role: Role, whose: Whose): Promise<Readonly<Record<Action, string | null>>> {
    const { bench } = this;
    const subject = this.#subjects.get(`${role} ${whose}`)!;
    await bench.signIn(this.#operators.get(role)!);
    bench.readers.insert(1, subject.holder.card);
    await bench.until('in hand', ({ desk }) => desk?.inHand.kind === 'known');
    const ofCard = await this.#lookAtCard();
    const enable = await this.#lookAtDisabled(subject.disabled.card.serial!);
    const ofPerson = await this.#lookAtPerson(subject.holder.person.displayName);
    const of = (id: string, name: DeskActionName) => this.#lookAtRequest(id, name);
    const ofRequests = {
      approve: await of(subject.waiting, 'approve'),
      'approve what they asked for': await of(subject.asked, 'approve'),
      reject: await of(subject.waiting, 'reject'),
      cancelRequest: await of(subject.newCard, 'cancelRequest'),
      'collect a file': await of(subject.file, 'collect'),
      'collect keys': await of(subject.keys, 'collect'),
      'collect an update': await of(subject.update, 'collect'),
      giveNumber: await of(subject.newCard, 'giveNumber'),
    };
    const abandon = await this.#lookAtOperations(subject.holder.person.id);
    bench.press('5');
    await bench.page('kiosk');
    const leaveKiosk = this.#refusal('leaveKiosk');
    bench.press('esc');
    bench.readers.pull(1);
    const blank = { name: 'blank', serial: 990_001, personality: 'full' } as const;
    bench.readers.insert(1, VirtualCard.create(null, blank));
    await bench.until('blank', ({ desk }) => desk?.inHand.kind === 'blank');
    const newCard = await of(subject.newCard, 'collect');
    return {
      ...{ ...ofCard, ...ofPerson, ...ofRequests, enable, abandon, leaveKiosk },
      'collect a new card': newCard,
    };
  }

  async #prepare(role: Role): Promise<void> {
    const { bench } = this;
    const own = await bench.addHolder(role, { groupId: SALES });
    this.#operators.set(role, own);
    await putOperator(bench.central, role, role, 'sales');
    const { person } = own;
    for (const whose of ['in scope', 'out of scope'] as const) {
      const groupId = whose === 'in scope' ? SALES : WORKS;
      const login = `${role}-${whose.split(' ')[0]}`;
      this.#subjects.set(
        `${role} ${whose}`,
        await this.#subject(role, await bench.addHolder(login, { groupId })),
      );
    }
    const second = await bench.addHolder(`${role}-second`, person);
    this.#subjects.set(`${role} their own`, await this.#subject(role, second));
  }

  async #subject(role: Role, holder: Holder): Promise<Subject> {
    const { world } = this.bench.listening;
    const { database } = this.bench.central;
    const disabled = await world.issueCard({ holder: holder.person });
    await changeCard(database, disabled.card.id, { state: 'disabled' });
    const begun = await world.issueCard({ holder: holder.person });
    await OperationRun.begin(world.kiosk, begun);
    const [serial] = await Keys.of(this.bench).oldKeys(disabled, 'P-256');
    const asked = { ownerId: holder.person.id, profileName: 'employee', note: null };
    const card = { ...asked, kind: 'newCard', certificates: [], inPlaceOf: null } as const;
    const cardId = holder.row.id;
    const lists = { certificates: [serial!], without: [], confirmedRemovals: [] };
    const operator = await operatorActor(database, this.#operators.get(role)!.person, null);
    const isTheirs = operator.groupIds.has(holder.person.groupId);
    return {
      ...{ holder, disabled },
      waiting: await this.#file({ ...card, certificates: [], profileName: 'validated' }),
      asked: await this.#file(
        { ...asked, kind: 'softCertificate', profileName: 'validated', certificates: [serial!] },
        isTheirs ? operator : COMMAND,
      ),
      newCard: await this.#file({ ...card, certificates: [] }),
      file: await this.#file({ ...asked, kind: 'softCertificate', certificates: [serial!] }),
      keys: await this.#file({ kind: 'existingCard', cardId, ...lists, note: null }),
      update: await this.#file({ kind: 'cardUpdate', cardId, reason: 'profile-updated', note: null }),
    };
  }

  async #file(wish: NewRequest, actor: Actor = COMMAND): Promise<string> {
    return (await fileRequest(this.bench.central, actor, wish)).id;
  }

  /** What the page in sight says against an action; every one of them is there (OP-03). */
  #refusal(name: DeskActionName): string | null {
    const { state, inHand } = this.bench.view.desk!;
    const action = actionsOf({ state, inHand }).find((one) => one.name === name);
    if (!action) throw new Error(`look at ${name}: it is missing on the page`);
    return action.refusal;
  }

  async #lookAtCard() {
    this.bench.press('2');
    const { page } = await this.bench.page('card');
    const leaver = reasonsOf(page, 'cancelCard').find(({ reason }) => reason.code === 'leaver');
    const of = (name: DeskActionName) => this.#refusal(name);
    const shown = {
      ...{ reprovision: of('reprovision'), requestUpdate: of('requestUpdate') },
      ...{ requestExisting: of('requestExisting'), requestReplacement: of('requestReplacement') },
      ...{ giveCode: of('giveCode'), unblockPin: of('unblockPin') },
      ...{ disable: of('disable'), cancelCard: of('cancelCard') },
      'cancelCard as a leaver': leaver ? leaver.refusal : of('cancelCard'),
    };
    this.bench.press('esc');
    return shown;
  }

  async #lookAtDisabled(serial: string): Promise<string | null> {
    await this.#search(serial, 'card');
    await this.bench.page('card');
    const shown = this.#refusal('enable');
    this.bench.press('esc', 'esc');
    return shown;
  }

  async #lookAtPerson(name: string) {
    await this.#search(name, 'person');
    await this.bench.page('person');
    const [showPhoto, requestNewCard, requestSoft] = (
      ['showPhoto', 'requestNewCard', 'requestSoft'] as const
    ).map((one) => this.#refusal(one));
    this.bench.press('esc', 'esc');
    return { showPhoto: showPhoto!, requestNewCard: requestNewCard!, requestSoft: requestSoft! };
  }

  async #search(text: string, kind: 'card' | 'person'): Promise<void> {
    const { bench } = this;
    bench.press('1');
    bench.write(text);
    const top = () => (bench.desk.kind === 'open' ? bench.desk.pages.at(-1) : undefined);
    const found = (page: DeskPage | undefined) =>
      page?.kind === 'search' && page.result?.query === text
        ? page.result.lines.findIndex((line) => line.kind === kind)
        : -1;
    await bench.until(text, () => found(top()) >= 0);
    for (let line = found(top()); line > 0; line -= 1) bench.press('down');
    bench.press('enter');
  }

  async #lookAtRequest(id: string, name: DeskActionName): Promise<string | null> {
    const { bench } = this;
    bench.press('3');
    await bench.page('requests');
    bench.press('tab');
    await bench.until('waiting', ({ desk }) => {
      const page = desk?.state.kind === 'open' ? desk.state.pages.at(-1) : undefined;
      return page?.kind === 'requests' && page.view === 'waiting' && page.attempt === null;
    });
    const { lines } = await bench.page('requests');
    const place = lines!.findIndex((line) => line.id === id);
    if (place < 0) {
      bench.press('esc');
      return NOT_LISTED;
    }
    for (let line = 0; line < place; line += 1) bench.press('down');
    bench.press('enter');
    await bench.page('request');
    const shown = this.#refusal(name);
    bench.press('esc', 'esc');
    return shown;
  }

  async #lookAtOperations(holderId: string): Promise<string | null> {
    const { bench } = this;
    bench.press('4');
    const { lines } = await bench.page('operations');
    const place = lines!.findIndex(({ holder }) => holder.id === holderId);
    for (let line = 0; line < place; line += 1) bench.press('down');
    const shown = place < 0 ? NOT_LISTED : this.#refusal('abandon');
    bench.press('esc');
    return shown;
  }
}
