/** Central with people of two groups, operators who sign in at a kiosk, and cards whose encryption key is archived. */
import { randomUUID } from 'node:crypto';
import { EVERYBODY, groups } from '../../../db/central/group-schema.ts';
import { putOperator } from '../../../src/central/command/put-operator.ts';
import { putProfile } from '../../../src/central/command/put-profile.ts';
import { requestCommand } from '../../../src/central/command/request.ts';
import { addArchivedKey } from '../../../src/central/repositories/archived-keys.ts';
import { type AuditLine, auditRows, parseEntry } from '../../../src/central/repositories/audit.ts';
import { certificatesOnCard } from '../../../src/central/repositories/certificates.ts';
import type { OperatorRole } from '../../../src/domain/operator.ts';
import {
  type NewRequest,
  queueResponse,
  recoverableResponse,
  SESSION_HEADER,
  sessionResponse,
  shownRequest,
} from '../../../src/protocol/operator.ts';
import { PROTOCOL_PATH } from '../../../src/protocol/version.ts';
import { CentralWorld, type IssuedCard, PROFILE } from './central-world.ts';
import { inviteForTest } from './invite-for-test.ts';
import { Refused } from './kiosk-caller.ts';
import { proveHolder } from './operation-run.ts';

/** validated: approved by one. twice: by two. recovery: for key recovery only. own: cardholders ask, administrators approve. */
export const PROFILES = {
  validated: 'validate_issuance = true',
  twice: 'validate_issuance = true\napprovals = 2',
  own: 'validate_issuance = true\n[requests]\nrequest = ["cardholder", "administrator"]\napprove = ["administrator"]',
} as const;
const SALES = '00000000-0000-7000-8000-00000000aaaa';
const WORKS = '00000000-0000-7000-8000-00000000bbbb';

/** Requests of anything, in process; each throws Refused. */
export class OperatorCaller {
  readonly #world: CentralWorld;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(world: CentralWorld, token: string, kiosk = 'first') {
    this.#world = world;
    this.#headers = { 'x-test-kiosk': kiosk, [SESSION_HEADER]: token };
  }

  make = async (wish: NewRequest) => shownRequest.parse(await this.ask('POST', '/requests', wish));
  show = async (id: string) => shownRequest.parse(await this.ask('GET', `/requests/${id}`));
  queue = async (query = '') => queueResponse.parse(await this.ask('GET', `/requests${query}`));
  approve = (id: string) => this.#decide(id, 'approve', {});
  reject = (id: string, note = 'no') => this.#decide(id, 'reject', { note });
  cancel = (id: string) => this.#decide(id, 'cancel', {});
  recoverable = async (id: string) =>
    recoverableResponse.parse(await this.ask('GET', `/people/${id}/recoverable`));
  signOut = () => this.ask('DELETE', '/sessions/current');

  async ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const payload = body === undefined ? {} : { payload: body as Record<string, unknown> };
    const url = `${PROTOCOL_PATH}${path}`;
    const answer = await this.#world.app.inject({ method, url, headers: this.#headers, ...payload });
    if (answer.statusCode !== 200) throw new Refused(answer.statusCode, answer.json());
    return answer.json();
  }

  async #decide(id: string, verb: string, body: unknown) {
    return shownRequest.parse(await this.ask('POST', `/requests/${id}/${verb}`, body));
  }
}

/** Somebody's card, with the serial number of its archived certificate. */
export interface ArchivedCard extends IssuedCard {
  readonly serialNumber: string;
}

export class OperatorWorld {
  readonly world: CentralWorld;
  /** Moved by tests. */
  readonly clock: { offsetMs: number };

  private constructor(world: CentralWorld, clock: { offsetMs: number }) {
    this.world = world;
    this.clock = clock;
  }

  static async open(): Promise<OperatorWorld> {
    const clock = { offsetMs: 0 };
    const world = await CentralWorld.open(() => new Date(Date.now() + clock.offsetMs));
    await world.central.database.insert(groups).values([
      { id: SALES, name: 'sales', parentId: EVERYBODY },
      { id: WORKS, name: 'works', parentId: EVERYBODY },
    ]);
    await inviteForTest(world.central, 'works', ['works']);
    for (const [name, rules] of Object.entries(PROFILES))
      await putProfile(world.central, profile(name, rules));
    return new OperatorWorld(world, clock);
  }

  close(): Promise<void> {
    return this.world.close();
  }

  /** Somebody in sales or works, with a card whose 9D is archived. */
  async addPerson(login: string, profileName = 'employee', group: 'sales' | 'works' = 'sales') {
    const groupId = group === 'sales' ? SALES : WORKS;
    const holder = { login, displayName: login, mail: `${login}@example.org`, groupId };
    return this.archive(await this.world.issueCard({ holder, profileName }));
  }

  /** Another card of theirs. */
  async addCard({ holder }: IssuedCard, profileName = 'employee'): Promise<ArchivedCard> {
    return this.archive(await this.world.issueCard({ holder, profileName }));
  }

  async archive(issued: IssuedCard): Promise<ArchivedCard> {
    const { database } = this.world.central;
    const certificate = (await certificatesOnCard(database, issued.card.id)).get('9D')!;
    await addArchivedKey(database, {
      ...{ id: randomUUID(), ownerId: issued.holder.id, algorithm: 'P-256' },
      ...{ publicKey: certificate.publicKey, sealed: new Uint8Array([1]) },
      ...{ madeAt: new Date(), operationId: null },
    });
    return { ...issued, serialNumber: certificate.serialNumber };
  }

  /** An operator with a card of their own. */
  async addOperator(
    login: string,
    role: OperatorRole = 'helpdesk',
    group = 'sales',
  ): Promise<IssuedCard & { readonly login: string }> {
    const holder = { login, displayName: login, mail: `${login}@example.org` };
    const issued = await this.world.issueCard({ holder });
    await putOperator(this.world.central, login, role, group);
    return { ...issued, login };
  }

  /** Signs in at a kiosk of its own that serves everybody: a kiosk has one operator at a time. */
  async signIn(operator: IssuedCard): Promise<OperatorCaller> {
    const name = `kiosk-of-${operator.holder.login}`;
    const kiosk = await this.world.addKiosk(name);
    const { token } = await this.startSession(await proveHolder(kiosk, operator), name);
    return new OperatorCaller(this.world, token, name);
  }

  async startSession(proofId: string, kiosk = 'first') {
    const caller = new OperatorCaller(this.world, '', kiosk);
    return sessionResponse.parse(await caller.ask('POST', '/sessions', { proofId }));
  }

  /** `recard central request …` */
  async command(...args: string[]): Promise<string> {
    let text = '';
    const io = { stdout: { write: (more: string) => (text += more) }, stderr: { write: () => {} } };
    await requestCommand(this.world.central, args, io);
    return text;
  }

  async audit(type: string): Promise<AuditLine[]> {
    const lines: AuditLine[] = [];
    for await (const row of auditRows(this.world.central.database)) {
      const line = parseEntry(row);
      if (line?.type === type) lines.push(line);
    }
    return lines;
  }
}

function profile(name: string, rules: string): string {
  const [first, ...tables] = PROFILE.replace('name = "employee"', `name = "${name}"`).split('\n\n');
  return [`${first}\n${rules}`, ...tables].join('\n\n');
}
