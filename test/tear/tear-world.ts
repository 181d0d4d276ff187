import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { EVERYBODY } from '../../db/central/group-schema.ts';
import { recoveredCertificates, requests } from '../../db/central/request-schema.ts';
import { cards, certificates } from '../../db/central/schema.ts';
import type { Central } from '../../src/central/central.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { factoryManagementKey } from '../../src/central/operation/factory-secrets.ts';
import { readPuk } from '../../src/central/operation/read-secret.ts';
import { type CardRow, changeCard } from '../../src/central/repositories/cards.ts';
import type { CertificateRow } from '../../src/central/repositories/certificates.ts';
import { type PersonRow, type PersonWithPhoto, savePerson } from '../../src/central/repositories/people.ts';
import { newestProfile } from '../../src/central/repositories/profiles.ts';
import { openCentralForCommand, startCentral } from '../../src/central/server.ts';
import { type CardIssue, issueVirtualCard } from '../../src/demo/issue-card.ts';
import { SITUATIONS } from '../../src/demo/situations.ts';
import type { Profile } from '../../src/domain/profile.ts';
import type { KeyAlgorithm } from '../../src/domain/slot.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { PERSONALITIES, type PersonalityName } from '../../src/virtual-card/personality.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { inviteForTest } from '../central/support/invite-for-test.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import { archiveOn, awaitCollection } from './collection-card.ts';
import type { KioskPlace } from './tear-kiosk.ts';

/** PIN of every card as issued; not the factory's, so that the factory's can be seen to fail. */
export const OLD_PIN = '27182818';

/** Most cards' profile, that of cards without room for a photo, and that of cards with an archived key. */
const [PROFILE, SMALL_PROFILE, ARCHIVED_PROFILE] = ['contractor', 'approved-only', 'secure-mail-ec'] as const;
/** A key is more than one APDU there, and an object can be torn. */
const MAKES = { archived: 'torn-writes', collection: 'torn-writes' } as const satisfies Record<
  string,
  PersonalityName
>;
const ASSETS = join(import.meta.dirname, '../../src/demo');
const DAY_MS = 86_400_000;

/**
 * What is torn: the makes of card, one whose encryption key was archived, is not on it any more, and makes way for a new
 * one, so that both are brought onto it, and one onto which a recovered key is collected.
 */
export const TEAR_KINDS = [
  ...(Object.keys(PERSONALITIES) as PersonalityName[]),
  'archived',
  'collection',
] as const;
export type TearKind = (typeof TEAR_KINDS)[number];

/** A card of the world: in software, its state in a file, so that it can be looked at and copied at any moment. */
export interface TearCard {
  readonly card: VirtualCard;
  readonly path: string;
  readonly row: CardRow;
  readonly kind: TearKind;
}

/** `small`: for cards without much room. */
type CardProfiles = Readonly<Record<'usual' | 'small' | 'archived', Profile>>;

/** Central with its own PostgreSQL, people, profiles, and as many cards as are asked for. */
export class TearWorld {
  readonly folder: string;
  readonly central: Central;
  readonly url: string;
  readonly #holder: PersonRow;
  readonly #profiles: CardProfiles;
  readonly #close: () => Promise<void>;
  #cards = 0;
  /** Of the holder's first card, for which it was issued; it is recovered onto all others. */
  #recovered: Promise<CertificateRow> | undefined;

  private constructor(
    folder: string,
    running: { readonly central: Central; readonly url: string },
    holder: PersonRow,
    profiles: CardProfiles,
    close: () => Promise<void>,
  ) {
    this.folder = folder;
    this.central = running.central;
    this.url = running.url;
    this.#holder = holder;
    this.#profiles = profiles;
    this.#close = close;
  }

  /** Central in this process. */
  static async open(): Promise<TearWorld> {
    const folder = newFolder();
    const options = { stateDir: join(folder, 'central'), databaseUrl: null, port: 0 } as const;
    const logFile = join(folder, 'central.log');
    const running = await startCentral({ ...options, host: '127.0.0.1', logFile });
    return TearWorld.#fill(folder, running, () => running.close());
  }

  /** Central in a process of its own: cards are issued and looked at beside it. @param url where that one listens */
  static async openBeside(folder: string, url: string): Promise<TearWorld> {
    const { central, close } = await openCentralForCommand(join(folder, 'central'), null);
    return TearWorld.#fill(folder, { central, url }, close);
  }

  static async #fill(
    folder: string,
    running: { readonly central: Central; readonly url: string },
    close: () => Promise<void>,
  ): Promise<TearWorld> {
    const holder = await saveHolder(running.central);
    return new TearWorld(folder, running, holder, await putProfiles(running.central), close);
  }

  async close(): Promise<void> {
    await this.#close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A place for a kiosk that central knows. */
  async place(name: string): Promise<KioskPlace> {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    const identityFile = identityPath(folder);
    const token = await inviteForTest(this.central, name);
    await enrol({ url: this.url, token, identityFile, replaces: false });
    return { name, folder, identityFile, centralUrl: this.url };
  }

  /** A card as it was issued long ago, by an older revision of its profile. */
  async issue(kind: TearKind): Promise<TearCard> {
    const personality = kind === 'archived' || kind === 'collection' ? MAKES[kind] : kind;
    this.#cards += 1;
    const name = `card-${this.#cards}`;
    const path = join(this.folder, `${name}.json`);
    // Time is not what is tested: a slow card is as quick as the others here.
    const make = { ...PERSONALITIES[personality], apduMs: 0, rsaKeyMs: 0 };
    const serial = 50_000_000 + this.#cards;
    const card = VirtualCard.create(path, { name, serial, personality: make }, { takePreparedKey });
    const usual = SITUATIONS.find((one) => one.name === 'standard')!.card;
    if (usual.kind !== 'issued') throw new Error('issue: the standard card of the demo is not issued');
    const situation = { ...usual, personality };
    const profile = this.#profiles[kind === 'small' || kind === 'archived' ? kind : 'usual'];
    const issue = { label: name, situation, holder: this.#holder, profile };
    const row = await issueVirtualCard(this.central, card, issue);
    const first = await readPuk(this.central, this.central.database, row.id, row.pukVersion);
    card.setPinAndPuk(OLD_PIN, Buffer.from(first).toString('latin1'));
    if (kind === 'archived') card.putKey('9D', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    if (kind === 'collection') {
      this.#recovered ??= this.#archiveElsewhere(issue);
      await awaitCollection(this.central, card, { row, holder: this.#holder }, await this.#recovered);
    }
    if (personality === 'aes-192-factory') await this.#giveFactoryKey(card, row);
    return { card, path, row, kind };
  }

  /** Somebody new, like the holder of the others. */
  savePerson(login: string): Promise<PersonRow> {
    return saveHolder(this.central, login);
  }

  async #archiveElsewhere(issue: CardIssue): Promise<CertificateRow> {
    const card = VirtualCard.create(null, { name: 'first', serial: 49_999_999 }, { takePreparedKey });
    const row = await issueVirtualCard(this.central, card, { ...issue, label: 'first' });
    const { certificate } = await archiveOn(this.central, { row, holder: this.#holder }, '82', 'RSA-2048');
    return certificate;
  }

  /** Adopted rather than issued: the card still has the management key that it came with. */
  async #giveFactoryKey(card: VirtualCard, { id }: CardRow): Promise<void> {
    card.setManagementKey('AES-192', factoryManagementKey('AES-192'));
    await changeCard(this.central.database, id, {
      managementKeyVersion: 0,
      managementKeyAlgorithm: 'AES-192',
    });
  }

  /** The card was looked at for the last time: lists and copies stay as short as they are at the start. */
  async forget({ row, path }: TearCard): Promise<void> {
    rmSync(path, { force: true });
    await this.central.database.transaction(async (transaction) => {
      // Nothing else looks at these rows any more, in whatever tables.
      await transaction.execute(sql`set local session_replication_role = replica`);
      await transaction.delete(recoveredCertificates).where(eq(recoveredCertificates.cardId, row.id));
      await transaction.delete(requests).where(eq(requests.cardId, row.id));
      await transaction.delete(certificates).where(eq(certificates.cardId, row.id));
      await transaction.delete(cards).where(eq(cards.id, row.id));
    });
  }
}

/** Of a world. */
export function newFolder(): string {
  return memoryFolder('tear');
}

async function saveHolder(central: Central, login = 'tara'): Promise<PersonRow> {
  const holder: PersonWithPhoto = {
    ...{ id: randomUUID(), login, displayName: 'Tara Weaver', mail: 'tara.weaver@demo.example' },
    ...{ userPrincipalName: `${login}@demo.example`, state: 'active', groupId: EVERYBODY },
    approvedUntil: new Date(Date.now() + DAY_MS),
    photo: new Uint8Array(readFileSync(join(ASSETS, 'photos/golden-piv.jpg'))),
  };
  await savePerson(central.database, holder);
  return holder;
}

/** All revisions. @returns those by which cards are issued */
async function putProfiles(central: Central): Promise<CardProfiles> {
  const put = async (which: string, name: string) => {
    await putProfile(central, readFileSync(join(ASSETS, 'profiles', which, `${name}.toml`), 'utf8'));
    return (await newestProfile(central.database, name))!;
  };
  const [usual, small] = [await put('first', PROFILE), await put('first', SMALL_PROFILE)];
  const archived = await put('first', ARCHIVED_PROFILE);
  await put('second', PROFILE);
  return { usual, small, archived };
}

/** Elliptic curve keys take no time; the card makes RSA keys itself. */
function takePreparedKey(algorithm: KeyAlgorithm): KeyObject | undefined {
  if (algorithm !== 'P-256' && algorithm !== 'P-384') return undefined;
  return generateKeyPairSync('ec', { namedCurve: algorithm }).privateKey;
}
