import { Box } from 'ink';
import type { KioskView } from '../src/flows/kiosk-view.ts';
import { Text, useTheme } from './parts/themed.tsx';
import { Wrapped } from './parts/wrapped.tsx';
import { plainText } from './plain-text.ts';
import { TEXTS } from './texts/texts.ts';
import { codeOfView } from './view-code.ts';

/** All that fits into a terminal that is too small: one message, and the code (UX-01). */
export function TooSmall({ view }: { readonly view: KioskView }) {
  const theme = useTheme();
  const { columns, rows } = view.size;
  const { tooSmall } = TEXTS[view.language];
  const text =
    view.walkUp.kind === 'writing' ? `${tooSmall.leaveCardIn} ${tooSmall.message}` : tooSmall.message;
  return (
    <Box
      flexDirection="column"
      width={columns}
      height={rows}
      overflow="hidden"
      backgroundColor={theme.background ?? undefined}
    >
      <Box width={columns} height={rows - 1} flexShrink={0} overflow="hidden">
        <Wrapped look="warn">{text}</Wrapped>
      </Box>
      <Box width={columns} height={1} flexShrink={0} justifyContent="flex-end">
        <Text look="code" wrap="truncate">
          {plainText(codeOfView(view))}
        </Text>
      </Box>
    </Box>
  );
}
