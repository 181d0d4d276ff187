import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { cards, certificates } from '../../db/central/schema.ts';
import type { Central } from '../../src/central/central.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { puk } from '../../src/central/operation/card-secrets.ts';
import type { CardRow } from '../../src/central/repositories/cards.ts';
import { addKiosk } from '../../src/central/repositories/kiosks.ts';
import { type PersonRow, savePerson } from '../../src/central/repositories/people.ts';
import { newestProfile } from '../../src/central/repositories/profiles.ts';
import { startCentral } from '../../src/central/server.ts';
import { issueVirtualCard } from '../../src/demo/issue-card.ts';
import { SITUATIONS } from '../../src/demo/situations.ts';
import type { Profile } from '../../src/domain/profile.ts';
import type { KeyAlgorithm } from '../../src/domain/slot.ts';
import type { PersonalityName } from '../../src/virtual-card/personality.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import type { KioskPlace } from './tear-kiosk.ts';

/** PIN of every card as issued; not the factory's, so that the factory's can be seen to fail. */
export const OLD_PIN = '27182818';

const PROFILE = 'contractor';
const ASSETS = join(import.meta.dirname, '../../src/demo');
const DAY_MS = 86_400_000;

/** A card of the world: in software, its state in a file, so that it can be looked at and copied at any moment. */
export interface TearCard {
  readonly card: VirtualCard;
  readonly path: string;
  readonly row: CardRow;
}

/** Central with its own PostgreSQL, people, profiles, and as many cards as are asked for. */
export class TearWorld {
  readonly folder: string;
  readonly central: Central;
  readonly url: string;
  readonly #holder: PersonRow;
  readonly #profile: Profile;
  readonly #close: () => Promise<void>;
  #cards = 0;

  private constructor(
    folder: string,
    running: { readonly central: Central; readonly url: string },
    holder: PersonRow,
    profile: Profile,
    close: () => Promise<void>,
  ) {
    this.folder = folder;
    this.central = running.central;
    this.url = running.url;
    this.#holder = holder;
    this.#profile = profile;
    this.#close = close;
  }

  static async open(): Promise<TearWorld> {
    // In memory where there is room: what kill -9 leaves is the same, and a disk would take most of the time.
    const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'recard-tear-'));
    const options = {
      stateDir: join(folder, 'central'),
      databaseUrl: null,
      host: '127.0.0.1',
      port: 0,
    } as const;
    const running = await startCentral({ ...options, logFile: join(folder, 'central.log') });
    const holder = await saveHolder(running.central);
    return new TearWorld(folder, running, holder, await putProfiles(running.central), async () => {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** A place for a kiosk that central knows. */
  async place(name: string): Promise<KioskPlace> {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, await addKiosk(this.central.database, name, new Date()), { mode: 0o600 });
    return { name, folder, tokenFile, centralUrl: this.url };
  }

  /** A card as it was issued long ago, by an older revision of its profile. */
  async issue(personality: PersonalityName): Promise<TearCard> {
    this.#cards += 1;
    const name = `card-${this.#cards}`;
    const path = join(this.folder, `${name}.json`);
    const card = VirtualCard.create(
      path,
      { name, serial: 50_000_000 + this.#cards, personality },
      { takePreparedKey },
    );
    const usual = SITUATIONS.find((one) => one.name === 'standard')!.card;
    if (usual.kind !== 'issued') throw new Error('issue: the standard card of the demo is not issued');
    const situation = { ...usual, personality };
    const issue = { label: name, situation, holder: this.#holder, profile: this.#profile };
    const row = await issueVirtualCard(this.central, card, issue);
    const first = puk(this.central.authority.masterKey, row.id, row.pukVersion);
    card.setPinAndPuk(OLD_PIN, Buffer.from(first).toString('latin1'));
    return { card, path, row };
  }

  /** The card was looked at for the last time: lists and copies stay as short as they are at the start. */
  async forget({ row, path }: TearCard): Promise<void> {
    rmSync(path, { force: true });
    await this.central.database.transaction(async (transaction) => {
      // Nothing else looks at these rows any more, in whatever tables.
      await transaction.execute(sql`set local session_replication_role = replica`);
      await transaction.delete(certificates).where(eq(certificates.cardId, row.id));
      await transaction.delete(cards).where(eq(cards.id, row.id));
    });
  }
}

async function saveHolder(central: Central): Promise<PersonRow> {
  const holder: PersonRow = {
    ...{ id: randomUUID(), login: 'tara', displayName: 'Tara Weaver', mail: 'tara.weaver@demo.example' },
    ...{ userPrincipalName: 'tara@demo.example', state: 'active' },
    approvedUntil: new Date(Date.now() + DAY_MS),
    photo: new Uint8Array(readFileSync(join(ASSETS, 'photos/golden-piv.jpg'))),
  };
  await savePerson(central.database, holder);
  return holder;
}

/** Both revisions. @returns the first, by which cards are issued */
async function putProfiles(central: Central): Promise<Profile> {
  const put = (which: string) =>
    putProfile(central, readFileSync(join(ASSETS, 'profiles', which, `${PROFILE}.toml`), 'utf8'));
  await put('first');
  const first = await newestProfile(central.database, PROFILE);
  await put('second');
  return first!;
}

/** Elliptic curve keys take no time; the card makes RSA keys itself. */
function takePreparedKey(algorithm: KeyAlgorithm): KeyObject | undefined {
  if (algorithm !== 'P-256' && algorithm !== 'P-384') return undefined;
  return generateKeyPairSync('ec', { namedCurve: algorithm }).privateKey;
}
