import { Box } from 'ink';
import { LargeText, useLarge } from './large.tsx';
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
    <LargeText text={children}>
      <Box flexShrink={0}>
        <Wrapped look="heading">{children}</Wrapped>
      </Box>
    </LargeText>
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

interface PointProps {
  readonly sign: string;
  /** Of which a part is shown, line by line. */
  readonly isInList?: boolean;
  readonly children: string;
}

/** One point of a list, its further lines set in. */
export function Point({ sign, isInList = false, children }: PointProps) {
  const large = useLarge();
  const isRoomy = !isInList && (large?.isRoomy ?? false);
  return (
    <Box flexShrink={0} marginBottom={isRoomy ? 1 : 0}>
      <Box flexShrink={0} width={2}>
        <Text look="label">{sign}</Text>
      </Box>
      <Wrapped look="text">{children}</Wrapped>
    </Box>
  );
}
