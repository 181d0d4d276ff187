/** Each action of the table as a kiosk asks for it, with an operator and whatever it is about made for it. */

import { takeOperator } from '../../../src/central/command/put-operator.ts';
import { auditRows, parseEntry } from '../../../src/central/repositories/audit.ts';
import { changeCard } from '../../../src/central/repositories/cards.ts';
import { savePerson } from '../../../src/central/repositories/people.ts';
import { COMMAND, operatorActor } from '../../../src/central/request/actor.ts';
import { fileRequest } from '../../../src/central/request/file-request.ts';
import type { OperatorRole } from '../../../src/domain/operator.ts';
import { createRecipient } from '../../../src/pki/hpke.ts';
import type { NewRequest } from '../../../src/protocol/operator.ts';
import type { IssuedCard } from '../../central/support/central-world.ts';
import { CollectionWorld } from '../../central/support/collection-world.ts';
import { giveSignedCode, giveSignedNumber } from '../../central/support/give-signed.ts';
import type { KioskCaller } from '../../central/support/kiosk-caller.ts';
import { FULL_CARD, OperationRun, proveHolder } from '../../central/support/operation-run.ts';
import { OperatorCaller, OperatorWorld } from '../../central/support/operator-world.ts';
import { signStatement } from '../../central/support/sign-statement.ts';
import type { Action, Who, Whose } from './rights-table.ts';

/** Of nobody whom anybody else knows. */
const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const NO_NOTE = { note: null } as const;
const SHOWN = { kind: 'short', send: false } as const;

/** Somebody's earlier keys, in a world that is there. */
class Keys extends CollectionWorld {
  static of(all: OperatorWorld): Keys {
    return new Keys(all.world);
  }
}

/** A line of the audit, its detail beside the rest. */
export type Told = Readonly<Record<string, unknown>>;

export interface Tried {
  /** Null: it was done. */
  readonly code: string | null;
  readonly operator: IssuedCard;
  /** Whose card or keys it is about. */
  readonly holderId: string;
  readonly kiosk: string;
  /** Whose card, request or operation it was about. */
  readonly ids: readonly string[];
  /** What the audit has got by it. */
  readonly told: readonly Told[];
}

interface Stage {
  readonly caller: OperatorCaller;
  readonly kiosk: KioskCaller;
  readonly session: string;
  readonly operator: IssuedCard;
  readonly target: IssuedCard;
  /** An earlier key of theirs that is on no card. */
  readonly serial: string;
}
/** @returns what is done, and to what of which id */
type Prepare = (stage: Stage) => Promise<{ readonly id?: string; readonly act: () => Promise<unknown> }>;

export class RightsAtCentral {
  readonly #all: OperatorWorld;
  readonly #keys: Keys;
  #count = 0;

  private constructor(all: OperatorWorld) {
    this.#all = all;
    this.#keys = Keys.of(all);
  }

  static async open(): Promise<RightsAtCentral> {
    const all = await OperatorWorld.open();
    await all.addOperator('root', 'administrator', 'all');
    return new RightsAtCentral(all);
  }

  close(): Promise<void> {
    return this.#all.close();
  }

  async try(action: Action, who: Who, whose: Whose): Promise<Tried> {
    const stage = await this.#stage(who === 'administrator' ? who : 'helpdesk', whose);
    const { operator, target } = stage;
    const { id, act } = await this.#prepared[action](stage);
    await this.#takeRight(who, operator);
    const before = await this.#last();
    const code = await act().then(
      () => null,
      (error: { code?: string }) => error.code ?? String(error),
    );
    const ids = [target.card.id, target.holder.id, ...(id === undefined ? [] : [id])];
    const kiosk = `kiosk-of-${operator.holder.login}`;
    return { code, operator, holderId: target.holder.id, kiosk, ids, told: await this.#since(before) };
  }

  async #stage(role: OperatorRole, whose: Whose): Promise<Stage> {
    const all = this.#all;
    this.#count += 1;
    const someone = await all.addPerson(
      `holder${this.#count}`,
      'employee',
      whose === 'out of scope' ? 'works' : 'sales',
    );
    const login = `operator${this.#count}`;
    const added = await all.addOperator(login, role, 'sales');
    const { groupId } = whose === 'their own' ? someone.holder : added.holder;
    const operator = { ...added, holder: { ...added.holder, groupId } };
    await savePerson(all.world.central.database, operator.holder);
    const target = whose === 'their own' ? await all.addCard(operator) : someone;
    const [serial] = await this.#keys.oldKeys(target, 'P-256');
    await savePerson(all.world.central.database, { ...target.holder, photo: PHOTO });
    const kioskName = `kiosk-of-${login}`;
    const kiosk = await all.world.addKiosk(kioskName);
    const { token } = await all.startSession(await proveHolder(kiosk, operator), kioskName);
    const caller = new OperatorCaller(all.world, token, kioskName);
    return { caller, kiosk: kiosk.signedIn(token), session: token, operator, target, serial: serial! };
  }

  async #takeRight(who: Who, { holder }: IssuedCard): Promise<void> {
    const { central } = this.#all.world;
    if (who === 'no operator any more') await takeOperator(central, holder.login!);
    if (who === 'a disabled account') await savePerson(central.database, { ...holder, state: 'disabled' });
  }

  readonly #prepared: Readonly<Record<Action, Prepare>> = {
    reprovision: async ({ kiosk, target }) => {
      const proofId = await proveHolder(kiosk, target);
      return { act: () => OperationRun.begin(kiosk, target, { proofId }) };
    },
    requestUpdate: (stage) => this.#make(stage, update(stage)),
    requestExisting: (stage) => this.#make(stage, existing(stage)),
    requestReplacement: (stage) => {
      const inPlaceOf = { cardId: stage.target.card.id, reason: 'damaged' };
      return this.#make(stage, { ...newCard(stage), inPlaceOf });
    },
    giveCode: async ({ kiosk, operator, target }) => ({
      act: () => giveSignedCode(kiosk, operator, target.card.id, SHOWN),
    }),
    unblockPin: async ({ kiosk, operator, target }) => ({
      act: async () => {
        const proofId = await signStatement(kiosk, operator, { kind: 'vouch', cardId: target.card.id });
        const { publicKey: recipientKey } = await createRecipient();
        const asked = { proofId, recipientKey, capabilities: FULL_CARD, witnessId: null };
        return kiosk.resetPin(target.card.id, asked);
      },
    }),
    disable: (stage) => this.#change(stage, 'disable', 'under-investigation'),
    enable: async (stage) => {
      const { caller, target } = stage;
      await changeCard(this.#all.world.central.database, target.card.id, { state: 'disabled' });
      return { act: () => caller.ask('POST', `/cards/${target.card.id}/enable`, NO_NOTE) };
    },
    cancelCard: (stage) => this.#change(stage, 'cancel', 'lost'),
    'cancelCard as a leaver': (stage) => this.#change(stage, 'cancel', 'leaver'),
    showPhoto: async ({ caller, target }) => ({
      act: () => caller.ask('GET', `/desk/people/${target.holder.id}/photo`),
    }),
    requestNewCard: (stage) => this.#make(stage, newCard(stage)),
    requestSoft: (stage) => this.#make(stage, file(stage)),
    approve: async (stage) => {
      const id = await this.#file({ ...newCard(stage), profileName: 'validated' });
      return { id, act: () => stage.caller.approve(id) };
    },
    'approve what they asked for': async (stage) => {
      const { database } = this.#all.world.central;
      const wish = { ...newCard(stage), profileName: 'validated' };
      const actor = await operatorActor(database, stage.operator.holder, null);
      const isTheirs = actor.groupIds.has(stage.target.holder.groupId);
      const id = await this.#file(wish, isTheirs ? actor : COMMAND);
      return { id, act: () => stage.caller.approve(id) };
    },
    reject: async (stage) => {
      const id = await this.#file({ ...newCard(stage), profileName: 'validated' });
      return { id, act: () => stage.caller.reject(id) };
    },
    cancelRequest: async (stage) => {
      const id = await this.#file(newCard(stage));
      return { id, act: () => stage.caller.cancel(id) };
    },
    'collect a new card': async (stage) => {
      const { kiosk, operator } = stage;
      const id = await this.#file(newCard(stage));
      const act = async () => {
        const statementId = await signStatement(kiosk, operator, { kind: 'vouchRequest', requestId: id });
        return kiosk.proveByStatement({ statementId, serial: `9${stage.target.card.serial}`, guid: null });
      };
      return { id, act };
    },
    'collect a file': async (stage) => {
      const { kiosk, operator, session } = stage;
      const id = await this.#file(file(stage));
      const act = async () => {
        const proofId = await signStatement(kiosk, operator, { kind: 'vouchRequest', requestId: id });
        const { publicKey: recipientKey } = await createRecipient();
        return kiosk.openSoft(id, { proofId, recipientKey }, session);
      };
      return { id, act };
    },
    'collect keys': async (stage) => {
      const { kiosk, target } = stage;
      const id = await this.#file(existing(stage));
      const proofId = await proveHolder(kiosk, target);
      return { id, act: () => OperationRun.collect(kiosk, target, id, { proofId }) };
    },
    'collect an update': async (stage) => {
      const { kiosk, target } = stage;
      const id = await this.#file(update(stage));
      const proofId = await proveHolder(kiosk, target);
      return { id, act: () => OperationRun.begin(kiosk, target, { proofId, requestId: id }) };
    },
    giveNumber: async (stage) => {
      const id = await this.#file(newCard(stage));
      return { id, act: () => giveSignedNumber(stage.kiosk, stage.operator, id, SHOWN) };
    },
    abandon: async ({ caller, target }) => {
      const { id } = await OperationRun.begin(this.#all.world.kiosk, target);
      return { id, act: () => caller.ask('POST', `/desk/operations/${id}/abandon`, { note: 'walked off' }) };
    },
    leaveKiosk: async ({ caller }) => ({ act: () => caller.ask('POST', '/desk/maintenance', {}) }),
  };

  async #make({ caller }: Stage, wish: NewRequest) {
    return { act: () => caller.make(wish) };
  }

  async #change({ caller, target }: Stage, verb: 'cancel' | 'disable', reason: string) {
    return { act: () => caller.ask('POST', `/cards/${target.card.id}/${verb}`, { reason, note: null }) };
  }

  async #file(wish: NewRequest, actor = COMMAND): Promise<string> {
    return (await fileRequest(this.#all.world.central, actor, wish)).id;
  }

  async #last(): Promise<number> {
    let last = 0;
    for await (const { seq } of auditRows(this.#all.world.central.database)) last = seq;
    return last;
  }

  async #since(after: number): Promise<Told[]> {
    const told: Told[] = [];
    for await (const row of auditRows(this.#all.world.central.database, after)) {
      const line = parseEntry(row);
      if (line) told.push({ ...line, ...line.detail });
    }
    return told;
  }
}

function update({ target }: Stage): NewRequest {
  return { kind: 'cardUpdate', cardId: target.card.id, reason: 'profile-updated', note: null };
}

function existing({ target, serial }: Stage): NewRequest {
  const lists = { certificates: [serial], without: [], confirmedRemovals: [] };
  return { kind: 'existingCard', cardId: target.card.id, ...lists, note: null };
}

function file({ target, serial }: Stage): NewRequest {
  const asked = { ownerId: target.holder.id, profileName: 'employee', certificates: [serial] };
  return { kind: 'softCertificate', ...asked, note: null };
}

function newCard({ target }: Stage): Extract<NewRequest, { kind: 'newCard' }> {
  const asked = { ownerId: target.holder.id, profileName: 'employee', certificates: [] };
  return { kind: 'newCard', ...asked, inPlaceOf: null, note: null };
}
