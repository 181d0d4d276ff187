import { Box } from 'ink';
import { Text } from './themed.tsx';
import { Wrapped } from './wrapped.tsx';

interface TextPartProps {
  readonly children: string;
  /** Free lines above; one by default. */
  readonly above?: number;
}

/** What a screen is about, in one line or two. */
export function Heading({ children }: { readonly children: string }) {
  return (
    <Box flexShrink={0}>
      <Wrapped look="heading">{children}</Wrapped>
    </Box>
  );
}

/** A few sentences. */
export function Paragraph({ children, above = 1 }: TextPartProps) {
  return (
    <Box flexShrink={0} marginTop={above}>
      <Wrapped look="text">{children}</Wrapped>
    </Box>
  );
}

/** One point of a list, its further lines set in. */
export function Point({ sign, children }: { readonly sign: string; readonly children: string }) {
  return (
    <Box flexShrink={0}>
      <Box flexShrink={0} width={2}>
        <Text look="label">{sign}</Text>
      </Box>
      <Wrapped look="text">{children}</Wrapped>
    </Box>
  );
}
