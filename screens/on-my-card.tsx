import type { CardContents, ContentState } from '../src/domain/card-contents.ts';
import { FactsTable } from './parts/facts-table.tsx';
import { RowTable, type TableRow } from './parts/row-table.tsx';
import { Heading, Paragraph } from './parts/text.tsx';
import type { ScreenProps, Stage } from './stage.ts';
import { keyUse } from './texts/texts.ts';
import { shortDayText } from './texts/time.ts';

/** Certificate for, until, state. */
const WIDTHS = [26, 18, 30] as const;
/** Lines taken by everything but the rows; by what is said of what waits; free above. */
const OTHER_ROWS = 8;
const WAITS_ROWS = 3;
const ABOVE_ROWS = 1;
/** What has to be asked about. */
const STRANGE: readonly ContentState[] = ['notKnown', 'unreadable', 'missing'];

/** What is really on the card, and how it fares, for whoever has put it in (OP-01). */
export function OnMyCard({ state, stage }: ScreenProps<'onMyCard'>) {
  const { myCard, chooseReason } = stage.texts;
  const { contents, from, row } = state;
  if (contents === null) {
    return (
      <>
        <Heading>{myCard.readingTitle}</Heading>
        <Paragraph>{myCard.reading}</Paragraph>
      </>
    );
  }
  // Only somebody who can go on gets to see it.
  const saysWhatWaits = from.kind === 'found';
  const height = stage.height - OTHER_ROWS - ABOVE_ROWS - (saysWhatWaits ? WAITS_ROWS : 0);
  return (
    <>
      <Heading>{myCard.title}</Heading>
      <Paragraph above={0}>{sumText(contents, stage)}</Paragraph>
      {contents.certificates.length === 0 ? (
        <Paragraph>{myCard.noCertificates}</Paragraph>
      ) : (
        <RowTable
          widths={WIDTHS}
          head={[myCard.certificateFor, myCard.until, myCard.state]}
          rows={rowsOf(contents, stage)}
          row={row}
          height={Math.max(4, height)}
          moreAbove={chooseReason.moreAbove}
          moreBelow={chooseReason.moreBelow}
        />
      )}
      <FactsTable facts={factsOf(contents, stage)} width={stage.width} />
      {saysWhatWaits ? <Paragraph>{myCard.waits}</Paragraph> : null}
    </>
  );
}

/** What is to be known first. */
function sumText({ certificates }: CardContents, { texts: { myCard } }: Stage): string {
  if (certificates.some(({ state }) => STRANGE.includes(state))) return myCard.notAsItShouldBe;
  if (certificates.some(({ state }) => state === 'unfinished')) return myCard.notFinished;
  return certificates.some(({ slot }) => keyUse(slot) === 'oldEncrypt') ? myCard.oldKeys : myCard.read;
}

function rowsOf({ certificates }: CardContents, { texts, view }: Stage): readonly TableRow[] {
  return certificates.map(({ slot, notAfter, state }, i) => ({
    key: `${i} ${slot}`,
    cells: [
      texts.uses[keyUse(slot)],
      notAfter === null ? '' : shortDayText(notAfter, view.language),
      texts.myCard.states[state],
    ],
    isChange: state !== 'works',
    isBad: STRANGE.includes(state),
  }));
}

function factsOf({ photo, printed, triesLeft }: CardContents, { texts: { myCard, enterPin, steps } }: Stage) {
  const tries =
    triesLeft === null
      ? myCard.pinNotTold
      : triesLeft === 0
        ? myCard.pinBlocked
        : enterPin.triesLeft(triesLeft);
  return [
    { label: myCard.photo, value: myCard.presence[photo] },
    { label: myCard.details, value: myCard.presence[printed] },
    { label: steps.pin, value: tries },
  ];
}
