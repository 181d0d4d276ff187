import { Box, render, Text, useInput } from 'ink';
import { useState } from 'react';

const ROWS = 22;

/** A program of Ink and nothing else: each key changes every line. */
function Bare() {
  const [isOther, setOther] = useState(false);
  useInput(() => setOther((before) => !before));
  const language = isOther ? '[2 Deutsch]' : '[1 English]';
  return (
    <Box flexDirection="column" width={80} height={24}>
      <Text>{`${language} 12:00`}</Text>
      {Array.from({ length: ROWS }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity than their place
        <Text key={row}>{`${language} ${'x'.repeat(row)}`}</Text>
      ))}
    </Box>
  );
}

render(<Bare />, { alternateScreen: true, incrementalRendering: true, maxFps: 250, exitOnCtrlC: false });
