import type { ListedCertificate } from '../../src/domain/difference.ts';
import { periodText } from '../difference-rows.ts';
import { markText } from '../mark-text.ts';
import type { Stage } from '../stage.ts';
import { rowsToFill } from './body.tsx';
import { Menu } from './menu.tsx';
import { Notice } from './notice.tsx';
import { Heading, Paragraph } from './text.tsx';

/** Lines taken by everything but the list. */
const OTHER_ROWS = 9;

interface LeaveOutProps {
  readonly stage: Stage;
  readonly certificates: readonly ListedCertificate[];
  /** Serial numbers of those that are marked. */
  readonly leavesOut: readonly string[];
  readonly row: number;
  /** How many are to be marked. */
  readonly wanted: number;
  readonly isStillTooFew: boolean;
  readonly hasChosenNone: boolean;
}

/** Which keys are left for another time, for want of room on the card; as a file they need none (KR-07). */
export function LeaveOut({ stage, certificates, leavesOut, row, wanted, ...answered }: LeaveOutProps) {
  const { chooseLeft, chooseReason } = stage.texts;
  const items = certificates.map((certificate, i) => ({
    key: `${i} ${certificate.serialNumber}`,
    text: `${markText(leavesOut.includes(certificate.serialNumber), stage)} ${periodText(certificate, stage)}`,
  }));
  const { hasChosenNone, isStillTooFew } = answered;
  const said = hasChosenNone ? chooseLeft.none : isStillTooFew ? chooseLeft.stillTooFew : null;
  return (
    <>
      <Heading>{chooseLeft.title}</Heading>
      <Paragraph above={0}>{chooseLeft.text(wanted)}</Paragraph>
      <Menu
        items={items}
        selected={row}
        height={Math.max(3, rowsToFill(stage.height) - OTHER_ROWS)}
        width={stage.width}
        glyphs={stage.glyphs}
        moreAbove={chooseReason.moreAbove}
        moreBelow={chooseReason.moreBelow}
      />
      {said === null ? null : <Notice tone="warn">{said}</Notice>}
    </>
  );
}
