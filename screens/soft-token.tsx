import { Box } from 'ink';
import { Heading, Paragraph } from './parts/text.tsx';
import { Text } from './parts/themed.tsx';
import { plainText } from './plain-text.ts';
import type { ScreenProps } from './stage.ts';

/** Central is asked for a token. */
export function AskingToken({ stage }: ScreenProps<'askingToken'>) {
  const { softToken } = stage.texts;
  return (
    <>
      <Heading>{softToken.title}</Heading>
      <Paragraph>{softToken.asking}</Paragraph>
    </>
  );
}

/** Groups of the token in a line. */
const IN_A_LINE = 3;

const INDENT = '  ';

/** In lines of a width, without a sign of it: it is typed as it stands. */
function broken(text: string, width: number): readonly string[] {
  return text.match(new RegExp(`.{1,${Math.max(1, width)}}`, 'gu')) ?? [];
}

/** The token, this once, and what to do with it. */
export function SoftToken({ state, stage }: ScreenProps<'softToken'>) {
  const { softToken } = stage.texts;
  const groups = new TextDecoder().decode(state.token).split('-');
  const command = `recard collect ${plainText(state.url ?? softToken.address)} --nss ${softToken.folder}`;
  const lines = [groups.slice(0, IN_A_LINE), groups.slice(IN_A_LINE)];
  return (
    <>
      <Heading>{softToken.title}</Heading>
      <Paragraph above={0}>{softToken.text}</Paragraph>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        {broken(command, stage.width - INDENT.length).map((line) => (
          <Text key={line} look="text">{`${INDENT}${line}`}</Text>
        ))}
      </Box>
      <Paragraph>{softToken.typeIt}</Paragraph>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        {lines.map((line) => (
          <Text key={line.join('-')} look="heading">{`${INDENT}${line.join(' - ')}`}</Text>
        ))}
      </Box>
      <Paragraph>{softToken.once}</Paragraph>
    </>
  );
}
