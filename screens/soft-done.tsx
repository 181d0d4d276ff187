import { Box } from 'ink';
import { periodText } from './difference-rows.ts';
import { rowsToFill } from './parts/body.tsx';
import { Notice } from './parts/notice.tsx';
import { Paragraph } from './parts/text.tsx';
import { Text } from './parts/themed.tsx';
import { plainText } from './plain-text.ts';
import type { ScreenProps, Stage } from './stage.ts';

/** Lines taken by everything but the list of the keys. */
const OTHER_ROWS = 12;

/** The file, what is in it, and that nobody can recover its password. */
export function SoftDone({ state, stage }: ScreenProps<'softDone'>) {
  const { softDone, softHanded } = stage.texts;
  const { file, certificates, isCardIn, stillWaiting } = state;
  const medium = plainText(file.medium ?? '');
  const room = Math.max(2, rowsToFill(stage.height) - OTHER_ROWS);
  const hasMore = certificates.length > room;
  const shown = hasMore ? certificates.slice(0, room - 1) : certificates;
  return (
    <>
      <Notice tone="good" above={0}>
        {state.reader === null ? softHanded.saved : softDone.title}
      </Notice>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        <Line label={softDone.file} text={plainText(file.name)} stage={stage} />
        {medium === '' ? null : <Line label={softDone.stick} text={medium} stage={stage} />}
        {shown.map((certificate) => (
          <Line
            key={certificate.serialNumber}
            label={softDone.keysOf}
            text={periodText(certificate, stage)}
            stage={stage}
          />
        ))}
        {hasMore ? (
          <Line label="" text={softDone.more(certificates.length - shown.length)} stage={stage} />
        ) : null}
      </Box>
      <Notice tone="warn">{softDone.password}</Notice>
      <Paragraph above={0}>
        {isCardIn && stillWaiting > 0 ? `${softDone.takeOut} ${softDone.next}` : softDone.takeOut}
      </Paragraph>
    </>
  );
}

/** Beginning and end of what is too long: the end of a file's name says what it is. */
function shortened(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  const half = Math.floor((width - GAP.length) / 2);
  return `${characters.slice(0, half).join('')}${GAP}${characters.slice(-half).join('')}`;
}

const GAP = '...';
/** As wide as the longest label and a gap. */
const LABEL_WIDTH = 22;

function Line({
  label,
  text,
  stage,
}: {
  readonly label: string;
  readonly text: string;
  readonly stage: Stage;
}) {
  return (
    <Box flexShrink={0} height={1} width={stage.width}>
      <Box flexShrink={0} width={LABEL_WIDTH}>
        <Text look="label">{label}</Text>
      </Box>
      <Text look="text" wrap="truncate">
        {shortened(text, stage.width - LABEL_WIDTH)}
      </Text>
    </Box>
  );
}
