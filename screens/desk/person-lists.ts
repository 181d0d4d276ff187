import type { PersonPage, PersonsCard, SlotOnRecord } from '../../src/domain/desk-pages.ts';
import type { PersonTab } from '../../src/flows/desk-state.ts';
import { shortDayText } from '../texts/time.ts';
import type { DeskStage } from './desk-stage.ts';
import { numberText, slotText } from './desk-text.ts';
import { historyColumns, historyRows } from './history.ts';
import type { ListCell, ListColumn, ListRow } from './parts/list-table.tsx';
import { requestColumns, requestRows } from './requests.tsx';

interface PersonList {
  readonly columns: readonly ListColumn[];
  readonly rows: readonly ListRow[];
  readonly empty: string;
}

/** What a tab of a person lists. */
export function personList(page: PersonPage, tab: PersonTab, stage: DeskStage): PersonList {
  const empty = stage.texts.desk.person.none[tab];
  switch (tab) {
    case 'cards':
      return { columns: cardColumns(stage), rows: page.cards.map((card) => cardRow(card, stage)), empty };
    case 'certificates':
      return {
        columns: certificateColumns(stage),
        rows: page.certificates.map((certificate, i) => certificateRow(certificate, i, stage)),
        empty,
      };
    case 'requests':
      return { columns: requestColumns(stage), rows: requestRows(page.requests, stage), empty };
    case 'history':
      return { columns: historyColumns(stage), rows: historyRows(page.history, stage), empty };
  }
}

function cardColumns({ texts }: DeskStage): readonly ListColumn[] {
  const { labels } = texts.desk;
  return [
    { title: labels.card, min: 17, grow: 2 },
    { title: labels.profile, min: 18, grow: 2 },
    { title: labels.state, min: 25 },
    { title: labels.validUntil, min: 16 },
  ];
}

function cardRow(card: PersonsCard, { texts, view }: DeskStage): ListRow {
  const { cardStates, person } = texts.desk;
  const state = cardStates[card.state];
  const isOver = card.expiresAt <= view.now;
  const until = shortDayText(card.expiresAt, view.language);
  return {
    key: card.id,
    cells: [
      card.name,
      card.profileTitle,
      card.hasOpenOperation ? { text: `! ${state}, ${person.openOperation}`, look: 'warn' } : state,
      isOver ? { text: `! ${until}`, look: 'warn' } : until,
    ],
  };
}

function certificateColumns({ texts }: DeskStage): readonly ListColumn[] {
  const { labels } = texts.desk;
  return [
    { title: labels.slot, min: 15 },
    { title: labels.validUntil, min: 16 },
    { title: labels.state, min: 12 },
    { title: labels.archived, min: 11 },
    { title: labels.number, min: 10 },
    { title: labels.card, min: 12, grow: 1 },
  ];
}

function certificateRow(
  certificate: PersonPage['certificates'][number],
  i: number,
  stage: DeskStage,
): ListRow {
  const { yes, no } = stage.texts.desk;
  return {
    key: `${i}`,
    cells: [
      slotText(certificate.slot, stage),
      shortDayText(certificate.notAfter, stage.view.language),
      stateCell(certificate, stage),
      certificate.isArchived ? yes : no,
      numberText(certificate.serialNumber),
      certificate.card.name,
    ],
  };
}

/** One past its end is called expired. */
export function stateCell(
  { state, notAfter }: Pick<SlotOnRecord, 'state' | 'notAfter'>,
  { texts, view }: DeskStage,
): ListCell {
  const words = texts.desk.certificateStates;
  if (state === 'active') return notAfter <= view.now ? { text: words.expired, look: 'warn' } : words.active;
  return state === 'revoked' || state === 'onHold' ? { text: words[state], look: 'warn' } : words[state];
}
