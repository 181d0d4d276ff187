import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EVERYBODY } from '../../../db/central/group-schema.ts';
import { putOperator } from '../../../src/central/command/put-operator.ts';
import { putProfile } from '../../../src/central/command/put-profile.ts';
import type { CardRow } from '../../../src/central/repositories/cards.ts';
import { type PersonWithPhoto, savePerson } from '../../../src/central/repositories/people.ts';
import { newestProfile } from '../../../src/central/repositories/profiles.ts';
import { issueVirtualCard } from '../../../src/demo/issue-card.ts';
import { DEMO_PIN, type IssuedSituation } from '../../../src/demo/situations.ts';
import type { OperatorRole } from '../../../src/domain/operator.ts';
import type { Command } from '../../../src/flows/command.ts';
import type { DeskPage, DeskState, DeskStateKind } from '../../../src/flows/desk-state.ts';
import type { KioskView } from '../../../src/flows/kiosk-view.ts';
import { createKiosk, type Kiosk } from '../../../src/kiosk/kiosk.ts';
import { MemoryReaders } from '../../../src/readers/memory-readers.ts';
import { VirtualCard } from '../../../src/virtual-card/virtual-card.ts';
import { PROFILE } from '../../central/support/central-world.ts';
import { ListeningCentral } from '../../central/support/listening-central.ts';

/** A real kiosk with two readers and virtual cards, and a real central, in this process. */

const WAIT_MS = 50_000;
export const PIN = DEMO_PIN;
const PHOTO = join(import.meta.dirname, '../../../src/demo/photos/golden-piv.jpg');

const SITUATION: IssuedSituation = {
  ...{ kind: 'issued', holder: '', profile: 'employee', personality: 'full', state: 'issued' },
  ...{ expiresInDays: 300, revokedElsewhere: [], hasExpiredCertificates: false },
};

/** Somebody with a card. */
export interface Holder {
  readonly person: PersonWithPhoto;
  readonly row: CardRow;
  readonly card: VirtualCard;
}

/** Keys by letters (`A`), and by name. */
type KeyName = 'enter' | 'esc' | 'yes' | 'up' | 'down' | 'tab' | 'space' | 'backspace';
const KEYS: Readonly<Record<KeyName, Command>> = {
  enter: { kind: 'confirm' },
  esc: { kind: 'back' },
  yes: { kind: 'yes' },
  up: { kind: 'up' },
  down: { kind: 'down' },
  tab: { kind: 'nextTab' },
  space: { kind: 'toggle' },
  backspace: { kind: 'erase' },
};

export class DeskBench {
  readonly listening: ListeningCentral;
  readonly readers: MemoryReaders;
  readonly folder: string;
  /** Of the kiosk. */
  readonly stateFolder: string;
  readonly kiosk: Kiosk;
  #serial = 7000;

  private constructor(listening: ListeningCentral, readers: MemoryReaders, folder: string, kiosk: Kiosk) {
    this.listening = listening;
    this.readers = readers;
    this.folder = folder;
    this.stateFolder = dirname(listening.identityFile('hall'));
    this.kiosk = kiosk;
  }

  static async open(idleSeconds = 90): Promise<DeskBench> {
    const listening = await ListeningCentral.open();
    const { address, client } = await listening.kiosk('hall');
    await client.close();
    const folder = mkdtempSync(join(tmpdir(), 'recard-desk-'));
    const readers = new MemoryReaders(2);
    const configuration = {
      ...{ name: 'hall', centralUrl: address.url, stateFolder: dirname(address.identityFile) },
      ...({ language: 'en', logFile: join(folder, 'kiosk.log'), idleSeconds } as const),
      mediaFolder: join(folder, 'media'),
    };
    const bench = new DeskBench(
      listening,
      readers,
      folder,
      createKiosk({ configuration, readers, mediaNeedMount: false }),
    );
    return bench;
  }

  /** Once people and cards are there. */
  async start(): Promise<void> {
    await this.kiosk.start();
    await this.until('a copy', ({ dataAgeSeconds }) => dataAgeSeconds !== null);
  }

  async close(): Promise<void> {
    await this.kiosk.close();
    await this.readers.close();
    await this.listening.close();
    rmSync(this.folder, { recursive: true });
  }

  get central() {
    return this.listening.world.central;
  }

  /** Somebody with a card of the profile `employee`, or another. */
  async addHolder(
    login: string,
    wishes: Partial<PersonWithPhoto> = {},
    profileName = 'employee',
  ): Promise<Holder> {
    const { central } = this;
    const person: PersonWithPhoto = {
      ...{ id: randomUUID(), login, displayName: `${login} example`, mail: `${login}@example.org` },
      ...{ userPrincipalName: `${login}@example.org`, state: 'active', approvedUntil: null },
      ...{ groupId: EVERYBODY, photo: new Uint8Array(readFileSync(PHOTO)), ...wishes },
    };
    await savePerson(central.database, person);
    this.#serial += 1;
    const card = VirtualCard.create(join(this.folder, `${login}.json`), {
      ...{ name: login, serial: this.#serial, personality: 'full' },
    });
    const profile = (await newestProfile(central.database, profileName))!;
    const situation = { ...SITUATION, holder: login };
    const row = await issueVirtualCard(central, card, { label: login, situation, holder: person, profile });
    return { person, row, card };
  }

  async addOperator(login: string, role: OperatorRole = 'helpdesk'): Promise<Holder> {
    const holder = await this.addHolder(login);
    await putOperator(this.central, login, role, 'all');
    return holder;
  }

  /** @param rules lines before the first table of the document */
  async putProfile(name: string, rules = ''): Promise<void> {
    const [first, ...tables] = PROFILE.replace('name = "employee"', `name = "${name}"`).split('\n\n');
    await putProfile(this.central, [`${first}\n${rules}`, ...tables].join('\n\n'));
  }

  get view(): KioskView {
    return this.kiosk.view();
  }

  /** Away where no desk is in the view. */
  get desk(): DeskState {
    return this.view.desk?.state ?? { kind: 'away' };
  }

  /** Waits for a view. */
  until(what: string, holds: (view: KioskView) => boolean): Promise<KioskView> {
    const { promise, resolve, reject } = Promise.withResolvers<KioskView>();
    const look = (view: KioskView) => {
      if (!holds(view)) return;
      clearTimeout(timer);
      stop();
      resolve(view);
    };
    const stop = this.kiosk.onView(look);
    const timer = setTimeout(() => {
      stop();
      const { desk, walkUp } = this.view;
      reject(new Error(`wait for ${what}: it is still ${JSON.stringify({ desk, walkUp })}`));
    }, WAIT_MS);
    look(this.view);
    return promise;
  }

  /** Waits for a state of the desk. */
  async at<K extends DeskStateKind>(kind: K): Promise<Extract<DeskState, { kind: K }>> {
    await this.until(kind, ({ desk }) => (desk?.state ?? { kind: 'away' }).kind === kind);
    return this.desk as Extract<DeskState, { kind: K }>;
  }

  /** Waits for a page that nothing is asked for any more. */
  async page<K extends DeskPage['kind']>(kind: K): Promise<Extract<DeskPage, { kind: K }>> {
    const top = ({ desk }: KioskView) => (desk?.state.kind === 'open' ? desk.state.pages.at(-1) : undefined);
    const view = await this.until(`page ${kind}`, (seen) => {
      const page = top(seen);
      return page?.kind === kind && (!('attempt' in page) || page.attempt === null);
    });
    return top(view) as Extract<DeskPage, { kind: K }>;
  }

  /** Waits for a step of the dialog. */
  async step(kind: string) {
    const dialogOf = ({ desk }: KioskView) => (desk?.state.kind === 'open' ? desk.state.dialog : null);
    const view = await this.until(`step ${kind}`, (seen) => dialogOf(seen)?.step.kind === kind);
    return dialogOf(view)!;
  }

  /** Presses keys by name, or by their upper-case letter or digit. */
  press(...keys: readonly string[]): void {
    for (const key of keys) {
      const named = KEYS[key as KeyName];
      if (named) this.kiosk.command(named);
      else if (/^[0-9]$/.test(key)) this.kiosk.command({ kind: 'digit', digit: Number(key) });
      else this.kiosk.command({ kind: 'letter', letter: key });
    }
  }

  type(digits: string): void {
    this.press(...digits);
  }

  /** Where every character is text. */
  write(text: string): void {
    for (const one of text) this.kiosk.command({ kind: 'character', codePoint: one.codePointAt(0)! });
  }

  /** From the first screen to the menu, with the operator's card put into a reader. */
  async signIn({ card }: Holder, reader = 0): Promise<void> {
    this.kiosk.command({ kind: 'openDesk' });
    await this.at('askCard');
    this.readers.insert(reader, card);
    await this.at('enterOperatorPin');
    this.type(PIN);
    this.press('enter');
    await this.at('open');
  }

  /** Everything that the kiosk has written down. */
  files(): string {
    return readFileSync(join(this.folder, 'kiosk.log'), 'latin1');
  }
}
