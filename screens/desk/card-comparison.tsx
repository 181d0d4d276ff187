import { Box } from 'ink';
import { type ComparedSlot, compareSlots } from '../../src/domain/compare-slots.ts';
import type { CardPage } from '../../src/domain/desk-pages.ts';
import { OneLine } from '../parts/one-line.tsx';
import { shortDayText } from '../texts/time.ts';
import type { LookName } from '../theme.ts';
import type { DeskPageProps, DeskStage } from './desk-stage.ts';
import { numberText, slotText, whatIsRefused } from './desk-text.ts';
import { type ListColumn, type ListRow, ListTable } from './parts/list-table.tsx';
import { stateCell } from './person-lists.ts';

interface CardComparisonProps extends DeskPageProps<'card'> {
  readonly loaded: CardPage;
  readonly height: number;
}

/** Lines in which the list and all that is said below it have room. */
const ENOUGH = 8;
/** Here the list alone has room. */
const TOO_FEW = 5;

/** Slot by slot: on record, on the card; a difference has a sign, and is said in words for the one chosen. */
export function CardComparison({ page, loaded, height, stage }: CardComparisonProps) {
  const slots = compareSlots(loaded.slots, page.onCard?.slots ?? null);
  // The card may have been taken out, and lines of its own with it.
  const selected = Math.min(page.selected, Math.max(0, slots.length - 1));
  const chosen = slots[selected];
  const below = height >= ENOUGH ? 3 : height > TOO_FEW ? 1 : 0;
  return (
    <>
      <ListTable
        stage={stage}
        columns={columnsOf(stage)}
        rows={slots.map((one, i) => rowOf(one, i, stage))}
        selected={selected}
        height={height - below}
        empty={stage.texts.desk.card.noSlots}
      />
      <Box flexGrow={1} />
      {below < 3 || chosen === undefined ? null : (
        <>
          <Line stage={stage} look={lookOf(chosen.verdict)}>
            {chosenText(chosen, stage)}
          </Line>
          <Line stage={stage}>{subjectText(chosen, stage)}</Line>
        </>
      )}
      {below === 0 ? null : <Sum page={page} slots={slots} stage={stage} />}
    </>
  );
}

interface SumProps extends DeskPageProps<'card'> {
  readonly slots: readonly ComparedSlot[];
}

/** Whether the card was read, and how many differences there are. */
function Sum({ page, slots, stage }: SumProps) {
  const { card } = stage.texts.desk;
  if (page.onCard === null || page.onCard.slots === null) {
    const refused = page.onCard?.refused ?? null;
    if (refused !== null)
      return <Line stage={stage} look="warn">{`! ${whatIsRefused(stage, refused)}`}</Line>;
    const key = stage.actions.find(({ name }) => name === 'readCard')?.key ?? '';
    return <Line stage={stage}>{page.onCard === null ? card.notRead(key) : card.reading}</Line>;
  }
  const count = slots.filter(({ verdict }) => verdict !== 'same').length;
  const { differs, tick } = stage.glyphs;
  return count === 0 ? (
    <Line stage={stage} look="good">{`${tick} ${card.allSame}`}</Line>
  ) : (
    <Line stage={stage} look="warn">{`${differs} ${card.differences(count)}`}</Line>
  );
}

function Line({ stage, look = 'text', children }: LineProps) {
  return (
    <Box flexShrink={0} height={1}>
      <OneLine room={stage.width} glyphs={stage.glyphs} look={look}>
        {children}
      </OneLine>
    </Box>
  );
}

interface LineProps {
  readonly stage: DeskStage;
  readonly look?: LookName;
  readonly children: string;
}

function columnsOf({ texts }: DeskStage): readonly ListColumn[] {
  const { card, labels } = texts.desk;
  return [
    { title: labels.slot, min: 17, grow: 1 },
    { title: card.onRecord, min: 12 },
    { title: labels.validUntil, min: 14, grow: 1 },
    { title: labels.number, min: 10 },
    { title: '', min: 2 },
    { title: card.onCard, min: 21, grow: 2 },
  ];
}

function rowOf({ slot, record, onCard, verdict }: ComparedSlot, i: number, stage: DeskStage): ListRow {
  const { none } = stage.texts.desk;
  const look = lookOf(verdict);
  return {
    key: `${i}`,
    cells: [
      slotText(slot, stage),
      record === null ? none : stateCell(record, stage),
      record === null ? none : shortDayText(record.notAfter, stage.view.language),
      record === null ? none : numberText(record.serialNumber),
      { text: signOf(verdict, stage), look },
      { text: onCardText({ onCard, verdict }, stage), look },
    ],
  };
}

function signOf(verdict: ComparedSlot['verdict'], { glyphs }: DeskStage): string {
  if (verdict === 'notRead') return '';
  return verdict === 'same' ? glyphs.same : glyphs.differs;
}

function onCardText(
  { onCard, verdict }: Pick<ComparedSlot, 'onCard' | 'verdict'>,
  { texts, view }: DeskStage,
): string {
  if (verdict === 'notRead') return '';
  if (onCard === null) return texts.desk.none;
  if (onCard.serialNumber === null) return texts.desk.card.unreadable;
  const until = onCard.notAfter === null ? '' : shortDayText(onCard.notAfter, view.language);
  return `${numberText(onCard.serialNumber)} ${until}`;
}

function lookOf(verdict: ComparedSlot['verdict'] | undefined): LookName {
  return verdict === undefined || verdict === 'same' || verdict === 'notRead' ? 'text' : 'warn';
}

function chosenText({ slot, verdict }: ComparedSlot, stage: DeskStage): string {
  const sign = signOf(verdict, stage);
  const { texts } = stage;
  const text = texts.labelled(slotText(slot, stage), texts.desk.card.verdicts[verdict]);
  return sign === '' ? text : `${sign} ${text}`;
}

/** In whose name they are: both, where they differ. */
function subjectText({ record, onCard }: ComparedSlot, { texts }: DeskStage): string {
  const subjects = new Set([record?.subject, onCard?.subject].filter((one) => typeof one === 'string'));
  return subjects.size === 0 ? ' ' : texts.labelled(texts.desk.labels.subject, [...subjects].join('  /  '));
}
