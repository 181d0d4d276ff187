/** Archived keys of a person's earlier cards, and requests for them. */

import { archiveKeyPair } from '../../../src/central/archive/archive-key-pair.ts';
import type { CentralPlaces } from '../../../src/central/central-configuration.ts';
import { putProfile } from '../../../src/central/command/put-profile.ts';
import { issueCertificate } from '../../../src/central/issue.ts';
import {
  certificatesOnCard,
  changeCertificate,
  findCertificate,
  takeOffCard,
} from '../../../src/central/repositories/certificates.ts';
import { findRequest } from '../../../src/central/repositories/requests.ts';
import { COMMAND } from '../../../src/central/request/actor.ts';
import { fileRequest } from '../../../src/central/request/file-request.ts';
import type { KeyAlgorithm } from '../../../src/domain/slot.ts';
import { CentralWorld, type IssuedCard, PROFILE } from './central-world.ts';
import { proveHolder } from './operation-run.ts';

/** Whose encryption key is archived. */
export const ARCHIVED = PROFILE.replace('name = "employee"', 'name = "archived"').replace(
  'slot = "9D"',
  'slot = "9D"\narchive = true',
);
/** Without an encryption key. */
const SIGNING = PROFILE.replace('name = "employee"', 'name = "signing"').replace(
  /\n\[\[slots\]\]\nslot = "9D"\nalgorithm = "P-256"\nlifetime_days = 365\n/,
  '',
);
const APPROVED = PROFILE.replace('name = "employee"', 'name = "approved"').replace(
  'title',
  'validate_issuance = true\ntitle',
);

export class CollectionWorld {
  readonly world: CentralWorld;
  protected constructor(world: CentralWorld) {
    this.world = world;
  }

  static async open(now?: () => Date, more: Pick<CentralPlaces, 'mail'> = {}): Promise<CollectionWorld> {
    const world = await CentralWorld.open(now, more);
    for (const profile of [ARCHIVED, SIGNING, APPROVED]) await putProfile(world.central, profile);
    return new CollectionWorld(world);
  }

  get kiosk() {
    return this.world.kiosk;
  }

  get database() {
    return this.world.central.database;
  }

  /** An earlier card of the same holder, whose archived keys it does not have any more. @returns their serial numbers */
  async oldKeys(issued: IssuedCard, ...algorithms: KeyAlgorithm[]): Promise<string[]> {
    const { central } = this.world;
    const before = await this.world.issueCard({ holder: issued.holder });
    await takeOffCard(
      this.database,
      before.card.id,
      (await certificatesOnCard(this.database, before.card.id)).get('9D')!,
    );
    const serials: string[] = [];
    for (const [index, algorithm] of algorithms.entries()) {
      const made = { slot: '9D', algorithm, ownerId: issued.holder.id, operationId: null } as const;
      const publicKey = await archiveKeyPair(central, this.database, made);
      const order = {
        card: before.card,
        holder: issued.holder,
        slot: '9D',
        publicKey,
        lifetimeDays: 365,
      } as const;
      const notBefore = new Date(central.now().getTime() - (100 - index) * 86_400_000);
      const row = await issueCertificate(central, this.database, { ...order, notBefore, operationId: null });
      const isLast = index === algorithms.length - 1;
      if (isLast) await changeCertificate(this.database, row.serialNumber, { isOnCard: false });
      else await takeOffCard(this.database, before.card.id, row);
      serials.push(row.serialNumber);
    }
    return serials;
  }

  /** @returns the id of the request, ready or waiting for approval */
  async request(
    { card }: IssuedCard,
    certificates: readonly string[],
    without: readonly string[] = [],
  ): Promise<string> {
    const wish = { kind: 'existingCard', cardId: card.id, note: null } as const;
    const list = { certificates: [...certificates], without: [...without], confirmedRemovals: [...without] };
    return (await fileRequest(this.world.central, COMMAND, { ...wish, ...list })).id;
  }

  async stateOf(requestId: string): Promise<string> {
    return (await findRequest(this.database, requestId))!.state;
  }

  certificate(serial: string) {
    return findCertificate(this.database, serial);
  }

  /** @returns the token of an operator's session at the first kiosk */
  async signIn(operator: IssuedCard): Promise<string> {
    const proofId = await proveHolder(this.kiosk, operator);
    const answer = await this.kiosk.raw('/sessions', JSON.stringify({ proofId }));
    return answer.json().token;
  }

  onCard({ card }: IssuedCard) {
    return certificatesOnCard(this.database, card.id);
  }

  /** Slot → serial number of what is in its encryption slots by central's record. */
  async keysOf(issued: IssuedCard): Promise<Record<string, string>> {
    const rows = [...(await this.onCard(issued)).values()].filter(
      ({ slot }) => !['9A', '9C', '9E'].includes(slot),
    );
    return Object.fromEntries(rows.map(({ slot, serialNumber }) => [slot, serialNumber]));
  }

  close(): Promise<void> {
    return this.world.close();
  }
}
