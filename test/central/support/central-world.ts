/** Central on a cluster of its own, in process, with people and cards whose keys are in software. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { EVERYBODY } from '../../../db/central/group-schema.ts';
import { cards } from '../../../db/central/schema.ts';
import { buildApp, buildPublishedApp } from '../../../src/central/app.ts';
import type { Central } from '../../../src/central/central.ts';
import type { CentralPlaces } from '../../../src/central/central-configuration.ts';
import { putProfile } from '../../../src/central/command/put-profile.ts';
import { type Copies, openCopies } from '../../../src/central/copy/copies.ts';
import { issueCertificate } from '../../../src/central/issue.ts';
import { rateLimit } from '../../../src/central/line/rate-limit.ts';
import { Refusals } from '../../../src/central/line/refusals.ts';
import { openNotifications } from '../../../src/central/notifications.ts';
import { addCard, type CardRow, findCard } from '../../../src/central/repositories/cards.ts';
import {
  type PersonRow,
  type PersonWithPhoto,
  savePerson,
} from '../../../src/central/repositories/people.ts';
import type { App } from '../../../src/central/routes/contract.ts';
import { openCentralForCommand } from '../../../src/central/server.ts';
import { buildFascN } from '../../../src/piv/objects/fasc-n.ts';
import { spkiOf } from '../../../src/pki/public-key.ts';
import { inviteForTest } from './invite-for-test.ts';
import { identifyByName, KioskCaller } from './kiosk-caller.ts';
import { SoftCard } from './soft-card.ts';

const DAY_MS = 86_400_000;

export const PROFILE = `name = "employee"
title = "Employee card"
management_key_algorithm = "AES-192"

[objects]
printed_information = true
facial_image = false
discovery = true

[pin_policy]
min_length = 6
max_length = 8
forbid_repeated = true
forbid_sequence = true
forbid_current = true
${['9A', '9C', '9D', '9E'].map((slot) => `\n[[slots]]\nslot = "${slot}"\nalgorithm = "P-256"\nlifetime_days = 365\n`).join('')}
[proofs]
pin_reset = ["operator", "code"]
`;

/** What a test may want to be different about a card. */
export interface CardWishes {
  readonly state?: CardRow['state'];
  readonly expiresInDays?: number;
  readonly holder?: Partial<PersonWithPhoto>;
  readonly profileName?: string;
  /** Issued so long ago that the certificates have run out. */
  readonly hasExpiredCertificates?: boolean;
}

export interface IssuedCard {
  readonly card: CardRow;
  readonly holder: PersonRow;
  readonly soft: SoftCard;
}

export class CentralWorld {
  readonly central: Central;
  /** What kiosks ask. */
  readonly app: App;
  /** What anybody may fetch. */
  readonly published: App;
  readonly copies: Copies;
  readonly kiosk: KioskCaller;
  /** Keys, database, everything that central keeps. */
  readonly stateDir: string;
  readonly databaseUrl: string;
  readonly #close: () => Promise<void>;
  #serial = 1000;

  private constructor(
    central: Central,
    { app, published, copies }: Pick<CentralWorld, 'app' | 'published' | 'copies'>,
    stateDir: string,
    databaseUrl: string,
    close: () => Promise<void>,
  ) {
    this.stateDir = stateDir;
    this.databaseUrl = databaseUrl;
    this.central = central;
    this.app = app;
    this.published = published;
    this.copies = copies;
    this.kiosk = new KioskCaller(app, 'first');
    this.#close = close;
  }

  /** @param now central's clock */
  static async open(
    now: () => Date = () => new Date(),
    more: Pick<CentralPlaces, 'mail'> = {},
  ): Promise<CentralWorld> {
    const stateDir = mkdtempSync(join(tmpdir(), 'recard-central-'));
    const world = await CentralWorld.openAt({ stateDir, databaseUrl: null, ...more }, now, () =>
      rmSync(stateDir, { recursive: true, force: true }),
    );
    await inviteForTest(world.central, 'first');
    await putProfile(world.central, PROFILE);
    return world;
  }

  /** A central that is there already. */
  static async openAt(
    places: Pick<CentralPlaces, 'stateDir' | 'databaseUrl' | 'mail' | 'token'>,
    now: () => Date = () => new Date(),
    atEnd: () => void = () => {},
  ): Promise<CentralWorld> {
    const { stateDir, databaseUrl: url, ...others } = places;
    const opening = openCentralForCommand(stateDir, url, others);
    const { central: opened, databaseUrl, close } = await opening;
    const central = { ...opened, now };
    const log = pino({ level: 'silent' });
    const enrolment = { refusals: new Refusals(central, log), tries: rateLimit(1000, 60_000, central.now) };
    const notifications = openNotifications(databaseUrl, log);
    const folder = join(stateDir, 'snapshots');
    const copies = openCopies(central, notifications, log, { databaseUrl, folder });
    const identify = identifyByName(central);
    const app = await buildApp(central, log, { identify, enrolment, copies, tls: null });
    const published = await buildPublishedApp(central, log);
    const world = new CentralWorld(central, { app, published, copies }, stateDir, databaseUrl, async () => {
      await copies.close();
      await Promise.all([app.close(), published.close()]);
      await notifications.close();
      await close();
      atEnd();
    });
    world.#serial += await central.database.$count(cards);
    return world;
  }

  close(): Promise<void> {
    return this.#close();
  }

  async addKiosk(name: string): Promise<KioskCaller> {
    await inviteForTest(this.central, name);
    return new KioskCaller(this.app, name);
  }

  /** A card with a key and a certificate in each slot, management key and PUK from the factory. */
  async issueCard(wishes: CardWishes = {}): Promise<IssuedCard> {
    const { central } = this;
    const holder: PersonWithPhoto = {
      ...{ id: randomUUID(), login: null, displayName: 'Anna Sommer', mail: 'anna@example.org' },
      ...{ userPrincipalName: 'anna@example.org', state: 'active', approvedUntil: null, photo: null },
      groupId: EVERYBODY,
      ...wishes.holder,
    };
    await savePerson(central.database, holder);
    const card = this.#cardRow(holder, wishes);
    await addCard(central.database, card);
    const soft = new SoftCard();
    const age = wishes.hasExpiredCertificates ? 400 : 100;
    const notBefore = new Date(central.now().getTime() - age * DAY_MS);
    for (const slot of ['9A', '9C', '9D', '9E'] as const) {
      const publicKey = soft.generate(slot);
      const order = { card, holder, slot, publicKey, lifetimeDays: 365, notBefore, operationId: null };
      await issueCertificate(central, central.database, order);
    }
    return { card, holder, soft };
  }

  async cardNow({ card }: IssuedCard): Promise<CardRow> {
    return (await findCard(this.central.database, card.id))!;
  }

  #cardRow(holder: PersonRow, { state = 'issued', expiresInDays = 200, profileName }: CardWishes): CardRow {
    const expiresAt = new Date(Date.now() + expiresInDays * DAY_MS);
    expiresAt.setUTCHours(23, 59, 59, 0);
    this.#serial += 1;
    return {
      ...{
        id: randomUUID(),
        label: null,
        serial: String(this.#serial),
        guid: randomUUID(),
        fascN: fascN(this.#serial),
      },
      ...{
        cardholderUuid: randomUUID(),
        chuidExpiry: expiresAt.toISOString().slice(0, 10).replaceAll('-', ''),
      },
      ...{
        expiresAt,
        holderId: holder.id,
        state,
        profileName: profileName ?? 'employee',
        profileRevision: 1,
      },
      ...{
        managementKeyVersion: 0,
        managementKeyAlgorithm: 'AES-192',
        canChangeManagementKey: null,
        pukVersion: 0,
        isManagementKeyKnown: true,
        stateReason: null,
        isPukKnown: true,
      },
    };
  }
}

/** A fresh public key that is on no card. */
export function strayPublicKey(namedCurve = 'P-256'): Uint8Array {
  return spkiOf(generateKeyPairSync('ec', { namedCurve }).publicKey);
}

function fascN(serial: number): Uint8Array {
  return buildFascN({
    ...{ agencyCode: '9999', systemCode: '0001', credentialNumber: String(serial).padStart(6, '0') },
    ...{ credentialSeries: '1', individualCredentialIssue: '1', personIdentifier: '0000000001' },
    ...{ organizationalCategory: '1', organizationalIdentifier: '9999', personAssociation: '1' },
  });
}
