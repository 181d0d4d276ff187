/** Blank virtual cards, requests for new ones, and kiosks that collect them with the real encoder. */
import { randomUUID } from 'node:crypto';
import { EVERYBODY, groups } from '../../../db/central/group-schema.ts';
import type { CentralPlaces } from '../../../src/central/central-configuration.ts';
import { putOperator } from '../../../src/central/command/put-operator.ts';
import { putProfile } from '../../../src/central/command/put-profile.ts';
import { giveNumber } from '../../../src/central/new-card/give-number.ts';
import { type CardRow, findCard } from '../../../src/central/repositories/cards.ts';
import { placeOnCard } from '../../../src/central/repositories/certificates.ts';
import { findRequest, type RequestRow } from '../../../src/central/repositories/requests.ts';
import { COMMAND, operatorActor } from '../../../src/central/request/actor.ts';
import { approveRequest } from '../../../src/central/request/decide.ts';
import { fileRequest } from '../../../src/central/request/file-request.ts';
import { emptyCard, FACTORY_PIN } from '../../../src/encoder/empty-card.ts';
import { encodeCard } from '../../../src/encoder/encode-card.ts';
import type { EncodeOutcome } from '../../../src/encoder/encode-request.ts';
import type { StepName } from '../../../src/encoder/ports.ts';
import { sightCard } from '../../../src/kiosk/sight-card.ts';
import { PivSession } from '../../../src/piv/session.ts';
import { createRecipient } from '../../../src/pki/hpke.ts';
import type { NewCardProofResponse } from '../../../src/protocol/new-card.ts';
import type { OperationPlan } from '../../../src/protocol/operation.ts';
import { type NewRequest, SESSION_HEADER } from '../../../src/protocol/operator.ts';
import type { PersonalityName } from '../../../src/virtual-card/personality.ts';
import { VirtualCard } from '../../../src/virtual-card/virtual-card.ts';
import { PROFILE } from './central-world.ts';
import { CollectionWorld } from './collection-world.ts';
import { CHOSEN_PIN, portOf } from './encode-through.ts';
import { inviteForTest } from './invite-for-test.ts';
import { KioskCaller } from './kiosk-caller.ts';
import { proveHolder } from './operation-run.ts';

/** For recovered keys alone: it is always approved. */
const RECOVERY = PROFILE.replace(
  'name = "employee"',
  'name = "recovery"\nkey_recovery_only = true',
).replaceAll(/\n\[\[slots\]\]\nslot = "9[ACE]"\nalgorithm = "P-256"\nlifetime_days = 365\n/g, '');

type NewCardWish = Omit<Extract<NewRequest, { kind: 'newCard' }>, 'kind' | 'note'>;

let serial = 7_000_000;

/** As it came from the factory. */
export function blankCard(personality: PersonalityName = 'full'): VirtualCard {
  serial += 1;
  return VirtualCard.create(null, { name: 'blank', serial, personality });
}

/** What becomes of a run: `stopBefore` cuts it off before that step is sent to the card, `stopAfter` when the card has done it. */
export interface Collecting {
  readonly kiosk?: KioskCaller;
  readonly leavesOut?: string[];
  readonly stopBefore?: StepName;
  readonly stopAfter?: StepName;
  onStep?(step: StepName): void;
}

export class CutOff extends Error {}

export class NewCardWorld extends CollectionWorld {
  static override async open(
    now?: () => Date,
    more: Pick<CentralPlaces, 'mail'> = {},
  ): Promise<NewCardWorld> {
    const { world } = await CollectionWorld.open(now, more);
    return new NewCardWorld(world);
  }

  /** @returns the id of the request */
  async ask(wish: Partial<NewCardWish> & Pick<NewCardWish, 'ownerId'>): Promise<string> {
    const whole = { profileName: 'employee', certificates: [], inPlaceOf: null, ...wish };
    return (await fileRequest(this.world.central, COMMAND, { kind: 'newCard', note: null, ...whole })).id;
  }

  /** A request under the profile for key recovery only, approved. */
  async askForRecovery(ownerId: string, certificates: string[]): Promise<string> {
    await putProfile(this.world.central, RECOVERY);
    const id = await this.ask({ ownerId, profileName: 'recovery', certificates });
    await this.approve(id);
    return id;
  }

  /** By an operator of their own. */
  async approve(requestId: string): Promise<void> {
    const login = `approver-${serial++}`;
    const { holder } = await this.world.issueCard({ holder: { login } });
    await putOperator(this.world.central, login, 'administrator', 'all');
    const actor = await operatorActor(this.database, holder, null);
    await approveRequest(this.world.central, actor, requestId, null);
  }

  /** By central's record the card has this certificate, which was issued for it, in 9D. */
  keepOnCard(cardId: string, certificate: string): Promise<void> {
    return placeOnCard(this.database, cardId, { serialNumber: certificate, cardId }, '9D');
  }

  /** Fourteen digits, or eighteen. */
  async number(requestId: string, kind: 'short' | 'long' = 'long'): Promise<string> {
    const { code } = await giveNumber(this.world.central, requestId, kind, 'command');
    return Buffer.from(code).toString('latin1');
  }

  async prove(number: string, card: VirtualCard, kiosk = this.kiosk): Promise<NewCardProofResponse> {
    card.reset();
    const { serial: seen, guid } = await sightCard(await PivSession.select(card));
    return kiosk.proveByNumber({ code: new TextEncoder().encode(number), serial: seen, guid });
  }

  /** Types the number and writes the card as a kiosk does. @throws CutOff, what the encoder throws, Refused */
  async collect(
    number: string,
    card: VirtualCard,
    { kiosk = this.kiosk, leavesOut = [], stopBefore, stopAfter, onStep }: Collecting = {},
  ): Promise<{ readonly plan: OperationPlan; readonly outcome: EncodeOutcome }> {
    const { proofId, requestId } = await this.prove(number, card, kiosk);
    card.reset();
    const session = await PivSession.select(card);
    const capabilities = await session.capabilities();
    const recipient = await createRecipient();
    const wish = { proofId, serial: await session.serial(), capabilities, leavesOut };
    const plan = await kiosk.issue(requestId, { ...wish, recipientKey: recipient.publicKey });
    card.reset();
    const outcome = await encodeCard({
      ...{ connection: card, plan, capabilities, central: portOf(kiosk, plan.operationId) },
      journal: {
        intend: (step) => {
          if (step === stopBefore) throw new CutOff(step);
          onStep?.(step);
        },
        done: (step) => {
          if (step === stopAfter) throw new CutOff(step);
        },
      },
      pin: { old: null, next: new TextEncoder().encode(CHOSEN_PIN), isKept: false },
      openSealed: (sealed, context) => recipient.open(sealed, context),
      onProgress: () => {},
      signal: new AbortController().signal,
    });
    return { plan, outcome };
  }

  /** Makes a cancelled card blank as a kiosk does. @throws CutOff, what the encoder throws, Refused */
  async empty(
    cardId: string,
    card: VirtualCard,
    { kiosk = this.kiosk, stopBefore, stopAfter }: Collecting = {},
  ): Promise<{ readonly plan: OperationPlan; readonly outcome: EncodeOutcome }> {
    card.reset();
    const session = await PivSession.select(card);
    const capabilities = await session.capabilities();
    const recipient = await createRecipient();
    const plan = await kiosk.empty(cardId, { capabilities, recipientKey: recipient.publicKey });
    const outcome = await emptyCard({
      ...{ connection: card, session, plan, capabilities, central: portOf(kiosk, plan.operationId) },
      journal: {
        intend: (step) => {
          if (step === stopBefore) throw new CutOff(step);
        },
        done: (step) => {
          if (step === stopAfter) throw new CutOff(step);
        },
      },
      pin: { old: null, next: new TextEncoder().encode(FACTORY_PIN), isKept: false },
      openSealed: (sealed, context) => recipient.open(sealed, context),
      onProgress: () => {},
      signal: new AbortController().signal,
    });
    return { plan, outcome };
  }

  /** The first kiosk with an operator of its own signed in. */
  async withOperator(): Promise<KioskCaller> {
    const login = `operator-${serial++}`;
    const operator = await this.world.issueCard({ holder: { login } });
    await putOperator(this.world.central, login, 'helpdesk', 'all');
    const proofId = await proveHolder(this.kiosk, operator);
    const { token } = (await this.kiosk.raw('/sessions', JSON.stringify({ proofId }))).json();
    return new KioskCaller(this.world.app, 'first', { [SESSION_HEADER]: token });
  }

  /** A kiosk that serves the people of one new group. */
  async kioskOf(group: string): Promise<KioskCaller> {
    await this.database.insert(groups).values({ id: randomUUID(), name: group, parentId: EVERYBODY });
    await inviteForTest(this.world.central, `of-${group}`, [group]);
    return new KioskCaller(this.world.app, `of-${group}`);
  }

  async requestNow(id: string): Promise<RequestRow> {
    return (await findRequest(this.database, id))!;
  }

  /** The card that a request is to become, or has. */
  async newCard(requestId: string): Promise<CardRow> {
    return (await findCard(this.database, (await this.requestNow(requestId)).newCardId!))!;
  }
}
