/** What a kiosk asks for an operator: the pages of the desk, what their card signs, codes, a new PIN, what a request would do. */
import { COMMAND } from '../../../src/central/request/actor.ts';
import { fileRequest } from '../../../src/central/request/file-request.ts';
import type { StatementAction } from '../../../src/domain/statement.ts';
import { createRecipient } from '../../../src/pki/hpke.ts';
import { statementMessage } from '../../../src/protocol/statement.ts';
import type { CentralWorld, IssuedCard } from '../../central/support/central-world.ts';
import type { CollectionWorld } from '../../central/support/collection-world.ts';
import { FULL_CARD, OperationRun } from '../../central/support/operation-run.ts';

/** In the operator's session, over the line. */
type Ask = <T>(method: 'GET' | 'POST', path: string, asked?: object) => Promise<T>;

export class DeskVisit {
  readonly #world: CentralWorld;
  readonly #keys: CollectionWorld;
  readonly #operator: IssuedCard;
  readonly #ask: Ask;
  readonly #isOlder: boolean;

  /** @param isOlder its operators sign for no code */
  constructor(keys: CollectionWorld, operator: IssuedCard, ask: Ask, isOlder: boolean) {
    this.#isOlder = isOlder;
    this.#world = keys.world;
    this.#keys = keys;
    this.#operator = operator;
    this.#ask = ask;
  }

  async run(): Promise<void> {
    const issued = await this.#world.issueCard();
    const { id: cardId } = issued.card;
    const certificates = await this.#keys.oldKeys(issued, 'P-256');
    await this.#ask('GET', `/desk/people/${issued.holder.id}`);
    await this.#ask('GET', `/desk/people/${issued.holder.id}/photo`);
    await this.#ask('GET', `/desk/cards/${cardId}`);
    await this.#ask('POST', '/requests/preview', { cardId, certificates, without: [] });
    const short = { kind: 'giveCode', cardId, length: 'short', handedOver: 'shown' } as const;
    await this.#give(`/cards/${cardId}/code`, short);
    await this.#abandon(await this.#world.issueCard());
    await this.#setPin(cardId);
    await this.#vouchForNewCard(issued);
    await this.#ask('GET', '/desk/audit');
    await this.#ask('POST', '/desk/maintenance', {});
  }

  async #abandon(issued: IssuedCard): Promise<void> {
    const { id } = await OperationRun.begin(this.#world.kiosk, issued);
    await this.#ask('GET', '/desk/operations');
    await this.#ask('POST', `/desk/operations/${id}/abandon`, { note: 'walked off' });
  }

  async #setPin(cardId: string): Promise<void> {
    const proofId = await this.#sign({ kind: 'vouch', cardId });
    const { publicKey: recipientKey } = await createRecipient();
    const asked = { proofId, recipientKey, capabilities: FULL_CARD, witnessId: null };
    await this.#ask('POST', `/cards/${cardId}/pin-reset`, asked);
  }

  async #vouchForNewCard({ holder }: IssuedCard): Promise<void> {
    const wish = { kind: 'newCard', ownerId: holder.id, profileName: 'employee', note: null } as const;
    const filed = { ...wish, certificates: [], inPlaceOf: null };
    const { id } = await fileRequest(this.#world.central, COMMAND, filed);
    const long = { kind: 'giveNumber', requestId: id, length: 'long', handedOver: 'shown' } as const;
    await this.#give(`/requests/${id}/number`, long);
    const statementId = await this.#sign({ kind: 'vouchRequest', requestId: id });
    await this.#ask('POST', '/new-cards/vouched', { statementId, serial: '8765432', guid: null });
  }

  /** Shown, and signed for where this kiosk can: one that cannot has none. */
  async #give(path: string, action: Extract<StatementAction, { length: string }>): Promise<void> {
    const asked = { kind: action.length, send: false };
    if (!this.#isOlder) return this.#ask('POST', path, { ...asked, statementId: await this.#sign(action) });
    const given = await this.#ask('POST', path, { ...asked, statementId: null }).catch(() => null);
    if (given !== null) throw new Error(`${path}: an older kiosk was given a code`);
  }

  /** @returns the statement's id */
  async #sign(action: StatementAction): Promise<string> {
    const { card, soft } = this.#operator;
    const { statementId, challenge } = await this.#ask<{ statementId: string; challenge: Uint8Array }>(
      ...(['POST', '/statements', { signerCardId: card.id, action }] as const),
    );
    const signature = soft.sign('9A', statementMessage(statementId, challenge, action));
    await this.#ask('POST', `/statements/${statementId}/answer`, { slot: '9A', signature });
    return statementId;
  }
}
